"""Mails that went out, as their readers get them."""

import re

from django.core import mail

from accounts.tasks import send_mail


def sent() -> list:
    """Everything that was due, sent now; newest last."""
    send_mail()
    return mail.outbox


def code_in(message) -> str:
    return re.search(r"\b\d{6}\b", message.body)[0]


def path_in(message) -> str:
    """The path of the first link."""
    return re.search(r"https?://[^/\s]+(/\S*)", message.body)[1]

"""An Outgoing becomes a mail: asked again just before sending whether it is still wanted."""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models.outbox import Outgoing

CONTENTS: dict[str, Callable[[Outgoing], dict | None]] = {}


def mail(kind: str) -> Callable:
    """Say how mails of this kind are filled: a function from the row to the words of `mail/<kind>.txt`.

    It returns None when the mail is no longer wanted or allowed; then it is dropped.
    A key `attachments` holds (name, content, type) and a key `headers` extra headers.
    """

    def register(function: Callable) -> Callable:
        CONTENTS[kind] = function
        return function

    return register


def compose(row: Outgoing) -> EmailMessage | None:
    """The mail for `row` in the language of its receiver; None when it should not go out."""
    if row.person and not row.person.is_active:
        return None
    with translation.override(row.language):
        words = CONTENTS[row.kind](row)
        if words is None:
            return None
        attachments, headers = words.pop("attachments", []), words.pop("headers", {})
        first = row.person.first_name if row.person else ""
        words = {"first_name": first, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL} | words
        text = render_to_string(f"mail/{row.kind}.txt", words)
    subject, _, body = text.lstrip().partition("\n")
    message = EmailMessage(
        subject.removeprefix("Subject:").strip(),
        body.strip() + "\n",
        to=[row.recipient],
        headers={"Message-ID": row.message_id, "Auto-Submitted": "auto-generated"} | headers,
    )
    for attachment in attachments:
        message.attach(*attachment)
    return message

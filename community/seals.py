"""What is sealed at an address of this site: a message under a pseudonym, or a question without a name."""

import re
import uuid
from urllib.parse import parse_qs, urlsplit

from django.urls import Resolver404, resolve

from events.chat.models import Question
from forums.models import Alias, Post

QUESTION = re.compile(r"q-([0-9a-f-]{36})")
NUMBER = re.compile(r"post-(\d{1,9})")


def sealed_at(address: str) -> Alias | Question | None:
    """The pseudonym at `address` (of a message or a conversation), or the question; None where there is none.

    It reads nothing on behalf of a person: whoever asks already holds the address, and gets no word of what stands there.
    """
    try:
        parts = urlsplit(address.strip())
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    if match.view_name == "chat:room":
        return question_at(match.kwargs["event"], parts.fragment)
    posts = Post.objects.filter(alias__isnull=False).select_related("alias__topic__board").order_by("number")
    if match.view_name == "forums:topic":
        posts = posts.filter(topic=match.kwargs["pk"])
    elif match.view_name == "cases:case":
        posts = posts.filter(topic__case=match.kwargs["pk"])
    else:
        return None
    if number := number_in(parts):
        posts = posts.filter(number=number)
    post = posts.first()
    return post and post.alias


def number_in(parts) -> int | None:
    """The number of a message in an address: behind the hash, or as where the page begins."""
    found = NUMBER.fullmatch(parts.fragment) or NUMBER.fullmatch("post-" + parse_qs(parts.query).get("from", [""])[0])
    return int(found[1]) if found else None


def question_at(event: uuid.UUID, fragment: str) -> Question | None:
    """The question without a name that the part of an address behind the hash names."""
    found = QUESTION.fullmatch(fragment)
    try:
        key = uuid.UUID(found[1]) if found else None
    except ValueError:
        return None
    asked = Question.objects.filter(room__event=event, nameless=True).select_related("room__event")
    return asked.filter(pk=key).first() if key else None

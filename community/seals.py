"""What is sealed at an address of this site: a message under a pseudonym."""

import re
from urllib.parse import parse_qs, urlsplit

from django.urls import Resolver404, resolve

from forums.models import Alias, Post

NUMBER = re.compile(r"post-(\d{1,9})")


def sealed_at(address: str) -> Alias | None:
    """The pseudonym at `address` (of a message or a conversation); None where there is none.

    It reads nothing on behalf of a person: whoever asks already holds the address, and gets no word of what stands there.
    """
    try:
        parts = urlsplit(address.strip())
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
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

"""The texts that people agree to, on the page: paragraphs, lists, bold and italic, and no other word than is kept."""

import re
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
ITEM = "- "
MARKED = re.compile(r"(\*\*.+?\*\*|\*.+?\*)")


@register.filter
def blocks(text: str) -> list[dict]:
    """The paragraphs and lists of `text`: whether it is a list, and its lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = []
    for is_list, together in groupby(lines, lambda line: line.startswith(ITEM)):
        shown = [marked(line.removeprefix(ITEM) if is_list else line) for line in together]
        found += [{"is_list": True, "lines": shown}] if is_list else [{"is_list": False, "lines": [p]} for p in shown]
    return found


def marked(line: str) -> SafeString:
    """A line with what stands between stars in bold or italic."""
    return format_html_join("", "{}", ((piece(words),) for words in MARKED.split(line)))


def piece(words: str) -> SafeString | str:
    if not MARKED.fullmatch(words):
        return words
    tag = "strong" if words.startswith("**") else "em"
    return format_html("<{0}>{1}</{0}>", tag, words.strip("*"))

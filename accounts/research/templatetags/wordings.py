"""The texts that people agree to, on the page: paragraphs, lists, bold and italic, and no other word than is kept."""

import re
from itertools import groupby

from django import template

register = template.Library()
ITEM = "- "
MARKED = re.compile(r"(\*\*.+?\*\*|\*.+?\*)")


@register.filter
def blocks(text: str) -> list[dict]:
    """The paragraphs and lists of `text`: whether it is a list, and its lines, each cut into marked pieces."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = []
    for is_list, together in groupby(lines, lambda line: line.startswith(ITEM)):
        cut = [pieces(line.removeprefix(ITEM) if is_list else line) for line in together]
        found += [{"is_list": True, "lines": cut}] if is_list else [{"is_list": False, "lines": [line]} for line in cut]
    return found


def pieces(line: str) -> list[tuple[str, str]]:
    """The words of a line with how they are marked: "strong", "em" or nothing."""
    found = []
    for piece in filter(None, MARKED.split(line)):
        mark = "strong" if piece.startswith("**") else "em" if MARKED.fullmatch(piece) else ""
        found.append((mark, piece.strip("*") if mark else piece))
    return found

"""Precise dates. A month or a season alone is none."""

import re
from collections.abc import Iterator

from forums.writing.findings import Finding, Kind, made
from forums.writing.lists import fold, table
from forums.writing.tokens import Words

TABLE = table("dates")
MONTHS = {fold(word): number for number, words in enumerate(TABLE["months"]) for word in words}
SEASONS: list[str] = TABLE["seasons"]
NUMERALS = frozenset(fold(word) for word in TABLE["numerals"])
WEEKDAYS = tuple(TABLE["weekdays"])
DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:e|ste|de|st|nd|rd|th)?", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
DIGITS = re.compile(
    r"(?<![\w\-/.,])(?:0?[1-9]|[12]\d|3[01])(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)"
    r"(?:(?:19|20)\d\d|\d\d)(?![\d\-/.]\d|\d)"
)
TURNED = re.compile(
    r"(?<![\w\-/.,])(?:19|20)\d\d[-/.](?P<month>0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])(?![\-/.]?\d)"
)


def dates(words: Words) -> Iterator[Finding]:
    for at, token in enumerate(words):
        if token.fold in MONTHS and (found := spelled(words, at)):
            yield vaguer(words.source, *found, MONTHS[token.fold])
    for pattern in (DIGITS, TURNED):
        for one in pattern.finditer(words.source):
            yield vaguer(words.source, *one.span(), int(one["month"]) - 1)


def spelled(words: Words, at: int) -> tuple[int, int] | None:
    """The characters of the date whose month stands at `at`: "vrijdag 12 maart 2026", "twaalf mei", "January 5th"."""
    token, before = words[at], words.before(at)
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    first, last = token, token
    if before and (DAY.fullmatch(before.text) or before.fold in NUMERALS):
        first = before
    elif after and DAY.fullmatch(after.text):
        last, after = after, words[at + 2] if at + 2 < len(words) else None
    else:
        return None
    if after and YEAR.fullmatch(after.text) and after.start - last.end < 3:
        last = after
    return weekday(words, at - 1, first.start) if first is not token else first.start, last.end


def weekday(words: Words, at: int, start: int) -> int:
    """Where the date begins whose day stands at `at`, with the day of the week before it."""
    before = words.before(at)
    if before and before.fold == "de":
        before = words.before(at - 1)
    return before.start if before and before.fold.startswith(WEEKDAYS) else start


def vaguer(source: str, start: int, end: int, month: int) -> Finding:
    """A season instead: "op 12 maart" becomes "in het voorjaar", "sinds 12 maart" becomes "sinds het voorjaar"."""
    key, season = fold(source[start:end]), SEASONS[month]
    if source[max(0, start - 4) : start].lower().lstrip() == "op ":
        return made(source, start - 3, end, Kind.DATE, f"in {season}", key)
    return made(source, start, end, Kind.DATE, season, key)

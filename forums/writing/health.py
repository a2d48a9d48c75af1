"""Words about health and home near a word for somebody else. What one tells about oneself is one's own."""

import re
from collections.abc import Iterator

from forums.writing.findings import Finding, Kind, made
from forums.writing.lists import PEOPLE, fold, table
from forums.writing.tokens import Words

TABLE = table("health")
INSTEAD = {tuple(re.findall(r"[^\W_]+(?:['\-][^\W_]+)*", fold(word))): other for word, other in TABLE["words"].items()}
PHRASES: dict[str, list[tuple[str, ...]]] = {}
for _phrase in INSTEAD:
    PHRASES.setdefault(_phrase[0], []).append(_phrase)
INSIDE = re.compile("|".join(re.escape(fold(word)) for word in TABLE["inside"]["words"]))
OTHERS = PEOPLE | {fold(word) for word in TABLE["people"]["words"]}
NEAR = 14  # words before and behind


def health(words: Words, named: set[int]) -> Iterator[Finding]:
    """`named` holds the indexes of the words that are somebody's name."""
    for at, token in enumerate(words):
        phrase = next((one for one in PHRASES.get(token.fold, ()) if words.matches(at, one)), None)
        if phrase is None and not (len(token.fold) > 6 and INSIDE.search(token.fold)):
            continue
        last = at + len(phrase or (token.fold,))
        if not somebody_near(words, at, named):
            continue
        instead, start = INSTEAD.get(phrase or (), ""), token.start
        before = words.before(at)
        if instead.startswith("een ") and before and before.fold in ("een", "de", "het"):
            start = before.start
        key = fold(words.source[token.start : words[last - 1].end])
        yield made(words.source, start, words[last - 1].end, Kind.HEALTH, instead, key)


def somebody_near(words: Words, at: int, named: set[int]) -> bool:
    """Whether the same sentence speaks of somebody else, not far away."""
    first = at
    while first > 0 and not words[first].begins and at - first < NEAR:
        first -= 1
    last = at + 1
    while last < len(words) and not words[last].begins and last - at < NEAR:
        last += 1
    return any(index in named or is_other(words, index) for index in range(first, last) if index != at)


def is_other(words: Words, index: int) -> bool:
    token = words[index]
    if token.fold in ("haar", "zijn", "hun"):
        return token.fold != "zijn"
    plural = token.fold.removesuffix("s").removesuffix("'")
    return token.fold in OTHERS or plural in PEOPLE

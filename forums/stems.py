"""Words as the search index holds them: the same for what was written and for what is looked for.

Each word loses its capitals and accents and is brought back to its stem by snowball's `dutch_porter`. Its
version is exact in the lock, because another one makes other stems: after a change run `manage.py reindex`.
Common words ("de", "niet") stay in the index: phrases need them. A search asks for them only when it has no
other words.

A stem is made of a-z and 0-9 only and begins with a letter, so that SQLite and PostgreSQL, which know no other
tokens than these, find the same rows.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from snowballstemmer.dutch_porter_stemmer import (
    DutchPorterStemmer,
)  # itself: another stemmer that is installed changes nothing

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u00ad\u0300-\u036f\u200b-\u200d\u2060])*")
POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")  # foto's, Anna's
PLACE = "zzb"  # so begins the word for a place, and no word that was typed
LONGEST = 40  # characters of a word that count
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d", "ß": "ss"})
DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxz])\1$")
APART = "   "  # between a title and a text: no phrase runs from one into the other


def column(*texts: str, place: str = "") -> str:
    """What a column `stems` holds for one text, or for a title and texts: stems with a space before and after each.

    The `place` where it stands (`place_of` its board) goes in front, as one more word. Texts without a word give
    an empty column.
    """
    parts = [" ".join(stems_of(text)) for text in texts]
    front = f" {place}" if place else ""
    return f"{front} {APART.join(parts)} " if any(parts) else ""


def place_of(board: Any) -> str:
    """The word for all that has the readers of `board`: one for each circle, one for each audience beside those.

    It is no rule: a search asks that of the rows themselves. It spares it what it would walk past.
    """
    return f"{PLACE}{board.pk if board.is_circle else board.audience}"


def stems_of(text: str) -> list[str]:
    """The stems of `text`, in order."""
    return [stem for _start, _end, stem in spans(text)]


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of `text`: where it begins, where it ends, and its stem."""
    text = POSSESSIVE.sub(lambda found: " " * len(found[0]), text)
    for found in WORD.finditer(text):
        if stem := stem_of(found[0]):
            yield found.start(), found.end(), stem


@lru_cache(maxsize=30_000)
def stem_of(word: str) -> str:
    """The stem of one word; nothing when no letter or digit is left of it."""
    plain = folded(word)[:LONGEST]
    if plain.startswith(PLACE):
        return f"z{plain}"
    if plain.isascii() and plain.isalpha():
        return alike(DutchPorterStemmer().stemWord(plain))  # one each: it keeps its place in itself
    plain = "".join(char if char.isascii() else f"q{ord(char):x}q" for char in plain)
    return f"n{plain}" if plain[:1].isdigit() else plain


def folded(word: str) -> str:
    """Letters and digits of `word` without capitals and accents."""
    apart = unicodedata.normalize("NFKD", word.casefold().translate(LETTERS)).casefold()
    return "".join(char for char in apart if char.isalnum())


def alike(stem: str) -> str:
    """The stem as its other forms have it: grapp(en) and grap, huiz(en) and huis, zev(en) and zeef."""
    if len(stem) < 3:
        return stem
    stem = DOUBLED.sub(r"\1", stem)
    return stem[:-1] + {"z": "s", "v": "f"}.get(stem[-1], stem[-1])

"""The words that the rules know: plain files in data/, read once."""

import re
import tomllib
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent / "data"
LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "’": "'", "ð": "d", "ß": "ss"})


def fold(words: str) -> str:
    """Without capitals and accents, so that Öznur, öznur and oznur are one."""
    if words.isascii():
        return words.lower()
    words = words.casefold().translate(LETTERS)
    return "".join(char for char in unicodedata.normalize("NFKD", words) if not unicodedata.combining(char))


def listed(name: str) -> list[str]:
    """The words of data/`name`.txt as they stand there; an underscore is a space."""
    lines = (HERE / f"{name}.txt").read_text().splitlines()
    return [word.replace("_", " ") for line in lines if not line.startswith("#") for word in line.split()]


def folded(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in listed(name))


def table(name: str) -> dict:
    return tomllib.loads((HERE / f"{name}.toml").read_text())


def folded_table(rows: dict[str, str]) -> dict[str, str]:
    return {fold(word): other for word, other in rows.items()}


def phrases(name: str) -> dict[str, list[tuple[str, ...]]]:
    """First word -> the phrases that begin with it, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in listed(name):
        parts = tuple(re.findall(r"[^\W_]+(?:['\-][^\W_]+)*", fold(words)))
        found.setdefault(parts[0], []).append(parts)
    return {first: sorted(several, key=len, reverse=True) for first, several in found.items()}


FIRST_NAMES = folded("first_names")
SMALL = frozenset(name for name in FIRST_NAMES if len(name) > 2) - folded("never_small") - folded("careful")
SURNAMES = folded("surnames")
SURNAME_WORDS = folded("surnames_that_are_words")
CAREFUL = folded("careful")
PARTICLES = folded("particles")
TITLES = folded("titles")
SAYING = folded("ways_to_say")
KNOWN = folded("known")
ABBREVIATIONS = folded("abbreviations")
PEOPLE = folded("people")
GENERIC = folded("generic")
PLACES = phrases("places")
ORGANISATIONS = phrases("organisations")

"""What someone looks for: words and phrases, never a language of its own; and where they stand in a text."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from forums.stems import APART, spans, stems_of

MOST, LEAST = 200, 2  # characters of what one may look for
BEGINNING = 3  # letters that a word must have to count as the beginning of longer ones
PHRASE = re.compile(r'["“”„‟«»]([^"“”„‟«»]*)["“”„‟«»]')
# Words that nearly every text holds: nobody looks for them beside others.
COMMON = frozenset(
    stems_of(
        "aan al als bij dan dat de der deze die dit door een en er haar had heb hebben heeft hem het hier hij hoe hun "
        "ik in is je jij jullie kan maar me met mij mijn moet na naar niet nog nu of om ons ook op over te tot uit "
        "van veel voor waar was wat we wel wie wij wil ze zich zij zijn zo zou a an and are for he i it of on or she "
        "that the they this to was we what with you"
    )
)


@dataclass(frozen=True)
class Asked:
    """Stems that a text must hold, and phrases; `wide` takes each word also for the beginning of longer ones."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    wide: bool = False

    @classmethod
    def of(cls, text: str) -> "Asked":
        phrases = [tuple(stems_of(phrase)) for phrase in PHRASE.findall(text)]
        loose = dict.fromkeys(stems_of(PHRASE.sub(" ", text)))
        words = [stem for stem in loose if stem not in COMMON] or ([] if any(phrases) else list(loose))
        return cls(tuple(words), tuple(dict.fromkeys(phrase for phrase in phrases if phrase)))

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Every stem that a text must hold as it is."""
        loose = [stem for stem in self.words if not self.opens(stem)]
        return tuple(dict.fromkeys([*loose, *(stem for phrase in self.phrases for stem in phrase)]))

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """Those that may go on: "team" finds "teamleider"."""
        return tuple(stem for stem in self.words if self.opens(stem))

    @property
    def can_widen(self) -> bool:
        return not self.wide and any(len(stem) >= BEGINNING for stem in self.words)

    def widened(self) -> "Asked":
        return replace(self, wide=True)

    def opens(self, stem: str) -> bool:
        return self.wide and len(stem) >= BEGINNING

    def patterns(self) -> list[str]:
        """What a column `stems` must contain, word for word."""
        return [*(f" {stem} " for stem in self.stems), *(f" {stem}" for stem in self.beginnings)]

    def phrase_patterns(self) -> list[str]:
        return [f" {' '.join(phrase)} " for phrase in self.phrases if len(phrase) > 1]

    def score(self) -> Callable[[str], int]:
        """How well a row fits, by its stems: words in the title most, then words as asked, then how often."""
        wanted = (*self.words, *(" ".join(phrase) for phrase in self.phrases))
        exact = [f" {stem} " for stem in wanted]
        needles = [(f" {stem}" if self.opens(stem) else one, one) for stem, one in zip(wanted, exact, strict=True)]

        def of(stems: str) -> int:
            found, title = 0, stems.find(APART) + 1
            for needle, exact in needles:
                count = stems.count(needle)
                found += min(3, count)
                if needle is not exact and exact in stems:
                    found += 2
                if title > 1 and stems.find(exact, 0, title) >= 0:
                    found += 4
            return found

        return of

    def takes(self, stem: str) -> bool:
        """Whether a word of a text with this stem is one that was looked for."""
        return stem in self.stems or stem.startswith(self.beginnings)


@dataclass(frozen=True)
class Part:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_hit: bool = False


BEFORE, LENGTH = 60, 220  # characters of a fragment: before its first word, and in all
LOOKED_AT = 100  # places in one text, to choose the best


def marked(asked: Asked, text: str) -> list[Part]:
    """The whole of `text` in parts."""
    parts, at = [], 0
    for start, end, stem in spans(text):
        if asked.takes(stem):
            parts += [Part(text[at:start]), Part(text[start:end], is_hit=True)]
            at = end
    return [part for part in [*parts, Part(text[at:])] if part.text]


def fragment(asked: Asked, text: str) -> list[Part]:
    """The part of `text` that holds most of what was looked for, in parts; its beginning when it holds none."""
    text = " ".join(text.split())
    places = [(start, stem) for start, _end, stem in spans(text) if asked.takes(stem)][:LOOKED_AT]
    best = max(places, key=lambda place: len(near(places, place[0])), default=(0, ""))[0]
    start = word_start(text, max(0, best - BEFORE))
    end = text.rfind(" ", start, start + LENGTH) if len(text) > start + LENGTH else len(text)
    end = end if end > best else min(len(text), start + LENGTH)
    parts = marked(asked, text[start:end])
    return [*([Part("… ")] if start else []), *parts, *([Part(" …")] if end < len(text) else [])]


def near(places: list[tuple[int, str]], start: int) -> set[str]:
    """The different stems within a fragment that begins at `start`."""
    return {stem for at, stem in places if start <= at < start + LENGTH - BEFORE}


def word_start(text: str, at: int) -> int:
    """The beginning of the word after `at`."""
    return 0 if at == 0 else text.find(" ", at) + 1 or at

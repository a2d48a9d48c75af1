"""A text as words, each with what the rules ask about it. One pass, whatever the text is."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from forums.writing.lists import TITLES, fold

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
LONGEST = 60  # characters: what is longer is no word
ENDS = frozenset(".!?…:\n\r|")
OPENS = frozenset("\"“„‘«'”’")
SHORT = TITLES | {"bijv", "bv", "evt", "incl", "excl", "nl", "ca", "resp", "plm", "jl", "afd", "tel", "nr", "blz", "st"}
SHORT |= {"jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec"}


@dataclass(slots=True)
class Token:
    """One word: where it stands, how it is compared, and how it hangs together with the word before it."""

    start: int
    end: int
    text: str
    fold: str
    capital: bool
    begins: bool  # a sentence
    joined: bool  # to the word before it, by spaces alone


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    before = 0
    for match in WORD.finditer(text):
        start, end = match.span()
        words = text[start:end]
        gap = text[before:start]
        begins = not found or begins_after(gap, found[-1])
        joined = bool(found) and is_space(gap, found[-1])
        if end - start <= LONGEST:
            found.append(Token(start, end, words, fold(words), words[0].isupper(), begins, joined))
            before = end
    return found


def begins_after(gap: str, last: Token) -> bool:
    """Whether a sentence begins behind `gap`. A point behind an abbreviation or an initial ends nothing."""
    if gap == " ":
        return False
    if "\n" in gap or any(char in ENDS and char != "." for char in gap):
        return True
    if "." in gap and not is_short(last):
        return True
    return any(char in OPENS for char in gap.lstrip())


def is_short(token: Token) -> bool:
    return token.fold in SHORT or (len(token.text) == 1 and token.capital)


def is_space(gap: str, last: Token) -> bool:
    """Spaces, with the point of an abbreviation or the apostrophe of ’t before or behind them."""
    if gap == " ":
        return True
    if len(gap) > 4 or "\n" in gap:
        return False
    rest = gap.strip(" \t\u00a0")
    return (rest == "" and gap != "") or (rest == "." and is_short(last)) or (rest in "'’" and gap[:1] == " ")


class Words(list[Token]):
    """The words of a text, and the way from a place in the text to the words there."""

    def __init__(self, text: str) -> None:
        super().__init__(tokens(text))
        self.source = text
        self.starts = [token.start for token in self]
        self.ends = [token.end for token in self]

    def within(self, start: int, end: int) -> range:
        """The indexes of the words that touch the characters from `start` to `end`."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def run(self, first: int, most: int = 6) -> list[Token]:
        """The word at `first` and those that follow it in the same breath."""
        found = self[first : first + 1]
        for token in self[first + 1 : first + most]:
            if not token.joined:
                break
            found.append(token)
        return found

    def before(self, index: int) -> Token | None:
        """The word before `index` when only spaces stand between."""
        return self[index - 1] if index > 0 and self[index].joined else None

    def matches(self, index: int, phrase: tuple[str, ...]) -> bool:
        """Whether the words from `index` on are those of `phrase`."""
        if index + len(phrase) > len(self):
            return False
        if self[index].fold != phrase[0]:
            return False
        return all(self[index + n].joined and self[index + n].fold == phrase[n] for n in range(1, len(phrase)))

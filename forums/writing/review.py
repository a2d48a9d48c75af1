"""The rules on a form: what is found, what its writer answered, and what is left to answer.

A form takes part by inheriting `Careful` and naming its fields in `careful`; its page includes
`forums/_helper.html` behind the box:

    class ReplyForm(Careful, forms.Form):
        careful = ("body",)

    if form.is_valid() and form.look_over(about_of(request.user), nearby):
        return the page with the form, status 200: nothing is wrong, something is asked

`nearby()` gives `Nearby(thread, names)` and is called only when something was found: `thread` is any
string that stays the same through a topic or case (it chooses the neutral words, so that a name
gets the same ones in every text there), `names` are people who are on the page anyway.

What the page sends back besides the text, all folded words of findings and none of it stored:
`fine` (the writer said "Dit is goed zo"), `seen` (was shown), and the button that was pressed: `good`
adds one to `fine`, `swap` writes the neutral words instead. Both bring the form back. Placing
goes through once every finding was seen; an e-mail address, a telephone number, an account
number and a citizen service number only once they are in `fine`.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict

from forums.writing.filenames import renamed, spoken
from forums.writing.findings import KEY_CHARS, About, Finding
from forums.writing.lists import fold
from forums.writing.rules import check_all

MOST = 500  # answers of one form
BEGINS = re.compile(r"(?:^|[.!?…]\s+|\n\s*)$")


@dataclass(slots=True, frozen=True)
class Nearby:
    """Where it is written, and whose names stand there."""

    thread: str = ""
    names: frozenset[str] = frozenset()


@dataclass(slots=True, frozen=True)
class Beside:
    """What goes along with texts: names of files, and words of others that are quoted."""

    files: Sequence[str] = ()
    quotes: Sequence[str] = ()


ALONE = Beside()


@dataclass(slots=True, frozen=True)
class Mark:
    """What is shown of one person or thing, however often it stands in the texts."""

    first: Finding
    swaps: list[list[str]]  # [words, what takes their place], the longest first
    quoted: bool = False  # the words are somebody else's: they can be left out, not changed

    @property
    def key(self) -> str:
        return self.first.key

    @property
    def instead(self) -> str:
        return self.first.replacement

    @property
    def swaps_json(self) -> str:
        """For the page's script."""
        return json.dumps(self.swaps)


@dataclass(slots=True, frozen=True)
class Review:
    """What was found in some texts that the writer did not call fine."""

    marks: list[Mark]
    fine: list[str]
    seen: frozenset[str] = frozenset()
    placing: bool = False  # the form was sent, and is not only being written
    pressed: bool = False  # with one of the buttons here, not the one that places

    @property
    def unsure(self) -> list[Mark]:
        """What must be answered before the text can be placed."""
        return [mark for mark in self.marks if mark.first.strict or mark.key not in self.seen]

    @property
    def asks(self) -> bool:
        """Whether the form comes back instead of being placed."""
        return self.placing and (self.pressed or bool(self.unsure))


def about_of(person) -> About:
    """What the rules may know about a writer: of the own profile, and nothing else."""
    return About(employer=person.profile.employer, town=person.profile.town, writer=str(person.pk))


def folded_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(name) for name in names if name)


def found_in(texts: list[str], about: About, fine: list[str], nearby: Callable[[], Nearby]) -> list[list[Finding]]:
    """The findings of each text. Where it is written is asked only when there are any."""
    about = replace(about, fine=frozenset(fine))
    found = check_all(texts, about)
    if not any(found):
        return found
    here = nearby()
    return check_all(texts, replace(about, thread=here.thread, fine=about.fine | here.names))


def marks_of_files(names: Sequence[str], found: list[list[Finding]], fine: Iterable[str]) -> list[Mark]:
    """One mark for each file whose name gives something away; `found` is what the rules say of each, twice."""
    pairs = zip(names, found[::2], found[1::2], strict=True)
    marks = [one for name, *findings in pairs if (one := renamed(name, findings))]
    return [Mark(one, []) for one in marks if one.key not in fine]


def marks_of(found: list[list[Finding]]) -> list[Mark]:
    """One mark for each person or thing, in the order of the texts."""
    several: dict[str, list[Finding]] = {}
    for finding in (one for findings in found for one in findings):
        several.setdefault(finding.key, []).append(finding)
    return [Mark(same[0], swaps_of(same)) for same in several.values()]


def swaps_of(same: list[Finding]) -> list[list[str]]:
    pairs = {one.words: one.replacement for one in same}
    return [[words, pairs[words]] for words in sorted(pairs, key=len, reverse=True)]


def marks_of_quotes(found: list[list[Finding]], known: Iterable[str]) -> list[Mark]:
    """What quoted words give away besides what the own text does."""
    marks = (mark for mark in marks_of(found) if mark.key not in known)
    return [Mark(replace(mark.first, replacement=""), [], quoted=True) for mark in marks]


def marks_in(
    texts: list[str], beside: Beside, about: About, fine: list[str], nearby: Callable[[], Nearby]
) -> tuple[list[Mark], list[list[Finding]]]:
    """The marks of texts and of what goes along, and what was found in each text."""
    names = [words for name in beside.files for words in spoken(name)]
    found = found_in([*texts, *beside.quotes, *names], about, fine, nearby)
    end = len(texts) + len(beside.quotes)
    here, quoted, named = found[: len(texts)], found[len(texts) : end], found[end:]
    marks = marks_of(here)
    marks += marks_of_quotes(quoted, {mark.key for mark in marks})
    return marks + marks_of_files(beside.files, named, fine), here


def review_of(
    texts: list[str], about: About, fine: list[str], nearby: Callable[[], Nearby], beside: Beside = ALONE
) -> Review:
    """What is found in texts that are still being written, and in what goes along."""
    return Review(marks_in(texts, beside, about, fine, nearby)[0], fine)


def swapped(text: str, found: list[Finding], key: str) -> str:
    """`text` with neutral words instead of what `key` names, with a capital where a sentence begins."""
    for one in sorted(found, key=lambda one: -one.start):
        if one.key == key and one.replacement:
            instead = one.replacement
            if BEGINS.search(text[max(0, one.start - 20) : one.start]):
                instead = instead[0].upper() + instead[1:]
            text = text[: one.start] + instead + text[one.end :]
    return text


def answers(data, name: str) -> list[str]:
    """The words that a form sent under `name`, each once, and no more than a person can press."""
    sent = data.getlist(name) if hasattr(data, "getlist") else []
    return list(dict.fromkeys(words[:KEY_CHARS] for words in sent[:MOST] if words))


class Careful(forms.Form):
    """A form whose texts are looked over before they are placed; `careful` names the fields."""

    careful: tuple[str, ...] = ("title", "body")
    review: Review | None = None
    basket: Any = None  # the files, in a form that takes them
    quoting: Any = None  # what is quoted, in a form that quotes

    def look_over(self, about: About, nearby: Callable[[], Nearby] = Nearby) -> bool:
        """Whether the writer has something to answer first. Of a valid form; a pressed button is carried out."""
        names = [name for name in self.careful if name in self.fields]
        fine, seen = answers(self.data, "fine"), answers(self.data, "seen")
        good, swap = self.data.get("good", ""), self.data.get("swap", "")
        if good:
            fine = list(dict.fromkeys([*fine, good[:KEY_CHARS]]))
        marks, found = marks_in(self.texts(names), self.beside(), about, fine, nearby)
        if swap:
            self.swap(names, found, marks, swap)
            marks, _found = marks_in(self.texts(names), self.beside(), about, fine, nearby)
        self.review = Review(marks, fine, frozenset(seen), placing=True, pressed=bool(good or swap))
        return self.review.asks

    def texts(self, names: list[str]) -> list[str]:
        return [self.cleaned_data[name] or "" for name in names]

    def beside(self) -> Beside:
        files = [file.name for file in self.basket.all] if self.basket else []
        return Beside(files, [one.words for one in self.quoting.cited] if self.quoting else [])

    def swap(self, names: list[str], found: list[list[Finding]], marks: list[Mark], key: str) -> None:
        """Write the neutral words instead of what `key` names: in the texts, or as the name of a file."""
        for name, findings in zip(names, found, strict=True):
            self.cleaned_data[name] = swapped(self.cleaned_data[name] or "", findings, key)
        self.data = self.written()
        for mark in marks:
            if mark.key == key and self.basket:
                self.basket.rename(mark.first.words, mark.instead)

    def written(self) -> QueryDict:
        """What was sent, with the texts as they stand now."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name in self.careful:
            if name in self.fields:
                data[name] = self.cleaned_data[name]
        return data

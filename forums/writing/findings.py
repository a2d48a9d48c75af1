"""What a rule finds, and about whom it looks."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.sealing import keyed
from forums.writing.lists import fold, listed


class Kind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    BSN = "bsn"
    NUMBER = "number"
    ADDRESS = "address"
    URL = "url"
    HANDLE = "handle"
    DATE = "date"
    EMPLOYER = "employer"
    TOWN = "town"
    ORGANISATION = "organisation"
    PLACE = "place"
    NAME = "name"
    UNKNOWN = "unknown"
    ROLE = "role"
    HEALTH = "health"
    FILE = "file"


STRICT = frozenset({Kind.EMAIL, Kind.PHONE, Kind.IBAN, Kind.BSN})
REASONS: dict[Kind, str | Promise] = {
    Kind.EMAIL: _("is an e-mail address."),
    Kind.PHONE: _("is a telephone number."),
    Kind.IBAN: _("is an account number."),
    Kind.BSN: _("is a citizen service number."),
    Kind.NUMBER: _("is a number that belongs to one person."),
    Kind.ADDRESS: _("looks like an address."),
    Kind.URL: _("is a link. It can lead to your organisation."),
    Kind.HANDLE: _("looks like a name on a network."),
    Kind.DATE: _("is a precise date."),
    Kind.EMPLOYER: _("is your own organisation."),
    Kind.TOWN: _("is your own town."),
    Kind.ORGANISATION: _("looks like an organisation."),
    Kind.PLACE: _("is a place."),
    Kind.NAME: _("looks like a name."),
    Kind.UNKNOWN: _("has a capital. Is it a name?"),
    Kind.ROLE: _("perhaps points at one person."),
    Kind.HEALTH: _("is private, about somebody else."),
    Kind.FILE: _("is the name of a file. It can point at somebody."),
}
KEY_CHARS = 200
LONGEST = 12  # words of what is fine
NEUTRAL = tuple(listed("neutral"))


@dataclass(slots=True, frozen=True)
class About:
    """Who writes, and where: plain strings, so that the rules know no rows.

    `employer` and `town` are those of the writer's profile. `fine` holds words that need no mark, folded: what the
    writer said is good, and names that are on the page anyway. `writer` and `thread` (of a topic or a case, anything
    that stays the same through it) choose the words that take the place of a name; without them these are the same
    for everyone.
    """

    employer: str = ""
    town: str = ""
    fine: frozenset[str] = frozenset()
    writer: str = ""
    thread: str = ""

    def fine_parts(self) -> set[str]:
        """What is fine, and every run of words in it: who may be called Kees de Wit may be called Kees."""
        split = [known.split()[:LONGEST] for known in self.fine]
        return {
            " ".join(words[a:b]) for words in split for a in range(len(words)) for b in range(a + 1, len(words) + 1)
        }


@dataclass(slots=True, frozen=True)
class Finding:
    """Characters `start` to `end` of a text, and what may be said instead (nothing when `replacement` is empty)."""

    start: int
    end: int
    words: str
    kind: Kind
    replacement: str
    key: str  # the same for the same person or thing: what the writer's answer is about

    @property
    def strict(self) -> bool:
        """Placed only after an explicit yes."""
        return self.kind in STRICT

    @property
    def reason(self) -> str | Promise:
        return REASONS[self.kind]


@dataclass(slots=True)
class Neutral:
    """Neutral words for people: the same name gets the same words in one thread, and nothing is stored for it.

    Which words a name gets follows from the name, the thread, the writer and a secret of the server; nobody else can
    try names until the same words come out. Two names in one text never get the same words: the one that comes later
    takes its next choice.
    """

    about: About
    given: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def __call__(self, name: str) -> str:
        if name not in self.given:
            order = self.order(name)
            self.given[name] = next((words for words in order if words not in self.used), order[0])
            self.used.add(self.given[name])
        return self.given[name]

    def order(self, name: str) -> list[str]:
        """All neutral words, in the order in which `name` would take them."""
        first = int(keyed("neutral", self.about.thread, self.about.writer, name)[:15], 16) % len(NEUTRAL)
        return [*NEUTRAL[first:], *NEUTRAL[:first]]


def made(source: str, start: int, end: int, kind: Kind, replacement: str, key: str = "") -> Finding:
    words = source[start:end]
    return Finding(start, end, words, kind, replacement, (key or fold(words))[:KEY_CHARS])

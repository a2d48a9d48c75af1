"""What someone chose, when, and under which words: the proof that the person keeps as well."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from accounts.models import Consent, Wording
from accounts.research.models import Scope
from accounts.research.models.scope import PURPOSES


@dataclass
class Choice:
    """One press of a button: what was said yes and no to, having read a text in a language."""

    at: datetime
    wording: Wording
    language: str
    hash: str
    yes: list[Scope] = field(default_factory=list)
    no: list[Scope] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.wording.text(self.language)


def choices_of(person) -> list[Choice]:
    """Everything that `person` ever chose about the register, newest first."""
    rows = person.consents.filter(purpose__in=PURPOSES).select_related("wording").order_by("-pk")
    found = []
    for (at, wording, language), together in groupby(rows, lambda row: (row.at, row.wording, row.language)):
        pressed = list(together)
        choice = Choice(at, wording, language, pressed[0].text_hash)
        for row in reversed(pressed):
            (choice.yes if row.granted else choice.no).append(Scope.of(row.purpose))
        found.append(choice)
    return found


def texts_of(choices: list[Choice]) -> list[Choice]:
    """One choice for each text in each language that was read, newest first."""
    return list({choice.hash: choice for choice in reversed(choices)}.values())[::-1]


def last_words(person) -> dict[Scope, Consent]:
    """The latest consent or withdrawal for each scope that `person` ever said something about."""
    rows = person.consents.latest().filter(purpose__in=PURPOSES).select_related("wording")
    return {Scope.of(row.purpose): row for row in rows}

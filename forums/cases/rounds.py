"""The soft rounds of a discussion: they move on by themselves, a few days each, and the author may skip one."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from forums.models import Kind


class Round(models.IntegerChoices):
    QUESTIONS = 1, _("Questions")
    THINKING = 2, _("Thinking along")
    ADVICE = 3, _("Advice")
    REPORT = 4, _("Telling back")


USUAL = {
    Round.QUESTIONS: Kind.QUESTION,
    Round.THINKING: Kind.REFLECTION,
    Round.ADVICE: Kind.SUGGESTION,
    Round.REPORT: Kind.REPLY,
}
ASKED = {
    Round.QUESTIONS: _("Ask what you want to know. Advice comes later."),
    Round.THINKING: _("Think aloud together. Who brought the case in reads along."),
    Round.ADVICE: _("What would you do, and why? One advice in each reply."),
    Round.REPORT: _("Who brought the case in tells what is useful."),
}
ASKED_OF_AUTHOR = {
    Round.QUESTIONS: _("Answer what the group asks. No need to defend anything."),
    Round.THINKING: _("Read along now, and wait with answering. In the last round you tell what is useful."),
    Round.ADVICE: _("Let the advice come in. You choose later what fits."),
    Round.REPORT: _("Tell the group what helps you, and what you are going to do."),
}


@dataclass(frozen=True)
class Standing:
    """The round that a discussion is in today, and the day on which the next one begins (none after the last)."""

    round: Round
    until: date | None

    @property
    def asked(self):
        return ASKED[self.round]

    @property
    def asked_of_author(self):
        return ASKED_OF_AUTHOR[self.round]

    @property
    def usual(self) -> Kind:
        """What a reply is meant to be in this round, as a rule. Any other kind can be placed as well."""
        return USUAL[self.round]

    @property
    def next(self) -> Round | None:
        return Round(self.round + 1) if self.round < Round.REPORT else None


def standing_of(began: int, on: date) -> Standing:
    """Where a discussion stands that was in round `began` on day `on`. Days only: a time would tell of a pseudonym."""
    length = settings.TERMS["case_round"]
    passed = max(0, (today() - on).days // length) if length else 0
    now = Round(min(began + passed, Round.REPORT))
    until = on + timedelta(days=length * (now - began + 1)) if now < Round.REPORT else None
    return Standing(now, until)

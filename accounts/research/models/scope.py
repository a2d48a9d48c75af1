"""What someone may be asked for. Each is a purpose of consent of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PREFIX = "register:"


class Scope(models.TextChoices):
    QUESTIONNAIRE = "questionnaire", _("questionnaire")
    INTERVIEW = "interview", _("interview")
    DIARY = "diary", _("diary study")
    TEAM = "team", _("team study")
    LINKAGE = "linkage", _("linking answers")

    @property
    def purpose(self) -> str:
        """Its name among the consents."""
        return PREFIX + self.value

    @property
    def request(self) -> str:
        """What one says yes to."""
        return REQUESTS[self][0]

    @property
    def hint(self) -> str:
        return REQUESTS[self][1]

    @classmethod
    def of(cls, purpose: str) -> "Scope":
        return cls(purpose.removeprefix(PREFIX))


PURPOSES = [scope.purpose for scope in Scope]
REQUESTS = {
    Scope.QUESTIONNAIRE: (
        _("Ask me for questionnaires"),
        _("Usually 10 to 20 minutes. You decide again each time."),
    ),
    Scope.INTERVIEW: (_("Ask me for an interview"), _("A conversation of about an hour with a researcher.")),
    Scope.DIARY: (_("Ask me for diary studies"), _("A few minutes a day, two weeks long.")),
    Scope.TEAM: (_("Ask me for team studies"), _("Each member of your team is asked separately.")),
    Scope.LINKAGE: (
        _("Link my answers from different studies"),
        _("With a code, not with your name. The keeper of the register has the key."),
    ),
}

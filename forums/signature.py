"""The one place that turns an author into what is shown. It is the same for every reader."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.audience import Audience
from accounts.models import Role

# The role that stands beside a name, where someone holds several: the first one counts.
BADGES = (
    (Role.TRAINER, "is_trainer"),
    (Role.ORGANISER, "is_organiser"),
    (Role.MODERATOR, "is_moderator"),
    (Role.RESEARCHER, "is_researcher"),
    (Role.REGISTER_KEEPER, "is_register_keeper"),
    (Role.ALUMNUS, "is_alumnus"),
    (Role.PARTICIPANT, "is_participant"),
)
LABELS = {str(role): role.label for role in Role}


@dataclass(slots=True, frozen=True)
class Signature:
    """How someone signs: what a page shows of the author, and no more."""

    pk: str
    name: str
    initials: str
    tone: str
    badge: str
    is_expert: bool
    is_alias: bool = False
    url: str = ""


def signature_of(author, badge: str, alias=None) -> Signature:
    """`badge` is the role that the author held when writing; without an author it was someone who left.

    An alias is a name and nothing else: no role, no picture of one's own, no page (R-15).
    """
    if alias is not None:
        return Signature(str(alias.pk), alias.name, "", "", "", is_expert=False, is_alias=True)
    if author is None:
        return Signature("", _("Former participant"), "", "", "", is_expert=False)
    trainer = badge == Role.TRAINER
    return Signature(
        str(author.pk), author.name, author.initials, author.tone, capfirst(LABELS.get(badge, "")), is_expert=trainer
    )


def badge_of(author, board) -> str:
    """The role in which `author` writes on `board`."""
    if board.audience == Audience.COHORT:
        badges = [m.badge for m in author.standing if m.cohort_id == board.cohort_id]
        return Role.TRAINER if Role.TRAINER in badges else next(iter(badges), Role.PARTICIPANT)
    return next((badge for badge, question in BADGES if getattr(author, question)), "")

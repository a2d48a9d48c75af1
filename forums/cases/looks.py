"""What a page shows of where a case stands: the three stages, the one next step, and its facts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forums.cases import policy
from forums.cases.models import Case
from forums.cases.rounds import Round
from forums.cases.stages import STATES_OF, Stage, State

ICONS = {Stage.DIAGNOSIS: "scan-search", Stage.ACTION: "footprints", Stage.EVALUATION: "repeat-2"}
ORDER = list(Stage)


@dataclass(frozen=True)
class Mark:
    """One of the three stages in the bar above a case."""

    stage: Stage
    note: str
    is_done: bool = False
    is_now: bool = False

    @property
    def icon(self) -> str:
        return "check" if self.is_done else ICONS[self.stage]

    @property
    def anchor(self) -> str:
        """Where on the page it is told; nothing for a stage that is still to come."""
        return f"#{self.stage}" if self.is_done or self.is_now else ""


@dataclass(frozen=True)
class Step:
    """What may be done next: words, and a button. `stage` or `round` is posted; else `href` is a page."""

    words: Any
    action: Any = ""
    href: str = ""
    stage: str = ""
    round: int = 0
    is_main: bool = True


def day_words(day: date) -> str:
    return date_format(day, "j F")


def marks(case: Case, transitions: list) -> list[Mark]:
    """The bar. Days only. `transitions` is the history of the case, in order."""
    if case.is_gone or case.stage is None:
        return []
    here, found = ORDER.index(case.stage), []
    for number, stage in enumerate(ORDER):
        if number < here or case.state == State.CLOSED:
            left = last_day(transitions, ORDER[number + 1] if number < 2 else State.CLOSED)
            note = _("Done on %(day)s") % {"day": day_words(left)} if left else _("Done")
            found.append(Mark(stage, note, is_done=True))
        elif number == here:
            found.append(Mark(stage, _("Now"), is_now=True))
        else:
            found.append(Mark(stage, later(case, stage)))
    return found


def later(case: Case, stage: Stage) -> str:
    if stage == Stage.EVALUATION and case.follow_up_on:
        return _("After %(day)s") % {"day": day_words(case.follow_up_on)}
    return _("Later")


def last_day(transitions: list, to) -> date | None:
    """The last day on which it came into a state of that stage."""
    states = STATES_OF.get(to, (to,))
    return next((timezone.localdate(one.at) for one in reversed(transitions) if one.to in states), None)


def next_step(case: Case, user, is_mine: bool, box: str = "") -> Step | None:
    """The one thing that `user` can do next here. To write along leads to the box; `box` is where that stands."""
    if case.is_struck:
        return None
    if is_mine:
        return own_step(case)
    if case.state == State.SUBMITTED and policy.can_train_case(user, case):
        return Step(
            _("Has everyone read it? Then open the questions."), _("Open the discussion"), stage=State.DISCUSSION
        )
    if case.state == State.DISCUSSION and box:
        return Step(case.standing.asked, _("Write along"), href=box, is_main=False)
    return None


def feedback_step(asked) -> Step:
    """For a trainer of the circle: `asked` is the feedback that its author waits for."""
    return Step(_("The author asks for feedback."), _("Write feedback"), href=asked.get_absolute_url())


def own_step(case: Case) -> Step | None:
    page = f"{case.get_absolute_url()}stage/"
    if case.state == State.DRAFT:
        return Step(_("Only you see this draft."), _("Go on writing"), href=case.get_absolute_url())
    if case.state == State.SUBMITTED:
        words = _("Your circle can read it. Open the discussion when you are ready for questions.")
        return Step(words, _("Open the discussion"), stage=State.DISCUSSION)
    if case.state == State.DISCUSSION:
        return round_step(case, page)
    if case.state == State.ACTION:
        words = _("Tell what came of it, also when it did not work. Then others learn from it too.")
        return Step(words, _("Write your evaluation"), href=f"{page}?stage={State.EVALUATED}")
    if case.state == State.EVALUATED:
        words = _("Is it enough for now? Complete it. You can always take it up again.")
        return Step(words, _("Complete the case"), stage=State.CLOSED)
    return None


def round_step(case: Case, page: str) -> Step:
    standing = case.standing
    if standing.next:
        action = _("Go on to round %(number)s: %(name)s") % {
            "number": int(standing.next),
            "name": str(standing.next.label).lower(),
        }
        return Step(standing.asked_of_author, action, round=standing.round)
    words = _("Choose one small action for the coming two weeks. Write what you do, with whom and when.")
    return Step(words, _("Write your action"), href=f"{page}?stage={State.ACTION}")


def rounds(case: Case) -> list[tuple[Round, bool, bool]]:
    """(round, over, now) of a discussion; nothing outside of one."""
    standing = case.standing
    if standing is None or case.is_struck:
        return []
    return [(one, one < standing.round, one == standing.round) for one in Round]


def kept_until(case: Case) -> date | None:
    """The day on which its circle is erased; None where that has no day yet, outside of a circle, or when it goes before."""
    ends = case.board.cohort.ends_on if case.board.cohort_id and not case.is_withdrawn else None
    return ends and ends + timedelta(days=settings.TERMS["circle_after_last_session"])

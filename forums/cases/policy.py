"""Who may do what with a case. Whoever asks may read it already."""

from accounts.models import Role
from forums.cases.stages import STAGE_OF, State
from forums.signature import badge_of

ALWAYS = ("context", "situation", "factors")
PAGES = {State.ACTION: ("action",), State.EVALUATED: ("action", "evaluation"), State.CLOSED: ("action", "evaluation")}


def can_bring_case(user) -> bool:
    """Who takes or took the course, in a circle of one's own. Trainers read along; it is not their work."""
    return user.is_participant and bool(user.circles)


def can_own_case(user, case) -> bool:
    """Who brought it in, under whichever name."""
    return case.is_by(user)


def can_change_case(user, case) -> bool:
    """Its text, as long as it is there."""
    return not case.is_gone and case.is_by(user)


def can_write_step(user, case, step: str) -> bool:
    """One page of it. What was asked once stands in the topic after it was brought in."""
    if case.is_draft:
        return case.is_by(user) and step in (*ALWAYS, "question")
    return can_change_case(user, case) and step in (*ALWAYS, *PAGES.get(State(case.state), ()))


def can_train_case(user, case) -> bool:
    """A trainer of the circle in which it was brought in; not who brought it in."""
    return (
        not case.is_draft and not case.is_struck and badge_of(user, case.board) == Role.TRAINER and not case.is_by(user)
    )


def can_move_case(user, case, to: str) -> bool:
    """Its author moves it on; a trainer may open the discussion. Struck by a moderator it can only be withdrawn."""
    if case.is_struck and to != State.WITHDRAWN:
        return False
    return case.is_by(user) or (to == State.DISCUSSION and case.state == State.SUBMITTED and can_train_case(user, case))


def can_widen_case(user, case) -> bool:
    """Only its author may ever let more people read it (R-9)."""
    return State(case.state) in STAGE_OF and not case.is_struck and case.is_by(user)


def can_write_feedback(user, feedback) -> bool:
    """A trainer, until it is given; from then on only who gave it."""
    return can_train_case(user, feedback.case) and (feedback.is_open or feedback.trainer_id == user.pk)


def can_note_feedback(user, feedback) -> bool:
    """Trainers among each other, until it is given."""
    return feedback.is_open and can_train_case(user, feedback.case)


def can_take_feedback(user, feedback) -> bool:
    return feedback.is_open and can_train_case(user, feedback.case)


def can_save_feedback(user, feedback) -> bool:
    """As a file: whose case it is."""
    return not feedback.is_open and feedback.case.is_by(user)

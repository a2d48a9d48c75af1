"""Where a case can stand, where it can go on to, and what it needs for that. Asks nothing of the database."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.words import is_visible


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("brought in")
    DISCUSSION = "discussion", _("being discussed")
    ACTION = "action", _("action chosen")
    EVALUATED = "evaluated", _("evaluated")
    CLOSED = "closed", _("completed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Stage(models.TextChoices):
    """What stands on the screen."""

    DIAGNOSIS = "diagnosis", _("Diagnosis")
    ACTION = "action", _("Action")
    EVALUATION = "evaluation", _("Evaluation")


STATES_OF = {
    Stage.DIAGNOSIS: (State.SUBMITTED, State.DISCUSSION),
    Stage.ACTION: (State.ACTION,),
    Stage.EVALUATION: (State.EVALUATED, State.CLOSED),
}
STAGE_OF = {state: stage for stage, states in STATES_OF.items() for state in states}
ONWARD = {
    State.DRAFT: (State.SUBMITTED, State.WITHDRAWN),
    State.SUBMITTED: (State.DISCUSSION, State.WITHDRAWN),
    State.DISCUSSION: (State.ACTION, State.WITHDRAWN),
    State.ACTION: (State.EVALUATED, State.WITHDRAWN),
    State.EVALUATED: (State.CLOSED, State.DISCUSSION, State.WITHDRAWN),
    State.CLOSED: (State.DISCUSSION, State.WITHDRAWN),
    State.WITHDRAWN: (),
}
OPEN = (State.SUBMITTED, State.DISCUSSION, State.ACTION, State.EVALUATED)  # its author has a next step


def missing_for_submission(case, risks: list, protections: list, checked: bool) -> list:
    """What a draft still needs, in words; `risks` and `protections` are its factors."""
    wanted = (
        (case.title, _("a title")),
        (case.context, _("the context")),
        (case.situation, _("what is going on")),
        (risks, _("at least one risk")),
        (protections, _("at least one thing that protects")),
        (all(factor.level for factor in [*risks, *protections]), _("the level of each factor")),
        (case.question, _("your question to the group")),
        (checked, _("all five ticks that nobody can be recognised")),
    )
    return [words for there, words in wanted if not (is_visible(there) if isinstance(there, str) else there)]


def missing_for_action(actions: list) -> list:
    """At least one action, each with its level."""
    if not actions:
        return [_("at least one action that you choose")]
    return [] if all(action.level for action in actions) else [_("the level of each action")]


def missing_for_evaluation(evaluation: str) -> list:
    return [] if is_visible(evaluation) else [_("what came of it. That it did not work is worth as much")]

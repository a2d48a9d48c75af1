from forums.cases.models.case import Case
from forums.cases.models.factor import Changer, ChosenAction, Factor, Level, Transition
from forums.cases.models.feedback import Feedback
from forums.cases.models.feedback_parts import FeedbackNote, FeedbackVersion

__all__ = [
    "Case", "Changer", "ChosenAction", "Factor", "Feedback", "FeedbackNote", "FeedbackVersion", "Level", "Transition",
]  # fmt: skip

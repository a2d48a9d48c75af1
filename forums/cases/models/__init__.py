from forums.cases.models.case import Case
from forums.cases.models.factor import Changer, ChosenAction, Factor, Level, Transition

__all__ = ["Case", "Changer", "ChosenAction", "Factor", "Level", "Transition"]

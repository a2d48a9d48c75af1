from accounts.research.models.call import StudyCall
from accounts.research.models.entry import ResearchEntry, TextChanged
from accounts.research.models.scope import Scope
from accounts.research.models.study import Study

__all__ = ["ResearchEntry", "Scope", "Study", "StudyCall", "TextChanged"]

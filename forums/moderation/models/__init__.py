from forums.moderation.models.look import Look
from forums.moderation.models.report import Report
from forums.moderation.models.ruling import Ruling
from forums.moderation.models.voice import Reason, Voice

__all__ = ["Look", "Reason", "Report", "Ruling", "Voice"]

"""What a contribution is meant to be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    QUESTION = "question", _("Question")
    REFLECTION = "reflection", _("Thought")
    EXPERIENCE = "experience", _("Experience")
    SUGGESTION = "suggestion", _("Suggestion")
    EXPERT = "expert", _("Expert feedback")  # trainers only
    FEEDBACK = "feedback", _("How it went on")  # whoever began the conversation
    REPLY = "reply", _("Reply")
    MODERATION = "moderation", _("Message of a moderator")

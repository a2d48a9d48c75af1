"""The words that a conversation can be found by. A fixed list, so that everyone means the same by them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Group:
    """Words of one kind, by the name under which they are stored."""

    name: Any
    words: dict[str, Any]


GROUPS = (
    Group(
        _("Stage"),
        {
            "diagnosis": pgettext_lazy("tag", "Diagnosis"),
            "action": pgettext_lazy("tag", "Action"),
            "evaluation": pgettext_lazy("tag", "Evaluation"),
        },
    ),
    Group(
        _("Level"),
        {
            "organisation": pgettext_lazy("tag", "Organisation"),
            "team": pgettext_lazy("tag", "Team"),
            "individual": pgettext_lazy("tag", "Individual"),
        },
    ),
    Group(
        _("Factor"),
        {
            "workload": pgettext_lazy("tag", "Workload"),
            "power": pgettext_lazy("tag", "Power and dependence"),
            "roles": pgettext_lazy("tag", "Unclear roles"),
            "change": pgettext_lazy("tag", "Change and reorganisation"),
            "bystanders": pgettext_lazy("tag", "Bystanders and silence"),
            "exclusion": pgettext_lazy("tag", "Shutting out"),
            "support": pgettext_lazy("tag", "Support of colleagues"),
            "leading": pgettext_lazy("tag", "Leading by example"),
            "trust": pgettext_lazy("tag", "Trust"),
            "norms": pgettext_lazy("tag", "Clear norms"),
            "learning": pgettext_lazy("tag", "Learning from mistakes"),
        },
    ),
    Group(
        _("Topic"),
        {
            "talking": pgettext_lazy("tag", "Having the conversation"),
            "measures": pgettext_lazy("tag", "Measures"),
            "policy": pgettext_lazy("tag", "Rules and policy"),
            "culture": pgettext_lazy("tag", "Culture"),
            "care": pgettext_lazy("tag", "Care and support"),
            "reports": pgettext_lazy("tag", "Reports and what follows"),
            "differences": pgettext_lazy("tag", "Differences in the team"),
            "distance": pgettext_lazy("tag", "Working at a distance"),
        },
    ),
)
WORDS = {slug: word for group in GROUPS for slug, word in group.words.items()}
CHOICES = [(group.name, list(group.words.items())) for group in GROUPS]

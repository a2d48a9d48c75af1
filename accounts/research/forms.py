"""What is ticked, judged."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import Wording
from accounts.research.models import ResearchEntry, Scope
from accounts.research.models.entry import CAPS, USUAL_CAP

TIMES = ngettext_lazy("At most %d time a year", "At most %d times a year")


class ChoiceForm(forms.Form):
    """For what, how often, and the version of the text that was on screen."""

    scope = forms.MultipleChoiceField(
        label=_("What do you say yes to?"),
        choices=Scope.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from what is in the list.")},
    )
    cap = forms.TypedChoiceField(
        label=_("How often may we invite you?"),
        coerce=int,
        empty_value=USUAL_CAP,
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("Choose 1, 2, 4 or 6 times a year.")},
    )
    wording = forms.IntegerField(
        min_value=1, max_value=32_000, error_messages={"required": _("Read the text on this page first.")}
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cap"].choices = [(times, TIMES % times) for times in CAPS]

    def clean_wording(self) -> Wording | None:
        """The text that was on screen; None when there never was one of this version."""
        return Wording.objects.filter(kind=Wording.Kind.REGISTER, version=self.cleaned_data["wording"]).first()

    def save(self, person) -> ResearchEntry | None:
        """Raises TextChanged when that text is not the newest any more."""
        given = self.cleaned_data
        return ResearchEntry.choose(person, given["scope"], given["cap"], given["wording"])

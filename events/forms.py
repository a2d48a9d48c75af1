"""What is answered to a return day, judged."""

import uuid

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.words import PlainField, ProseField
from events.models import Event, Rsvp, answer, answer_offer, set_capacity

MOST_PLACES = 10_000
NEED_CHARS = 300
ANSWERS = [("yes", _("Yes, I am coming")), ("maybe", _("Maybe")), ("no", _("No, not this time"))]
PLACES = {
    "invalid": _("Fill in a whole number of places."),
    "min_value": _("There is at least 1 place."),
    "max_value": _("That is too much: at most 10,000 places."),
}


def needs_sentence() -> str:
    """Who sees what someone needs, and until when. Filling it in under this sentence is the consent."""
    days = settings.TERMS["needs_after_event"]
    return ngettext(
        "Only the organisers see this. We erase it %(days)s day after the return day.",
        "Only the organisers see this. We erase it %(days)s days after the return day.",
        days,
    ) % {"days": days}


class PlacesSelect(forms.Select):
    """A list in which what is full cannot be chosen."""

    full: frozenset[str] = frozenset()

    def create_option(self, name, value, label, selected, index, **more):
        option = super().create_option(name, value, label, selected, index, **more)
        if str(value) in self.full and not selected:
            option["attrs"]["disabled"] = True
        return option


class SubmissionField(forms.CharField):
    """The hidden name of one filled-in form, so that sent twice is sent once. Without a good one it counts as new."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value) -> uuid.UUID:
        try:
            return uuid.UUID(super().clean(value))
        except (ValueError, forms.ValidationError):
            return uuid.uuid4()


class RsvpForm(forms.Form):
    """Yes, maybe or no, nothing chosen beforehand; and for who comes a workshop, and what they need."""

    submission_id = SubmissionField()
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes, maybe or no."), "invalid_choice": _("Choose yes, maybe or no.")},
    )
    workshop = forms.ChoiceField(
        label=_("Which workshop do you choose?"),
        required=False,
        widget=PlacesSelect(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("Choose a workshop from the list.")},
    )
    diet = PlainField(
        label=_("Diet or allergy"),
        required=False,
        max_length=NEED_CHARS,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    access = ProseField(
        label=_("What do you need to take part?"),
        required=False,
        max_length=NEED_CHARS,
        widget=forms.Textarea(attrs={"class": "input input--short", "rows": 2}),
    )
    listed = forms.BooleanField(label=_("Participants may see that I am coming"), required=False)

    def __init__(self, *args, workshops: list, **kwargs) -> None:
        """`workshops` of the event, each with `taken`."""
        super().__init__(*args, **kwargs)
        self.workshops = {str(one.pk): one for one in workshops}
        field = self.fields["workshop"]
        field.choices = [("", _("No choice yet")), *((key, places_of(one)) for key, one in self.workshops.items())]
        field.widget.full = frozenset(key for key, one in self.workshops.items() if one.taken >= one.capacity)
        self.fields["diet"].help_text = self.sentence = needs_sentence()

    def clean_workshop(self):
        return self.workshops.get(self.cleaned_data["workshop"])

    def clean_access(self) -> str:
        return self.cleaned_data["access"].strip()

    def save(self, event: Event, person) -> Rsvp:
        """Raises Refused."""
        given = self.cleaned_data
        details = {name: given[name] for name in ("workshop", "diet", "access", "listed", "submission_id")}
        return answer(event, person, given["answer"], text=self.sentence, **details)


def places_of(workshop) -> str:
    """The name of a workshop with the places that are left."""
    left = max(0, workshop.capacity - workshop.taken)
    if not left:
        return _("%(title)s (full)") % {"title": workshop.title}
    words = ngettext("%(title)s (%(left)s place left)", "%(title)s (%(left)s places left)", left)
    return words % {"title": workshop.title, "left": left}


class OfferForm(forms.Form):
    answer = forms.ChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))],
        error_messages={"required": _("Choose yes or no."), "invalid_choice": _("Choose yes or no.")},
    )

    def save(self, event: Event, person) -> Rsvp:
        """Raises Refused."""
        return answer_offer(event, person, accept=self.cleaned_data["answer"] == "yes")


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(
        label=_("Number of places"),
        help_text=_("Empty is no limit."),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        error_messages=PLACES,
        widget=forms.NumberInput(attrs={"class": "input"}),
    )

    def save(self, event: Event, by) -> None:
        set_capacity(event, self.cleaned_data["capacity"], by)

"""What organisers fill in about a cohort and who belongs to it."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.forms.boxes import choice, line
from accounts.forms.person import NamedForm
from accounts.models import Cohort, Invitation, Membership, Role, User
from accounts.words import PlainField


class CohortForm(forms.Form):
    name = PlainField(
        max_length=60,
        label=_("Name"),
        help_text=_("For example: Spring 2028."),
        error_messages={"required": _("Fill in a name.")},
        widget=line(),
    )
    max_participants = forms.IntegerField(
        label=_("Number of places"),
        min_value=1,
        max_value=200,
        initial=12,
        error_messages={"required": _("Fill in a number of places.")},
        widget=forms.NumberInput(attrs={"class": "input"}),
    )
    apply_before = forms.DateField(
        required=False,
        label=_("Sign up before"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
    )

    def clean_apply_before(self):
        day = self.cleaned_data["apply_before"]
        if day and day < today():
            raise ValidationError(_("This day has passed. Choose a later one."), code="past")
        return day

    def save(self, by: User) -> Cohort:
        return Cohort.begin(by=by, **self.cleaned_data)


class InviteForm(NamedForm):
    email = forms.EmailField(
        max_length=254,
        label=_("E-mail address"),
        error_messages={"required": _("Fill in an e-mail address."), "invalid": _("This is not an e-mail address.")},
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES, widget=choice())
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(Role.PARTICIPANT, Role.PARTICIPANT.label), (Role.TRAINER, Role.TRAINER.label)],
        help_text=_("A trainer can read along after the site administrator gave that role."),
        widget=choice(),
    )

    def __init__(self, *args, cohort: Cohort, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.cohort, self.cohorts = cohort, [cohort]
        self.fields["name"].help_text = ""
        self.fields["name"].error_messages["required"] = _("Fill in a name.")
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def save(self, by: User) -> Invitation:
        return Invitation.send(self.cohort, by, **self.cleaned_data)


class TrainerForm(forms.Form):
    """Places in a cohort who holds the role of trainer."""

    person = forms.ChoiceField(
        label=_("Trainer"), error_messages={"invalid_choice": _("Choose someone from the list.")}, widget=choice()
    )

    def __init__(self, *args, free, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.free = {str(role.person_id): role.person for role in free}
        self.fields["person"].choices = [(pk, person.name) for pk, person in self.free.items()]

    def save(self, cohort: Cohort, by: User) -> Membership:
        return cohort.enrol(self.free[self.cleaned_data["person"]], Role.TRAINER, by=by)

"""Who someone is, what they agree to and what they show."""

import uuid

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.boxes import choice, line
from accounts.models import Invitation, Membership, Profile, User, Visibility
from accounts.names import is_taken, looks_like_role
from accounts.words import PlainField, ProseField, uuid_in

NAME_CHARS = 60
ABOUT_CHARS = 1000
THEMES = (("", _("As on my device")), ("light", _("Light")), ("dark", _("Dark")))
KEYS = (("on", pgettext_lazy("keys", "On")), ("off", pgettext_lazy("keys", "Off")))
HOLDS = {"required": _("Tick that you keep to the agreements. Without that you cannot go in.")}


class NamedForm(forms.Form):
    """A form with the name that others see. Subclasses say who it is for, and in which cohorts."""

    name = PlainField(
        max_length=NAME_CHARS,
        label=_("Name"),
        help_text=_("Stands with everything that you write under your own name."),
        error_messages={"required": _("Fill in your name.")},
        widget=line(autocomplete="name"),
    )
    person: User | None = None
    cohorts: list = []

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if self.person and name == self.person.name:
            return name
        if looks_like_role(name):
            raise ValidationError(_("This name looks like a role. Choose another one."), code="role")
        if self.cohorts and is_taken(name, Membership.objects.names_beside(self.cohorts, self.person)):
            raise ValidationError(
                _("Someone in the circle has this name, or one that looks like it. Add something, such as a letter."),
                code="taken",
            )
        return name


class AcceptInvitationForm(NamedForm):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=choice())
    password = forms.CharField(
        required=False,
        strip=False,
        label=_("Password"),
        help_text=_("You need none: we can mail you a code each time. At least 12 characters if you do want one."),
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "new-password"}),
    )

    submission_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, invitation: Invitation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_id"].initial = uuid.uuid4
        self.invitation, self.cohorts = invitation, [invitation.cohort]

    def clean(self) -> dict:
        found = super().clean()
        if password := found.get("password"):
            try:
                validate_password(password, User(email=self.invitation.email, name=found.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return found

    def save(self) -> User | None:
        words = self.cleaned_data
        form = uuid_in(words["submission_id"])
        return self.invitation.accept(words["name"], words["language"], words["password"] or None, form)


class AgreementsForm(forms.Form):
    accept = forms.BooleanField(label=_("I keep to these agreements"), error_messages=HOLDS)
    wording = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, newest, **kwargs) -> None:
        super().__init__(*args, initial={"wording": newest.pk}, **kwargs)
        self.newest = newest

    def clean_accept(self) -> bool:
        shown = self.data.get("wording")
        if shown and shown != str(self.newest.pk):
            raise ValidationError(_("The agreements changed meanwhile. Read them once more."), code="changed")
        return self.cleaned_data["accept"]

    def save(self, person: User) -> None:
        person.agree(self.newest)


def shown_to(label) -> forms.ChoiceField:
    """Who sees one field of a profile."""
    return forms.ChoiceField(label=label, choices=Visibility.choices, initial=Visibility.NOBODY, widget=choice())


class Giving(forms.Form):
    """A form that changes what someone shows. What is not sent stays as it was."""

    def __init__(self, *args, person: User, **kwargs) -> None:
        super().__init__(*args, initial=self.as_it_is(person), **kwargs)
        self.person = person
        if self.is_bound:
            self.data = self.data.copy()
            for name, field in self.fields.items():
                if not isinstance(field, forms.BooleanField):
                    self.data.setdefault(name, self.initial.get(name, ""))

    def as_it_is(self, person: User) -> dict:
        return {name: getattr(person.profile, name) for name in self.base_fields if hasattr(person.profile, name)}

    def give(self) -> None:
        """Change the profile; the words beside each choice are kept as what was agreed to."""
        fields = {name: value for name, value in self.cleaned_data.items() if hasattr(Profile, name)}
        listing = self.fields["is_listed"]
        texts = {"listed": f"{listing.label} {listing.help_text}"}
        for name in Profile.FIELDS:
            if f"{name}_for" in self.fields:
                asked = self.fields[f"{name}_for"].label
                texts |= {f"profile:{name}:{value}": f"{asked} {words}" for value, words in Visibility.choices}
        self.person.profile.change(texts, **fields)


def listed() -> forms.BooleanField:
    words = {"label": _("Put me in the list of members"), "help_text": _("Members can then find you by name.")}
    return forms.BooleanField(required=False, **words)


class SeenForm(Giving):
    """The first choice about a profile, on the way in."""

    sector = PlainField(
        max_length=60, required=False, label=_("Sector"), help_text=_("For example care."), widget=line()
    )
    sector_for = shown_to(_("Who may see your sector?"))
    is_listed = listed()

    def save(self) -> None:
        self.give()


class ProfileForm(Giving, NamedForm):
    sector = PlainField(max_length=60, required=False, label=_("Sector"), widget=line())
    sector_for = shown_to(_("Who sees your sector?"))
    position = PlainField(max_length=100, required=False, label=_("Position"), widget=line())
    position_for = shown_to(_("Who sees your position?"))
    about = ProseField(
        max_length=ABOUT_CHARS,
        required=False,
        label=_("About me"),
        help_text=_("Rather do not name your organisation."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )
    about_for = shown_to(_("Who sees what you tell about yourself?"))
    is_listed = listed()
    employer = PlainField(max_length=150, required=False, label=_("Employer"), widget=line(autocomplete="organization"))
    town = PlainField(max_length=100, required=False, label=_("Town"), widget=line(autocomplete="address-level2"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=choice())
    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES, required=False, widget=choice())
    shortcuts = forms.ChoiceField(
        label=_("Keys that go somewhere"),
        help_text=_("For example j for the next message. Press ? to see them all."),
        choices=KEYS,
        widget=choice(),
    )

    def __init__(self, *args, theme: str = "", person: User, **kwargs) -> None:
        self.theme = theme
        super().__init__(*args, person=person, **kwargs)
        self.cohorts = person.circles

    def as_it_is(self, person: User) -> dict:
        return super().as_it_is(person) | {
            "name": person.name,
            "language": person.language,
            "theme": self.theme,
            "shortcuts": "on" if person.shortcuts else "off",
        }

    def save(self) -> None:
        words = self.cleaned_data
        self.person.introduce(words["name"], words["language"], shortcuts=words["shortcuts"] == "on")
        self.give()

"""What the site administrator fills in about roles for the whole site."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.forms.boxes import choice
from accounts.models import Membership, Role, User

SITE_WIDE = (
    Role.ORGANISER,
    Role.TRAINER,
    Role.MODERATOR,
    Role.RESEARCHER,
    Role.REGISTER_KEEPER,
    Role.PRIVACY_OFFICER,
    Role.SITE_ADMINISTRATOR,
)


class RoleForm(forms.Form):
    """A role for someone who has an account. Giving it twice is giving it once."""

    email = forms.EmailField(
        max_length=254,
        label=_("E-mail address of a member"),
        error_messages={"required": _("Fill in an e-mail address."), "invalid": _("This is not an e-mail address.")},
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), widget=choice())

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, capfirst(role.label)) for role in SITE_WIDE]

    def clean_email(self) -> str:
        self.person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if self.person is None:
            raise ValidationError(_("Nobody has an account with this address. Let an organiser invite them first."))
        return self.cleaned_data["email"]

    def save(self, by: User) -> Membership:
        return self.person.grant(self.cleaned_data["role"], by)

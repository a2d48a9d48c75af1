"""What is typed on the pages that look across everything."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.boxes import choice, line
from accounts.models import Opening
from accounts.policy import can_ask_opening
from accounts.words import PlainField, ProseField
from community.seals import sealed_at

NOTE_CHARS = 2_000


def area(**attrs) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "input", "rows": 4} | attrs)


class AskOpeningForm(forms.Form):
    """Which pseudonym, and why its name has to be known. All of it is kept."""

    address = PlainField(
        max_length=300,
        label=_("Address of the message"),
        help_text=_("The link that was sent to you, for instance by a moderator."),
        error_messages={"required": _("Fill in the address of the message.")},
        widget=line(autocomplete="off"),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *Opening.Reason.choices],
        error_messages={"required": _("Choose a reason.")},
        widget=choice(),
    )
    note = ProseField(
        max_length=NOTE_CHARS,
        label=_("Why does the name have to be known?"),
        help_text=_("The other privacy officer reads this, and so does the member. It is kept for 5 years."),
        error_messages={"required": _("Write why.")},
        widget=area(),
    )
    forbidden = forms.BooleanField(
        required=False, label=_("The law forbids us to tell the member. The text above says which law.")
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_address(self) -> str:
        self.thing = sealed_at(self.cleaned_data["address"])
        if self.thing is None:
            raise forms.ValidationError(_("There is no message under a pseudonym at this address."))
        if not can_ask_opening(self.user, self.thing):
            raise forms.ValidationError(
                _("You take part in this conversation yourself. Another privacy officer has to ask.")
            )
        return self.cleaned_data["address"]

    def save(self) -> Opening:
        words = self.cleaned_data
        return Opening.ask(self.user, self.thing, words["reason"], words["note"], is_told=not words["forbidden"])


class DecideOpeningForm(forms.Form):
    """The second person's yes or no, with the reason."""

    decision = ProseField(
        max_length=NOTE_CHARS,
        label=_("Why do you agree, or not?"),
        error_messages={"required": _("Write why you agree, or why not.")},
        widget=area(rows=3),
    )
    answer = forms.ChoiceField(choices=[("open", "open"), ("no", "no")])

    def save(self, opening: Opening, by) -> None:
        if self.cleaned_data["answer"] == "open":
            opening.agree(by, self.cleaned_data["decision"])
        else:
            opening.refuse(by, self.cleaned_data["decision"])

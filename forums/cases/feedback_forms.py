"""What trainers and authors type about feedback, judged."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.words import ProseField
from forums.cases.models import Feedback, FeedbackNote

CHARS = 6_000
NOTE_CHARS = 2_000


def area(rows: int, **attrs) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "input", "rows": rows, "dir": "auto"} | attrs)


class AskForm(forms.Form):
    """For whom it is. Nothing gives more away than was chosen."""

    shared = forms.ChoiceField(
        label=_("Who reads the feedback?"),
        help_text=_("You choose this beforehand. The trainer knows it while writing."),
        error_messages={"required": _("Choose who reads the feedback."), "invalid_choice": _("Choose one of the two.")},
        choices=[("0", _("Only I and the trainers")), ("1", _("Everyone who reads my case"))],
        widget=forms.RadioSelect,
    )

    def save(self, case) -> Feedback:
        return Feedback.ask(case, shared=self.cleaned_data["shared"] == "1")


class FeedbackForm(forms.Form):
    """The three fields and the factors that they are about. A draft may be empty; what is given may not."""

    goal = ProseField(
        max_length=CHARS,
        label=_("Where are you going?"),
        help_text=_("The goal, in the words of who brought the case in."),
        error_messages={"required": _("Write what the goal is.")},
        widget=area(3),
    )
    seen = ProseField(
        max_length=CHARS,
        label=_("What do I see now?"),
        help_text=_("What helps already, what is missing? Tie it to a factor below."),
        error_messages={"required": _("Write what you see now.")},
        widget=area(5),
    )
    factors = forms.MultipleChoiceField(
        required=False,
        label=_("About these factors"),
        error_messages={
            "invalid_choice": _("A factor was changed meanwhile. Choose again."),
            "invalid_list": _("A factor was changed meanwhile. Choose again."),
        },
    )
    next_step = ProseField(
        max_length=CHARS,
        label=_("A possible next step"),
        help_text=_("One step, small enough for this week."),
        error_messages={"required": _("Write a possible next step.")},
        widget=area(3),
    )
    revision = forms.IntegerField(min_value=0, max_value=1_000_000_000, widget=forms.HiddenInput)

    use_required_attribute = False  # a draft may be kept as it is

    def __init__(self, *args, factors, complete: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.factors = list(factors)
        self.fields["factors"].choices = [(str(factor.pk), factor.text) for factor in self.factors]
        for name in ("goal", "seen", "next_step"):
            self.fields[name].required, self.fields[name].is_needed = complete, True

    @classmethod
    def of(cls, feedback: Feedback, factors) -> "FeedbackForm":
        """As it stands, to go on with."""
        names = ("goal", "seen", "next_step", "revision")
        initial = {name: getattr(feedback, name) for name in names}
        initial["factors"] = [str(factor.pk) for factor in feedback.factors.all()]
        return cls(initial=initial, factors=factors)

    @property
    def words(self) -> dict:
        chosen = [factor for factor in self.factors if str(factor.pk) in self.cleaned_data["factors"]]
        return {name: self.cleaned_data[name] for name in ("goal", "seen", "next_step")} | {"factors": chosen}

    @property
    def boxes(self) -> list[tuple]:
        """(factor, whether it is ticked)."""
        ticked = {str(one) for one in self["factors"].value() or ()}
        return [(factor, str(factor.pk) in ticked) for factor in self.factors]

    @property
    def revision_known(self) -> int:
        return self.cleaned_data["revision"]


class NoteForm(forms.Form):
    body = ProseField(
        max_length=NOTE_CHARS,
        label=_("Note for your fellow trainers"),
        error_messages={"required": _("Write something first.")},
        widget=area(2),
    )

    def save(self, feedback: Feedback, by) -> FeedbackNote:
        return feedback.note(by, self.cleaned_data["body"])

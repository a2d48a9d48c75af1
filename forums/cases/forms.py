"""The pages on which a case is written, each a form that is stored by itself."""

from collections.abc import Callable
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.models import Role
from accounts.words import PlainField, ProseField, is_visible
from forums.cases.models import Case, Changer, Level
from forums.cases.rows import Rows
from forums.forms import area
from forums.models import Board, Narrow
from forums.writing import About
from forums.writing.review import Careful, Nearby

LONG = 8_000  # code points: a page and a half
SHORT = 2_000
AHEAD = timedelta(days=5 * 365)
LINE = {"class": "input"}
CHOICE = forms.Select(attrs=LINE)
TICKS = (
    ("names", _("I name nobody, not even a first name.")),
    ("organisation", _("I do not name the organisation, the department and the place.")),
    ("roles", _("Roles are ordinary. There is no “only one” or “newest”.")),
    ("dates", _("Dates and numbers are wide.")),
    ("health", _("What I write about illness or home is really needed.")),
)


def question_of(choices) -> list:
    return [("", _("Choose")), *choices]


class PageForm(Careful):
    """One page of a case. A draft may have gaps (`firm` false); what others read may not."""

    step = ""
    needed: dict[str, object] = {}  # field that may not be emptied any more -> what is said then
    revision = forms.IntegerField(min_value=0, max_value=1_000_000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, case: Case | None = None, firm: bool = False, **kwargs) -> None:
        self.case = case
        if case is not None:
            kwargs["initial"] = self.words_of(case) | {"revision": case.revision_of(self.step)}
        super().__init__(*args, **kwargs)
        for name, words in self.needed.items():
            if name in self.fields:
                self.fields[name].required, self.fields[name].is_needed = firm, True
                self.fields[name].error_messages["required"] = words

    def words_of(self, case: Case) -> dict:
        return {name: getattr(case, name, None) for name in self.base_fields}

    def words(self) -> dict:
        """What is stored."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def look_over(self, about: About, nearby: Callable[[], Nearby] = Nearby) -> bool:
        """All that was typed, rows too."""
        self.careful = tuple(name for name, field in self.fields.items() if isinstance(field, ProseField))
        return super().look_over(about, nearby)

    def clean_revision(self) -> int:
        return self.cleaned_data["revision"] or 0

    def is_sent(self, data) -> bool:
        """Whether `data` has a field of this page."""
        return any(name in data for name in self.fields if name != "revision")

    @property
    def shown(self) -> list:
        """Its fields one below the other; rows have a place of their own."""
        return [field for field in self.visible_fields() if "-" not in field.name]


class FollowUp(forms.Form):
    follow_up_on = forms.DateField(
        required=False,
        label=_("When do you look back?"),
        help_text=_("On that day you get one reminder, and one more after two weeks. Only you."),
        error_messages={"invalid": _("Fill in a day that exists.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
    )

    def clean_follow_up_on(self):
        day = self.cleaned_data["follow_up_on"]
        if day and day != self.initial.get("follow_up_on") and not today() < day < today() + AHEAD:
            raise ValidationError(_("Choose a day that is still to come, within five years."))
        return day


class ContextForm(PageForm):
    step = "context"
    needed = {"context": _("Tell something about your team and its work.")}
    board = forms.ChoiceField(label=_("Which circle is it for?"), widget=CHOICE)
    title = PlainField(
        label=_("Title"),
        help_text=_("One sentence. Name no people and no organisation."),
        error_messages={"required": _("Fill in a title.")},
        widget=forms.TextInput(attrs=LINE),
    )
    sector = PlainField(
        max_length=60,
        required=False,
        label=_("Sector"),
        help_text=_("Wide, for instance: care, education, municipality. Under a pseudonym it is not shown."),
        widget=forms.TextInput(attrs=LINE),
    )
    team_size = forms.ChoiceField(
        required=False, label=_("How large is your team?"), choices=question_of(Case.TeamSize.choices), widget=CHOICE
    )
    context = ProseField(
        max_length=SHORT,
        required=False,
        label=_("What kind of team is it, and what is your part in it?"),
        widget=area(5),
    )

    def __init__(self, *args, boards: list[Board] | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.boards = {board.slug: board for board in boards or ()}
        if self.case is not None and not self.case.is_draft:
            del self.fields["title"]  # stands in the topic
        if len(self.boards) < 2:
            del self.fields["board"]
        else:
            self.fields["board"].choices = [(slug, board.name) for slug, board in self.boards.items()]

    def words_of(self, case: Case) -> dict:
        return super().words_of(case) | {"board": case.board.slug}

    def words(self) -> dict:
        found = super().words()
        return found | ({"board": self.boards[found["board"]]} if "board" in found else {})

    @property
    def chosen_board(self) -> Board:
        return self.boards[self.cleaned_data["board"]] if "board" in self.fields else next(iter(self.boards.values()))


class SituationForm(PageForm):
    step = "situation"
    needed = {"situation": _("Tell what is going on.")}
    situation = ProseField(
        max_length=LONG,
        required=False,
        label=_("What is going on?"),
        help_text=_("Tell what you saw or heard yourself."),
        widget=area(8),
    )
    actions_tried = ProseField(max_length=LONG, required=False, label=_("What did you try already?"), widget=area(4))


class FactorsForm(PageForm):
    step = "factors"
    levels = forms.MultipleChoiceField(
        required=False,
        label=_("On which level is it mainly?"),
        choices=Level.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, firm: bool = False, pressed: str = "", **kwargs) -> None:
        super().__init__(*args, firm=firm, **kwargs)
        selects = {"level": (_("On which level?"), Level), "changer": (_("Who can change this?"), Changer)}
        known = {"risk": self.case.risks, "protection": self.case.protections} if self.case else {}
        self.rows = {
            kind: Rows(self, kind, known.get(kind, []), selects, 300, pressed) for kind in ("risk", "protection")
        }
        self.firm = firm

    def words_of(self, case: Case) -> dict:
        return {"levels": [str(level) for level in case.level_list]}

    def clean(self) -> dict:
        faults = {
            "risk": _("Name at least one risk."),
            "protection": _("Name at least one thing that protects."),
        }
        for kind, rows in self.rows.items():
            rows.judge(self.firm, faults[kind])
        return self.cleaned_data

    def words(self) -> dict:
        factors = [{"kind": kind, **row} for kind, rows in self.rows.items() for row in rows.filled()]
        return {"levels": ",".join(self.cleaned_data["levels"]), "factors": factors}


class QuestionForm(FollowUp, PageForm):
    step = "question"
    needed = {"question": _("Write your question.")}
    question = ProseField(
        max_length=LONG,
        required=False,
        label=_("What do you ask the group?"),
        help_text=_("One question. What would you like to be able to do?"),
        widget=area(4),
    )
    field_order = ["question", "follow_up_on"]


class ActionForm(FollowUp, PageForm):
    step = "action"

    def __init__(self, *args, firm: bool = False, pressed: str = "", **kwargs) -> None:
        super().__init__(*args, firm=firm, **kwargs)
        self.firm = firm
        known = list(self.case.actions.all()) if self.case else []
        self.rows = {"action": Rows(self, "action", known, {"level": (_("On which level?"), Level)}, 500, pressed)}

    def clean(self) -> dict:
        self.rows["action"].judge(self.firm, _("Name at least one action."))
        return self.cleaned_data

    def words(self) -> dict:
        return {"follow_up_on": self.cleaned_data["follow_up_on"], "actions": self.rows["action"].filled()}


class EvaluationForm(FollowUp, PageForm):
    step = "evaluation"
    needed = {"evaluation": _("Tell what came of it.")}
    outcome = forms.ChoiceField(
        required=False, label=_("Did it help?"), choices=Case.Outcome.choices, widget=forms.RadioSelect
    )
    evaluation = ProseField(
        max_length=LONG,
        required=False,
        label=_("What came of it?"),
        help_text=_(
            "What did you do, what changed, and what would you do differently? “It did not work” is a finding too."
        ),
        widget=area(8),
    )
    field_order = ["outcome", "evaluation", "follow_up_on"]


FORMS = {
    form.step: form for form in (ContextForm, SituationForm, FactorsForm, QuestionForm, ActionForm, EvaluationForm)
}


class CheckForm(forms.Form):
    """The last page: for whom, as whom, and that nobody can be recognised. Nothing is ticked beforehand."""

    ticks = forms.MultipleChoiceField(required=False, choices=TICKS, widget=forms.CheckboxSelectMultiple)
    narrow = forms.ChoiceField(
        required=False, choices=[("", _("My circle and its trainers")), *Narrow.choices], widget=forms.RadioSelect
    )
    people = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    pseudonymous = forms.ChoiceField(required=False, choices=[("", ""), ("on", "")], widget=forms.RadioSelect)
    shares_feedback = forms.ChoiceField(required=False, choices=[("", ""), ("on", "")], widget=forms.RadioSelect)

    def __init__(self, *args, case: Case, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        seats = case.board.seats().filter(role=Role.PARTICIPANT).exclude(person=user.pk).select_related("person")
        self.mates = {str(seat.person_id): seat.person for seat in seats.order_by("person__name")}
        self.fields["people"].choices = [(pk, person.name) for pk, person in self.mates.items()]

    def clean_pseudonymous(self) -> bool:
        if "pseudonymous" not in self.data:
            raise ValidationError(_("Choose as whom you bring it in."))
        return self.cleaned_data["pseudonymous"] == "on"

    def clean(self) -> dict:
        words = self.cleaned_data
        if words.get("narrow") == Narrow.FEW and not words.get("people") and "people" not in self.errors:
            self.add_error("people", _("Choose at least one person."))
        return words

    def judge_ticks(self) -> None:
        """Say it beside what else is wrong; `submit` says it when nothing else is."""
        if len(self.cleaned_data.get("ticks", ())) < len(TICKS):
            self.add_error("ticks", _("Put a tick at all five."))

    def how(self) -> dict:
        """What `submit` takes."""
        words = self.cleaned_data
        return {
            "narrow": words["narrow"],
            "people": [self.mates[pk] for pk in words["people"]] if words["narrow"] == Narrow.FEW else [],
            "pseudonymous": words["pseudonymous"],
            "shares_feedback": words["shares_feedback"] == "on",
            "checked": set(words["ticks"]) == {value for value, _words in TICKS},
        }


def has_words(form: PageForm) -> bool:
    """Whether something was typed."""
    return any(isinstance(value, str) and is_visible(value) for value in form.data.values())

"""What is typed on the pages that look across everything."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.forms.boxes import choice, line
from accounts.models import Opening, User
from accounts.policy import can_ask_opening
from accounts.words import PlainField, ProseField, is_visible
from community.asked import LEAST, MOST, Asked
from community.seals import sealed_at
from community.search import Wishes
from forums.cases.models.factor import Level
from forums.cases.stages import Stage
from forums.models import Board, Kind
from forums.stems import stems_of

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


CIRCLE, COMMUNITY = "circle", "community"
WHAT = [
    ("", _("Everything")),
    ("openings", _("Conversations")),
    ("cases", _("Cases")),
    ("trainers", _("By a trainer")),
    ("events", _("Sessions and return days")),
]
WHEN = {"": None, "month": timedelta(days=31), "year": timedelta(days=366)}
WHEN_WORDS = [("", _("Always")), ("month", _("Last month")), ("year", _("Last year"))]
NARROWING = ("where", "what", "kind", "stage", "level", "author", "when")
NAMES = 50  # people whom one name may mean


class SearchForm(forms.Form):
    """The words, and what they are narrowed to. The boards are those that `user` may read."""

    q = PlainField(
        max_length=MOST,
        label=_("What are you looking for?"),
        required=False,
        widget=forms.SearchInput({"class": "input input--search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    where = forms.ChoiceField(label=_("Where"), required=False, widget=choice())
    what = forms.ChoiceField(label=_("What"), choices=WHAT, required=False, widget=choice())
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *Kind.choices], required=False, widget=choice()
    )
    stage = forms.ChoiceField(
        label=_("Stage of the case"), choices=[("", _("All stages")), *Stage.choices], required=False, widget=choice()
    )
    level = forms.ChoiceField(
        label=_("Case with a factor on"),
        choices=[("", _("All levels")), *Level.choices],
        required=False,
        widget=choice(),
    )
    author = PlainField(max_length=60, label=_("From whom"), required=False, widget=line())
    when = forms.ChoiceField(label=_("When"), choices=WHEN_WORDS, required=False, widget=choice())

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, auto_id="search_%s", **kwargs)
        self.boards = list(Board.objects.visible_to(user))
        places = [(board.slug, board.name) for board in self.boards]
        circle = [(CIRCLE, _("My own circle"))] if any(board.is_circle for board in self.boards) else []
        self.fields["author"].widget.attrs["form"] = "search"  # it stands beside the form
        self.fields["where"].choices = [("", _("Everywhere")), *circle, (COMMUNITY, _("The whole community")), *places]

    def clean_q(self) -> str:
        words = self.cleaned_data["q"]
        if is_visible(words) and (len(words) < LEAST or not Asked.of(words)):
            raise ValidationError(_("Type at least two letters."))
        return words

    @property
    def asked(self) -> Asked:
        return Asked.of(self.cleaned_data["q"])

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data[name] for name in NARROWING)

    def narrowing(self) -> list[forms.BoundField]:
        return [self[name] for name in NARROWING]

    def wishes(self) -> Wishes:
        chosen = self.cleaned_data
        where, term = chosen["where"], WHEN[chosen["when"]]
        return Wishes(
            boards=tuple(board for board in self.boards if fits(board, where)),
            everywhere=not where,
            what=chosen["what"],
            kind=chosen["kind"],
            stage=chosen["stage"],
            level=chosen["level"],
            authors=people_called(chosen["author"]) if chosen["author"] else None,
            since=now() - term if term else None,
        )


def fits(board: Board, where: str) -> bool:
    if where in (CIRCLE, COMMUNITY):
        return board.is_circle == (where == CIRCLE)
    return where in ("", board.slug)


def people_called(words: str) -> tuple:
    """Keys of people of whose name each of these words begins a part. It tells nothing: only texts that one may read are shown."""
    wanted = stems_of(words)
    rows = User.objects.values_list("pk", "name").order_by("pk")
    found = (pk for pk, name in rows if wanted and all(begins(name, one) for one in wanted))
    return tuple(pk for pk, _n in zip(found, range(NAMES), strict=False))


def begins(name: str, word: str) -> bool:
    return any(part.startswith(word) for part in stems_of(name))

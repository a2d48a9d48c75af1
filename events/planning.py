"""How a return day is written down, judged: in local time, at hours that exist."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.clock import now, today
from accounts.words import PlainField, ProseField, is_visible
from events.forms import MOST_PLACES, PLACES, SubmissionField
from events.models import Event

FAR = timedelta(days=5 * 365)
END_OF_DAY = time(23, 59)
CLOCKS = ["%H:%M", "%H.%M", "%H:%M:%S"]
ROWS = 12  # workshops at most
SPARE = 2  # empty rows to fill in
BOX = {"class": "input"}
DAY = {
    "widget": forms.DateInput(attrs=BOX | {"type": "date"}, format="%Y-%m-%d"),
    "input_formats": ["%Y-%m-%d", "%d-%m-%Y"],
}
CLOCK = {"widget": forms.TimeInput(attrs=BOX | {"type": "time"}, format="%H:%M"), "input_formats": CLOCKS}


def moment(day: date, clock: time) -> datetime | None:
    """The moment at which it is `clock` in Amsterdam; None in the hour that is skipped in spring.

    In the hour that comes twice in autumn the first is meant.
    """
    local = datetime.combine(day, clock, timezone.get_default_timezone())
    found = local.astimezone(UTC)
    same = found.astimezone(local.tzinfo)
    return found if same.replace(tzinfo=None) == local.replace(tzinfo=None) else None


def comes_twice(day: date, clock: time) -> bool:
    local = datetime.combine(day, clock, timezone.get_default_timezone())
    return local.utcoffset() > local.replace(fold=1).utcoffset()


def line(label, *, required=True, most=150, **words) -> PlainField:
    return PlainField(label=label, required=required, max_length=most, widget=forms.TextInput(attrs=BOX), **words)


def prose(label, rows: int, *, most=2_000, **words) -> ProseField:
    box = forms.Textarea(attrs=BOX | {"rows": rows})
    return ProseField(label=label, required=False, max_length=most, widget=box, **words)


class EventForm(forms.Form):
    """A return day. `cohorts` are those to choose from; `event` is the day that is changed."""

    submission_id = SubmissionField()
    title_nl = line(_("Title in Dutch"), error_messages={"required": _("Fill in a title.")})
    title_en = line(_("Title in English"), required=False)
    summary_nl = prose(_("What it is about, in Dutch"), 3)
    summary_en = prose(_("What it is about, in English"), 3)
    day = forms.DateField(
        label=_("Day"), error_messages={"required": _("Fill in a day."), "invalid": _("Fill in a day.")}, **DAY
    )
    starts = forms.TimeField(
        label=_("Starts at"),
        error_messages={"required": _("Fill in a time."), "invalid": _("Fill in a time.")},
        **CLOCK,
    )
    ends = forms.TimeField(
        label=_("Ends at"), error_messages={"required": _("Fill in a time."), "invalid": _("Fill in a time.")}, **CLOCK
    )
    place = line(_("Place"), most=200, error_messages={"required": _("Fill in a place.")})
    access = prose(_("How one gets in, and what is there"), 2, help_text=_("A lift, a quiet room, an induction loop."))
    programme = prose(_("Programme"), 5, most=4_000, help_text=_("A line each, with its time: 13:00 Lunch"))
    capacity = forms.IntegerField(
        label=_("Number of places"), help_text=_("Empty is no limit."), required=False, min_value=1,
        max_value=MOST_PLACES, error_messages=PLACES, widget=forms.NumberInput(attrs=BOX),
    )  # fmt: skip
    deadline = forms.DateField(
        label=_("Last day to answer"), required=False, error_messages={"invalid": _("Fill in a day.")}, **DAY
    )
    cohorts = forms.ModelMultipleChoiceField(
        queryset=None, label=_("For whom"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only their alumni. Without a choice it is for all alumni."),
        error_messages={"invalid_choice": _("Choose from what is in the list.")},
    )  # fmt: skip

    def __init__(self, *args, cohorts, event: Event | None = None, **kwargs) -> None:
        self.event = event
        super().__init__(*args, initial=words_of(event) if event else {"submission_id": uuid.uuid4()}, **kwargs)
        self.fields["cohorts"].queryset = cohorts
        self.comes_twice = False
        if event:
            del self.fields["submission_id"]
            del self.fields["capacity"]  # changed on its own, because places are given out at once

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > today() + FAR:
            raise forms.ValidationError(_("That is too far away: choose a day in the next five years."))
        if day < today() and not (self.event and day == self.event.local_day):
            raise forms.ValidationError(_("That day is over."))
        return day

    def clean_cohorts(self):
        """Who was invited stays invited."""
        chosen = self.cleaned_data["cohorts"]
        if self.event and self.event.announced_at and chosen:
            invited = set(self.event.cohorts.all())
            if not invited or invited - set(chosen):
                raise forms.ValidationError(_("They were invited already. You can only add people."))
        return chosen

    def clean(self) -> dict:
        given = super().clean()
        day = given.get("day")
        if not day:
            return given
        for name in ("starts", "ends"):
            if given.get(name) is not None:
                given[f"{name}_at"] = moment(day, given[name])
                if given[f"{name}_at"] is None:
                    self.add_error(name, _("That time does not exist: the clock is put forward that night."))
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts:
            self.comes_twice = comes_twice(day, given["starts"])
            if starts <= now() and not (self.event and starts == self.event.starts_at):
                self.add_error("starts", _("That moment is over."))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It ends before it starts. Fill in a later time."))
        if given.get("deadline") and given["deadline"] > day:
            self.add_error("deadline", _("Choose a day that is not after the return day itself."))
        return given

    def save(self, by, workshops: list[dict]) -> tuple[Event, bool]:
        """The day, and whether people were told that it changed."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("day", "starts", "ends")}
        given["deadline"] = moment(given["deadline"], END_OF_DAY) if given["deadline"] else None
        if self.event is None:
            return Event.plan_return_day(by, workshops=workshops, **given), False
        return self.event, self.event.change(by, workshops=workshops, **given)


def words_of(event: Event) -> dict:
    """A return day as it stands in the form."""
    same = ("title_nl", "title_en", "summary_nl", "summary_en", "place", "access", "programme")
    starts, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    return {name: getattr(event, name) for name in same} | {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "deadline": timezone.localtime(event.deadline).date() if event.deadline else None,
        "cohorts": event.cohorts.all(),
    }


class WorkshopForm(forms.Form):
    """One workshop; a row without a title is none."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = line(_("Title of the workshop"), required=False)
    by = line(_("Who gives it"), required=False, most=60)
    summary = line(_("In one sentence"), required=False, most=300)
    capacity = forms.IntegerField(
        label=_("Number of places"), required=False, min_value=1, max_value=MOST_PLACES,
        error_messages=PLACES, widget=forms.NumberInput(attrs=BOX),
    )  # fmt: skip

    def clean(self) -> dict:
        given = super().clean()
        if is_visible(given.get("title", "")) and given.get("capacity") is None and "capacity" not in self.errors:
            self.add_error("capacity", _("Fill in a number of places."))
        return given


class Workshops(forms.BaseFormSet):
    """The workshops of a day, with some empty rows. One that somebody chose can be renamed, not taken away."""

    def __init__(self, *args, workshops: list, **kwargs) -> None:
        """`workshops` as they stand, each with `taken`."""
        self.known = {one.pk: one for one in workshops}
        names = ("id", "title", "by", "summary", "capacity")
        initial = [{name: getattr(one, name) for name in names} for one in workshops]
        super().__init__(*args, initial=initial, prefix="workshops", **kwargs)

    def clean(self) -> None:
        kept = {row["id"] for row in self.rows()}
        for one in self.known.values():
            if one.pk not in kept and one.taken:
                words = ngettext(
                    "%(n)s person chose ‘%(title)s’, so it has to stay.",
                    "%(n)s people chose ‘%(title)s’, so it has to stay.",
                    one.taken,
                )
                raise forms.ValidationError(words % {"n": one.taken, "title": one.title})

    def rows(self) -> list[dict]:
        """What is filled in, for `Event.arrange`. An `id` that is not of this day counts as a new one."""
        rows = [dict(form.cleaned_data) for form in self.forms if is_visible(form.cleaned_data.get("title", ""))]
        for row in rows:
            row["id"] = row["id"] if row.get("id") in self.known else None
        return rows


WorkshopFormSet = forms.formset_factory(
    WorkshopForm, formset=Workshops, extra=SPARE, max_num=ROWS, absolute_max=ROWS, validate_max=True
)

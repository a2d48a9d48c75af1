"""What is typed at a report, judged."""

import re
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.words import PlainField, ProseField
from forums.forms import TITLE_CHARS, area
from forums.models import Board, Topic
from forums.models.tending import MOST
from forums.moderation.models import Reason, Report, Ruling, Voice
from forums.policy import can_tend_topic

NOTE_CHARS = 1_000
REASON_CHARS = 2_000
HINTS = {
    Reason.RECOGNISABLE: _("Someone outside the conversation can be guessed."),
    Reason.HURTFUL: _("To someone here, or to someone it is about."),
    Reason.UNSAFE: _("You worry about someone. It is no formal complaint."),
    Reason.ADVERT: _("It sells something, or has nothing to do with the course."),
    Reason.OTHER: _("Tell in a few words what it is."),
}
DOES = {
    Ruling.What.ASK: _("Only the writer sees it until it is changed. Then you look once more."),
    Ruling.What.KEEP: _("Everyone who could read it reads it again. This closes the report."),
    Ruling.What.HIDE: _("Only the writer sees it. This closes the report."),
    Ruling.What.REMOVE: _("The words are gone for good. This closes the report."),
}


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is it?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is."), "invalid_choice": _("Choose what it is.")},
    )
    note = ProseField(
        max_length=NOTE_CHARS,
        required=False,
        label=_("What should the moderator know?"),
        help_text=_("Name no people."),
        widget=area(3),
    )

    def save(self, thing, by) -> Voice:
        return Report.file(thing, by, self.cleaned_data["reason"], self.cleaned_data["note"])


class WhyForm(forms.Form):
    """A reason that the writer reads."""

    reason = ProseField(
        max_length=REASON_CHARS,
        label=_("Why?"),
        help_text=_("Kind and precise. The writer reads this."),
        error_messages={"required": _("Write down why.")},
        widget=area(3),
    )


class RulingForm(WhyForm):
    what = forms.ChoiceField(
        label=_("What do you do?"),
        choices=[(what.value, what.label) for what in DOES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you do."), "invalid_choice": _("Choose what you do.")},
    )
    field_order = ["what", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Kind and precise. The writer and those who reported read this.")

    def save(self, report: Report, by) -> Ruling:
        return report.rule(by, self.cleaned_data["what"], self.cleaned_data["reason"])


class MoveForm(forms.Form):
    board = forms.ModelChoiceField(
        queryset=Board.objects.none(),
        label=_("To which forum?"),
        to_field_name="slug",
        empty_label=None,
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": _("Choose a forum."), "invalid_choice": _("Choose a forum.")},
    )

    def __init__(self, *args, user, topic: Topic, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        boards = Board.objects.visible_to(user).exclude(pk=topic.board_id)
        within = [board.pk for board in boards if board.is_within(topic.board)]
        self.fields["board"].queryset = boards.filter(pk__in=within)
        self.fields["board"].label_from_instance = lambda board: board.name


class SplitForm(forms.Form):
    numbers = PlainField(
        max_length=200,
        label=_("Which messages?"),
        help_text=_("Their numbers, for example 4, 6-9. The first message stays."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    title = PlainField(
        max_length=TITLE_CHARS,
        label=_("Title of the new conversation"),
        error_messages={"required": _("Fill in a title.")},
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def clean_numbers(self) -> list[int]:
        """Numbers and stretches of them, in order."""
        found: set[int] = set()
        for part in re.split(r"[\s,;]+", re.sub(r"\s*[-–]\s*", "-", self.cleaned_data["numbers"].strip(" ,;"))):
            if not (match := re.fullmatch(r"([0-9]{1,6})(?:-([0-9]{1,6}))?", part)):
                raise ValidationError(_("Write numbers, for example 4, 6-9."))
            first, last = int(match[1]), int(match[2] or match[1])
            if last - first >= MOST:
                raise ValidationError(_("At most 200 messages go along at once."))
            found |= set(range(first, last + 1))
        if len(found) > MOST:
            raise ValidationError(_("At most 200 messages go along at once."))
        return sorted(found)


class MergeForm(forms.Form):
    other = PlainField(
        max_length=300,
        label=_("Link of the other conversation"),
        help_text=_("This conversation goes on there. Copy the address of its page."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def __init__(self, *args, user, topic: Topic, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.topic = user, topic

    def clean_other(self) -> Topic:
        """A conversation that this reader may look after as well."""
        match = re.search(r"topics/([0-9a-fA-F-]{36})", self.cleaned_data["other"])
        try:
            key = uuid.UUID(match[1]) if match else None
        except ValueError:
            key = None
        found = Topic.objects.select_related("board").visible_to(self.user).filter(pk=key).first() if key else None
        if found is None or not can_tend_topic(self.user, found):
            raise ValidationError(_("We do not find that conversation, or you do not look after it."))
        if found.pk == self.topic.pk:
            raise ValidationError(_("That is this conversation itself."))
        return found

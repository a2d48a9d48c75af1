"""What is typed in the room, judged. Each fault has the code that the page knows."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.words import PlainField, ProseField, is_visible
from events.chat.models import ChatMessage, Poll, Question
from events.chat.models.poll import FEWEST, MOST

BODY_CHARS = 4000
OPTION_CHARS = 80


def answerable(room, key: str) -> ChatMessage | None:
    """The message of this room that stands under this key and is there to be answered."""
    try:
        there = room.messages.on_show().filter(gone_at=None, hidden_at=None)
        return there.filter(pk=uuid.UUID(key)).select_related("author").first()
    except ValueError:
        return None


class NamedForm(forms.Form):
    """What is sent with a name that the page made for it, so that twice is once."""

    cid = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, room=None, needs_cid: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.room, self.needs_cid = room, needs_cid

    def clean_cid(self) -> uuid.UUID | None:
        value = self.cleaned_data["cid"]
        if not value and not self.needs_cid:
            return None
        try:
            return uuid.UUID(value)
        except ValueError:
            raise ValidationError(_("This page is out of date. Reload it."), code="bad_cid") from None


class SayForm(NamedForm):
    body = ProseField(
        max_length=BODY_CHARS, label=_("Your message"), error_messages={"required": _("Write something first.")}
    )
    reply_to = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_reply_to(self) -> ChatMessage | None:
        value = self.cleaned_data["reply_to"]
        if not value:
            return None
        if found := answerable(self.room, value):
            return found
        raise ValidationError(_("The message that you answer is gone."), code="bad_reply")

    @property
    def answered(self) -> ChatMessage | None:
        """The message that is being answered, to show beside the box; None when there is none, or not any more."""
        return answerable(self.room, str(self["reply_to"].value() or "")) if self.room else None

    def save(self, room, author) -> ChatMessage:
        return room.say(author, **self.cleaned_data)


class SlowForm(forms.Form):
    SECONDS = (0, 10, 30, 60)
    seconds = forms.TypedChoiceField(choices=[(str(n), n) for n in SECONDS], coerce=int)


class RestForm(forms.Form):
    minutes = forms.ChoiceField(
        choices=[("5", _("5 minutes")), ("15", _("15 minutes")), ("end", _("Until the end of the session"))],
        label=_("How long?"),
        initial="5",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long."), "invalid_choice": _("Choose how long.")},
    )

    def clean_minutes(self) -> int | None:
        value = self.cleaned_data["minutes"]
        return None if value == "end" else int(value)


class EditForm(forms.Form):
    body = ProseField(max_length=BODY_CHARS, label=_("Your message"))
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def save(self, message: ChatMessage):
        return message.edit(**self.cleaned_data)


class AskForm(NamedForm):
    body = ProseField(
        max_length=BODY_CHARS,
        label=_("Your question to the trainers"),
        error_messages={"required": _("Write your question first.")},
        widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"}),
    )
    nameless = forms.BooleanField(
        required=False,
        label=_("Ask without my name"),
        help_text=_("Nobody sees who asked, not even the trainers. They look at it first, then everyone sees it."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, auto_id="ask_%s", **kwargs)

    def save(self, room, author) -> Question:
        words = self.cleaned_data
        return Question.ask(room, author, words["body"], words["cid"] or uuid.uuid4(), nameless=words["nameless"])


class GiveBackForm(forms.Form):
    words = ProseField(
        max_length=1000,
        label=_("Why do you give this back?"),
        error_messages={"required": _("Write why.")},
        widget=forms.Textarea({"class": "input", "rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args, thing: ChatMessage | Question, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        nameless = getattr(thing, "nameless", False)
        self.fields["words"].help_text = (
            _("Only who asked it reads this. You do not see who that is.")
            if nameless
            else _("Only who wrote it reads this.")
        )


class PollForm(NamedForm):
    """A question and its answers, one on a line."""

    question = PlainField(
        max_length=300, label=_("Your question"), error_messages={"required": _("Write your question first.")},
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )  # fmt: skip
    options = ProseField(
        max_length=600,
        label=_("Answers to choose from"),
        help_text=_("One on each line, 2 to 6 of them."),
        error_messages={"required": _("Write the answers to choose from.")},
        widget=forms.Textarea({"class": "input", "rows": 4, "dir": "auto"}),
    )

    def clean_options(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["options"].split("\n")]
        found = list(dict.fromkeys(line for line in lines if is_visible(line)))
        if not FEWEST <= len(found) <= MOST:
            raise ValidationError(_("Write 2 to 6 answers, one on each line, none of them twice."))
        if any(len(line) > OPTION_CHARS for line in found):
            raise ValidationError(_("An answer has at most 80 characters."))
        return found

    def save(self, room, author) -> Poll:
        words = self.cleaned_data
        return Poll.begin(room, author, words["question"], words["options"], words["cid"] or uuid.uuid4())


class PromptForm(NamedForm):
    """Something for everyone to do."""

    body = ProseField(
        max_length=BODY_CHARS,
        label=_("What shall they do?"),
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea({"class": "input", "rows": 4, "dir": "auto"}),
    )
    pin = forms.BooleanField(required=False, label=_("Also put it above the chat"))

    def save(self, room, author) -> ChatMessage:
        return room.say(author, self.cleaned_data["body"], self.cleaned_data["cid"] or uuid.uuid4(), is_prompt=True)


class SummaryForm(forms.Form):
    """How the conversation in the circle begins, in the words of the trainer."""

    title = PlainField(
        max_length=150,
        label=_("Title"),
        error_messages={"required": _("Fill in a title.")},
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    body = ProseField(
        max_length=BODY_CHARS,
        label=_("Opening text"),
        help_text=_("It stands under your name. What people said yes to follows below it."),
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea({"class": "input", "rows": 4, "dir": "auto"}),
    )

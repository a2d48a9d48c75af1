"""What is typed in the room, judged. Each fault has the code that the page knows."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.words import ProseField
from events.chat.models import ChatMessage

BODY_CHARS = 4000


class SayForm(forms.Form):
    body = ProseField(
        max_length=BODY_CHARS, label=_("Your message"), error_messages={"required": _("Write something first.")}
    )
    cid = forms.CharField(required=False, widget=forms.HiddenInput)
    reply_to = forms.CharField(required=False, widget=forms.HiddenInput)

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

    def clean_reply_to(self) -> ChatMessage | None:
        value = self.cleaned_data["reply_to"]
        if not value:
            return None
        try:
            return self.room.messages.get(pk=uuid.UUID(value), gone_at=None)
        except (ValueError, ChatMessage.DoesNotExist):
            raise ValidationError(_("The message that you answer is gone."), code="bad_reply") from None

    def save(self, room, author) -> ChatMessage:
        return room.say(author, **self.cleaned_data)


class EditForm(forms.Form):
    body = ProseField(max_length=BODY_CHARS, label=_("Your message"))
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def save(self, message: ChatMessage):
        return message.edit(**self.cleaned_data)

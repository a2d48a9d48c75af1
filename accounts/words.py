"""What people type, as form fields: normalised, refused where no text should hold it, never cut off."""

import re
import unicodedata
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f]")
SURROGATES = re.compile(r"[\ud800-\udfff]")
INVISIBLE = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]+"
)
BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def normalised(text: str) -> str:
    """Line ends as one line feed and Unicode NFC, so that equal texts are equal."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def fault(text: str) -> str | None:
    """The code of what is wrong with `text`: "bad_body", or None."""
    return "bad_body" if CONTROLS.search(text) or SURROGATES.search(text) else None


def is_visible(text: str) -> bool:
    """Whether something is left to see after removing white space and invisible characters."""
    return bool(INVISIBLE.sub("", text))


def without_bidi(text: str) -> str:
    """Names and titles lose the characters that turn the direction of what follows."""
    return BIDI.sub("", text)


class ProseField(forms.CharField):
    """Text of many lines, kept as typed after normalising. `max_length` counts code points."""

    widget: type[forms.Widget] = forms.Textarea
    default_error_messages = {
        "required": _("Write something first."),
        "bad_body": _("There is a character in your text that we cannot store. Remove it and try again."),
    }

    def __init__(self, *, max_length: int = 20_000, **kwargs) -> None:
        self.limit = max_length
        super().__init__(strip=False, **kwargs)
        self.widget.attrs.setdefault("dir", "auto")
        self.widget.attrs["data-limit"] = max_length

    def to_python(self, value) -> str:
        text = super().to_python(value) or ""
        return normalised(text) if not SURROGATES.search(text) else text

    def validate(self, value: str) -> None:
        if fault(value):
            raise ValidationError(self.error_messages["bad_body"], code="bad_body")
        if self.required and not is_visible(value):
            raise ValidationError(self.error_messages["required"], code="required")
        if (over := len(value) - self.limit) > 0:
            raise ValidationError(
                ngettext(
                    "Your text is %(over)s character too long. At most %(limit)s fit.",
                    "Your text is %(over)s characters too long. At most %(limit)s fit.",
                    over,
                )
                % {"over": over, "limit": self.limit},
                code="too_long",
            )

    def clean(self, value) -> str:
        text = self.to_python(value)
        self.validate(text)
        self.run_validators(text)
        return text


class PlainField(ProseField):
    """Text of one line: a title, a name, a place. Loses outer white space and bidi controls."""

    widget = forms.TextInput
    default_error_messages = {"required": _("Fill this in.")}

    def __init__(self, *, max_length: int = 150, **kwargs) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value) -> str:
        text = super().to_python(value)
        return without_bidi(re.sub(r"[\n\t]+", " ", text)).strip()


def uuid_in(text: str) -> uuid.UUID | None:
    """The id that a page gave its form; None when there is none in it."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None

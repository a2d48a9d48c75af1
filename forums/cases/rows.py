"""Rows of fields within one form: as many as were sent, and an empty one below. Works without a script."""

import re
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.words import PlainField, is_visible

MOST = 20  # rows of one kind


@dataclass
class Row:
    """The bound fields of one row, for the page. `number` counts from 1."""

    number: int
    key: str
    text: forms.BoundField
    selects: list[forms.BoundField]
    id: forms.BoundField
    is_filled: bool


class Rows:
    """The rows of one kind in `form`, whose fields are named `<kind>-<n>-text`, `-level` and so on.

    `known` are the stored rows; `selects` maps a field to its label and choices. A row without words does not count.
    `pressed` is the kind of which one row more was asked, or one with a minus before it that lost a row: there one
    goes on.
    """

    def __init__(self, form, kind: str, known: list, selects: dict, limit: int, pressed: str = "") -> None:
        self.form, self.kind, self.known, self.selects = form, kind, known, selects
        self.count, self.has_lost = min(MOST, self.sent() + 1 + (pressed == kind)), pressed == f"-{kind}"
        for number in range(self.count):
            self.add(number, limit)
        if pressed == kind and self.sent() < self.count:
            form.fields[f"{kind}-{self.sent()}-text"].widget.attrs["autofocus"] = True

    def sent(self) -> int:
        """How many rows there are: up to the last that holds something."""
        if not self.form.is_bound:
            return len(self.known)
        name = re.compile(rf"{self.kind}-(\d{{1,2}})-(?:text|level|changer)")
        found = (name.fullmatch(key) for key, value in self.form.data.items() if is_visible(str(value)))
        return max((int(match[1]) + 1 for match in found if match), default=0)

    def add(self, number: int, limit: int) -> None:
        known = self.known[number] if number < len(self.known) else None
        key = f"{self.kind}-{number}"
        fields = self.form.fields
        fields[f"{key}-id"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        fields[f"{key}-text"] = PlainField(
            max_length=limit,
            required=False,
            label=_("In one sentence"),
            widget=forms.TextInput(attrs={"class": "input"}),
        )
        for name, (label, choices) in self.selects.items():
            options = [("", _("Choose")), *choices.choices]
            select = forms.Select(attrs={"class": "input"})
            fields[f"{key}-{name}"] = forms.ChoiceField(required=False, label=label, choices=options, widget=select)
        if known is not None:
            for name in ("text", *self.selects):
                self.form.initial[f"{key}-{name}"] = getattr(known, name)
            self.form.initial[f"{key}-id"] = known.pk

    def __iter__(self):
        """For the page."""
        for number in range(self.count):
            key = f"{self.kind}-{number}"
            selects = [self.form[f"{key}-{name}"] for name in self.selects]
            text = self.form[f"{key}-text"]
            yield Row(number + 1, key, text, selects, self.form[f"{key}-id"], bool(text.value()))

    def filled(self) -> list[dict]:
        """The rows with words, as they are stored."""
        found = []
        for number in range(self.count):
            row = {name: self.value(number, name) for name in ("id", "text", *self.selects)}
            if is_visible(row["text"] or ""):
                found.append(row)
        return found

    def value(self, number: int, name: str):
        return self.form.cleaned_data.get(f"{self.kind}-{number}-{name}")

    def judge(self, firm: bool, fault) -> None:
        """Put what is wrong at its field. `fault`: what is said when others read it and no row is left."""
        if not firm:
            return
        for number in range(self.count):
            if is_visible(self.value(number, "text") or "") and not self.value(number, "level"):
                self.form.add_error(f"{self.kind}-{number}-level", _("Choose a level."))
        if not self.filled() and not any(name.startswith(f"{self.kind}-") for name in self.form.errors):
            self.form.add_error(f"{self.kind}-0-text", fault)

"""The boxes of our forms."""

from django import forms


def line(**attrs) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input"} | attrs)


def choice() -> forms.Select:
    return forms.Select(attrs={"class": "input"})

"""What is filled in to find something again: words of the fixed list, and a day on which to be reminded."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from forums.models.bookmark import Bookmark
from forums.models.post import Post
from forums.vocabulary import CHOICES


class Tagged(forms.Form):
    """A form with the words that a conversation can be found by; they may be left empty."""

    tags = forms.MultipleChoiceField(
        required=False,
        label=_("What is it about?"),
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose words from the list.")},
    )

    def tag_groups(self) -> list[tuple]:
        """(name, [(slug, word, whether it is chosen)]) of each kind of words."""
        chosen = set(self["tags"].value() or ())
        return [(name, [(slug, word, slug in chosen) for slug, word in words]) for name, words in CHOICES]


class BookmarkForm(forms.Form):
    """A day on which to be reminded of a post, if any."""

    remind_on = forms.DateField(
        required=False,
        label=_("Remind me on"),
        help_text=_("The post then stands on top of Today."),
        error_messages={"invalid": _("Fill in a day, such as 31-12-2027.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
    )

    def clean_remind_on(self):
        day = self.cleaned_data["remind_on"]
        if day and day < today():
            raise ValidationError(_("This day has passed. Choose a later one."), code="past")
        return day

    def save(self, person, post: Post) -> Bookmark:
        return Bookmark.keep(person, post, self.cleaned_data["remind_on"])

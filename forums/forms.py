"""What is typed, judged. Each form hands it to the verb."""

import uuid

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.words import PlainField, ProseField
from forums.attaching import TakesFiles, is_uuid
from forums.finding import Tagged
from forums.models.draft import DRAFT_CHARS, Draft, chosen
from forums.models.kind import Kind
from forums.models.post import Post
from forums.models.reaction import Press, Reaction
from forums.models.topic import Topic
from forums.policy import OPENINGS
from forums.quoting import Quoting
from forums.writing.review import Careful

BODY_CHARS = 20_000
TITLE_CHARS = 150
WORDS = {"required": _("Write something first.")}


def area(rows: int, **attrs) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "input", "rows": rows} | attrs)


class Submission(forms.Form):
    """A form whose page names what it sends, so that sending it twice is sending it once."""

    usual: Kind
    submission_id = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self.data.copy()
            self.data["kind"] = self.data.get("kind") or self.usual
            if not is_uuid(self.data.get("submission_id", "")):
                self.data["submission_id"] = str(uuid.uuid4())  # a page without a name for it: then it counts as new

    def clean_submission_id(self) -> uuid.UUID:
        return uuid.UUID(self.cleaned_data["submission_id"])


class ReplyForm(Careful, TakesFiles, Submission):
    body = ProseField(max_length=BODY_CHARS, label=_("Your reply"), error_messages=WORDS)
    usual = Kind.REPLY
    kind = forms.ChoiceField(label=_("This is"))
    goes_on = False  # it comes back for more of the same text, and not with an answer

    def __init__(self, *args, kinds: list[Kind], quoting: Quoting | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = self.kinds = [(kind.value, kind.label) for kind in kinds]
        self.quoting = quoting or Quoting()

    def clean(self) -> None:
        super().clean()
        if self.quoting.lost:
            words = _("The words that you quote do not stand in that message any more. Your text is still here.")
            self.add_error("body", words)
        if self.quoting.many:
            self.add_error("body", _("You can quote five times in one reply. The others are left out."))

    def save(self, topic: Topic, author) -> Post:
        files = self.files_to_place()
        return topic.reply(author, quotes=self.quoting.passages, **self.cleaned_data | {"files": files})


class TopicForm(Careful, TakesFiles, Tagged, Submission):
    usual = Kind.QUESTION
    title = PlainField(
        max_length=TITLE_CHARS,
        label=_("Title"),
        help_text=_("One sentence. Name no people and no organisation."),
        error_messages={"required": _("Fill in a title.")},
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    pseudonymous = forms.BooleanField(required=False)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, kind.label) for kind in OPENINGS],
        widget=forms.Select(attrs={"class": "input"}),
    )
    body = ProseField(max_length=BODY_CHARS, label=_("Your message"), error_messages=WORDS, widget=area(7))

    @staticmethod
    def words_of(draft: Draft) -> dict:
        """What was typed and chosen before."""
        words = {"title": draft.title, "body": draft.body, "tags": draft.tags or ()}
        return words | {"pseudonymous": draft.pseudonymous} | ({"kind": draft.kind} if draft.kind else {})

    def save(self, board, author) -> Topic:
        return board.open_topic(author, **self.cleaned_data | {"files": self.files_to_place()})


class ReactionForm(forms.Form):
    """One of the four reactions. A script also says whether it is given or taken back, so that twice is once."""

    reaction = forms.ChoiceField(choices=Press.choices)
    wanted = forms.TypedChoiceField(
        choices=[("1", ""), ("0", "")], coerce=lambda one: one == "1", required=False, empty_value=None
    )

    def save(self, post: Post, person) -> Post:
        return Reaction.press(post, person, self.cleaned_data["reaction"], wanted=self.cleaned_data["wanted"])


class EditForm(Careful, TakesFiles, Tagged):
    """The words of a post, and the title with an opening text. A title that is not sent stays as it is."""

    title = PlainField(
        max_length=TITLE_CHARS,
        label=_("Title"),
        error_messages={"required": _("Fill in a title.")},
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    body = ProseField(max_length=BODY_CHARS, label=_("Your message"), error_messages=WORDS, widget=area(8))
    revision = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, *args, post: Post, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        if not post.is_opening or (self.is_bound and "title" not in self.data):
            del self.fields["title"]
        if not post.is_opening or (self.is_bound and "tagged" not in self.data):
            del self.fields["tags"]

    @cached_property
    def quotes(self) -> list[tuple]:
        """(place, what is quoted, whether it is taken out) of each quote that stands in the post."""
        taken = self.data.getlist("unquote") if self.is_bound else []
        places = self.post.quotes.values_list("position", flat=True) if self.post.quoting else []
        return [(place, cited, str(place) in taken) for place, cited in zip(places, self.post.cited, strict=False)]

    def save(self, by) -> None:
        parts = {"files": self.files_to_place(), "drop": self.basket.dropped}
        parts["unquote"] = [place for place, _cited, is_taken in self.quotes if is_taken]
        self.post.edit(by, **self.cleaned_data | parts)


class DraftForm(forms.Form):
    """What stands in a form that is not sent yet. Nothing is asked of it, only that it can be stored."""

    place = forms.CharField(max_length=200)
    title = ProseField(max_length=DRAFT_CHARS, required=False)
    body = ProseField(max_length=DRAFT_CHARS, required=False)
    revision = forms.IntegerField(min_value=0, max_value=1_000_000_000, required=False)

    def __init__(self, *args, quotes: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.quotes, self.chosen = quotes, chosen(self.data)

    def save(self, person) -> Draft:
        words = self.cleaned_data
        more = {"title": words["title"], "quotes": self.quotes} | self.chosen
        return Draft.keep(person, words["place"], words["body"], words["revision"] or 0, **more)


class CheckForm(forms.Form):
    """What somebody is writing, to be looked over and forgotten, and where: a conversation, or a form for a new one."""

    title = ProseField(max_length=DRAFT_CHARS, required=False)
    body = ProseField(max_length=DRAFT_CHARS, required=False)
    topic = forms.UUIDField(required=False)
    submission_id = forms.UUIDField(required=False)
    pseudonymous = forms.BooleanField(required=False)

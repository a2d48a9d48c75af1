"""Files with a form: looked at as they come in, kept with the draft when the form comes back, placed with the text."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.throttle import wait_for
from accounts.words import CONTROLS, SURROGATES
from forums.files import kinds, names, store
from forums.files.faults import Refused
from forums.files.kinds import KINDS
from forums.files.names import in_short
from forums.models.attachment import MOST, Held, held
from forums.models.draft import Draft, chosen
from forums.models.post import Post


@dataclass
class Basket:
    """What goes with one form: `waiting` in the draft, `fresh` from this request, `dropped` of the post itself."""

    place: str = ""
    waiting: list[Held] = field(default_factory=list)
    fresh: list[Held] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    wait: int = 0  # seconds

    @classmethod
    def of_draft(cls, draft: Draft | None) -> "Basket":
        return cls(waiting=held(draft.files)) if draft else cls()

    @classmethod
    def gather(cls, request, place: str, post=None) -> "Basket":
        """Look at everything that a form brings. `post` is the one that is changed."""
        basket = cls(place=place, dropped=set(request.POST.getlist("drop")))
        if listed := request.POST.getlist("waiting"):
            draft = request.user.drafts.filter(place=place).first()
            known = {file.id: file for file in held(draft.files if draft else [])}
            gone = [pk for pk in listed if pk not in known]
            basket.waiting = [known[pk] for pk in listed if pk in known and pk not in basket.dropped]
            if gone and not was_sent(request):
                basket.faults.append(_("A file that waited here is gone. Add it again."))
        standing = [file for file in post.files if file["id"] not in basket.dropped] if post else []
        room = MOST - len(basket.waiting) - len(standing)
        basket.look_at(request.user, request.FILES.getlist("files"), room)
        return basket

    def look_at(self, person, sent: Iterable, room: int) -> None:
        """Take each file that is good, while there is `room`; say of each other one why not."""
        for file in sent:
            try:
                if len(self.fresh) >= room:
                    raise Refused(_("At most 10 files fit with one message."))
                if file.size > kinds.MOST:
                    raise kinds.too_large()
                if not self.may_add(person, file.size):
                    return
                taken = kinds.taken(file.name, file.read())
                self.fresh.append(Held(store.put(taken.data), taken.name, taken.kind, len(taken.data)))
            except Refused as refused:
                self.faults.append(_("“%(name)s”: %(why)s") % {"name": in_short(file.name), "why": refused})

    def may_add(self, person, size: int) -> bool:
        """Within how many files a minute and how much a day one may add."""
        self.wait = wait_for(person.pk, "upload") or wait_for(person.pk, "upload_bytes", size)
        if self.wait > 3600:
            self.faults.append(_("You added 100 MB of files today. Tomorrow you can add more."))
        elif self.wait:
            words = ngettext(
                "That is a lot of files. In %(wait)s second you can add more.",
                "That is a lot of files. In %(wait)s seconds you can add more.",
                self.wait,
            )
            self.faults.append(words % {"wait": self.wait})
        return not self.wait

    @property
    def all(self) -> list[Held]:
        return self.waiting + self.fresh

    def rename(self, old: str, new: str) -> None:
        """Call each file that is called `old` what its writer chose instead; a name that is too long stays out."""
        if len(new) <= names.MOST:
            for files in (self.waiting, self.fresh):
                files[:] = [replace(file, name=new) if file.name == old else file for file in files]

    def to_place(self) -> list[Held]:
        """The files under names that nothing else knows: no trace leads from the post to the draft of its writer."""
        found = [(one, store.twin(one.id)) for one in self.waiting]
        return [replace(one, id=name, waited_as=one.id) for one, name in found if name] + self.fresh

    def keep(self, person, typed) -> Draft | None:
        """Keep the files with the draft, because the form comes back. None when there is nothing to keep."""
        draft = person.drafts.filter(place=self.place).first()
        if not self.all and not (draft and draft.files):
            return draft
        listed = {file.id for file in self.all} | self.dropped
        others = [line for line in (draft.files if draft else []) if line["id"] not in listed]
        lines = [file.line() for file in self.all] + others
        words: dict = {name: SURROGATES.sub("", CONTROLS.sub("", typed.get(name, ""))) for name in ("title", "body")}
        kept = Draft.hold(person, self.place, words | chosen(typed), lines)
        self.waiting, self.fresh = held(kept.files), []
        return kept


def was_sent(request) -> bool:
    """Whether this very form arrived before, and its files stand in a post by now."""
    key = request.POST.get("submission_id", "")
    return is_uuid(key) and Post.sent(request.user, key) is not None


def is_uuid(value: str) -> bool:
    try:
        return bool(uuid.UUID(value))
    except ValueError:
        return False


class ManyFiles(forms.FileInput):
    """A box for several files at once. What comes in was looked at by the basket."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        accept = ",".join(f".{kind}" for kind in [*KINDS, "jpeg"])
        super().__init__({"class": "input files__box", "multiple": True, "accept": accept})

    def value_from_datadict(self, data, files, name):
        return None


class TakesFiles(forms.Form):
    """A form with files; `cleaned_data["files"]` is what goes with the text."""

    files = forms.Field(required=False, label=gettext_lazy("Add files"), widget=ManyFiles())

    def __init__(self, *args, basket: Basket | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.basket = basket or Basket()

    def clean_files(self) -> list[Held]:
        if self.basket.faults:
            raise forms.ValidationError(self.basket.faults)
        return []

    def files_to_place(self) -> list[Held]:
        self.placed_files = self.basket.to_place()
        return self.placed_files

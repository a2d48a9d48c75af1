"""What someone was typing, and where. Kept on the server only, seen by its author only."""

from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from accounts.clock import now
from accounts.policy import ReadableQuerySet
from forums.files import store
from forums.models.kind import Kind
from forums.vocabulary import WORDS

# Code points: more than fits in a post, so that a text that is too long is kept as well.
DRAFT_CHARS = 60_000
# What a form has at first, besides its files.
FRESH: dict = {"title": "", "body": "", "quotes": [], "tags": None, "kind": "", "pseudonymous": False}


class DraftQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(person=user)

    def untouched_since(self, moment):
        return self.filter(changed_at__lt=moment)

    def empty(self):
        untagged = Q(tags=[]) | Q(tags__isnull=True)
        return self.filter(untagged, title="", body="", quotes=[], other_body="", files=[])


class Draft(models.Model):
    """One unfinished text per person and place. A second tab's text stands beside it for a while."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=200)  # the address of the page on which it is written
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)
    quotes = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))  # where quoted words stand
    tags = models.JSONField(null=True)  # the words chosen to find it by; nothing where none were offered
    kind = models.CharField(max_length=10, blank=True, default="", db_default="")
    pseudonymous = models.BooleanField(default=False, db_default=False)  # chosen for what is not placed yet
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=now)
    other_body = models.TextField(blank=True)
    other_at = models.DateTimeField(null=True)

    files = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))  # those that wait for it

    objects = DraftQuerySet.as_manager()
    is_other = False  # this saving went beside the draft, because another tab was further

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="one_draft_per_place")]
        indexes = [models.Index(fields=["changed_at"])]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @classmethod
    @transaction.atomic
    def keep(cls, person, place: str, body: str, revision: int, **more) -> "Draft":
        """Save what stands on the page. `revision` is the one that the page has, 0 at first.

        `more`: what else was typed and chosen, where the page has it; see FRESH.

        When another page saved a later revision, that one stays and this text is kept beside it.
        """
        fresh = FRESH | {"body": body} | more
        draft, made = cls.objects.select_for_update().get_or_create(person=person, place=place, defaults=fresh)
        if made or all(getattr(draft, name) == value for name, value in fresh.items()):
            return draft
        if revision == draft.revision:
            draft.put(fresh)
        else:
            other = f"{fresh['title']}\n\n{body}".strip()
            draft.other_body, draft.other_at, draft.is_other = other, now(), True
        draft.save()
        return draft

    @classmethod
    @transaction.atomic
    def hold(cls, person, place: str, words: dict, files: list[dict]) -> "Draft":
        """Keep a form that could not be taken: its `words`, and the files that were good."""
        draft, _made = cls.objects.select_for_update().get_or_create(person=person, place=place)
        draft.forget([line["id"] for line in draft.files if line not in files])
        draft.put(words | {"files": files})
        draft.save()
        return draft

    def put(self, words: dict) -> None:
        """Set `words` in this row, which is locked; the caller saves it."""
        for name, value in words.items():
            setattr(self, name, value[:DRAFT_CHARS] if isinstance(value, str) else value)
        self.revision, self.changed_at = self.revision + 1, now()

    @classmethod
    @transaction.atomic
    def placed(cls, person, place: str, files=()) -> None:
        """The text was sent, with `files`. What another tab left beside it stays for a while."""
        used = {file.waited_as for file in files}
        for draft in cls.objects.select_for_update().filter(person=person, place=place):
            draft.forget([line["id"] for line in draft.files if line["id"] in used])
            draft.files = [line for line in draft.files if line["id"] not in used]
            draft.put(FRESH)
            draft.revision = 0
            if draft.other_body or draft.files:
                draft.save()
            else:
                draft.delete()

    @classmethod
    @transaction.atomic
    def drop(cls, person, place: str) -> None:
        """Thrown away, with the files that waited."""
        for draft in cls.objects.select_for_update().filter(person=person, place=place):
            draft.forget([line["id"] for line in draft.files])
            draft.delete()

    def forget(self, names: list[str]) -> None:
        """Files that no longer wait here, gone from the disk after the commit."""
        transaction.on_commit(partial(store.drop, names))


def chosen(typed) -> dict:
    """What a form sends beside its texts: the words of the list (None where none are offered), kind, and as whom."""
    tags = [slug for slug in dict.fromkeys(typed.getlist("tags")) if slug in WORDS] if "tagged" in typed else None
    kind = typed.get("kind", "")
    return {
        "tags": tags,
        "kind": kind if kind in Kind.values else "",
        "pseudonymous": typed.get("pseudonymous") == "on",
    }

"""What someone was asked, word for word, and what they answered. Rows are only ever added."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language

from accounts.clock import now
from accounts.policy import ReadableQuerySet


class Fixed(Exception):
    """What someone agreed to, or the proof that they did, is never changed afterwards."""


class WordingQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q()  # a published text is for every member

    def latest(self, kind: str) -> "Wording | None":
        """The newest published text of this kind."""
        return self.filter(kind=kind, published_at__lte=now()).order_by("-version").first()

    def published(self):
        return self.exclude(published_at=None)

    def update(self, **fields) -> int:
        """Only drafts change. Raises Fixed when a published text is among them."""
        if self.published().exists():
            raise Fixed
        return super().update(**fields)

    def delete(self):
        if self.published().exists():
            raise Fixed
        return super().delete()


class Wording(models.Model):
    """One version of a text that people agree to, in both languages. Never changed once published."""

    class Kind(models.TextChoices):
        AGREEMENTS = "agreements"
        REGISTER = "register"
        STUDY = "study"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.SlugField(max_length=60, blank=True)  # which study
    version = models.PositiveSmallIntegerField()
    text_nl = models.TextField()
    text_en = models.TextField()
    published_at = models.DateTimeField(null=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [models.UniqueConstraint(fields=["kind", "key", "version"], name="one_text_per_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.version}"

    def save(self, *args, **kwargs) -> None:
        """Raises Fixed when this text was published: a change is a new version."""
        self._refuse_published()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_published()
        return super().delete(*args, **kwargs)

    def _refuse_published(self) -> None:
        if self.pk and Wording.objects.published().filter(pk=self.pk).exists():
            raise Fixed

    def text(self, language: str) -> str:
        return self.text_en if language == "en" else self.text_nl

    def hash(self, language: str) -> str:
        return hashlib.sha256(self.text(language).encode()).hexdigest()


class ConsentQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(person=user)

    def latest(self):
        """The last word of each person on each purpose: the row that was added last, whatever a clock said."""
        later = Consent.objects.filter(person=OuterRef("person"), purpose=OuterRef("purpose"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later))

    def in_force(self):
        return self.latest().filter(granted=True)

    def update(self, **fields) -> int:
        raise Fixed


class Consent(models.Model):
    """One grant or withdrawal: which text in which language, for what, when and how."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)  # "register:diary", "listed", "needs", …
    granted = models.BooleanField()
    wording = models.ForeignKey(Wording, models.PROTECT, null=True, related_name="consents")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text_hash = models.CharField(max_length=64, blank=True)
    how = models.CharField(max_length=20, default="form")
    at = models.DateTimeField(default=now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "purpose", "-at"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

    def save(self, *args, **kwargs) -> None:
        """Raises Fixed for a row that is there already: who thinks otherwise adds one."""
        if not self._state.adding:
            raise Fixed
        super().save(*args, **kwargs | {"force_insert": True})

    @classmethod
    def note(
        cls, person, purpose: str, granted: bool, *, wording=None, text: str = "", how: str = "form", at=None
    ) -> "Consent":
        """Add a row: `person` grants or withdraws `purpose`, having read `wording`, or the words `text`.

        `at` is the moment that several rows of one press share.
        """
        language = "en" if get_language() == "en" else "nl"
        proof = wording.hash(language) if wording else hashlib.sha256(text.encode()).hexdigest()
        return cls.objects.create(
            person=person,
            purpose=purpose,
            granted=granted,
            wording=wording,
            language=language,
            text_hash=proof,
            how=how,
            at=at or now(),
        )

"""Posts that someone wants to find again. Seen by nobody else."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from accounts.clock import now, today
from accounts.policy import ReadableQuerySet


class BookmarkQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """The own ones, of what is still there to read."""
        posts = self.model._meta.get_field("post").related_model.objects.visible_to(user)
        return Q(person=user, post__removed_at=None, post__in=posts)

    def due(self):
        """Whose day has come, the longest waiting first."""
        return self.filter(remind_on__lte=today()).order_by("remind_on", "pk")

    def not_due(self):
        return self.filter(Q(remind_on=None) | Q(remind_on__gt=today())).order_by("-pk")

    def as_lines(self):
        """With what a list shows."""
        return self.select_related("post__author", "post__alias", "post__topic")


class Bookmark(models.Model):
    """A post to come back to, perhaps on a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey("forums.Post", models.CASCADE, related_name="bookmarks")
    remind_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=now)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "post"], name="one_bookmark_per_post")]
        indexes = [models.Index(fields=["person", "remind_on"], name="bookmarks_of_a_day")]

    def __str__(self) -> str:
        return f"bookmark {self.pk}"

    @property
    def is_due(self) -> bool:
        return self.remind_on is not None and self.remind_on <= today()

    @classmethod
    @transaction.atomic
    def keep(cls, person, post, remind_on=None) -> "Bookmark":
        """Keep `post`, or set another day. Twice is once."""
        return cls.objects.update_or_create(person=person, post=post, defaults={"remind_on": remind_on})[0]

    @classmethod
    def drop(cls, person, post) -> None:
        cls.objects.filter(person=person, post=post).delete()

"""Where a post went that stood in another conversation before."""

from django.db import models
from django.db.models import Q

from accounts.policy import ReadableQuerySet


class MovedQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Whoever reads the post where it stands now."""
        from_topic = self.model._meta.get_field("topic").related_model
        return Q(post__topic__in=from_topic.objects.visible_to(user))

    def left(self, topic_pk, number: int):
        """The post that was `number` of a topic and stands elsewhere; None when none was."""
        found = self.filter(topic=topic_pk, number=number).select_related("post").first()
        return found and found.post

    def now_at(self, topic_pk, number: int | None):
        """The same, or the first that left when it was none of those; None when nothing left."""
        if number is not None and (post := self.left(topic_pk, number)):
            return post
        found = self.filter(topic=topic_pk).select_related("post").order_by("number").first()
        return found and found.post


class Moved(models.Model):
    """The old place of a post: its old link leads on, open pages let it go, and the number is not given again."""

    topic = models.ForeignKey("forums.Topic", models.CASCADE, related_name="moved")
    number = models.PositiveIntegerField()
    seq = models.PositiveIntegerField()  # of the change with which it left
    post = models.ForeignKey("forums.Post", models.CASCADE, related_name="stood")

    objects = MovedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="one_post_that_left")]
        indexes = [models.Index(fields=["topic", "seq"])]

    def __str__(self) -> str:
        return f"moved {self.pk}"

    @classmethod
    def since(cls, topic_pk, after: int, limit: int) -> list["Moved"]:
        """What left a topic after change `after`, in order. For the live page."""
        return list(cls.objects.filter(topic=topic_pk, seq__gt=after).order_by("seq")[:limit])

"""What a conversation is about, in words of the fixed list."""

from django.db import models
from django.db.models import Q

from accounts.policy import ReadableQuerySet
from forums.vocabulary import WORDS


class Tagged(models.Model):
    """A conversation's side. The words stand in the row too, so that a list of conversations asks nothing more."""

    tags = models.CharField(max_length=400, blank=True, default="", db_default="")  # slugs, with spaces between

    class Meta:
        abstract = True

    @property
    def slugs(self) -> list[str]:
        return self.tags.split()

    @property
    def words(self) -> list[tuple[str, str]]:
        """(slug, word as shown) of each; none while the opening text is hidden."""
        return [] if self.hidden_at else [(slug, str(WORDS[slug])) for slug in self.slugs if slug in WORDS]

    def retag(self, slugs) -> None:
        """Be found by these words from now on, and by no others. The row is locked by who asks."""
        self.tags = " ".join(slug for slug in WORDS if slug in slugs)
        self.save(update_fields=["tags"])
        self.tag_rows.all().delete()
        self.tag_rows.bulk_create([TopicTag(topic=self, slug=slug) for slug in self.slugs])


class TopicTagQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        from_topic = self.model._meta.get_field("topic").related_model
        return Q(topic__in=from_topic.objects.visible_to(user))


class TopicTag(models.Model):
    """One word of one conversation, to find it by."""

    topic = models.ForeignKey("forums.Topic", models.CASCADE, related_name="tag_rows", db_index=False)
    slug = models.CharField(max_length=20)

    objects = TopicTagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "slug"], name="one_tag_per_word")]
        indexes = [models.Index(fields=["slug", "topic"], name="topics_of_a_word")]

    def __str__(self) -> str:
        return f"tag {self.pk}"

"""A word of recognition under a post, one press long: counted, never added up per person."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.policy import ReadableQuerySet
from forums.faults import Gone


class Press(models.TextChoices):
    """The four reactions that there are."""

    RECOGNISE = "recognise", _("I know this")
    THANKS = "thanks", _("Thank you")
    HELPS = "helps", _("This helps")
    STRENGTH = "strength", _("Strength to you")


class Joined(models.Aggregate):
    """The values of a group with a space between them."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ' ')"
    output_field = models.TextField()

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)


class ReactionQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """One's own. Others see how many there are of a kind, which stands with the post."""
        return Q(person=user)

    def pressed(self, reader, post):
        """The kinds that `reader` pressed at the post of an outer query, in one word each."""
        mine = self.filter(person=reader, post=post).order_by()
        return models.Subquery(mine.values("post").annotate(kinds=Joined("kind")).values("kinds"))


class Reaction(models.Model):
    """That someone pressed one of the four. Pressed again it is taken back, and nothing is left of it."""

    post = models.ForeignKey("forums.Post", models.CASCADE, related_name="presses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presses")
    kind = models.CharField(max_length=10, choices=Press.choices)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person", "kind"], name="one_reaction_of_a_kind")]

    def __str__(self) -> str:
        return f"reaction {self.pk}"

    @classmethod
    @transaction.atomic
    def press(cls, post, person, kind: str, *, wanted: bool | None = None):
        """Press `kind` at `post`, or take it back; `wanted` says which of the two, None the other of what it is.

        Gives the post with its new counts. It is a change of the topic, and news for nobody's list of unread.
        Raises Gone when the post was taken back or hidden meanwhile.
        """
        topic = post.topic.locked()
        post = type(post).objects.select_for_update().get(pk=post.pk)
        if post.removed_at or post.hidden_at:
            raise Gone
        mine = cls.objects.filter(post=post, person=person, kind=kind)
        stands = mine.exists()
        if (wanted := not stands if wanted is None else wanted) == stands:
            return post
        if wanted:
            cls.objects.create(post=post, person=person, kind=kind)
        else:
            mine.delete()
        counts = cls.objects.filter(post=post).order_by().values_list("kind").annotate(Count("pk"))
        post.reactions, post.seq = dict(counts), topic.changed()
        post.save(update_fields=["reactions", "seq"])
        return post

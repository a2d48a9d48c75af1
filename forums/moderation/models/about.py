"""To what a row of this app belongs: a post, or a message of a chat."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from accounts.policy import ReadableQuerySet
from forums.models import Alias
from forums.models.alias import own_topics


class AboutQuerySet(ReadableQuerySet):
    def about(self, thing: models.Model):
        """The rows about this post or message."""
        return self.filter(kind=ContentType.objects.get_for_model(thing), key=str(thing.pk))

    def of_writer(self, person):
        """The rows about what `person` wrote, also under a pseudonym: found by the mark, without opening anything."""
        aliases = Alias.objects.filter(pk__in=self.exclude(alias=None).values("alias"))
        rows = aliases.annotate(mark=F("seal__mark")).values_list("pk", "pk", "mark")
        return self.filter(Q(author=person) | Q(alias__in=own_topics(person, rows)))


class About(models.Model):
    """The thing, and who wrote it: a person, or an alias and then no person."""

    kind = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    thing = GenericForeignKey("kind", "key")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    alias = models.ForeignKey(Alias, models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True

    @staticmethod
    def of(thing) -> dict:
        """The fields of a row about `thing`."""
        return {
            "kind": ContentType.objects.get_for_model(thing),
            "key": str(thing.pk),
            "author": thing.author,
            "alias": getattr(thing, "alias", None),
        }

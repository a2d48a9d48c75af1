"""What a search goes by, again from the texts."""

from django.core.management.base import BaseCommand

from forums import index
from forums.models import Post
from forums.tasks import BATCH, fill_stems


class Command(BaseCommand):
    help = (
        "Fill the search index again: after another version of the stemmer, and on SQLite after VACUUM or restore. "
        "In small steps, while the site runs; when it stops halfway, run it again."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--missing", action="store_true", help="only texts that were never put in")
        parser.add_argument("--rows", action="store_true", help="the stems are right; only read them again")

    def handle(self, *, missing: bool, rows: bool, **options) -> None:
        if not rows:
            done = self.missing() if missing else self.all()
            self.stdout.write(f"{done} texts")
        for table in index.TABLES:
            index.rebuild(table)

    def missing(self) -> int:
        done = 0
        while step := fill_stems():
            done += step
        return done

    def all(self) -> int:
        """Every text, by key: what is written meanwhile is right by itself."""
        done, last = 0, None
        while True:
            rest = Post.objects.order_by("pk") if last is None else Post.objects.filter(pk__gt=last).order_by("pk")
            keys = list(rest.values_list("pk", flat=True)[:BATCH])
            if not keys:
                return done
            done, last = done + Post.objects.filter(pk__in=keys).restem(), keys[-1]

"""HTML of an older renderer, made again from what was typed."""

from django.core.management.base import BaseCommand
from django.db import transaction

from forums import text
from forums.models import Post


class Command(BaseCommand):
    help = "Render again what was made by an older version of the renderer."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--all", action="store_true", help="also what this version made")

    def handle(self, **options) -> None:
        posts = Post.objects.filter(removed_at=None)
        if not options["all"]:
            posts = posts.exclude(html_version=text.VERSION)
        count = sum(self.render(pk) for pk in list(posts.values_list("pk", flat=True)))
        self.stdout.write(f"{count} texts rendered")

    @transaction.atomic
    def render(self, pk) -> int:
        """One post, under its topic's lock, so that open pages show it anew. Returns 1, or 0 when it is gone."""
        post = Post.objects.select_related("topic").get(pk=pk)
        topic = post.topic.locked()
        post.refresh_from_db()
        if post.removed_at:
            return 0
        names = post.mentions.values_list("person__name", flat=True)
        post.html, post.html_version, post.seq = text.to_html(post.body, names), text.VERSION, topic.changed()
        post.save(update_fields=["html", "html_version", "seq"])
        return 1

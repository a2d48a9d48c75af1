"""Made-up members, conversations and replies for load tests."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Cohort
from community.demo import crowd
from community.demo.content import key


class Command(BaseCommand):
    help = "Add members crowd-0001@demo.invalid and on, with conversations and replies. Only with DEMO=1, after `demo`."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--members", type=int, default=50)
        parser.add_argument("--topics", type=int, default=0)
        parser.add_argument("--posts", type=int, default=0, help="replies, spread over the conversations")

    def handle(self, *, members: int, topics: int, posts: int, **options) -> None:
        if not settings.DEMO:
            raise CommandError("Made-up members have a known password: only with DEMO=1.")
        if not Cohort.objects.filter(pk=key("cohort", "ed4")).exists():
            raise CommandError("Load the demo community first: manage.py demo")
        if members < 1 or min(topics, posts) < 0 or (posts and not topics):
            raise CommandError("At least one member, and at least one topic for posts.")
        people = crowd.members(members)
        made = crowd.conversations(people, topics, posts) if topics else 0
        self.stdout.write(f"{len(people)} members, {made} posts made")

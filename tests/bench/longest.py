"""Run by `tests.bench.pages` with the settings of its site: adds one long conversation, prints its address."""

import django

django.setup()

from accounts.models import User  # noqa: E402  (Django is ready from here on)
from community.demo.content import key  # noqa: E402
from community.demo.crowd import conversation  # noqa: E402
from forums.models import Board, Topic  # noqa: E402

POSTS = 2_600


def main() -> None:
    people = list(User.objects.filter(email__startswith="crowd-")[:50])
    conversation(Board.objects.get(audience="alumni"), 0, POSTS - 1, people)
    print(Topic.objects.get(pk=key("crowd-topic", "0")).get_absolute_url())


if __name__ == "__main__":
    main()

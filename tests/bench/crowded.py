"""Half a million posts in many circles and a few open forums, for the bench of searching."""

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import accumulate, islice
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from accounts.clock import now, today
from accounts.models import Cohort, Membership, Role, User
from forums import index
from forums.models import Board, Kind, Post, Topic
from forums.stems import APART, place_of, stem_of

CIRCLES, OPEN, A_TOPIC, AT_ONCE = 40, 10, 25, 50
WORDS = 40  # in a post
HALVES = 20_000
BATCH = 5_000
SOUNDS = [a + b for a in ("b", "d", "gr", "h", "k", "l", "m", "n", "p", "r", "st", "t", "v", "w") for b in "aeiou"]
SAME = {
    "kind": Kind.REPLY, "badge": "", "html": "<p>x</p>", "html_version": 1, "revision": 0, "keeps_place": False,
    "reactions": {},
}  # fmt: skip
FIELDS = (
    "id", "topic", "number", "seq", "author", "body", "submission_id", "created_at", "board", "stems", *SAME,
)  # fmt: skip


def vocabulary(chance: random.Random, size: int = 8_000) -> list[str]:
    """Words that stay themselves when they are stemmed, from common to rare."""
    words: dict[str, None] = {}
    while len(words) < size:
        word = "".join(chance.choices(SOUNDS, k=chance.choice((2, 2, 3, 3, 4)))) + chance.choice("kmnrt")
        if stem_of(word) == word:
            words[word] = None
    return list(words)


@transaction.atomic
def fill(posts: int) -> tuple[User, list[str]]:
    """Make `posts` posts. Returns a member of one circle, and the words that were used."""
    chance = random.Random(7)
    words = vocabulary(chance)
    cohorts = [Cohort.objects.create(name=f"Proef {n}", slug=f"proef-{n}", state="running") for n in range(CIRCLES)]
    boards = [Board.for_cohort(cohort) for cohort in cohorts]
    boards += [
        Board.objects.create(slug=f"proef-open-{n}", audience="everyone", name_nl=f"Open {n}", name_en=f"Open {n}")
        for n in range(OPEN)
    ]
    people = [User.objects.create_user(f"proef{n}@demo.invalid", f"Proef {n}") for n in range(100)]
    User.objects.filter(pk__in=[one.pk for one in people]).update(agreed_version=settings.AGREEMENTS_VERSION)
    topics = [
        Topic(id=UUID(int=chance.getrandbits(128)), board=boards[n % len(boards)], author=people[n % 100],
              title=" ".join(chance.sample(words, 3)), last_activity_at=now() - timedelta(days=n % 900),
              last_number=A_TOPIC, replies_count=A_TOPIC - 1, seq=A_TOPIC)
        for n in range(posts // A_TOPIC)
    ]  # fmt: skip
    Topic.objects.bulk_create(topics, BATCH)
    store(rows(posts, topics, people, words, chance))
    Membership.objects.create(person=people[0], cohort=cohorts[0], role=Role.PARTICIPANT, since=today())
    return User.objects.get(pk=people[0].pk), words


def rows(posts: int, topics: list[Topic], people: list[User], words: list[str], chance) -> Iterator[tuple]:
    """Topics go on beside each other, fifty at a time, as in life. A text is two halves out of many."""
    weights = list(accumulate(1 / (rank + 8) for rank in range(len(words))))
    halves = [" ".join(chance.choices(words, cum_weights=weights, k=WORDS // 2)) for _ in range(HALVES)]
    begin, step = now() - timedelta(days=1000), timedelta(days=1000) / posts
    ready = {name: Post._meta.get_field(name).get_db_prep_save for name in FIELDS}
    key, moment = (partial(ready[name], connection=connection) for name in ("id", "created_at"))
    by = [key(one.pk) for one in people]
    about = [(key(one.pk), one.board_id, place_of(one.board), one.title + APART) for one in topics]
    same = [ready[name](value, connection) for name, value in SAME.items()]
    for n in range(posts):
        topic, board, place, title = about[n // (A_TOPIC * AT_ONCE) * AT_ONCE + n % AT_ONCE]
        number = n % (A_TOPIC * AT_ONCE) // AT_ONCE + 1
        body = f"{chance.choice(halves)} {chance.choice(halves)}"
        said = f" {place} {title if number == 1 else ''}{body} "
        one, two = (key(UUID(int=chance.getrandbits(128))) for _ in range(2))
        yield one, topic, number, number, by[n % 97], body, two, moment(begin + step * n), board, said, *same


def store(posts: Iterator[tuple]) -> None:
    """Into the table as fast as it goes; the index is made afterwards."""
    table = Post._meta.db_table
    columns = ", ".join(f'"{Post._meta.get_field(name).column}"' for name in FIELDS)
    marks = ", ".join(["%s"] * len(FIELDS))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP INDEX "{index.name_of(table)}"')
        for name in index.triggers(table) if connection.vendor == "sqlite" else ():
            cursor.execute(f'DROP TRIGGER "{name}"')
        while batch := list(islice(posts, BATCH)):
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", batch)  # noqa: S608  (constants)


def index_anew() -> None:
    """After `fill`, and not in a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(index.statements(Post._meta.db_table, "postgresql")[0])
            cursor.execute("VACUUM ANALYZE")
    index.keep("default")

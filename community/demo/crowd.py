"""Made-up members, conversations and replies, as many as a load test asks for."""

from datetime import timedelta
from itertools import islice

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.clock import now, today
from accounts.models import Cohort, Membership, Profile, Role, User
from community.demo.content import key
from community.demo.people import PASSWORD
from forums import text
from forums.models import Board, Kind, Post, Topic

BATCH = 2_000  # rows in one statement
BODY = "Dit is bericht {n} van de proef. Wat **hielp** bij ons: een vast moment om te zeggen wat schuurt."


@transaction.atomic
def members(wanted: int) -> list[User]:
    """The first `wanted` members of the crowd; who is there already stays. Alumni, and in the room of edition A."""
    emails = [f"crowd-{n:04d}@demo.invalid" for n in range(1, wanted + 1)]
    known = {user.email: user for user in User.objects.filter(email__startswith="crowd-", is_demo=True)}
    secret, moment = make_password(PASSWORD), now()
    fresh = [
        User(
            id=key("person", email), email=email, name=f"Lid {email[6:-13]}", password=secret, is_demo=True,
            agreed_version=settings.AGREEMENTS_VERSION, agreed_at=moment,
        )
        for email in emails
        if email not in known
    ]  # fmt: skip
    User.objects.bulk_create(fresh, BATCH)
    Profile.objects.bulk_create([Profile(person=user) for user in fresh], BATCH)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=u, email=u.email, verified=True, primary=True) for u in fresh], BATCH
    )
    done, running = (Cohort.objects.get(pk=key("cohort", name)) for name in ("ed3", "ed4"))
    Membership.objects.bulk_create([row for user in fresh for row in places(user, done, running)], BATCH)
    known |= {user.email: user for user in fresh}
    return [known[email] for email in emails]


def places(user: User, done: Cohort, running: Cohort) -> list[Membership]:
    since = today() - timedelta(days=300)
    return [
        Membership(person=user, cohort=done, role=Role.PARTICIPANT, since=since, certificate_on=done.certificate_on),
        Membership(person=user, cohort=running, role=Role.PARTICIPANT, since=today()),
    ]


@transaction.atomic
def conversations(people: list[User], topics: int, posts: int) -> int:
    """`topics` conversations in the alumni circle with `posts` replies spread over them. Returns the number of rows made."""
    board = Board.objects.get(audience="alumni")
    made = 0
    for number in range(1, topics + 1):
        replies = posts // topics + (number <= posts % topics)
        if not Topic.objects.filter(pk=key("crowd-topic", str(number))).exists():
            made += conversation(board, number, replies, people)
    board.recount()
    return made


def conversation(board: Board, number: int, replies: int, people: list[User]) -> int:
    moment, size = now() - timedelta(minutes=number), replies + 1
    topic = Topic.objects.create(
        id=key("crowd-topic", str(number)), board=board, title=f"Gesprek {number} van de proef", badge=Role.ALUMNUS,
        author=people[number % len(people)], created_at=moment - timedelta(seconds=size), seq=size,
    )  # fmt: skip
    rows = (
        Post(
            topic=topic, number=n, seq=n, kind=Kind.QUESTION if n == 1 else Kind.REPLY, badge=Role.ALUMNUS,
            author=people[(number + n - 1) % len(people)], body=BODY.format(n=n), html=text.to_html(BODY.format(n=n)),
            created_at=moment - timedelta(seconds=size - n),
        )
        for n in range(1, size + 1)
    )  # fmt: skip
    while batch := list(islice(rows, BATCH)):
        for post in batch:
            post.index()
        Post.objects.bulk_create(batch)
    topic.recount()
    return size

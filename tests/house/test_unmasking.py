"""Who writes under a pseudonym stays unknown (P6): nothing that others reach differs between two authors.

One script, run as one author and as another, with all else equal: every page, search, file, mail
and live frame that a viewer can reach is compared, and how many questions each page asks. And what
a viewer reaches before and after differs by the conversation alone; not at all for who may not read it.
"""

import json
import re
import uuid
from itertools import count

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.clock import now
from accounts.live.room import frame_of
from accounts.models import Role
from accounts.tasks import send_mail
from forums.consumers import TopicConsumer
from forums.models import Board, Topic, alias
from tests import make
from tests.sockets import BACKEND

pytestmark = pytest.mark.django_db
MOST = 200  # pages of one walk
LINK = re.compile(r'href="(/[^"#]*)')
OURS = "accounts|static|i18n|cover|help|privacy|accessibility|organise|agreements"
SKIPPED = re.compile(
    rf"/({OURS})/|/(edit|remove|bookmark|report)/$|\.ics$"
    r"|[?&](tag|quote|from)=|^/search/\?|show=(?!unread)"  # the same pages, narrowed or begun elsewhere
)
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LOOSE = re.compile(r"gAAAA[\w%-]+|\b[A-Za-z0-9]{64}\b|nonce-[\w+/=-]+|data-by=\W*[0-9a-f]{6}")  # cursors, tokens


class Scene:
    """A circle with two who could have written it, and a forum for all members."""

    def __init__(self, clock) -> None:
        Board.objects.all().delete()  # those of every community: they are empty here, and long to walk
        self.cohort = make.cohort()
        self.boards = {"circle": make.board(cohort=self.cohort), "forum": make.board()}
        self.authors = [make.person("Noor de Wit", cohort=self.cohort), make.person("Sam Bakker", cohort=self.cohort)]
        self.authors[0].profile.change(about="Ik hou van bomen", about_for="own_cohort")
        self.fellow = make.person("Fellow", cohort=self.cohort)
        self.viewers = {
            "fellow": self.fellow,
            "trainer": make.trainer(self.cohort, name="Trainer"),
            "organiser": make.organiser(name="Organiser"),
            "moderator": make.person("Moderator", roles=[Role.MODERATOR]),
        }
        for board in self.boards.values():  # both have been here before, under their own names
            for author in self.authors:
                clock.shift(60)  # seconds: one after the other, so that lists have an order
                make.topic(board=board, author=author, title=f"Van {author.name}")
        clock.shift(60)


def entered(person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def write(scene: Scene, author, board) -> None:
    """All that someone can do in a conversation of their own, under a pseudonym."""
    client = entered(author)
    sent = {"title": "Kastanjes", "body": "Niemand durft iets te zeggen.", "pseudonymous": "on"}
    client.post(reverse("forums:topic_new", args=[board.slug]), sent | {"submission_id": uuid.uuid4()})
    topic = Topic.objects.get(title="Kastanjes")
    client.get(topic.get_absolute_url())
    answer = make.post(topic, scene.fellow, body="Vertel eens verder.")
    reply = {"body": "Graag.", "submission_id": uuid.uuid4()}
    assert client.post(topic.get_absolute_url() + "reply/", reply).status_code == 302
    client.post(f"/forums/posts/{answer.pk}/react/", {"reaction": "thanks"})
    mine = topic.posts.get(number=3)
    assert client.post(f"/forums/posts/{mine.pk}/edit/", {"body": "Heel graag.", "revision": 0}).status_code == 302
    draft = {"place": topic.get_absolute_url(), "body": "Nog niet af", "revision": 0}
    assert client.post("/forums/drafts/", draft).status_code == 200
    client.get("/")


def walk(person) -> dict[str, tuple]:
    """Every page that `person` comes to by following links and by searching: address -> what it answers."""
    client, found = entered(person), {}
    waiting = ["/", "/forums/", "/search/?q=kastanjes", "/search/?q=durft", "/people/", "/me/privacy/seen/"]
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        if address in found:
            continue
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(address)
        page = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = (answer.status_code, page.decode(errors="replace"), len(asked))
        waiting += [link for link in LINK.findall(found[address][1]) if not SKIPPED.search(link)]
    assert len(found) < MOST, " ".join(sorted(found))
    return found


def heard() -> list[str]:
    """What the live lines of all conversations say, from the beginning."""
    topics = Topic.objects.order_by("created_at", "title")
    news = [(topic.pk, TopicConsumer.news(topic.pk, 0)) for topic in topics]
    return [frame_of(one.happenings, "nl", 0, one.last_seq) for _pk, one in news]


def told(scene: Scene) -> list[tuple]:
    """The mails that others got: to whom, and what they say."""
    send_mail()
    own = {author.email for author in scene.authors}
    return [(m.to, m.subject, m.body, sorted(m.extra_headers)) for m in mail.outbox if not own & set(m.to)]


def plain(text: str) -> str:
    """Without what is drawn anew each time; keys by the order in which they come."""
    numbers, seen = count(1), {}
    text = LOOSE.sub("~", text)
    return KEY.sub(lambda key: seen.setdefault(key[0], f"key-{next(numbers)}"), text)


@pytest.fixture
def scene(monkeypatch):
    monkeypatch.setattr(alias, "draw", lambda taken: "Beuk")  # the only thing here that chance decides
    with time_machine.travel(now(), tick=False) as clock:
        yield Scene(clock)


def reached(scene: Scene, author=None, board=None) -> dict[str, dict]:
    """All that each viewer reaches when `author` has written, or nobody; then all is as it was."""
    mark = transaction.savepoint()
    cache.clear()
    mail.outbox.clear()
    if author:
        write(scene, author, board)
    everyone = {"frames": heard(), "mails": told(scene)}
    found = {who: everyone | {"pages": walked(person)} for who, person in scene.viewers.items()}
    transaction.savepoint_rollback(mark)
    return found


def walked(person) -> dict[str, tuple]:
    """What `walk` finds; and that somebody looked leaves no trace for the next."""
    mark = transaction.savepoint()
    found = walk(person)
    transaction.savepoint_rollback(mark)
    return found


@pytest.mark.parametrize("space", ["circle", "forum"])
def test_who_wrote_under_a_pseudonym_makes_no_difference_to_anyone_else(scene, space):
    board = scene.boards[space]
    nobody, one, other = [reached(scene, author, board) for author in (None, *scene.authors)]
    for who in scene.viewers:
        assert plain(json.dumps(one[who])) == plain(json.dumps(other[who])), who
        before, after = nobody[who]["pages"], one[who]["pages"]
        changed = {at for at in after if plain(str(before.get(at, ())[:2])) != plain(str(after[at][:2]))}
        blind = space == "circle" and who in ("organiser", "moderator")
        assert ("Kastanjes" in str(after)) is not blind
        if blind:
            assert changed == set(), who
        lists = {"/", "/forums/", "/search/", board.get_absolute_url()}
        assert {at for at in changed if at in before and at.split("?")[0] not in lists} == set(), who
        for name in [word for author in scene.authors for word in (author.name, str(author.pk)[:6])]:
            assert [at for at in changed if after[at][1].count(name) > str(before.get(at)).count(name)] == [], who

"""What the unmasking suite compares: all that somebody reaches, without what is drawn anew each time."""

import json
import re
from html import unescape
from itertools import count

from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.live.room import frame_of
from accounts.models import Role
from accounts.tasks import send_mail
from forums.consumers import TopicConsumer
from forums.models import Board, Topic
from tests import make
from tests.sockets import BACKEND

MOST = 260  # pages of one walk
LINK = re.compile(r'href="(/[^"#]*)')
OURS = "accounts|static|i18n|cover|help|privacy|accessibility|agreements"
SKIPPED = re.compile(
    rf"/({OURS})/|/(remove|bookmark|report)/$|/posts/[^/]*/edit/$"
    r"|[?&](tag|quote|from)=|^/search/\?|show=(?!unread)"  # the same pages, narrowed or begun elsewhere
)
STARTS = [
    *("/", "/forums/", "/forums/cases/?all=1", "/forums/cases/?where=everyone", "/forums/bookmarks/", "/people/"),
    *("/search/?q=kastanjes", "/search/?q=durft", "/search/?q=kastanjes&show=cases", "/search/?q=grapjes"),
    *("/me/privacy/seen/", "/moderation/", "/forums/cases/feedback/", "/organise/"),
]
# Keys; those of factors are numbers, which PostgreSQL does not give a second time when all is as it was.
KEY = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|factor(?:-(?:box-)?|s\\*\" value=\\*\")\d+"
)
LOOSE = re.compile(r"gAAAA[\w%-]+|\b[A-Za-z0-9]{64}\b|nonce-[\w+/=-]+|data-by=\W*[0-9a-f]{6}")  # cursors, tokens
OWN = {"Set-Cookie", "Server-Timing", "X-Request-ID", "Content-Length"}


class Scene:
    """A circle with two who could have written it, and a forum for all members."""

    def __init__(self, clock) -> None:
        Board.objects.all().delete()  # those of every community: they are empty here, and long to walk
        self.cohort = make.cohort()
        self.boards = {"circle": make.board(cohort=self.cohort), "forum": make.board()}
        self.authors = [make.person("Noor de Wit", cohort=self.cohort), make.person("Sam Bakker", cohort=self.cohort)]
        self.authors[0].profile.change(about="Ik hou van bomen", about_for="own_cohort")
        self.fellow = make.person("Fellow", cohort=self.cohort)
        self.trainer = make.trainer(self.cohort, name="Trainer")
        self.viewers = {
            "fellow": self.fellow,
            "trainer": self.trainer,
            "organiser": make.organiser(name="Organiser"),
            "moderator": make.person("Moderator", roles=[Role.MODERATOR]),
        }
        for board in self.boards.values():  # both have been here before, under their own names
            for author in self.authors:
                clock.shift(60)  # seconds: one after the other, so that lists have an order
                make.topic(board=board, author=author, title=f"Van {author.name}")
        clock.shift(60)

    @property
    def traces(self) -> list[str]:
        """What points at who could have written it."""
        return [word for author in self.authors for word in (author.name, str(author.pk)[:6], author.email)]


def entered(person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def walk(person) -> dict[str, tuple]:
    """Every page that `person` comes to by following links and by searching: address -> what it answers."""
    client, found, waiting = entered(person), {}, list(STARTS)
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        if address in found:
            continue
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        page = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = sorted((name, value) for name, value in answer.items() if name not in OWN)
        found[address] = (answer.status_code, page.decode(errors="replace"), len(asked), told)
        links = [unescape(link) for link in LINK.findall(found[address][1])]
        links += [answer.url] if answer.status_code == 302 else []
        waiting += [link for link in links if not SKIPPED.search(link)]
    assert len(found) < MOST, " ".join(sorted(found))
    return found


def walked(person) -> dict[str, tuple]:
    """What `walk` finds; and that somebody looked leaves no trace for the next."""
    mark = transaction.savepoint()
    found = walk(person)
    transaction.savepoint_rollback(mark)
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


def plain(thing) -> str:
    """Without what is drawn anew each time; keys by the order in which they come."""
    numbers, seen = count(1), {}
    text = LOOSE.sub("~", thing if isinstance(thing, str) else json.dumps(thing))
    return KEY.sub(lambda key: seen.setdefault(key[0], f"key-{next(numbers)}"), text)


def reached(scene: Scene, write=None, author=None, *how) -> dict[str, dict]:
    """All that each viewer reaches when `author` has written, or nobody; then all is as it was."""
    mark = transaction.savepoint()
    cache.clear()
    mail.outbox.clear()
    if write:
        write(scene, author, *how)
    everyone = {"frames": heard(), "mails": told(scene)}
    found = {who: everyone | {"pages": walked(person)} for who, person in scene.viewers.items()}
    transaction.savepoint_rollback(mark)
    return found

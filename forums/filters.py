"""Which conversations of a forum someone asked for."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, Q, QuerySet
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forums.fragments import rendered
from forums.models import Alias, Board, Topic
from forums.models.alias import own_topics
from forums.models.follow import Heed, heeds_of
from forums.models.seat import narrow_rule
from forums.vocabulary import GROUPS, WORDS

COUNTED = 99  # above this a filter says "99+": nobody needs to know, and counting on would cost
# What can be asked for, and what to say when there is nothing of it.
SHOWS = {
    "all": _("All"),
    "unread": _("Unread"),
    "unanswered": _("No reply yet"),
    "trainer": _("With a trainer"),
    "followed": _("What I follow"),
    "mine": _("What I began"),
}


@dataclass(frozen=True)
class Wish:
    """What an address asks for; anything unknown counts as no wish."""

    show: str = "all"
    tag: str = ""

    @classmethod
    def asked(cls, query) -> "Wish":
        show, tag = query.get("show", ""), query.get("tag", "")
        return cls(show if show in SHOWS else "all", tag if tag in WORDS else "")

    @property
    def words(self) -> list[str]:
        """The filters by name; empty for everything."""
        shown = [SHOWS[self.show]] if self.show != "all" else []
        return [str(word) for word in shown + ([WORDS[self.tag]] if self.tag else [])]

    @property
    def query(self) -> str:
        known = {"show": self.show if self.show != "all" else "", "tag": self.tag}
        return urlencode({name: value for name, value in known.items() if value})

    @property
    def word(self) -> str:
        """The chosen word of the list, as shown."""
        return str(WORDS[self.tag]) if self.tag else ""

    @property
    def without_word(self) -> str:
        """The same wish without the word, as it stands in an address."""
        return Wish(self.show).query

    def chips(self) -> list[tuple[str, str, str]]:
        """(name, words, query) of each filter, with the word that was chosen beside it."""
        return [(show, str(words), Wish(show, self.tag).query) for show, words in SHOWS.items()]


def topics_of(board: Board, user) -> QuerySet:
    """The conversations that `user` reads on a board that `user` reads."""
    there = Topic.objects.filter(board=board, removed_at=None)
    return there.filter(narrow_rule(user)) if board.is_circle else there


def narrowed(topics: QuerySet, wish: Wish, board: Board, user) -> QuerySet:
    """Those of `topics` that `wish` asks for, each with `read`."""
    if wish.tag:
        topics = topics.filter(tag_rows__slug=wish.tag)
    if wish.show == "unread":
        return topics.unread_by(user)
    if wish.show == "unanswered":
        topics = topics.unanswered()
    elif wish.show == "trainer":
        topics = topics.filter(trainer_number__isnull=False)
    elif wish.show == "followed":
        topics = topics.filter(heeds_of(user).chosen(Heed.FOLLOW))
    elif wish.show == "mine":
        topics = topics.filter(Q(author=user) | Q(pk__in=veiled_of(user, board)))
    return topics.with_read(user)


def veiled_of(user, board: Board) -> list:
    """The conversations on a board that `user` began under a pseudonym. Found by the own key, told to nobody else."""
    rows = Alias.objects.filter(topic__board=board).annotate(mark=F("seal__mark"))
    return own_topics(user, rows.values_list("pk", "topic", "mark"))


def filters(board: Board, wish: Wish, unread_count: int) -> SafeString:
    """The filters of a forum as links. The same for everyone to whom as much is new, so kept ready."""
    return _filters(get_language(), board.get_absolute_url(), wish, unread_count)


@lru_cache(maxsize=512)
def _filters(language: str, here: str, wish: Wish, unread_count: int) -> SafeString:
    groups = [
        (group.name, [(word, Wish(wish.show, slug).query, slug == wish.tag) for slug, word in group.words.items()])
        for group in GROUPS
    ]
    unread = str(unread_count) if unread_count <= COUNTED else f"{COUNTED}+"
    words = {"groups": groups, "chips": wish.chips(), "unread_count": unread_count and unread}
    return rendered("forums/_filters.html", here=here, wish=wish, **words)

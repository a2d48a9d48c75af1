"""The live line of a conversation."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation

from accounts.live.consumer import LiveConsumer
from accounts.live.room import LANGUAGES, Happening, News
from accounts.models import Epoch
from forums.fragments import piece_of_post
from forums.models import Moved, Post, Topic

RECENT = 25  # changes kept ready for who comes back to a conversation that nobody had open


class TopicConsumer(LiveConsumer):
    """A post has only the number of its last change, so the numbers of a topic have holes."""

    model = Topic

    @classmethod
    def news(cls, pk, after: int | None, codes: Sequence[str] = LANGUAGES) -> News:
        """Posts that changed after `after`, as they stand now. The number first, the rows next, the epoch last."""
        last = cls.last_seqs([pk]).get(pk, after or 0)
        limit = RECENT if after is None else settings.LIVE["frame"]
        posts = Post.since(pk, after, limit)
        gone = [] if after is None else Moved.since(pk, after, limit)
        found = sorted([*posts, *gone], key=lambda row: row.seq)[:limit] if gone else posts
        more = after is not None and len(found) == limit
        if found:
            last = found[-1].seq if more else max(last, found[-1].seq)
        happenings = [happening(row, codes) if isinstance(row, Post) else left(row, codes) for row in found]
        return News(happenings, Epoch.now(), last, more=more)

    @classmethod
    def last_seqs(cls, pks: list) -> dict:
        return dict(Topic.objects.filter(pk__in=pks).values_list("pk", "seq"))


def happening(post: Post, codes: Sequence[str] = LANGUAGES) -> Happening:
    """One post as it stands now, ready to send in each language."""
    rest = {
        "kind": kind_of(post),
        "id": str(post.pk),
        "number": post.number,
        "at": post.at,
        "cid": None,
    }
    html = {code: fragment(post, code) for code in codes}
    return Happening(post.seq, rest["id"], html, rest)


def left(moved: Moved, codes: Sequence[str]) -> Happening:
    """A post that stands in another conversation now leaves the page."""
    rest = {"kind": "remove", "id": str(moved.post_id), "number": moved.number, "at": None, "cid": None}
    return Happening(moved.seq, rest["id"], dict.fromkeys(codes, ""), rest)


def kind_of(post: Post) -> str:
    if post.hidden_at:
        return "hide"
    return "remove" if post.removed_at else "edit" if post.revision else "message"


def fragment(post: Post, language: str) -> str:
    """The same piece that the page includes; nothing for what left no place."""
    if post.removed_at and not post.keeps_place:
        return ""
    with translation.override(language):
        return piece_of_post(post)

"""What who began a conversation wrote in it, looked over once more before more people read it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from forums.models import Post, Topic
from forums.views.check import near_topic
from forums.writing.review import Beside, Mark, Nearby, Review, about_of, answers, folded_names, marks_in

MOST = 200  # own posts in one conversation


@dataclass(frozen=True)
class Own:
    """A text of one's own: what it is called, where it is changed, its words, and the names of its files."""

    name: str
    url: str
    words: str
    files: tuple[str, ...] = ()

    def holds(self, mark: Mark) -> bool:
        swaps = {words for words, _instead in mark.swaps}
        return mark.first.words in self.files or any(words in self.words for words in swaps | {mark.first.words})


@dataclass(frozen=True)
class Looked:
    """The review, and each of its marks with the texts in which it stands."""

    review: Review
    rows: list[tuple[Mark, list[Own]]]


def own_texts(user, topic: Topic) -> list[Own]:
    mine = Q(author=user) | Q(alias__in=topic.own_names(user))
    posts = Post.objects.visible_to(user).filter(mine, topic=topic, removed_at=None).order_by("number")[:MOST]
    found = [
        Own(
            _("message %(number)s") % {"number": post.number},
            reverse("forums:post_edit", args=[post.pk]),
            f"{topic.title}\n{post.body}" if post.is_opening else post.body,
            tuple(file["name"] for file in post.files),
        )
        for post in posts
    ]
    if topic.is_case:  # its own app holds it; here it is read as any other text
        found.insert(0, Own(_("the case"), topic.case.get_absolute_url(), f"{topic.case.sector}\n{topic.case.words}"))
    return found


def look_over(user, topic: Topic, data, *, placing: bool) -> Looked:
    """What may give somebody away to people who did not read it yet. Names that the circle knows are marked too."""
    own = own_texts(user, topic)
    fine, seen, good = answers(data, "fine"), answers(data, "seen"), answers(data, "good")
    fine = list(dict.fromkeys(fine + good))

    def near() -> Nearby:
        names: Iterable[str] = [] if topic.own_alias(user) else [user.name]
        return replace(near_topic(user, topic.pk), names=folded_names(names))

    files = [name for one in own for name in one.files]
    marks, _found = marks_in([one.words for one in own], Beside(files), about_of(user), fine, near)
    review = Review(marks, fine, frozenset(seen), placing=placing, pressed=bool(good))
    return Looked(review, [(mark, [one for one in own if one.holds(mark)]) for mark in marks])

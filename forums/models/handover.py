"""Posts go from one conversation to another: with their names, their read positions and what is being written."""

import re
from functools import partial

from django.core.cache import cache
from django.db import transaction

from accounts.clock import now
from forums import text
from forums.fragments import shelf
from forums.models.draft import Draft
from forums.models.follow import Follow
from forums.models.moved import Moved
from forums.models.reading import ReadUntil

MARKS = re.compile(r"([\\`*_{}\[\]()#+.!|<>~-])")


def hand_over(posts: list, topic, to, aliases: dict) -> None:
    """`posts` of `topic` stand in `to` from now on, after its own, in order. Both rows are locked.

    The number of a change only grows, so that no finished piece of before passes for the new one.
    """
    number, gone = to.next_number(), []
    for post in posts:
        topic.seq, to.seq = topic.seq + 1, to.seq + 1
        gone.append(Moved(topic=topic, number=post.number, seq=topic.seq, post=post))
        post.topic, post.number, post.seq = to, number, to.seq
        post.alias = aliases.get(post.alias_id)
        post.index()
        number += 1
    gone_from = [post.pk for post in posts]
    for post in topic.posts.filter(quotes__source__in=gone_from).exclude(pk__in=gone_from).distinct():
        topic.seq += 1
        topic.posts.filter(pk=post.pk).update(seq=topic.seq)  # what it quotes is not to be seen from here any more
        transaction.on_commit(lambda key=post.pk: shelf.forget(key))
    topic.last_left = max(topic.last_left, *(one.number for one in gone))
    type(posts[0]).objects.bulk_update(posts, ["topic", "number", "seq", "alias", "board", "stems", "body", "html"])
    Moved.objects.bulk_create(gone)
    topic.save(update_fields=["seq", "last_left"])
    to.save(update_fields=["seq", "alias"])
    topic.changed()
    topic.recount()
    to.changed()
    for post in posts:
        transaction.on_commit(partial(shelf.forget, post.pk))


def carry_aliases(topic, to) -> dict:
    """Who writes under a pseudonym in `topic` has one in `to`: key of the old alias -> the new one.

    Two pseudonyms of one person stay two, so that joining conversations does not tell that they are one.
    """
    return {alias.pk: alias.again_in(to) for alias in topic.aliases.select_related("seal").order_by("name")}


def titled(posts: list, topic) -> None:
    """An opening text that becomes a reply takes its title along, in front."""
    opening = posts[0]
    if opening.number == 1 and topic.title and not opening.removed_at:
        plain = MARKS.sub(r"\\\1", topic.title)
        opening.body = f"**{plain}**\n\n{opening.body}"
        opening.html = text.to_html(opening.body)


def read_in_new(topic, new, numbers: list[int], last: int) -> None:
    """Who had read the posts that went, has read them where they stand now."""
    rows = topic.readings.filter(number__gte=min(numbers)).values_list("person", "number")
    reached = [(person, sum(1 for number in numbers if number <= read)) for person, read in rows]
    ReadUntil.objects.bulk_create(ReadUntil(person_id=person, topic=new, number=read) for person, read in reached)


def read_in_both(topic, into, last: int, read_to: int) -> None:
    """Who had read both conversations to the end, has read the joined one; who had not finds their place."""
    done = topic.readings.filter(number__gte=last).values("person")
    into.readings.filter(person__in=done, number__gte=read_to).update(number=into.last_number)


def carry_follows(topic, to) -> None:
    """Who follows or mutes `topic` does so with `to`, unless they chose something for that themselves."""
    known = set(to.follows.values_list("person", flat=True))
    rows = [row for row in topic.follows.all() if row.person_id not in known]
    Follow.objects.bulk_create(Follow(person_id=row.person_id, topic=to, choice=row.choice) for row in rows)
    for row in rows:
        transaction.on_commit(partial(cache.delete, f"follows:{row.person_id}"))


def move_drafts(topic, into) -> None:
    """A reply that someone was writing waits at the other conversation; beside what waits there already."""
    here, there = topic.get_absolute_url(), into.get_absolute_url()
    waiting = {draft.person_id: draft for draft in Draft.objects.select_for_update().filter(place=there)}
    for draft in Draft.objects.select_for_update().filter(place=here):
        if (other := waiting.get(draft.person_id)) is None:
            draft.place = there
            draft.save(update_fields=["place"])
        elif words := "\n\n".join(part for part in (other.other_body, draft.body, draft.other_body) if part):
            other.other_body, other.other_at = words, now()
            other.save(update_fields=["other_body", "other_at"])

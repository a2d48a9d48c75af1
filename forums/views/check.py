"""Looking over what somebody is writing. Nothing of it is kept, and no log holds a word of it."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.answers import nack
from accounts.throttle import wait_for
from forums.files.faults import Refused
from forums.files.names import shown_name
from forums.forms import CheckForm
from forums.models import Post
from forums.models.alias import sealed_key
from forums.models.mention import readers_of
from forums.quoting import sent
from forums.views.answers import too_fast
from forums.writing.review import Beside, Nearby, about_of, answers, folded_names, review_of

FILES = 10
MOST = 300  # people whose names stand in a conversation


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The piece that stands under a box: what was found and what may be said instead."""
    if wait := wait_for(request.user.pk, "check"):
        return nack("slow_down", too_fast(wait), 429, wait)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return nack("bad_body", next(iter(form.errors.values()))[0], 422)
    words = form.cleaned_data
    if words["topic"]:
        near = partial(near_topic, request.user, words["topic"])
    else:
        near = partial(near_new, request.user, words["submission_id"] or "", pseudonymous=words["pseudonymous"])
    fine, files = answers(request.POST, "fine"), request.POST.getlist("named")[:FILES]
    texts = [words["title"], words["body"]]
    quotes = sent(request.user, request.POST.getlist("quote"), words["topic"]).cited if words["topic"] else []
    beside = Beside(list(shown_names(files)), [one.words for one in quotes])
    review = review_of(texts, about_of(request.user), fine, near, beside)
    return render(request, "forums/_findings.html", {"review": review})


def shown_names(raw: list[str]) -> Iterator[str]:
    """The names that files would get; what cannot be taken is told when it is sent."""
    for name in raw:
        with suppress(Refused):
            yield shown_name(name)


def near_new(user, submission_id, *, pseudonymous: bool) -> Nearby:
    """A conversation that is not there yet: its thread is that of the form, which its opening text takes along."""
    return Nearby(str(sealed_key(user, submission_id)), frozenset() if pseudonymous else folded_names([user.name]))


def near_topic(user, topic_pk) -> Nearby:
    """A conversation, as far as `user` may read it: who signs there, and the thread of its opening text.

    Somebody who writes under a pseudonym there does not want the own name in the text.
    """
    posts = Post.objects.visible_to(user).filter(topic=topic_pk)
    opening = posts.filter(number=1).select_related("topic__board").first()
    if opening is None:
        return Nearby(str(topic_pk), folded_names([user.name]))
    thread = opening.submission_id if opening.alias_id else sealed_key(user, opening.submission_id)
    names = set(posts.filter(author__isnull=False).values_list("author__name", flat=True).distinct()[:MOST])
    if opening.topic.board.is_circle:  # who is in it is known to all, and may be named with an @
        names |= set(readers_of(opening.topic).values_list("name", flat=True))
    names = names - {user.name} if opening.topic.own_alias(user) else names | {user.name}
    named = {
        "@" + name.split()[0].rstrip(".-") for name in names if name.strip()
    }  # as the rule for names on networks reads it
    return Nearby(str(thread), folded_names(names | named))

"""How a form comes back when it cannot be taken: filled in, with the reason, and never an empty box."""

import uuid

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.throttle import wait_for

DECIDED = 60  # seconds that a submission is known


def must_wait(person, verb: str, submission_id) -> int:
    """Seconds to wait, or 0. The same submission sent again is counted once and hears the same."""
    known = f"sent:{person.pk}:{submission_id}"
    if not cache.add(known, 0, DECIDED):
        return cache.get(known, 0)
    wait = wait_for(person.pk, verb)
    if wait:
        cache.set(known, wait, wait)
    return wait


def too_fast(wait: int) -> str:
    if wait > 3600:
        return _("That was a lot for one day. Tomorrow you can go on. Your text is still here; the draft is kept.")
    return ngettext(
        "Take it easy. You can go on in %(wait)s second. Your text is still here.",
        "Take it easy. You can go on in %(wait)s seconds. Your text is still here.",
        wait,
    ) % {"wait": wait}


def asks_to_wait(response: HttpResponse, wait: int) -> HttpResponse:
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def plainly_shown() -> str:
    return _("Your text has so many marks in it that we show it as plain paragraphs.")


def is_other(post, form, topic=None) -> bool:
    """Whether `post`, which was sent under the same name of the page before, holds another text than `form`.

    Nobody can tell of a text that was changed or taken back since: that one counts as sent twice.
    """
    elsewhere = topic is not None and post.topic_id != topic.pk
    return elsewhere or (post.body != form.cleaned_data["body"] and not (post.revision or post.removed_at))


def once_more(form):
    """The same words under a fresh name, so that sending them again sends them."""
    form.data["submission_id"] = str(uuid.uuid4())
    form.add_error("body", _("You sent this form before, with another text. Send this one once more if you want."))
    return form

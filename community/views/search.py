"""Looking for something in all that one may read."""

import base64
import json
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from accounts.throttle import wait_for
from community import search as searching
from community.forms import NARROWING, SearchForm
from community.matching import TooSlow
from forums.fragments import Shelf, rendered


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET, user=request.user)
    if not form.is_valid():
        return page(request, form, status=422)
    if not form.asked:
        return page(request, form)
    if wait := wait_for(request.user.pk, "search"):
        form.add_error("q", too_often(wait))
        response = page(request, form, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    try:
        found = searching.search(request.user, form.asked, form.wishes(), place_in(request.GET.get("after", "")))
    except TooSlow:
        return page(request, form, too_slow=True)
    return page(
        request, form, found=found, others=found.others(form.cleaned_data["q"]), more=address_of(request, found.after)
    )


def page(request: HttpRequest, form: SearchForm, status: int = 200, **context) -> HttpResponse:
    context |= {"form": form, "refine": refine(form)}
    return render(request, "community/search.html", context, status=status)


narrowings = Shelf()  # the fields beside the words, as long as nothing was chosen


def refine(form: SearchForm) -> SafeString:
    """What one may narrow a search to: made once for all who may read the same boards and chose nothing."""
    places = tuple((value, str(words)) for value, words in form.fields["where"].choices)  # lazy words are no key
    if form.errors or any(form.data.get(name) for name in NARROWING):
        return rendered("community/_refine.html", form=form)
    return narrowings.take((get_language(), places), "", "", lambda: rendered("community/_refine.html", form=form))


def too_often(wait: int) -> str:
    return ngettext(
        "Take it easy. You can search again in %(wait)s second.",
        "Take it easy. You can search again in %(wait)s seconds.",
        wait,
    ) % {"wait": wait}


def address_of(request: HttpRequest, after: tuple | None) -> str:
    """The address of the page that begins after `after`; empty without one."""
    if after is None:
        return ""
    kept = [(name, value) for name, value in request.GET.items() if name != "after" and value]
    token = base64.urlsafe_b64encode(json.dumps(after).encode()).decode()
    return "?" + urlencode([*kept, ("after", token)])


def place_in(token: str) -> tuple | None:
    """The place that a token of `address_of` holds; None for anything else."""
    try:
        found = json.loads(base64.urlsafe_b64decode(token.encode()))
        score, day, source, key = found
    except (ValueError, TypeError):
        return None
    fits = all(type(number) is int for number in (score, day, source)) and isinstance(key, str)
    return (score, day, source, key) if fits else None

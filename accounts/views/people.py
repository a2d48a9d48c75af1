"""Other people: who chose to be found, and what someone shows of themselves to this reader."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Profile, User
from accounts.policy import require_role

PAGE_SIZE = 24
MOST_WORDS = 200  # characters of a search


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    require_role(request.user.meets_members)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_WORDS]
    show = request.GET.get("show") if request.GET.get("show") in ("circle", "trainers") else ""
    listed = Profile.objects.visible_to(request.user).listed()
    found = narrowed(listed.found(words), request.user, show)
    if after := after_whom(request, listed):
        found = found.beyond(after)
    profiles = list(found.as_cards()[: PAGE_SIZE + 1])
    context = {
        "cards": [(one.person, one.shown_to(request.user)) for one in profiles[:PAGE_SIZE]],
        "older": profiles[PAGE_SIZE - 1].pk if len(profiles) > PAGE_SIZE else None,
        "words": words,
        "show": show,
        "total": listed.count(),
    }
    return render(request, "accounts/people.html", context)


def narrowed(found, user, show: str):
    if show == "trainers":
        return found.trainers()
    return found.in_circles_of(user) if show == "circle" else found


def after_whom(request: HttpRequest, listed) -> Profile | None:
    """The last one of the page before, when that one is still there to see."""
    try:
        return listed.select_related("person").filter(pk=request.GET["after"]).first()
    except (KeyError, ValueError, ValidationError):
        return None


@require_safe
def person(request: HttpRequest, pk) -> HttpResponse:
    """A page of one's own for everyone who opened something to this reader; for others there is none."""
    found = User.objects.select_related("profile").read_or_404(request.user, pk=pk)
    return render(request, "accounts/person.html", {"person": found, "shown": found.profile.shown_to(request.user)})

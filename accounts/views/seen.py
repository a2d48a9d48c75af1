"""Who saw what: what was done to oneself because of a role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.looks import words_of
from accounts.models import AuditEntry, Opening

PAGE_SIZE = 50


@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    looks = AuditEntry.objects.visible_to(request.user).filter(subject=request.user).select_related("actor")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        looks = looks.filter(pk__lt=before)
    rows = list(looks[: PAGE_SIZE + 1])
    context = {
        "looks": [(look, words_of(look.verb)) for look in rows[:PAGE_SIZE]],
        "older": rows[PAGE_SIZE - 1].pk if len(rows) > PAGE_SIZE else None,
        "openings": Opening.objects.visible_to(request.user).filter(subject=request.user),
    }
    return render(request, "accounts/seen.html", context)

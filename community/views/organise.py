"""What organisers do: the start page of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.policy import require_role
from community.views.attention import overview_of


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    require_role(request.user.is_organiser)
    return render(request, "community/organise.html", overview_of(request.user))

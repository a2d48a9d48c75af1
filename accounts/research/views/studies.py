"""Studies, as their researcher and the keeper of the register see them: how many people, and nobody's name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.models import record
from accounts.policy import require_role
from accounts.research import policy
from accounts.research.models import ResearchEntry, Study


@require_safe
def studies(request: HttpRequest) -> HttpResponse:
    require_role(policy.can_see_studies(request.user))
    counts = []
    if policy.can_count_register(request.user):
        record(request.user, "look_register")
        counts = ResearchEntry.counts()
    found = Study.objects.visible_to(request.user).with_counts().select_related("owner")
    return render(request, "research/studies.html", {"studies": found, "counts": counts})


@require_safe
def study(request: HttpRequest, pk) -> HttpResponse:
    found = Study.objects.with_counts().select_related("owner", "wording").read_or_404(request.user, pk=pk)
    if policy.can_count_register(request.user):
        record(request.user, "look_study", found)
    text = found.wording.text(get_language()) if found.wording else ""
    return render(request, "research/study.html", {"study": found, "text": text})

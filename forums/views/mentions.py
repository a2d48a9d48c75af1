"""Names to choose from after an @: of who may read the conversation, and whom the writer may know."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.answers import nack
from accounts.policy import require
from accounts.throttle import wait_for
from forums import policy
from forums.models.mention import CHARS, known_to
from forums.views.topics import read_topic

SHOWN = 8  # names at once


@require_safe
@cache_control(private=True, no_store=True)
def mentions(request: HttpRequest, pk) -> HttpResponse:
    topic = read_topic(request, pk)
    require(policy.can_write_board(request.user, topic.board))
    if wait := wait_for(request.user.pk, "mentions"):
        return nack("rate_limited", _("Take it easy. You can go on in a moment."), 429, wait)
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:CHARS]
    veiled = topic.own_alias(request.user) is not None
    known = known_to(request.user, topic, veiled=veiled).exclude(pk=request.user.pk)
    found = known.filter(Q(name__istartswith=typed) | Q(name__icontains=f" {typed}")).order_by("name")
    return JsonResponse({"names": list(found.values_list("name", flat=True).distinct()[:SHOWN])})

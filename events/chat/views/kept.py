"""After the session, for who said something: may it be kept? And taking it out again, for as long as it stands."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audience import circles_of
from accounts.policy import require_role
from events.chat.faults import Conflict
from events.chat.models import Keep, Summary
from events.models import Event


def own_of(user, event: Event) -> list[Keep]:
    """What `user` is asked for, or said yes to, of the session `event`: first what waits for a word."""
    found = [
        keep for keep in Keep.objects.visible_to(user).of_event(event).own(user) if keep.is_there or keep.is_placed
    ]
    return sorted(found, key=lambda keep: (not keep.is_asking, keep.asked_at))


@require_safe
def kept(request: HttpRequest, event) -> HttpResponse:
    """Not of the room but of the session: what stands in the circle outlives the chat."""
    session = Event.objects.select_related("cohort").read_or_404(request.user, pk=event, kind=Event.Kind.SESSION)
    require_role(session.cohort_id in circles_of(request.user))
    board = Summary.board_of(session)
    context = {"event": session, "keeps": own_of(request.user, session), "board": board}
    context["readers_count"] = board.readers_count()
    return render(request, "chat/kept.html", context)


@require_POST
def answer(request: HttpRequest, event, pk) -> HttpResponse:
    """Yes or no of the author; nobody else has a word in it, and to them it is not there."""
    found = (
        Keep.objects.with_things()
        .select_related("summary__room")
        .read_or_404(request.user, pk=pk, summary__room__event=event)
    )
    if not found.is_of(request.user):
        raise Http404
    said = request.POST.get("answer")
    if said not in ("yes", "no"):
        notices.error(request, _("Choose yes or no."))
        return redirect("chat:kept", event)
    try:
        found.answer(request.user, is_yes=said == "yes")
    except Conflict:
        notices.error(request, _("This text is no longer there."))
    else:
        notices.success(request, words_after(said == "yes"))
    return redirect("chat:kept", event)


def words_after(is_yes: bool) -> str:
    if is_yes:
        return _("Thank you. You can take it out again at any time, on this page.")
    return _("It is not kept.")

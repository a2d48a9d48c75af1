"""After the session, for its trainers: what may be kept, who said yes, and the conversation that it becomes."""

from django.contrib import messages as notices
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import require, require_role
from events.chat import policy
from events.chat.faults import Begun, Conflict
from events.chat.forms import SummaryForm
from events.chat.models import ChatMessage, ChatRoom, Keep, Part, Question, Summary
from events.chat.models.keeping import ask_for, ask_open
from events.chat.views.room import read_room

A_PAGE = 50  # messages to choose from


def read_closed(request: HttpRequest, event) -> ChatRoom:
    """The room, for a trainer of it; 403 as long as it is planned or open."""
    chat = read_room(request, event)
    require_role(request.user.trains(chat.event.cohort))
    require(policy.can_sum_up_chatroom(request.user, chat))
    return chat


@require_safe
def summary(request: HttpRequest, event) -> HttpResponse:
    chat = read_room(request, event)
    require_role(request.user.trains(chat.event.cohort))
    if not policy.can_sum_up_chatroom(request.user, chat):
        return render(request, "chat/summary_early.html", {"room": chat, "event": chat.event})
    return page(request, chat)


def page(
    request: HttpRequest, chat: ChatRoom, form: SummaryForm | None = None, part: str = "", status: int = 200
) -> HttpResponse:
    """Both parts: what was asked for, and the form that begins the conversation; `form` is that of `part`."""
    context = {"room": chat, "event": chat.event, "board": Summary(room=chat).board}
    context["readers_count"] = context["board"].readers_count()
    parts = {
        one.part: one for one in Summary.objects.visible_to(request.user).filter(room=chat).select_related("topic")
    }
    for name in Part.values:
        bound = form if name == part else None
        context[name] = shown(request, chat, parts.get(name), bound) | {"part": name}
    open_ones = Question.objects.visible_to(request.user).filter(room=chat, keeps=None)
    context["unasked"] = [question for question in open_ones if question.is_open]
    return render(request, "chat/summary.html", context, status=status)


def shown(request: HttpRequest, chat: ChatRoom, found: Summary | None, form: SummaryForm | None) -> dict:
    """One part, as the page shows it."""
    if found:
        found.room = chat
    rows = Keep.objects.visible_to(request.user).with_things().filter(summary=found) if found else []
    agreed_first = sorted((keep for keep in rows if keep.thing), key=lambda keep: (not keep.is_agreed, keep.thing.seq))
    return {
        "summary": found,
        "topic": found.topic if found and found.stands else None,
        "keeps": agreed_first,
        "yes_count": sum(keep.is_agreed or keep.is_placed for keep in agreed_first),
        "ready": found is not None and found.can_begin(request.user),
        "form": form or SummaryForm(initial=opening_words(chat, found), auto_id=f"{found.part if found else ''}_%s"),
    }


def opening_words(chat: ChatRoom, found: Summary | None) -> dict:
    """What a trainer can begin with."""
    number, title = chat.event.number, chat.event.title
    if found and found.part == Part.OPEN:
        return {
            "title": _("Open questions of session %(number)s: %(title)s") % {"number": number, "title": title},
            "body": _("We did not get round to these questions in the chat. What do you think?"),
        }
    return {
        "title": _("What we keep of session %(number)s: %(title)s") % {"number": number, "title": title},
        "body": _("This is from the chat of our session. Whoever said it, agreed that it stands here."),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest, event) -> HttpResponse:
    """Choose what to ask for, fifty messages at a time; what was answered stands on the first page."""
    chat = read_closed(request, event)
    said = ChatMessage.objects.visible_to(request.user).select_related("author")
    said = Paginator(said.filter(room=chat, seq__isnull=False, gone_at=None, hidden_at=None).order_by("seq"), A_PAGE)
    listed = said.get_page(request.GET.get("page"))
    things = [*answered(request, chat), *listed] if listed.number == 1 else list(listed)
    if request.method == "POST":
        return picked(request, chat, listed, [*answered(request, chat), *said.object_list])
    keeps = {}
    for keep in Keep.objects.visible_to(request.user).with_things().filter(summary__room=chat):
        keeps[keep.message_id or keep.question_id] = keep
    for thing in things:
        thing.keep = keeps.get(thing.pk)
    context = {"room": chat, "event": chat.event, "things": things, "listed": listed}
    return render(request, "chat/summary_pick.html", context)


def answered(request: HttpRequest, chat: ChatRoom) -> list[Question]:
    rows = Question.objects.visible_to(request.user).filter(room=chat, gone_at=None, hidden_at=None)
    return list(rows.filter(state=Question.State.ANSWERED).select_related("author").order_by("seq"))


def picked(request: HttpRequest, chat: ChatRoom, listed: Page, things: list) -> HttpResponse:
    """Only what stood on the page that was sent, wherever that would stand now: what came meanwhile is left alone."""
    seen, wanted = set(request.POST.getlist("shown")), set(request.POST.getlist("pick"))
    on_page = [thing for thing in things if str(thing.pk) in seen]
    ask_for(
        Summary.of(chat, Part.SAID),
        request.user,
        [thing for thing in on_page if str(thing.pk) in wanted],
        shown=on_page,
    )
    notices.success(request, _("Your choice is saved. The writers are asked."))
    if "next" in request.POST and listed.has_next():
        return redirect(f"{request.path}?page={listed.next_page_number()}")
    return redirect("chat:summary", chat.event_id)


@require_POST
def ask(request: HttpRequest, event) -> HttpResponse:
    """Ask who asked what was left open; by itself it is done when the room closes by the clock."""
    chat = read_closed(request, event)
    ask_open(chat, request.user)
    notices.success(request, _("Who asked these questions is asked."))
    return redirect("chat:summary", chat.event_id)


@require_POST
def begin(request: HttpRequest, event, part: str) -> HttpResponse:
    """Begin the conversation with all that has a yes."""
    chat = read_room(request, event)
    require_role(request.user.trains(chat.event.cohort))
    found = Summary.objects.visible_to(request.user).filter(room=chat, part=part).select_related("topic").first()
    if found is None:
        raise Http404
    form = SummaryForm(request.POST, auto_id=f"{part}_%s")
    if not form.is_valid():
        return page(request, chat, form, part, 422)
    if not policy.can_sum_up_chatroom(request.user, chat):  # opened again meanwhile
        form.add_error(None, _("You can choose that when the chat is closed."))
        return page(request, chat, form, part, 409)
    try:
        topic = found.open_topic(request.user, **form.cleaned_data)
    except Begun:
        form.add_error(None, _("There is a conversation already. Your text is still here: you can put it in a reply."))
        return page(request, chat, form, part, 409)
    except Conflict:
        form.add_error(None, _("Nobody says yes any more. Your text is still here."))
        return page(request, chat, form, part, 409)
    notices.success(request, _("The conversation stands in the circle."))
    return redirect(topic)

"""What the room answers: `ack` or `nack` for the page's own scripts, a page or a redirect for a plain form."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.chat.faults import ChatFault, Resting
from events.chat.models.timeout import words_until

STATUS = {"bad_cid": 400, "conflict": 409}  # of what is wrong with a form; all else is 422


def ack(seq: int | None, at, *, cid=None, dup: bool = False, status: int = 200, **more) -> JsonResponse:
    """What was sent stands; `more` is what a page wants to know besides."""
    moment = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    words = {"type": "ack", "cid": str(cid) if cid else None, "seq": seq, "at": moment, "dup": dup}
    return JsonResponse(words | more, status=status)


def ack_event(event) -> JsonResponse:
    """`ack` for something that happened to a message that stood already."""
    return ack(number_of(event), event.at, dup=event.is_repeat)


def number_of(event) -> int | None:
    """Its number in the room of what it happened to. That in the trainers' room would tell how much goes on there."""
    thing = event.thing
    return event.seq if thing is None or thing.room_id == event.room_id else None


def with_wait(response: HttpResponse, wait: int) -> HttpResponse:
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def first_fault(form) -> tuple[str, str, int]:
    """The code, the words and the status of the first thing that is wrong with a form."""
    field, (error, *_rest) = next(iter(form.errors.as_data().items()))
    if field == "revision":
        return "conflict", words_for("conflict"), STATUS["conflict"]
    code = "empty" if error.code == "required" else error.code
    return code, " ".join(error.messages), STATUS.get(code, 422)


def words_for(code: str) -> str:
    return {
        "poll": _("This poll is over. Your vote was not counted."),
        "over": _("The chat is closed."),
        "closed": _("The chat is closed. Your text is still in the box."),
        "conflict": _("This message was changed meanwhile. Look at it again."),
        "forbidden": _("You can change a message for 15 minutes."),
        "looks_first": _(
            "A trainer looks at every message first, so it cannot be changed now. Take it back and write it again."
        ),
        "waited": _("This message was dealt with meanwhile. Look at it again."),
        "settled": _("This question was dealt with meanwhile. Look at it again."),
        "full": _("Three messages are pinned already. Unpin one first."),
        "too_early": _("You can open the chat on the day of the session."),
        "archived": _("This chat is in the archive. Nothing changes in it any more."),
        "sent": _("Your message was sent already. This is another text: send it once more if you want."),
    }[code]


def words_of(fault: ChatFault) -> str:
    """Why a verb did not happen, with the time to wait where there is one."""
    if isinstance(fault, Resting):
        return words_until(fault.until)
    if fault.wait:
        return ngettext(
            "Slow mode is on. You can write again in %(wait)s second. Your text is still in the box.",
            "Slow mode is on. You can write again in %(wait)s seconds. Your text is still in the box.",
            fault.wait,
        ) % {"wait": fault.wait}
    return words_for(fault.reason or fault.code)


def too_fast(wait: int) -> str:
    return ngettext(
        "You are sending fast. You can go on in %(wait)s second.",
        "You are sending fast. You can go on in %(wait)s seconds.",
        wait,
    ) % {"wait": wait}

"""What the room answers: `ack` or `nack` for the page's own scripts, a page or a redirect for a plain form."""

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

STATUS = {"bad_cid": 400, "required": 422, "empty": 422, "too_long": 422, "bad_body": 422, "bad_reply": 422}


def ack(seq: int, at, *, cid=None, dup: bool = False, status: int = 200) -> JsonResponse:
    moment = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return JsonResponse(
        {"type": "ack", "cid": str(cid) if cid else None, "seq": seq, "at": moment, "dup": dup}, status=status
    )


def first_fault(form) -> tuple[str, str]:
    """The code and the words of the first thing that is wrong with a form."""
    for errors in form.errors.as_data().values():
        for error in errors:
            code = "empty" if error.code == "required" else error.code
            return code, " ".join(error.messages)
    return "bad_body", ""


def words_for(code: str) -> str:
    return {
        "closed": _("The chat is closed. Your text is still in the box."),
        "conflict": _("This message was changed meanwhile. Look at it again."),
        "forbidden": _("You can change a message for 15 minutes."),
    }[code]


def too_fast(wait: int) -> str:
    return ngettext(
        "You are sending fast. You can go on in %(wait)s second.",
        "You are sending fast. You can go on in %(wait)s seconds.",
        wait,
    ) % {"wait": wait}

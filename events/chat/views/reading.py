"""How the log reads: where a day or an hour begins, who goes on talking, and what is new to this reader."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.clock import today
from events.chat.models import ChatMessage

TOGETHER = timedelta(minutes=5)  # messages of one person in this time stand under one name
PAUSE = timedelta(minutes=30)  # after it the time is told


def arrange(log: list, reader, read_until: int | None) -> None:
    """Set on each entry of `log` what stands before it.

    `opens` is "day", "time" or nothing; `is_first_new` at the first that others did after `read_until`; `goes_on` when
    it stands under the name of the message above it.
    """
    before, head, told = None, None, read_until is None
    for entry in log:
        entry.moment = moment_of(entry)
        entry.opens = opening(before, entry.moment)
        entry.is_first_new = not told and entry.seq > read_until and getattr(entry, "author_id", None) != reader.pk
        told = told or entry.is_first_new
        entry.goes_on = not entry.opens and not entry.is_first_new and belongs_under(head, entry)
        head = head if entry.goes_on else entry
        before = entry.moment


def moment_of(entry) -> datetime:
    return getattr(entry, "shown_at", None) or entry.created_at


def opening(before: datetime | None, moment: datetime) -> str:
    day = timezone.localdate(moment)
    if day != (timezone.localdate(before) if before else today()):
        return "day"
    return "time" if before is None or moment - before >= PAUSE else ""


def belongs_under(head, entry) -> bool:
    """The same person a moment later. What was changed, taken away or hidden, or is to be done, shows a name and says so."""
    if not (isinstance(head, ChatMessage) and isinstance(entry, ChatMessage)):
        return False
    if (
        entry.is_prompt
        or head.is_prompt
        or entry.edited_at
        or entry.gone_at
        or entry.hidden_at
        or entry.author_id is None
    ):
        return False
    return head.author_id == entry.author_id and entry.moment - head.moment < TOGETHER

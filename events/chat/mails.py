"""What the mails about chats say: nothing of what was said, only that there is a question."""

from django.conf import settings
from django.urls import reverse

from accounts.mail import mail
from accounts.models import Outgoing
from events.chat.models import Keep


@mail("keep_asked")
def keep_asked(row: Outgoing) -> dict | None:
    """Not when everything was answered, taken away or no longer asked for; nor to who left the circle."""
    summary = row.about
    if summary is None:
        return None
    asked = any(keep.summary.room_id == summary.room_id for keep in Keep.asking_of(row.person))
    return {"link": settings.SITE_URL + reverse("chat:kept", args=[summary.room.event_id])} if asked else None

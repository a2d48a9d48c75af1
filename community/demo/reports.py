"""Two messages that members reported and nobody has looked at yet."""

from datetime import timedelta

from accounts.clock import now
from accounts.models import User
from community.demo.content import key
from forums.models import Post
from forums.moderation.models import Reason, Report, Voice

# (post of a thread, who reported it, why, note, hours ago)
REPORTS = (
    ("d-ed4-casus-anoniem:2", "willem", Reason.RECOGNISABLE, "Door de feestdag weet ik over welk team dit gaat.", 3),
    ("d-boekentip:2", "anneke", Reason.ADVERT, "Dit lijkt me reclame.", 1),
)


def load_reports(people: dict[str, User]) -> int:
    """As if they had been reported today. Returns how many there are."""
    for post, by, reason, note, hours in REPORTS:
        thing = Post.objects.select_related("topic__board", "author", "alias").get(pk=key("post", post))
        moment = now() - timedelta(hours=hours)
        voice = Report.file(thing, people[by], reason, note)
        Voice.objects.filter(pk=voice.pk).update(at=moment)
        Report.objects.filter(pk=voice.report_id).update(opened_at=moment)
    return len(REPORTS)


def unload_reports() -> None:
    Report.objects.filter(voices__person__is_demo=True).delete()

"""What is erased by itself."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from accounts.clock import now
from accounts.jobs import job
from forums.models import Draft, Revision

OTHER_KEPT = timedelta(days=7)


@job
def erase_old_drafts() -> int:
    """Drafts that nobody touched for 60 days, and after a week what a second tab left beside one."""
    moment = now()
    Draft.objects.filter(other_at__lt=moment - OTHER_KEPT).update(other_body="", other_at=None)
    untouched = Draft.objects.untouched_since(moment - timedelta(days=settings.TERMS["drafts"]))
    return (untouched | Draft.objects.empty()).delete()[0]


@job
def erase_old_versions() -> int:
    """How posts stood before an edit goes after a day."""
    end = now() - timedelta(hours=settings.TERMS["versions_hours"])
    return Revision.objects.filter(Q(at__lt=end) | Q(post__removed_at__isnull=False)).delete()[0]

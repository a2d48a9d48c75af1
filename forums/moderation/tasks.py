"""What is forgotten by itself about reports."""

from datetime import timedelta

from django.conf import settings

from accounts.clock import now
from accounts.jobs import job
from accounts.models import Outgoing
from forums.moderation.models import Look, Report, Ruling, Voice


@job
def forget_reporters() -> int:
    """A month after the decision nobody can see any more who reported, nor in which words."""
    end = now() - timedelta(days=settings.TERMS["reporters"])
    late = Voice.objects.filter(report__closed_at__lt=end).exclude(person=None)
    keys = [str(pk) for pk in late.values_list("pk", flat=True)]
    Outgoing.objects.filter(kind="report_decided", about_key__in=keys).delete()
    return late.update(person=None, note="")


@job
def erase_reports() -> int:
    """A year after the decision the report goes, with what was decided and who looked."""
    end = now() - timedelta(days=settings.TERMS["reports"])
    Look.objects.filter(at__lt=end).delete()
    Ruling.objects.filter(report=None, at__lt=end).delete()
    old = Report.objects.filter(closed_at__lt=end)
    count = old.count()
    old.delete()
    return count

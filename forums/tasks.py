"""What is erased by itself."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q

from accounts.clock import now
from accounts.jobs import job
from forums import index
from forums.files import store
from forums.models import Attachment, Draft, Post, Revision

OTHER_KEPT = timedelta(days=7)
BATCH = 200  # texts in one transaction
A_DAY = 24 * 3600  # seconds
STEPS = 25  # batches in one go
AN_HOUR = 3600  # seconds


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


@job
def fill_stems() -> int:
    """Texts without stems, of before there was an index, get them: a few thousand in one go, in small transactions."""
    done = 0
    for _step in range(STEPS):
        keys = list(Post.objects.unindexed().values_list("pk", flat=True)[:BATCH])
        if not keys:
            break
        done += Post.objects.filter(pk__in=keys).restem()
    return done


@job
def tidy_index() -> int:
    """Words that were edited out or taken back leave SQLite's index wholly, once a day. Running it again does no harm."""
    if cache.add("forums:tidied", 1, A_DAY):
        for table in index.TABLES:
            index.tidy(table)
    return 0


@job
def sweep_files() -> int:
    """Files on the disk that belong to nothing: of a text that was never stored, of what was erased. Once an hour."""
    if not cache.add("forums:swept", 1, AN_HOUR):
        return 0
    waiting = {
        line["id"] for files in Draft.objects.exclude(files=[]).values_list("files", flat=True) for line in files
    }
    old = [name for name in store.older_than(AN_HOUR) if name not in waiting]
    gone = 0
    for start in range(0, len(old), BATCH):
        some = old[start : start + BATCH]
        kept = set(Attachment.objects.filter(stored__in=some).values_list("stored", flat=True))
        store.drop([name for name in some if name not in kept])
        gone += len(some) - len(kept)
    return gone

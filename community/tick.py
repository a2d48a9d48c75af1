"""What may be due each minute, and doing it once. A row says what is due; a lost task or timer loses nothing."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts.jobs import job
from accounts.tasks import send_mail
from events.chat.tasks import ask_open_questions, erase_chats, make_rooms, place_nameless, settle_rooms
from events.tasks import erase_needs, index_events, settle_offers
from forums.cases.tasks import close_cases, erase_old_cases, erase_struck, erase_withdrawn, remind_authors
from forums.moderation.tasks import erase_reports, forget_reporters
from forums.tasks import erase_old_drafts, erase_old_versions, fill_stems, sweep_files, tidy_index

log = logging.getLogger("ruggespraak.work")
MINUTE = 60  # seconds
A_DAY = timedelta(days=1)


@job
def forget_sessions() -> int:
    """Sessions that ended are no longer kept."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


@job
def forget_tasks() -> int:
    """Tasks of yesterday are no longer kept, also what a dead worker left: the rows tell what was done."""
    return DBTaskResult.objects.filter(enqueued_at__lt=timezone.now() - A_DAY).delete()[0]


DUE: tuple[Callable[[], int], ...] = (
    send_mail,
    settle_offers,
    make_rooms,
    settle_rooms,
    ask_open_questions,
    place_nameless,
    erase_chats,
    erase_needs,
    remind_authors,
    close_cases,
    erase_withdrawn,
    erase_struck,
    erase_old_cases,
    erase_old_drafts,
    erase_old_versions,
    sweep_files,
    fill_stems,
    index_events,
    tidy_index,
    forget_reporters,
    erase_reports,
    forget_sessions,
    forget_tasks,
)


def run_due() -> dict[str, int]:
    """Do all that is due. One kind of work that fails does not hold up the others. Returns counts by name."""
    done = {}
    for work in DUE:
        try:
            done[work.__name__] = work()
        except Exception:
            log.exception("due work failed: %s", work.__name__)
    return done


def keep_ticking() -> None:
    """The minute's tick, for ever."""
    while True:
        close_old_connections()
        run_due()
        close_old_connections()
        time.sleep(MINUTE)


def keep_working() -> None:
    """Tasks as they come, for ever; a worker that falls over is started again."""
    while True:
        try:
            Worker(
                queue_names=["*"],
                interval=0.5,
                batch=False,
                backend_name="default",
                startup_delay=False,
                max_tasks=None,
                worker_id=f"worker-{threading.get_ident()}-{int(time.time())}",
                excluded_queue_names=[],
            ).run()
        except Exception:
            log.exception("worker starts again")
            time.sleep(1)


def start_threads() -> None:
    """The worker and the tick inside this process, as the small shape has them."""
    for work in (keep_working, keep_ticking):
        threading.Thread(target=work, name=work.__name__, daemon=True).start()

"""Work that runs soon. A task may be lost or run twice: the row says what is due, the task only hurries."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import task

WAITING = 60  # seconds


@task()
def run(name: str) -> None:
    """Run the job at the dotted path `name`."""
    cache.delete(f"soon:{name}")  # before it looks: what is asked for from now on may come too late for this run
    import_string(name)()


def soon(name: str) -> None:
    """Ask a worker to run the job at the dotted path `name` right after the surrounding transaction commits.

    One run that has not begun yet does for everyone who asks. A worker that dies leaves its mark
    for a minute; the tick finds the rows meanwhile.
    """
    transaction.on_commit(lambda: cache.add(f"soon:{name}", 1, WAITING) and run.enqueue(name))


def job(function: Callable[[], int]) -> Callable[[], int]:
    """Mark `function` as due work: it finds its own rows, may run at any time and any number of times.

    `function.soon()` hurries it, see `soon`.
    """
    function.soon = lambda: soon(f"{function.__module__}.{function.__name__}")  # type: ignore[attr-defined]
    return function

"""Where files lie: outside everything that a web server gives away, under names that say nothing."""

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def put(data: bytes) -> str:
    """Write `data` to a new file that is on the disk when this returns. Returns its name."""
    name = secrets.token_hex(20)
    path = place_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return name


def twin(name: str) -> str | None:
    """The same file under a new name as well, so that who held the old name cannot be found by the new one.

    None when it is gone.
    """
    new = secrets.token_hex(20)
    path = place_of(new)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.link(place_of(name), path)
    except FileNotFoundError:
        return None
    os.utime(path)  # young again: what is older and belongs to nothing is swept away
    return new


def read(name: str) -> bytes:
    """Raises FileNotFoundError when it is gone."""
    return place_of(name).read_bytes()


def drop(names: list[str]) -> None:
    for name in names:
        place_of(name).unlink(missing_ok=True)


def older_than(seconds: int) -> Iterator[str]:
    """Names of files that were written or renamed longer ago than that."""
    end = time.time() - seconds
    for path in settings.UPLOADS_DIR.glob("*/*"):
        try:
            if path.stat().st_mtime < end:
                yield path.name
        except FileNotFoundError:
            continue


def place_of(name: str) -> Path:
    """Raises ValueError for anything that is not a name of ours."""
    if not (len(name) == 40 and name.isascii() and name.isalnum()):
        raise ValueError("not the name of a file here")
    return settings.UPLOADS_DIR / name[:2] / name

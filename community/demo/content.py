"""The files of the demo, and the words that the loader shares: keys, moments, people."""

import uuid
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from accounts.clock import now, today

FOLDER = Path(__file__).resolve().parent
NAMESPACE = uuid.UUID("6d0c1f9e-3c0e-4c53-9f4b-6f3f0f6d0e11")
ZONE = ZoneInfo("Europe/Amsterdam")


@cache
def read(name: str) -> dict:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / f"{name}.yaml").read_text(), Loader=loader)  # noqa: S506  (both are the safe one)


def key(kind: str, name: str) -> uuid.UUID:
    """The same row at each load: a UUID made from its key in the files."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{name}")


def on(offset: int) -> date:
    """The date `offset` days from the day of loading."""
    return today() + timedelta(days=offset)


def at(offset: int, clock: str) -> datetime:
    """The moment on that date at local time `clock`; never after now for what is past or today's."""
    hours, minutes = (int(part) for part in str(clock).split(":"))
    moment = datetime.combine(on(offset), time(hours, minutes), ZONE)
    return min(moment, now()) if offset <= 0 else moment


def accounts() -> dict[str, str]:
    """Person key -> the name by which they sign in."""
    return {person: name for name, person in read("community")["meta"]["accounts"].items()}


def address(person: str) -> str:
    return f"{accounts().get(person, person)}@demo.invalid"

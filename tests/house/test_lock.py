"""What is installed is what the lock says, also on the day that a newer version of something comes out."""

import re
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BASE = Path(__file__).resolve().parents[2]


def locked(name: str) -> dict[str, set[str]]:
    """Package that belongs on this machine -> the extras with which it is locked."""
    lines = re.findall(r"^([a-z0-9].*==[^\\\n]+)", (BASE / name).read_text(), re.MULTILINE)
    here = [one for one in map(Requirement, lines) if one.marker is None or one.marker.evaluate()]
    return {canonicalize_name(one.name): set(one.extras) for one in here}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_asked_for_with_an_extra_is_locked_with_it(name):
    """Pip takes a package with an extra for another one, looks for its newest version, and stops: that has no hash."""
    lock = locked(name)
    missing = [
        f"{package} asks for {wish}"
        for package, extras in lock.items()
        for wish in map(Requirement, requires(package) or [])
        if any(wish.marker is None or wish.marker.evaluate({"extra": extra}) for extra in ["", *extras])
        and not wish.extras <= lock[canonicalize_name(wish.name)]
    ]
    assert len(lock) > 20
    assert missing == []

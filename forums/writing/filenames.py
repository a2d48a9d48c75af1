"""Names of files: a colleague's name in one is read by everyone who sees the list."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from forums.writing.findings import Finding, Kind, made
from forums.writing.lists import fold

BETWEEN = re.compile(r"[\W_]")  # what stands between words in a name of a file
PERSONAL = frozenset({Kind.NAME, Kind.EMPLOYER, Kind.TOWN, Kind.EMAIL, Kind.PHONE, Kind.IBAN, Kind.BSN, Kind.NUMBER})
KEY = "file "


def spoken(name: str) -> list[str]:
    """What the rules look at: the name as it stands, and as words, both without its ending and equally long."""
    stem = PurePosixPath(name).stem
    return [stem, BETWEEN.sub(" ", stem)]


def renamed(name: str, found: Sequence[list[Finding]]) -> Finding | None:
    """One finding about the whole of `name`, with a neutral name instead; `found` is what the rules say of `spoken`."""
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
    marks = sorted((one for findings in found for one in findings if one.kind in PERSONAL), key=lambda one: -one.start)
    if not marks:
        return None
    join = next(iter(BETWEEN.findall(stem)), "-")
    last = len(stem)
    for one in marks:
        if one.end <= last:  # both readings may find the same
            stem, last = stem[: one.start] + one.replacement.replace(" ", join) + stem[one.end :], one.start
    return made(name, 0, len(name), Kind.FILE, f"{stem}{ending}", KEY + fold(name))

"""The programme of a day as an organiser types it: a line each."""

import re
from datetime import time

ON_THE_CLOCK = re.compile(r"(?P<hours>[01]?\d|2[0-3])[.:](?P<minutes>[0-5]\d)(?: uur)?\s+(?P<what>\S.*)")


def lines_of(text: str) -> list[tuple[time | None, str]]:
    """(time, what) per line: "13:00 Lunch" or "13.00 Lunch"; without a time it goes on with the line before."""
    found: list[tuple[time | None, str]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = ON_THE_CLOCK.fullmatch(line)
        when = time(int(match["hours"]), int(match["minutes"])) if match else None
        found.append((when, match["what"] if match else line))
    return found

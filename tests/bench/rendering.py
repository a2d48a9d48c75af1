"""How long a text takes to become HTML: a typical post, long prose, dense Markdown, and everything hostile that we know."""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from forums.text import is_dense, to_html  # noqa: E402
from tests.forums.attacks import HOSTILE  # noqa: E402

LONGEST = 20_000  # characters
TYPICAL = (
    "Bij ons ging het zo. Na de vergadering bleef iedereen **stil**, en pas bij de koffie kwamen de vragen.\n\n"
    "- Eerst heb ik het rondje kleiner gemaakt.\n- Daarna begon ik zelf met wat *niet* lukte.\n\n"
    "> Wat hielp bij jullie?\n\nIk lees graag mee. Meer staat op https://example.org/gesprek en in ons verslag van vorige week."
)
LIMITS = {"typical post": 5, "prose": 20, "dense": 120, "hostile": 250}  # ms


def milliseconds(source: str, rounds: int = 9) -> float:
    """Processor time, the median of the rounds."""
    times = []
    for _ in range(rounds):
        before = time.process_time()
        to_html(source)
        times.append((time.process_time() - before) * 1000)
    return statistics.median(times)


def main() -> dict[str, float]:
    hostile = {name: milliseconds(text[:LONGEST], 3) for name, text in HOSTILE.items()}
    worst = max(hostile, key=lambda name: hostile[name])
    figures = {
        "typical post": milliseconds(TYPICAL),
        "prose": milliseconds(HOSTILE["prose"][:LONGEST]),
        "dense": milliseconds(HOSTILE["dense"][:LONGEST]),
        "hostile": hostile[worst],
    }
    for name, spent in figures.items():
        print(f"{name:12} {spent:6.1f} ms, at most {LIMITS[name]}")
    plain = sum(is_dense(text[:LONGEST]) for text in HOSTILE.values())
    print(f"the worst of {len(HOSTILE)} hostile texts: {worst}; {plain} of them are shown as plain paragraphs")
    return figures


if __name__ == "__main__":
    main()

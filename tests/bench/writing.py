"""Help while you write: what it finds, how often it is wrong, and how long a text of 2,000 words takes."""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from forums.writing import About, check  # noqa: E402
from tests.forums.writing.labelled import clean_texts, false_marks, score, sentences  # noqa: E402

ROUNDS = 15
WORDS = 2_000
ME = About("Zorggroep De Linde", "Zwolle", thread="bench", writer="bench")


def milliseconds(words: list[str]) -> float:
    """Processor time for the first 2,000 words, the median of the rounds."""
    text, rounds = " ".join(words[:WORDS]), []
    check(text, ME)
    for _ in range(ROUNDS):
        before = time.process_time()
        check(text, ME)
        rounds.append((time.process_time() - before) * 1000)
    return statistics.median(rounds)


def main() -> dict[str, float]:
    some, clean = sentences(), clean_texts()
    figures = {}
    for title, held_out in (("made with", False), ("kept apart", True)):
        found = score([one for one in some if one.held_out is held_out])
        told = ", ".join(f"{group} {share:.3f} of {found['of'][group]}" for group, share in found["recall"].items())
        print(f"{title}: {told}; {len(found['extra'])} wrong marks in {found['words']} words")
        figures |= {f"{group}, {title}": share for group, share in found["recall"].items()}
        marks, words = false_marks([text for n, text in enumerate(clean) if (n % 3 == 2) is held_out])
        print(f"{title}: {len(marks)} wrong marks in {words} clean words")
    plain = " ".join(clean).split()
    full = " ".join([one.text for one in some] + clean).split()
    figures |= {"clean": milliseconds(plain), "full of names": milliseconds(full)}
    print(
        f"{WORDS} words: {figures['clean']:.1f} ms clean, {figures['full of names']:.1f} ms full of names, at most 50"
    )
    return figures


if __name__ == "__main__":
    main()

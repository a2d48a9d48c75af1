"""Trainers' feedback of the demo: asked for, being written with a word from a colleague, and given."""

from datetime import datetime

from accounts.models import User
from community.demo.content import at, key, on, read
from forums.cases.models import Case, Feedback, FeedbackNote
from forums.cases.models.feedback import FIELDS


def load_feedback(people: dict[str, User]) -> int:
    """On cases that are loaded already. Nobody has read it yet. Returns how many there are."""
    rows = read("cases")["feedback"]
    for row in rows:
        load_one(row, people)
    return len(rows)


def load_one(row: dict, people: dict[str, User]) -> None:
    case = Case.objects.get(pk=key("topic", row["case"]))
    words = {name: row.get(name, "").strip() for name in FIELDS}
    found = Feedback.objects.create(
        id=key("feedback", row["case"]), case=case, trainer=people.get(row.get("by")), state=row["state"],
        shared=row["shared"], asked_on=on(row["asked"]), given_at=given_at(row), **words,
    )  # fmt: skip
    found.factors.set(case.factors.filter(text__in=row.get("factors", ())))
    FeedbackNote.objects.bulk_create(
        FeedbackNote(
            feedback=found, trainer=people[note["by"]], body=note["body"].strip(), at=at(note["day"], note["time"])
        )
        for note in row.get("notes", ())
    )


def given_at(row: dict) -> datetime | None:
    return at(row["given"], row["time"]) if "given" in row else None

"""Views and consumers reach rows only as somebody."""

import re
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
# `objects` is followed, perhaps after choosing columns, by one of these.
ALLOWED = re.compile(
    r"\.objects\s*(\.\s*(select_related|prefetch_related|with_\w+)\([^()]*\)\s*)*\.\s*(visible_to|read_or_404)\("
)


def doors():
    for floor in ("accounts", "forums", "events", "community"):
        for path in (BASE / floor).rglob("*.py"):
            if "views" in path.parts or path.name in ("consumers.py", "views.py"):
                yield path


# Lines that may look at rows as nobody, each with its reason.
EXCEPTIONS = {
    "Wording.objects.latest": "a published text is for everyone who is asked to agree with it",
    "Invitation.objects.by_token": "whoever holds the secret of an invitation",
    "Invitation.objects.accepted_by": "whoever holds the secret of an invitation",
    "Invitation.objects.sent_twice": "whoever holds the secret of an invitation",
    "ChatEvent.objects.since": "the room was read as somebody when the socket opened and at every epoch",
    "ChatRoom.objects.filter(pk__in=pks).values_list": "numbers of rooms that are open in this process",
    "Topic.objects.filter(pk__in=pks).values_list": "numbers of topics that are open in this process",
}


def test_views_and_consumers_read_as_somebody():
    found = []
    for path in doors():
        text = path.read_text()
        for match in re.finditer(r"\w+\.objects\b", text):
            rest = text[match.start() : match.start() + 200]
            at = text[match.end() - len(".objects") : match.end() + 200]
            if ALLOWED.match(at) or any(rest.startswith(known) for known in EXCEPTIONS):
                continue
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{path.relative_to(BASE)}:{line} {rest.splitlines()[0]}")
    assert found == []

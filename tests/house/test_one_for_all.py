"""Pieces that travel over a live line are the same for every reader."""

import re
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
TRAVEL = (
    "forums/_post.html",
    "forums/_post_more.html",
    "forums/_topic_row.html",
    "chat/_message.html",
    "chat/_bar.html",
    "chat/_pins.html",
)
READER = re.compile(r"\b(user|request|perms|csrf_token|messages)\b(?![-_\w]*[\"'])")
TAGS = re.compile(r"{[{%].*?[%}]}", re.DOTALL)


def test_pieces_that_travel_know_no_reader():
    for name in TRAVEL:
        text = re.sub(r"{#.*?#}", "", (BASE / "templates" / name).read_text(), flags=re.DOTALL)
        tags = [tag for tag in TAGS.findall(text) if not tag.startswith("{% translate")]
        assert [tag for tag in tags if READER.search(re.sub(r"\".*?\"", "", tag))] == [], name


def test_html_is_trusted_in_one_place():
    trusting = re.compile(r"\|\s*safe\b|{%\s*autoescape")
    found = [p for p in (BASE / "templates").rglob("*.html") if trusting.search(p.read_text())]
    assert [p.name for p in found] == ["prose.html"]
    code = [p for floor in ("accounts", "forums", "events", "community") for p in (BASE / floor).rglob("*.py")]
    assert [p for p in code if "mark_safe" in p.read_text()] == []
    built = {str(p.relative_to(BASE)) for p in code if "SafeString(" in p.read_text()}
    assert built == {"community/templatetags/icons.py", "community/templatetags/marks.py", "forums/fragments.py"}


def test_one_module_cleans_what_people_type():
    code = [p for floor in ("accounts", "forums", "events", "community") for p in (BASE / floor).rglob("*.py")]
    importing = [
        p.relative_to(BASE)
        for p in code
        if re.search(r"^import (bleach|nh3)|^from (bleach|nh3)", p.read_text(), re.MULTILINE)
    ]
    assert [str(p) for p in importing] == ["forums/text.py"]

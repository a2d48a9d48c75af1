"""Imports go down, never up."""

import ast
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
# Higher may import lower; beside each other they do not know each other.
FLOORS = {
    "community": {
        "events.chat",
        "events",
        "forums.cases",
        "forums.moderation",
        "forums",
        "accounts.research",
        "accounts",
    },
    "events.chat": {"events", "forums.moderation", "forums", "accounts"},
    "events": {"forums", "accounts"},
    "forums.cases": {"forums", "accounts"},
    "forums.moderation": {"forums", "accounts"},
    "forums": {"accounts"},
    "accounts.research": {"accounts"},
    "accounts": set(),
}
# Django's ready() must import late; these files only hold it.
LATE = {"accounts/apps.py", "community/apps.py", "events/apps.py", "accounts/research/apps.py", "community/asgi.py"}
LATE |= {"forums/moderation/apps.py", "forums/cases/apps.py", "events/chat/apps.py", "forums/apps.py"}


def floor_of(module: str) -> str | None:
    """The floor that a dotted module stands on; None when it is not ours."""
    for floor in sorted(FLOORS, key=len, reverse=True):
        if module == floor or module.startswith(floor + "."):
            return floor
    return None


def sources():
    for floor in ("accounts", "forums", "events", "community"):
        yield from sorted((BASE / floor).rglob("*.py"))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names] + [node.module or ""]
    return []


def test_imports_go_down_only():
    up = []
    for path in sources():
        here = floor_of(".".join(path.relative_to(BASE).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text())):
            for name in imported(node):
                there = floor_of(name)
                if there and there != here and there not in FLOORS[here]:
                    up.append(f"{path.relative_to(BASE)} imports {name}")
    assert up == []


def test_nothing_is_imported_inside_a_function():
    late = []
    for path in sources():
        if str(path.relative_to(BASE)) in LATE or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                late += [f"{path.relative_to(BASE)}:{inner.lineno}" for inner in ast.walk(node) if imported(inner)]
    assert late == []

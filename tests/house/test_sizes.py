"""Nothing grows beyond what a head can hold."""

import ast
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
OURS = ("accounts", "forums", "events", "community", "tests")
LONG_BY_NATURE = {"community/settings.py"}  # one file, read from top to bottom


def files(pattern: str, *roots: str):
    for root in roots:
        for path in sorted((BASE / root).rglob(pattern)):
            if "migrations" not in path.parts and "vendor" not in path.parts:
                yield path


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_files_are_short():
    long = [f"{p.relative_to(BASE)}: {lines(p)}" for p in files("*.py", *OURS) if lines(p) > 300]
    assert [name for name in long if name.split(":")[0] not in LONG_BY_NATURE] == []


def test_functions_are_short():
    long = []
    for path in files("*.py", *OURS):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno > 40:
                long.append(f"{path.relative_to(BASE)}: {node.name} {node.end_lineno - node.lineno}")
    assert long == []


def test_templates_are_short():
    assert [f"{p.relative_to(BASE)}: {lines(p)}" for p in files("*.html", "templates") if lines(p) > 80] == []


def test_scripts_are_short():
    assert [f"{p.relative_to(BASE)}: {lines(p)}" for p in files("*.js", "static/js") if lines(p) > 100] == []

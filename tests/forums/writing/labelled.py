"""The sentences and texts beside this file, read; and what the rules find in them."""

import re
from dataclasses import dataclass
from pathlib import Path

from forums.writing import About, Finding, Kind, check

HERE = Path(__file__).parent
MARK = re.compile(r"\[([a-z]+):([^\]]+)\]")
STRUCTURED = {"email", "phone", "iban", "bsn", "url", "handle", "date", "number", "address"}
NAMED = {"name", "org"}
SAME = {
    "org": {Kind.EMPLOYER, Kind.ORGANISATION}, "place": {Kind.TOWN, Kind.PLACE}, "name": {Kind.NAME, Kind.UNKNOWN},
}  # fmt: skip


@dataclass(slots=True, frozen=True)
class Label:
    kind: str
    start: int
    end: int


@dataclass(slots=True, frozen=True)
class Sentence:
    text: str
    labels: tuple[Label, ...]
    about: About
    held_out: bool


def sentences() -> list[Sentence]:
    found, about = [], About()
    for line in (HERE / "sentences.txt").read_text().splitlines():
        if line.startswith("@"):
            employer, town = (part.strip() for part in line[1:].split("|"))
            about = About(employer=employer, town=town)
        elif line.strip() and not line.startswith("#"):
            found.append(sentence(line, about, held_out=len(found) % 3 == 2))
    return found


def sentence(line: str, about: About, *, held_out: bool) -> Sentence:
    text, labels, at = "", [], 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        labels.append(Label(mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    return Sentence(text + line[at:], tuple(labels), about, held_out)


def clean_texts() -> list[str]:
    return (HERE / "clean.txt").read_text().split("\n", 1)[1].strip().split("\n\n")


def is_found(one: Sentence, label: Label, findings: list[Finding]) -> bool:
    """Whether every letter of what is marked lies in findings; a structured detail is found as what it is."""
    if label.kind in STRUCTURED:
        findings = [found for found in findings if found.kind == label.kind]
    covered = {at for found in findings for at in range(found.start, found.end)}
    return all(at in covered for at in range(label.start, label.end) if one.text[at].isalnum())


def score(chosen: list[Sentence]) -> dict:
    """Recall per group of kinds, what was missed, and marks that touch nothing that is labelled."""
    hits: dict[str, list[bool]] = {}
    missed, extra, words = [], [], 0
    for one in chosen:
        findings = check(one.text, one.about)
        words += len(one.text.split())
        for label in one.labels:
            group = "structured" if label.kind in STRUCTURED else "named" if label.kind in NAMED else label.kind
            hit = is_found(one, label, findings)
            hits.setdefault(group, []).append(hit)
            if not hit:
                missed.append((label.kind, one.text[label.start : label.end], one.text))
        extra += [
            (found.kind.value, found.words, one.text)
            for found in findings
            if not any(found.start < label.end and label.start < found.end for label in one.labels)
        ]
    recall = {group: sum(several) / len(several) for group, several in hits.items()}
    return {
        "recall": recall,
        "of": {g: len(s) for g, s in hits.items()},
        "missed": missed,
        "extra": extra,
        "words": words,
    }


def false_marks(texts: list[str]) -> tuple[list[tuple[str, str]], int]:
    """Every mark in texts where nothing is to be marked, and how many words these have."""
    found = [
        (one.kind.value, one.words) for text in texts for one in check(text, About("Zorggroep De Linde", "Zwolle"))
    ]
    return found, sum(len(text.split()) for text in texts)

"""Our own texts, which people agree to, as parts that a template can show: no HTML is made here."""

import re
from dataclasses import dataclass, field

INLINE = re.compile(r"\*\*(?P<strong>.+?)\*\*|\*(?P<em>.+?)\*")
ITEM = re.compile(r"(?P<number>\d+\.|-) (?P<words>.*)")


@dataclass(frozen=True)
class Span:
    """Some words in one tone: "strong", "em" or ""."""

    words: str
    tone: str = ""


@dataclass
class Part:
    """A paragraph ("words") or a list ("numbers" or "dots") of lines; a line is a list of spans."""

    kind: str
    lines: list[list[Span]] = field(default_factory=list)


def spans_of(line: str) -> list[Span]:
    found, at = [], 0
    for match in INLINE.finditer(line):
        found += [Span(line[at : match.start()]), Span(match[match.lastgroup], match.lastgroup)]
        at = match.end()
    return [span for span in [*found, Span(line[at:])] if span.words]


def parts_of(text: str) -> list[Part]:
    """The paragraphs and lists of `text`, in order. Lines that are items of one list stand together."""
    parts: list[Part] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        item = ITEM.match(line)
        kind = "words" if item is None else "dots" if item["number"] == "-" else "numbers"
        if kind == "words" or not parts or parts[-1].kind != kind:
            parts.append(Part(kind))
        parts[-1].lines.append(spans_of(item["words"] if item else line))
    return parts

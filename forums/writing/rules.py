"""All rules together."""

from forums.writing.dates import dates
from forums.writing.findings import About, Finding, Kind, Neutral
from forums.writing.fixed import fixed
from forums.writing.health import health
from forums.writing.people import names, people
from forums.writing.places import places
from forums.writing.roles import roles
from forums.writing.tokens import Words

# Where two rules find the same characters, the one that stands first here tells about them.
ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            Kind.EMAIL, Kind.IBAN, Kind.URL, Kind.PHONE, Kind.BSN, Kind.NUMBER, Kind.ADDRESS, Kind.HANDLE, Kind.DATE,
            Kind.ROLE, Kind.EMPLOYER, Kind.TOWN, Kind.HEALTH, Kind.ORGANISATION, Kind.PLACE, Kind.NAME, Kind.UNKNOWN,
        )
    )
}  # fmt: skip


def check(text: str, about: About) -> list[Finding]:
    """What may give away who somebody is, in the order of the text; nothing overlaps."""
    return check_all([text], about)[0]


def check_all(texts: list[str], about: About) -> list[list[Finding]]:
    """Of several texts that belong together (a title and what follows), so that one name has one replacement."""
    neutral = Neutral(about)
    return [apart(found(text, about, neutral), about) for text in texts]


def found(text: str, about: About, neutral: Neutral) -> list[Finding]:
    words = Words(text)
    called = names(words)
    named = {index for name in called for index in range(name.first, name.last)}
    return [
        *fixed(words),
        *dates(words),
        *places(words, about),
        *people(words, called, neutral),
        *roles(words, neutral),
        *health(words, named),
    ]


def apart(all_found: list[Finding], about: About) -> list[Finding]:
    """Of findings that overlap only the first in ORDER, the longest of those; and nothing that is fine.

    What is fine still covers what weaker rules see in it, but a role does not cover the name that stands in it.
    """
    parts = about.fine_parts() | about.fine
    fine = {one for one in all_found if one.key in (about.fine if one.strict else parts)}
    taken: list[Finding] = []
    covered = bytearray(max((one.end for one in all_found), default=0))
    for one in sorted(all_found, key=lambda one: (ORDER[one.kind], one.start - one.end, one.start)):
        if any(covered[one.start : one.end]) or (one.kind == Kind.ROLE and one in fine):
            continue
        covered[one.start : one.end] = b"\1" * (one.end - one.start)
        if one not in fine:
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)

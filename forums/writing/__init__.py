"""Help while you write: finds what may give away people who are not in the room.

`check(text, About(...))` gives findings: where, which words, why, and neutral words to use instead. It keeps nothing,
asks nobody, and takes time in proportion to the text. It can miss things and it advises only; see `review` for how a
form uses it.
"""

from forums.writing.findings import About, Finding, Kind
from forums.writing.rules import check, check_all

__all__ = ["About", "Finding", "Kind", "check", "check_all"]

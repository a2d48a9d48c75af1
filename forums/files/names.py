"""What a file is called where people see it."""

import re
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from accounts.words import CONTROLS, INVISIBLE, SURROGATES, normalised, without_bidi
from forums.files.faults import Refused

MOST = 120  # code points


def shown_name(raw: str) -> str:
    """`raw` on one line, without folders and without characters that turn the direction of what follows."""
    bare = without_bidi(normalised(SURROGATES.sub("", raw))).replace("\\", "/").rsplit("/", 1)[-1]
    name = re.sub(r"\s+", " ", CONTROLS.sub("", bare)).strip(" .")
    if len(name) > MOST:
        raise Refused(_("Its name is too long. Give it a name of at most %(most)s characters.") % {"most": MOST})
    if not INVISIBLE.sub("", PurePosixPath(name).stem):
        raise Refused(_("It has no name. Give it one."))
    return name


def in_short(raw: str) -> str:
    """Enough of any name to know which file is meant."""
    name = without_bidi(CONTROLS.sub("", SURROGATES.sub("", raw)))
    return name if len(name) <= 40 else f"{name[:28]}…{name[-10:]}"


def extension(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")

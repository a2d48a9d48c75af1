"""Names that people choose to be seen by: they look like no role, and like nobody else's in the same circle."""

import re
import unicodedata

from django.conf import settings

# Letters and digits of any script that pass for a Latin letter at a glance.
ALIKE = str.maketrans(
    {
        **dict(zip("авекмнорстухіјѕһѵԁԛԝոսզց", "abekmhopctyxijshvdqwnuqg", strict=True)),
        **dict(zip("αβγεικμνορτυχωη", "abyeikmvoptuxwn", strict=True)),
        **dict(zip("0135789$@|!", "oiesibgsaii", strict=True)),
        "l": "i",
        "ı": "i",
        "ɩ": "i",
        "ɡ": "g",
        "ɑ": "a",
        "ł": "i",
        "ø": "o",
        "đ": "d",
        "ŧ": "t",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ĳ": "ij",
    }
)
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
ROLES = (
    "trainer", "trainers", "hoofdtrainer", "moderator", "moderators", "moderatie", "organisator",
    "organisatoren", "organisatie", "organiser", "organizer", "organisers", "beheer", "beheerder", "beheerders", "admin",
    "administrator", "administratie", "systeem", "system", "support", "helpdesk", "privacyfunctionaris", "privacyofficer",
    "registerkeeper", "registerbeheerder", "onderzoeker", "researcher", "vertrouwenspersoon", "redactie", "staff",
)  # fmt: skip


def fold(name: str) -> str:
    """The letters of `name` as the eye takes them: names that fold to the same look the same."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    for pair, one in PAIRS:
        plain = plain.replace(pair, one)
    plain = unicodedata.normalize("NFKD", plain.translate(ALIKE))
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def looks_like_role(name: str) -> bool:
    """Whether a word of `name`, or all of it together, passes for a role or for the site itself."""
    taken = {fold(role) for role in (*ROLES, settings.SITE_NAME)}
    words = re.split(r"[\s\-–—_.,:;/()\[\]]+", name)
    return any(fold(word) in taken for word in (name, *words, *(word.rstrip("0123456789") for word in words)))


def is_taken(name: str, others) -> bool:
    """Whether `name` looks like one of the names `others`."""
    mine = fold(name)
    return any(fold(other) == mine for other in others)

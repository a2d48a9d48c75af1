"""How many people, without giving away how few.

Two rules keep small numbers hidden: every count goes through `guarded`, and no count is shown with
the total of what it is a part of, nor with a part of itself. Then no difference of two numbers that
are shown is the number of anyone.
"""

from django.utils.translation import gettext as _

FEWEST = 5


def guarded(count: int) -> str:
    """A number of people as it may be shown: under five only that it is so, also when it is none."""
    return str(count) if count >= FEWEST else _("fewer than 5")

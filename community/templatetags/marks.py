"""What was looked for, marked in a text that people wrote."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from community.asked import Part

register = template.Library()


@register.filter
def marked(parts: Iterable[Part]) -> SafeString:
    """The parts of a text after each other, each escaped, in `<mark>` where it is what was looked for."""
    return SafeString("".join(f"<mark>{escape(one.text)}</mark>" if one.is_hit else escape(one.text) for one in parts))

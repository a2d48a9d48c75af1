"""What was looked for, marked in a text that people wrote."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from community.asked import Part

register = template.Library()


@register.filter
def marked(parts: Iterable[Part]) -> SafeString:
    """The parts of a text after each other, each escaped, in `<mark>` where it is what was looked for."""
    pieces = (format_html("<mark>{}</mark>", one.text) if one.is_hit else conditional_escape(one.text) for one in parts)
    return format_html_join("", "{}", ((piece,) for piece in pieces))

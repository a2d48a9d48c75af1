"""Facts about the site that every page shows, and its menu."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from community import navigation

register = template.Library()
KINDS = {"success": "ok", "warning": "warn", "error": "danger"}
ICONS = {"ok": "circle-check", "warn": "triangle-alert", "danger": "circle-alert"}


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


@register.simple_tag
def site_tagline() -> str:
    return settings.SITE_TAGLINE


@register.simple_tag
def shortcuts() -> SafeString:
    """The keys that go somewhere and their overview; the same on every page, so made once in each language."""
    return _shortcuts(get_language())


@cache
def _shortcuts(language: str) -> SafeString:
    return get_template("_shortcuts.html").render({})


@register.simple_tag(takes_context=True)
def theme(context) -> str:
    """The reader's own choice of light or dark; empty follows the system."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in ("light", "dark") else ""


@register.simple_tag(takes_context=True)
def main_menu(context) -> list[navigation.Page]:
    return navigation.pages_of(context["user"])


@register.simple_tag(takes_context=True)
def phone_bar(context) -> list[navigation.Page]:
    return navigation.bar_of(context["user"])


@register.simple_tag(takes_context=True)
def current(context, page: navigation.Page) -> str:
    """`aria-current` for a page of the menu."""
    return _aria_current(navigation.place_of(page, context.get("request"), context.get("event")))


@register.simple_tag(takes_context=True)
def here(context, *names: str) -> str:
    """`aria-current` for a link, when the page is the first of `names`, or one of the others or below them."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return ""
    if match.view_name == names[0]:
        return _aria_current("page")
    return _aria_current("true" if match.view_name in names or match.namespace in names else "")


@register.simple_tag(takes_context=True)
def here_in(context, cohort) -> str:
    """`aria-current` for the circle of `cohort`, on its pages."""
    board = context.get("board")
    return _aria_current("true" if board is not None and getattr(board, "slug", "") == f"kring-{cohort.slug}" else "")


def _aria_current(value: str) -> SafeString | str:
    return format_html(' aria-current="{}"', value) if value else ""


@register.filter
def notice_kind(message) -> str:
    """The kind of notice for one of Django's messages."""
    return KINDS.get(message.level_tag, "")


@register.filter
def notice_icon(kind: str) -> str:
    return ICONS.get(kind, "info")

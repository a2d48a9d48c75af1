"""Facts about the site that every page shows, and its menu."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from community import navigation
from forums.fragments import Shelf, rendered

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
def ready(template: str, **words: str) -> SafeString:
    """A piece that is the same for everyone but for a few plain words: made once for each of these, in each language."""
    return _ready(template, get_language(), tuple(words.items()))


@lru_cache(maxsize=200)
def _ready(template: str, language: str, words: tuple[tuple[str, str], ...]) -> SafeString:
    return rendered(template, **dict(words))


@register.simple_tag(takes_context=True)
def theme(context) -> str:
    """The reader's own choice of light or dark; empty follows the system."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in ("light", "dark") else ""


frame = Shelf()  # the menus of who is here now


@register.simple_tag(takes_context=True)
def menu_in(context, template: str) -> SafeString:
    """`template`, with the reader's own menu: kept ready for as long as all that it shows stays the same."""
    user, request, board, event = (context.get(name) for name in ("user", "request", "board", "event"))

    def made() -> SafeString:
        return rendered(template, user=user, request=request, board=board, event=event)

    match = getattr(request, "resolver_match", None)
    if match is None or not user or not user.is_authenticated:
        return made()
    pages = tuple(page.view for page in navigation.pages_of(user))
    circles = tuple((cohort.slug, cohort.name) for cohort in user.circles)
    shows = (get_language(), user.name, user.is_trainer, tuple(map(str, user.role_words)), pages, circles)
    where = (
        match.view_name,
        request.GET.get("kind") == "return-day",
        getattr(event, "is_return_day", None),
        getattr(board, "slug", ""),
    )
    return frame.take((template, user.pk, where), shows, "", made)


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

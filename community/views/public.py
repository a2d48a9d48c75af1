"""Pages for everyone, also without signing in; and the page with all links, for phones."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Opening
from forums.text import to_html

TEXTS = Path(__file__).resolve().parent.parent / "texts"
DAYS_IN_MONTH = 30.4


@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "community/help.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    finished = bool(settings.ORGANISATION and settings.PRIVACY_CONTACT)
    sections = sections_of("privacy", get_language())
    context = {"sections": sections, "finished": finished}
    if getattr(request.user, "is_admitted", False):
        context["openings"] = Opening.per_year()
    return render(request, "community/privacy.html", context)


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "community/accessibility.html")


@login_not_required
def cover(request: HttpRequest) -> HttpResponse:
    """A neutral page for who covers the screen without scripts."""
    return render(request, "community/cover.html")


def more(request: HttpRequest) -> HttpResponse:
    return render(request, "community/more.html")


@cache
def sections_of(name: str, language: str) -> list[tuple[str, str]]:
    """One of our own texts: the title of each section and its HTML, with the terms as they are set here."""
    source = (TEXTS / f"{name}.{language}.md").read_text()
    for word, value in facts().items():
        source = source.replace(f"{{{{ {word} }}}}", str(value))
    parts = (part.split("\n", 1) for part in source.removeprefix("## ").split("\n## "))
    return [(title, to_html(words)) for title, words in parts]


def facts() -> dict:
    """What stands between double braces in our texts."""
    days = {f"{term}_days": number for term, number in settings.TERMS.items()}
    months = {f"{term}_months": round(number / DAYS_IN_MONTH) for term, number in settings.TERMS.items()}
    who = {
        "organisation": settings.ORGANISATION or _("The organisation of the course"),
        "privacy_contact": settings.PRIVACY_CONTACT or _("the organisers"),
    }
    return who | days | months | settings.TERMS

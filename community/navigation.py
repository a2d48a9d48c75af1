"""The main menu: which pages someone has, by role. Asks nothing of the database that `user.standing` did not read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

RETURN_DAYS = "kind=return-day"


@dataclass(frozen=True)
class Page:
    """One line of the menu."""

    view: str
    icon: str
    words: Any
    meant_for: Callable[[Any], bool]
    rank: int  # the lowest four stand in the bar of a phone
    below: tuple[str, ...] = ()  # views and namespaces that stand below this page
    query: str = ""
    short: Any = ""  # in the bar of a phone

    @property
    def href(self) -> str:
        return reverse(self.view) + (f"?{self.query}" if self.query else "")

    @property
    def in_short(self) -> str:
        return self.short or self.words


def everyone(user) -> bool:
    return True


def reads_forums(user) -> bool:
    return user.is_participant or user.meets_members or user.is_researcher or user.is_register_keeper


def takes_course(user) -> bool:
    """Takes part in a cohort without a certificate yet, or trains one."""
    return any(cohort not in user.alumnus_cohorts for cohort in user.circles)


def keeps_studies(user) -> bool:
    return (user.is_researcher or user.is_register_keeper) and not user.is_trainer


PAGES = (
    Page("community:home", "house", _("Today"), everyone, 0),
    Page("community:organise", "clipboard-list", _("Overview"), lambda user: user.is_organiser, 1),
    Page(
        "community:cohorts",
        "users",
        _("Cohorts"),
        lambda user: user.is_organiser,
        7,
        below=tuple(
            f"community:{what}"
            for what in ("cohort", "cohort_new", "cohort_move", "trainer_place", "invite", "seat_end")
        ),
    ),
    Page(
        "events:manage_list",
        "calendar-plus",
        _("Manage return days"),
        lambda user: user.is_organiser,
        3,
        below=tuple(
            f"events:manage{what}"
            for what in (
                "",
                "_new",
                "_edit",
                "_announce",
                "_cancel",
                "_capacity",
                "_answers",
                "_needs",
                "_needs_people",
            )
        ),
        short=_("Manage"),
    ),
    Page(
        "cases:feedback_list",
        "badge-check",
        _("Feedback"),
        lambda user: user.is_trainer,
        3,
        below=tuple(f"cases:feedback_{what}" for what in ("write", "take", "note")),
    ),
    Page("forums:boards", "messages-square", _("Conversations"), reads_forums, 2, below=("forums",)),
    Page(
        "cases:cases",
        "notebook-pen",
        _("My case"),
        lambda user: user.is_participant,
        3,
        below=("cases",),
        short=_("Case"),
    ),
    Page(
        "cases:cases",
        "notebook-pen",
        _("Cases"),
        lambda user: user.is_trainer and not user.is_participant,
        8,
        below=("cases",),
    ),
    Page("events:events", "presentation", _("Sessions"), takes_course, 4, below=("chat",), short=_("Session")),
    Page(
        "events:events",
        "calendar-days",
        _("Return days"),
        lambda user: user.meets_members,
        5,
        query=RETURN_DAYS,
        short=_("Return day"),
    ),
    Page(
        "research:register",
        "flask-conical",
        _("Research"),
        lambda user: user.is_participant,
        6,
        below=("research:consent", "research:withdraw"),
    ),
    Page("research:studies", "scroll-text", _("Studies"), keeps_studies, 6, below=("research:study",)),
    Page(
        "community:oversight",
        "shield-check",
        _("Oversight"),
        lambda user: user.is_privacy_officer,
        1,
        below=("community:opening", "community:opening_ask"),
    ),
    Page(
        "moderation:queue",
        "flag",
        _("Moderation"),
        lambda user: user.is_moderator,
        1,
        below=tuple(f"moderation:{what}" for what in ("detail", "take", "back", "rule")),
    ),
    Page(
        "community:roles",
        "key-round",
        _("Roles"),
        lambda user: user.is_site_administrator,
        2,
        below=("community:role_end",),
    ),
)
MORE = Page("community:more", "menu", _("More"), everyone, 9)


def pages_of(user) -> list[Page]:
    """What stands in the menu of `user`."""
    return [page for page in PAGES if page.meant_for(user)]


def bar_of(user) -> list[Page]:
    """The five of the bar on a phone: the four that matter most to `user`, and all the rest behind the fifth."""
    first = sorted(pages_of(user), key=lambda page: page.rank)[:4]
    return [*(page for page in PAGES if page in first), MORE]


def place_of(page: Page, request, event=None) -> str:
    """The value of `aria-current` for `page` when `request` is for it ("page") or for something below it ("true")."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return ""
    if page.view == "events:events":
        return _place_of_events(page, match, request, event)
    if match.view_name == page.view:
        return "page"
    if match.view_name in page.below:
        return "true"
    elsewhere = any(match.view_name in (one.view, *one.below) for one in PAGES)
    return "true" if match.namespace in page.below and not elsewhere else ""


def _place_of_events(page: Page, match, request, event) -> str:
    """Sessions and return days share their pages: the kind that is shown tells them apart."""
    days = page.query == RETURN_DAYS
    if match.view_name == "events:events":
        return "page" if days == (request.GET.get("kind") == "return-day") else ""
    if match.namespace in page.below:
        return "true"
    shown = event is not None and match.namespace == "events" and not match.url_name.startswith("manage")
    return "true" if shown and days == bool(getattr(event, "is_return_day", False)) else ""

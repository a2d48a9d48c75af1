"""Where a cohort stands, derived from its sessions: nothing of it is stored."""

from django.utils.translation import gettext_lazy as _

from accounts.clock import now, today
from accounts.models import Cohort

THEMES = {1: _("Diagnosis"), 2: _("Action"), 3: _("Evaluation")}
FORMS = {
    Cohort.State.DRAFT: _("Draft"),
    Cohort.State.OPEN: _("Open for sign-up"),
    Cohort.State.ALUMNI: _("Completed"),
    Cohort.State.ARCHIVED: _("Archived"),
}


def phase_of(cohort: Cohort, sessions: list) -> str:
    """The phase in words. `sessions` are those of `cohort` in order; asks nothing of the database."""
    if cohort.state in FORMS:
        return str(FORMS[cohort.state])
    begun = [session for session in sessions if session.starts_at <= now()]
    if not begun:
        return str(_("Intake"))
    if len(begun) == len(sessions) and sessions[-1].local_day < today():
        return str(_("Rounding off"))
    return str(THEMES.get(begun[-1].number, begun[-1].title))


def with_phases(cohorts: list[Cohort]) -> list[Cohort]:
    """Each with `phase` and `next_session`; needs `sessions` prefetched."""
    for cohort in cohorts:
        sessions = sorted(cohort.sessions.all(), key=lambda session: session.starts_at)
        cohort.phase = phase_of(cohort, sessions)
        cohort.next_session = next((session for session in sessions if session.ends_at > now()), None)
    return cohorts

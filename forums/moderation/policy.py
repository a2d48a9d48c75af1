"""Who may do what at a report. Whoever asks may see it already."""


def can_take_report(user, report) -> bool:
    """Any moderator, but never about one's own text, under whichever name."""
    return user.is_moderator and (report.thing is None or not report.thing.is_by(user))

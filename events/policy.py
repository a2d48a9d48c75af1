"""Who may do what to events. Whoever asks may read the event already."""


def can_answer_event(user, event) -> bool:
    """Whoever reads a return day that was announced may answer for themselves; whether in time, the verb tells."""
    return event.is_return_day and not event.is_draft


def can_enter_event(user, event) -> bool:
    """The room of a session is for who reads the circle of its cohort; an organiser as such does not."""
    return any(m.cohort_id == event.cohort_id and m.opens_circle for m in user.standing)


def can_change_event(user, event) -> bool:
    """What is over or does not go on stays as it was."""
    return user.is_organiser and event.is_return_day and event.state in ("draft", "open", "closed")


def can_announce_event(user, event) -> bool:
    return user.is_organiser and event.state == "draft"


def can_cancel_event(user, event) -> bool:
    """A draft that nobody heard of need not be called off, but may be."""
    return can_change_event(user, event)

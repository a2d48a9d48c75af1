"""Sessions and return days, as if they had been planned and answered on their days."""

from datetime import timedelta

from accounts.clock import now
from accounts.models import Cohort, Consent, User
from community.demo.content import at, key, read
from events.chat.models.room import AFTER
from events.forms import needs_sentence
from events.models import Event, Needs, Offer, Rsvp, Workshop

BEGUN = timedelta(minutes=95)  # how long the live session has been going on
LASTS = timedelta(hours=4)
END_OF_DAY = "23:59"
STATES = {"yes": "yes", "maybe": "maybe", "no": "no", "cancelled": "no"}


def load_events(people: dict[str, User], cohorts: dict[str, Cohort]) -> list[Event]:
    """All sessions, and the return days with what people answered. Nobody gets a mail of it."""
    sessions = [session_of(one, cohorts) for one in read("community")["sessions"]]
    for session in sessions:
        session.index()
    Event.objects.bulk_create(sessions)
    return [load_return_day(day, people, cohorts) for day in read("events")["return_days"]]


def restart_live_session() -> bool:
    """Begin the live session again, 95 minutes ago, when its room has closed. Returns whether that was needed."""
    event = Event.objects.filter(pk=live_key()).first()
    if event is None or event.ends_at + AFTER > now():
        return False
    event.starts_at = now() - BEGUN
    event.ends_at = event.starts_at + LASTS
    event.save(update_fields=["starts_at", "ends_at"])
    return True


def live_key():
    return next(key("event", one["key"]) for one in read("community")["sessions"] if one.get("live"))


def session_of(one: dict, cohorts: dict[str, Cohort]) -> Event:
    texts = read("community")["session_texts"][one["theme"]]
    starts, ends = at(one["day"], one["starts"]), at(one["day"], one["ends"])
    if one.get("live"):
        starts = now() - BEGUN
        ends = starts + LASTS
    return Event(
        id=key("event", one["key"]), kind=Event.Kind.SESSION, cohort=cohorts[one["edition"]], number=one["number"],
        starts_at=starts, ends_at=ends, is_demo=True, **texts,
    )  # fmt: skip


def load_return_day(day: dict, people: dict[str, User], cohorts: dict[str, Cohort]) -> Event:
    organiser = next((user for user in people.values() if user.is_organiser), None)
    event = Event(
        id=key("event", day["key"]), kind=Event.Kind.RETURN_DAY, created_by=organiser, is_demo=True,
        title_nl=day["title_nl"], title_en=day["title_en"], summary_nl=day["summary_nl"],
        starts_at=at(day["day"], day["starts"]), ends_at=at(day["day"], day["ends"]), place=day["location_nl"],
        access=day["access_nl"], programme=programme_of(day, people), capacity=day["capacity"],
        deadline=at(day["rsvp_deadline"], END_OF_DAY), announced_at=at(day["rsvp_opens"], "10:00"),
        last_waiting=sum("offer" in one for one in day["rsvps"]),
    )  # fmt: skip
    event.index()
    event.save(force_insert=True)
    event.cohorts.set(cohorts[name] for name in day["audience"])
    workshops = load_workshops(day, event, people)
    answers = load_answers(day, event, people, workshops)
    load_offers(day, event, answers)
    load_needs(day, answers)
    return event


def programme_of(day: dict, people: dict[str, User]) -> str:
    lines = [(one, people[one["by"]].name if "by" in one else "") for one in day["programme"]]
    return "\n".join(f"{one['time']} {one['title_nl']}" + (f" ({by})" if by else "") for one, by in lines)


def load_workshops(day: dict, event: Event, people: dict[str, User]) -> dict[str, Workshop]:
    rows = [
        Workshop(
            event=event, title=one["title_nl"], summary=one.get("summary_nl", ""), by=people[one["by"]].name,
            capacity=one["capacity"], position=position,
        )
        for position, one in enumerate(day["workshops"])
    ]  # fmt: skip
    made = Workshop.objects.bulk_create(rows)
    return {one["key"]: workshop for one, workshop in zip(day["workshops"], made, strict=True)}


def load_answers(
    day: dict, event: Event, people: dict[str, User], workshops: dict[str, Workshop]
) -> list[tuple[dict, Rsvp]]:
    """Each as it stands now; who waits for a workshop comes without it."""
    rows = [
        Rsvp(
            event=event, person=people[one["person"]], state=STATES[one["answer"]],
            workshop=workshops.get(one.get("workshop")), listed=one.get("listed", False), revision=1,
            answered_at=min(event.announced_at + timedelta(hours=7 * number), now()), attended=one.get("attended"),
        )
        for number, one in enumerate(day["rsvps"], start=1)
    ]  # fmt: skip
    return list(zip(day["rsvps"], Rsvp.objects.bulk_create(rows), strict=True))


def load_offers(day: dict, event: Event, answers: list[tuple[dict, Rsvp]]) -> None:
    """Places that were offered from the waiting list, and what was said."""
    rows = [(one["offer"], rsvp) for one, rsvp in answers if "offer" in one]
    Offer.objects.bulk_create(
        Offer(
            rsvp=rsvp, made_at=at(offer["day"], "12:00"), until=event.held_until(at(offer["day"], "12:00")),
            outcome=offer["answer"], settled_at=at(offer["answered_day"], "12:00"),
        )
        for offer, rsvp in rows
    )  # fmt: skip


def load_needs(day: dict, answers: list[tuple[dict, Rsvp]]) -> None:
    """What people need, each with its consent."""
    rows = [
        Needs(rsvp=rsvp, diet=", ".join(one.get("dietary", [])), access=one.get("access", ""), at=rsvp.answered_at)
        for one, rsvp in answers
        if one.get("dietary") or one.get("access")
    ]
    Needs.objects.bulk_create(rows)
    for need in rows:
        Consent.note(need.rsvp.person, "needs", granted=True, text=needs_sentence())
    for _one, rsvp in answers:
        if rsvp.listed:
            Consent.note(rsvp.person, "named_as_coming", granted=True)

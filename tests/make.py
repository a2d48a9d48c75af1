"""Builders: each makes the least that is valid. Append yours at the end of your own section."""

from datetime import timedelta
from itertools import count

from django.conf import settings
from django.utils.translation import override

from accounts.clock import now, today
from accounts.models import Cohort, Membership, Role, User, Wording
from accounts.research.models import ResearchEntry, Study, StudyCall
from events.models import Event
from forums.cases.models import Case, Feedback
from forums.models import Board, Post, Topic
from forums.moderation.models import Report

_numbers = count(1)
PASSWORD = "a long enough word"


# People
def cohort(state="running", **fields) -> Cohort:
    number = next(_numbers)
    return Cohort.objects.create(name=f"Cohort {number}", slug=f"cohort-{number}", state=state, **fields)


def person(name="", cohort=None, role=Role.PARTICIPANT, *, roles=(), alumnus=False, agreed=True, **fields) -> User:
    """Someone with an account: in `cohort` as `role`, with site-wide `roles`; an alumnus has a certificate."""
    number = next(_numbers)
    user = User.objects.create_user(
        f"person{number}@example.org", name or f"Person {number}", fields.pop("password", None), **fields
    )
    if agreed:
        user.agreed_version, user.agreed_at = settings.AGREEMENTS_VERSION, now()
        user.save()
    if cohort is None and alumnus:
        cohort = globals()["cohort"](state="alumni")
    if cohort is not None:
        Membership.objects.create(
            person=user,
            cohort=cohort,
            role=role,
            since=today() - timedelta(days=200),
            certificate_on=today() - timedelta(days=100) if alumnus else None,
        )
    for site_role in roles:
        Membership.objects.create(person=user, role=site_role)
    return user


def organiser(**fields) -> User:
    return person(roles=[Role.ORGANISER], **fields)


def trainer(cohort, **fields) -> User:
    return person(cohort=cohort, role=Role.TRAINER, roles=[Role.TRAINER], **fields)


# Forums
def board(audience="everyone", cohort=None) -> Board:
    """The circle of `cohort`, or a forum for this audience."""
    if cohort is not None:
        return Board.for_cohort(cohort)
    number = next(_numbers)
    return Board.objects.create(
        slug=f"forum-{number}", audience=audience, name_nl=f"Forum {number}", name_en=f"Board {number}"
    )


def topic(board=None, author=None, title="A question", body="What do you do?", **more) -> Topic:
    board = board or globals()["board"]()
    return board.open_topic(author or writer_on(board), title, body, **more)


def post(topic, author=None, body="An answer", **more) -> Post:
    """A reply on `topic`."""
    return topic.reply(author or writer_on(topic.board), body, **more)


def report(thing=None, by=None, reason="recognisable", note="") -> Report:
    """An open report about `thing`, by a member who reads it."""
    thing = thing or post(topic())
    by = by or writer_on(thing.topic.board)
    return Report.file(thing, by, reason, note).report


def moderator(**fields) -> User:
    return person(roles=[Role.MODERATOR], **fields)


def writer_on(board) -> User:
    """Someone who may write on `board`."""
    return person(cohort=board.cohort) if board.cohort else person(alumnus=True)


# Cases
WORDS = {
    "context": {"title": "Grapjes", "context": "Een team van tien.", "team_size": "6-10", "sector": "zorg"},
    "situation": {"situation": "Er wordt veel gelachen om dezelfde twee.", "actions_tried": ""},
    "question": {"question": "Hoe begrens ik dit?", "follow_up_on": None},
}
RISK = {"kind": "risk", "text": "Grappen worden niet begrensd", "level": "team", "changer": "self"}
PROTECTION = {"kind": "protection", "text": "Mensen vertrouwen mij", "level": "individual", "changer": "self"}


def draft_case(author, board=None, **more) -> Case:
    """A draft that is complete; `more` replaces words of any page."""
    case = Case.begin(author, board or globals()["board"](cohort=author.circles[0]))
    for step, words in WORDS.items():
        case.keep(step, {name: more.get(name, value) for name, value in words.items()}, 0)
    case.keep("factors", {"levels": "", "factors": more.get("factors", [RISK, PROTECTION])}, 0)
    case.refresh_from_db()
    return case


def case(author=None, board=None, state="submitted", **how) -> Case:
    """A case that was brought in by `author` and went on to `state`; `how` as `submit` takes it."""
    author = author or writer_on(board or globals()["board"](cohort=cohort()))
    found = draft_case(author, board).submit(author, checked=True, **how)
    onward = {
        "discussion": lambda: found.open_discussion("author"),
        "action": lambda: found.choose({"follow_up_on": None, "actions": [{"text": "Praten", "level": "team"}]}),
        "evaluated": lambda: found.evaluate({"evaluation": "Het hielp", "outcome": "worked", "follow_up_on": None}),
        "closed": lambda: found.close(),  # noqa: PLW0108  (of the case as it is by then)
    }
    for step, go in onward.items() if state != "submitted" else ():
        found = go()
        if step == state:
            break
    return Case.objects.select_related("topic__board", "topic__alias").get(pk=found.pk)


ANSWERS = {"goal": "Iedereen durft iets te zeggen", "seen": "Je noemt je eigen rol", "next_step": "Begin bij één"}


def feedback(case, trainer=None, state="given", *, shared=False, **words) -> Feedback:
    """Feedback on `case` that was asked for and went on to `state`; `words` replace answers."""
    found = Feedback.ask(case, shared=shared)
    answers = ANSWERS | {"factors": []} | words
    trainer = trainer or globals()["trainer"](case.board.cohort)
    if state != "requested":
        found = found.keep(trainer, answers, 0)
    if state == "given":
        found = found.give(trainer, answers, found.revision)
    return Feedback.objects.with_all().get(pk=found.pk)


# Research
def register_wording() -> Wording:
    return Wording.objects.latest(Wording.Kind.REGISTER)


def new_register_wording(**fields) -> Wording:
    """The next version of the text, published now."""
    version = register_wording().version + 1
    words = {"text_nl": f"Tekst {version}", "text_en": f"Text {version}", "published_at": now()} | fields
    return Wording.objects.create(kind=Wording.Kind.REGISTER, version=version, **words)


def entry(person=None, scopes=("diary",), cap=2) -> ResearchEntry:
    """Someone in the register, who read the text in the own language."""
    person = person or globals()["person"](alumnus=True)
    with override(person.language):
        return ResearchEntry.choose(person, scopes, cap, register_wording())


def study(owner=None, state="draft", **fields) -> Study:
    number = next(_numbers)
    words = {
        "title_nl": f"Studie {number}",
        "pitch": "Waar gaat het over?",
        "method": "diary",
        "minutes": 20,
        "needed": 10,
    }
    return Study.objects.create(owner=owner or person(roles=[Role.RESEARCHER]), state=state, **words | fields)


def calls(study, state="invited", n=1) -> list[StudyCall]:
    """So many people who were asked for `study`."""
    return [StudyCall.objects.create(study=study, person=person(), state=state) for _ in range(n)]


# Events
def session(cohort=None, number=1, starts=-1, hours=4, title="Tools", **more) -> Event:
    """Session `number`, beginning in `starts` hours."""
    begin = now() + timedelta(hours=starts)
    return Event.plan_session(
        cohort or globals()["cohort"](), number, title, begin, begin + timedelta(hours=hours), **more
    )


def return_day(by=None, capacity=None, days=30, announced=True, workshops=(), **more) -> Event:
    """A return day in `days` days, announced unless told otherwise; `workshops` are (title, places)."""
    by = by or organiser()
    begin = more.pop("starts_at", None) or now() + timedelta(days=days)
    rows = [{"title": title, "capacity": most, "summary": "", "by": ""} for title, most in workshops]
    words = {"title_nl": "Terugkomdag", "title_en": "Return day", "place": "De Werkhof"} | more
    event = Event.plan_return_day(
        by, workshops=rows, starts_at=begin, ends_at=begin + timedelta(hours=4), capacity=capacity, **words
    )
    if announced:
        event.announce(by)
    return event

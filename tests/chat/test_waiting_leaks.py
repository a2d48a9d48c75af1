"""Nobody but its writer and the trainers ever meets a word of what waits: not on load, live, on resume or elsewhere."""

import uuid

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from accounts.models import Role
from community.tick import run_due
from events.chat.models import ChatMessage, ChatRoom, Question, Side
from forums.moderation.models import Report
from tests import make
from tests.chat.rooms import JSON, address, listening, path, room
from tests.community.test_search import found
from tests.sockets import events, frame, signed_in, socket_for
from tests.sockets import listening as listening_at

pytestmark = pytest.mark.django_db(transaction=True)
SECRET, WHY = "kanarie", "papegaai"  # what was written, and why it came back
NEAR = "vogel"  # stands beside what was written, to search for


@pytest.fixture
def cohort():
    return make.cohort()


@pytest.fixture
def chat(cohort):
    return room(cohort)


@pytest.fixture
def noor(cohort):
    return make.person(cohort=cohort, name="Noor")


@pytest.fixture
def judith(cohort):
    return make.trainer(cohort, name="Judith")


def others(cohort) -> list:
    """Everyone else who might look, in both languages."""
    mine = [make.person(cohort=cohort, language=language) for language in ("nl", "en")]
    mine += [make.person(cohort=cohort, alumnus=True), make.person(cohort=make.cohort()), make.trainer(make.cohort())]
    roles = (Role.ORGANISER, Role.MODERATOR, Role.PRIVACY_OFFICER, Role.SITE_ADMINISTRATOR, Role.RESEARCHER)
    return mine + [make.person(roles=[role], language=language) for role in roles for language in ("nl", "en")]


def write(chat, noor, judith) -> list:
    """One message and one question that wait, and one of each that came back."""
    chat.look_first(judith)
    said = [chat.say(noor, f"{NEAR} {SECRET} {n}", uuid.uuid4()) for n in range(2)]
    asked = [Question.ask(chat, noor, f"{NEAR} {SECRET} {n}?", uuid.uuid4()) for n in range(2)]
    for thing in (said[1], asked[1]):
        thing.give_back(judith, WHY)
    return [*said, *asked]


def pages(chat) -> list[str]:
    rooms = ("", "?tab=questions", "?before=99", "trainers/", "present/", "events/?after=0", "trainers/events/?after=0")
    elsewhere = [
        f"/events/{chat.event_id}/",
        "/",
        "/events/",
        f"/search/?q={NEAR}",
        "/notifications/",
        "/moderation/",
    ]
    return [*(address(chat, one) for one in rooms), *elsewhere]


def test_no_page_of_anyone_else_holds_it(enter, chat, cohort, noor, judith):
    things = write(chat, noor, judith)
    run_due()
    for person in others(cohort):
        client = enter(person)
        for where in pages(chat):
            for headers in ({}, JSON):
                words = client.get(where, **headers).content.decode()
                assert WHY not in words and SECRET not in words, (person, where)
                assert not [thing for thing in things if str(thing.pk) in words], (person, where)
        assert found(person, NEAR) == []
        assert not ChatMessage.objects.visible_to(person).filter(seq=None).exists()
        assert not Question.objects.visible_to(person).filter(seq=None).exists()


def test_no_address_of_it_answers_anyone_else(enter, chat, cohort, noor, judith):
    things = write(chat, noor, judith)
    for person in others(cohort):
        client = enter(person)
        for thing in things:
            kind, verbs = ("messages", "show return edit remove report pin rest"), "state return vote remove report"
            name, verbs = kind if isinstance(thing, ChatMessage) else ("questions", verbs)
            for verb in verbs.split():
                where = address(chat, f"{name}/{thing.pk}/{verb}/")
                answers = client.get(where), client.post(where), client.post(where, **JSON)
                assert {answer.status_code for answer in answers} <= {404, 405}, (person, where)
        for query in ("reply", "again"):
            assert SECRET not in client.get(address(chat, ""), {query: str(things[0].pk)}).content.decode()


def test_why_it_came_back_only_its_writer_reads(enter, chat, noor, judith):
    write(chat, noor, judith)
    assert WHY in enter(noor).get(address(chat, "")).content.decode()
    for where in pages(chat):
        assert WHY not in enter(judith).get(where).content.decode()


def test_open_lines_hear_nothing_of_it_and_who_resumes_neither(chat, cohort, noor, judith):
    readers = [signed_in(make.person(cohort=cohort, language=language)) for language in ("nl", "en")]

    async def journey(client) -> tuple[str, str]:
        async with listening(chat, client, chat.seq) as socket:
            await frame(socket, "hello")
            things = await sync_to_async(write)(chat, noor, judith)
            await sync_to_async(chat.say)(judith, "en verder")
            live = await events(socket, 2)
            async with listening(chat, client, 0) as later:
                resumed = await frame(later, "events")
        await sync_to_async(lambda: [thing.take_away(noor) for thing in things])()
        await sync_to_async(chat.look_first)(judith, wants=False)
        return str(live), str(resumed)

    for client in readers:
        start = ChatRoom.objects.get(pk=chat.pk).seq
        live, resumed = async_to_sync(journey)(client)
        assert "en verder" in live and "en verder" in resumed
        assert SECRET not in live + resumed
        assert ChatRoom.objects.get(pk=chat.pk).seq == start + 3  # on, "en verder", off: no holes for what waited


def test_the_line_of_the_trainers_tells_what_waits_and_opens_for_nobody_else(chat, cohort, noor, judith):
    where = path(chat).rstrip("/") + "/trainers/?after=0"
    reader = signed_in(make.person(cohort=cohort))
    write(chat, noor, judith)

    async def trainers():
        async with listening_at(where, signed_in_judith) as socket:
            return await events(socket, 6)

    async def knock():
        socket = socket_for(where, reader)
        await socket.connect(timeout=5)
        while (message := await socket.receive_output(timeout=5))["type"] != "websocket.close":
            assert SECRET not in str(message)
        return message["code"]

    signed_in_judith = signed_in(judith)
    told = async_to_sync(trainers)()
    assert SECRET in str(told) and WHY not in str(told)
    assert [event["cid"] for event in told] == [None] * 6
    assert async_to_sync(knock)() == 4403


def test_shown_it_reaches_everyone_with_the_name_that_the_page_knows(chat, cohort, noor, judith):
    chat.look_first(judith)
    cid, client = uuid.uuid4(), signed_in(make.person(cohort=cohort, language="en"))
    message = chat.say(noor, SECRET, cid)

    async def journey():
        async with listening(chat, client, chat.seq + 1) as socket:
            await frame(socket, "hello")
            await sync_to_async(message.show)(judith)
            return (await events(socket, 1))[0]

    event = async_to_sync(journey)()
    assert (event["kind"], event["cid"], event["id"]) == ("message", str(cid), str(message.pk))
    assert SECRET in event["html"]


def test_its_writer_hears_at_once_that_something_came_back_and_no_words(chat, noor, judith):
    chat.look_first(judith)
    message, client = chat.say(noor, SECRET), signed_in(noor)

    async def journey():
        async with listening(chat, client) as socket:
            await frame(socket, "hello")
            await sync_to_async(message.give_back)(judith, WHY)
            return await frame(socket, "own")

    assert async_to_sync(journey)() == {"type": "own"}


def test_a_moderator_who_looks_at_a_report_does_not_read_it_beside(enter, chat, cohort, noor, judith):
    said = chat.say(noor, "dit is gemeld")
    write(chat, noor, judith)
    enter(make.person(cohort=cohort)).post(address(chat, f"messages/{said.pk}/report/"), {"reason": "recognisable"})
    client, report = enter(make.moderator()), Report.objects.get()
    client.post(f"/moderation/{report.pk}/take/", {"seen": ""})
    shown = client.get(f"/moderation/{report.pk}/").content.decode()
    assert "dit is gemeld" in shown and SECRET not in shown


def test_the_whole_page_of_the_trainers_says_it_beside_nothing(enter, chat, noor, judith):
    """What waits is no talk among trainers: their room has the event, and no message of it."""
    write(chat, noor, judith)
    assert SECRET not in enter(judith).get(address(chat, "trainers/")).content.decode()
    assert ChatRoom.of(chat.event, Side.TRAINERS).messages.count() == 0

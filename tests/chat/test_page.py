"""The room as a page: who reads it, what it shows, and what came after a number."""

import re
import uuid

import pytest

from events.chat.consumers import fragment
from events.chat.models import ChatRoom
from tests import make
from tests.chat.rooms import JSON, address, room

pytestmark = pytest.mark.django_db


def test_nothing_of_the_room_exists_for_others(enter, noor, chat):
    message = chat.say(noor, "alleen voor deze kring")
    others = [make.person(cohort=make.cohort()), make.person(alumnus=True), make.person(roles=["organiser"])]
    others += [make.person(roles=[role]) for role in ("moderator", "researcher", "privacy_officer")]
    for person in others:
        client = enter(person)
        for rest in ("", "events/?after=0", f"messages/{message.pk}/edit/", f"messages/{message.pk}/remove/"):
            assert client.get(address(chat, rest)).status_code == 404, (person.standing, rest)
        assert client.post(address(chat), {"body": "hallo", "cid": str(uuid.uuid4())}).status_code == 404


def test_alumni_of_the_cohort_read_and_do_not_write(enter, chat):
    alumna = make.person(cohort=chat.event.cohort, alumnus=True)
    assert enter(alumna).get(address(chat, "")).status_code == 200
    assert enter(alumna).post(address(chat), {"body": "hallo"}).status_code == 403


def test_what_others_may_not_read_looks_like_what_is_not_there(enter, chat):
    client = enter(make.person(cohort=make.cohort()))
    real, made_up = client.get(address(chat, "")), client.get(f"/events/{uuid.uuid4()}/chat/")
    plain = [re.sub(rb"[0-9a-f-]{36}", b"", page.content) for page in (real, made_up)]
    assert plain[0] == plain[1]
    assert real.status_code == made_up.status_code == 404


def test_what_came_after_a_number_can_be_asked(enter, noor, chat):
    numbers = [chat.say(noor, f"bericht {n}").seq for n in range(205)]
    frame = enter(noor).get(address(chat, f"events/?after={numbers[0] - 1}"), **JSON).json()
    assert [e["seq"] for e in frame["events"]] == numbers[:200]
    assert (frame["more"], frame["last_seq"]) == (True, numbers[-1])
    rest = enter(noor).get(address(chat, f"events/?after={frame['to']}"), **JSON).json()
    assert [e["seq"] for e in rest["events"]] == numbers[200:]
    assert rest["more"] is False


def test_the_page_takes_as_many_statements_for_one_message_as_for_fifty(
    enter, noor, chat, django_assert_max_num_queries
):
    chat.say(noor, "één")
    client = enter(noor)
    client.get(address(chat, ""))
    with django_assert_max_num_queries(12) as one:
        client.get(address(chat, ""))
    for n in range(40):
        chat.say(noor, str(n))
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(address(chat, ""))


@pytest.mark.parametrize("after", ["", "x", "-1", "1.5", "9" * 20, "%D9%A3"])
def test_a_number_that_is_none_is_refused(enter, noor, chat, after):
    assert enter(noor).get(address(chat, f"events/?after={after}"), **JSON).status_code == 400


def test_a_number_from_before_a_restored_database_is_answered_with_the_true_last_one(enter, noor, chat):
    chat.say(noor, "één")
    frame = enter(noor).get(address(chat, "events/?after=900"), **JSON).json()
    assert (frame["events"], frame["last_seq"], frame["more"]) == ([], chat.seq + 1, False)


def test_the_piece_on_the_page_is_the_piece_that_travels(enter, noor, chat):
    chat.say(make.trainer(chat.event.cohort), "Welkom <allemaal>")
    chat.say(noor, "Dag", reply_to=chat.messages.get())
    client = enter(noor)
    page = client.get(address(chat, "")).content.decode()
    travelling = client.get(address(chat, "events/?after=0"), **JSON).json()["events"]
    assert [event["kind"] for event in travelling] == ["room", "message", "message"]
    assert all(event["html"] in page for event in travelling)
    assert [fragment(event, "nl") for event in chat.log.select_related("room__event", "message")] == [
        event["html"] for event in travelling
    ]


def test_older_messages_are_on_pages_of_their_own(enter, noor, chat):
    for n in range(120):
        chat.say(noor, f"bericht {n}!")
    client, seen, href = enter(noor), [], address(chat, "")
    for _page in range(3):
        page = client.get(href)
        shown = re.findall(r"bericht (\d+)!", page.content.decode())
        seen = [int(n) for n in shown] + seen
        assert len(shown) <= 50
        href = address(chat, f"?before={page.context['log'][0].seq}")
    assert seen == list(range(120))
    assert page.context["has_older"] is False
    # Older pages are not live: what is said now would stand below a hole.
    assert "data-ws" not in page.content.decode()
    assert "data-ws" in client.get(address(chat, "")).content.decode()


def test_one_finds_buttons_only_at_what_one_may_change(enter, noor, chat):
    tom, trainer = make.person(cohort=chat.event.cohort), make.trainer(chat.event.cohort)
    mine = chat.say(noor, "van Noor")
    links = {
        person: re.findall(rf"messages/{mine.pk}/(\w+)/", enter(person).get(address(chat, "")).content.decode())
        for person in (noor, tom, trainer)
    }
    assert links == {noor: ["edit", "remove"], tom: ["report"], trainer: ["report", "remove", "pin", "rest"]}


def test_a_session_has_its_room_as_soon_as_someone_comes(enter):
    chat = room()
    ChatRoom.objects.all().delete()
    boss, noor = make.organiser(), make.person(cohort=chat.event.cohort)
    assert enter(boss).get(address(chat, "")).status_code == 404
    assert enter(noor).get(address(chat, "")).status_code == 200
    assert enter(noor).post(address(chat), {"body": "hallo"}).status_code == 302
    assert [r.event_id for r in ChatRoom.objects.all()] == [chat.event_id]


def test_a_return_day_has_no_room(enter, noor):
    boss = make.organiser()
    chat = room()
    day = type(chat.event).plan_return_day(
        boss, title_nl="Terugkomdag", starts_at=chat.event.starts_at, ends_at=chat.event.ends_at
    )
    assert enter(boss).get(f"/events/{day.pk}/chat/").status_code == 404
    assert not ChatRoom.objects.filter(event=day).exists()

"""The demo community: loaded once, complete, and with nothing sent to anyone."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts.clock import now
from accounts.models import Outgoing, User
from community.demo.content import accounts, key
from community.demo.people import PASSWORD
from events.chat.models import ChatMessage, ChatRoom
from events.models import Event, Rsvp
from forums.cases.models import Case, Feedback
from forums.models import Post, Topic
from forums.moderation.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    call_command("demo")


def counts() -> dict[str, int]:
    ours = ("accounts", "research", "forums", "cases", "moderation", "events", "chat")
    return {m._meta.label: m._base_manager.count() for label in ours for m in apps.get_app_config(label).get_models()}


def test_it_is_loaded_only_in_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo")
    with pytest.raises(CommandError):
        call_command("crowd")
    assert not User.objects.exists()


def test_it_is_a_living_community(demo):
    found = counts()
    assert found["accounts.User"] > 40
    assert found["forums.Topic"] > 30
    assert found["forums.Post"] > 200
    assert found["research.ResearchEntry"] >= 15
    assert ChatMessage.objects.count() > 50
    assert Rsvp.objects.filter(state="yes").count() > 20


def test_a_moderator_has_something_to_look_at(demo):
    assert {(report.space, report.state) for report in Report.objects.all()} == {("circle", "new"), ("alumni", "new")}


def test_a_second_load_changes_nothing(demo):
    before = counts()
    call_command("demo")
    assert counts() == before


def test_it_can_be_made_anew(demo):
    before = counts()
    Topic.objects.first().reply(User.objects.get(email="alumnus@demo.invalid"), "Erbij")
    call_command("demo", fresh=True)
    after = counts()
    assert {label: n for label, n in after.items() if label != "accounts.AuditEntry"} == {
        label: n for label, n in before.items() if label != "accounts.AuditEntry"
    }


def test_nobody_gets_mail_of_it(demo):
    assert not Outgoing.objects.exists()


def test_every_account_signs_in_with_the_password(demo, client):
    for name in accounts().values():
        response = client.post("/accounts/login/", {"login": f"{name}@demo.invalid", "password": PASSWORD})
        assert response.status_code == 302, name
        assert client.get("/").status_code == (403 if name == "geschorst" else 200), name
        client.post("/accounts/logout/")


def test_the_room_of_the_cohort_that_runs_is_open_now(demo):
    room = ChatRoom.objects.get(event=key("event", "ed4-s2"))
    assert (room.state, room.state_now) == ("open", "open")
    assert list(room.log.values_list("seq", flat=True)) == list(range(1, room.seq + 1))


def test_a_live_session_that_is_over_begins_again_and_keeps_what_was_said(demo):
    session = Event.objects.get(pk=key("event", "ed4-s2"))
    said = session.rooms.get().messages.count()
    Event.objects.filter(pk=session.pk).update(
        starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=2) + timedelta(hours=4)
    )
    session.rooms.get().settle()
    call_command("demo")
    session.refresh_from_db()
    assert abs(now() - session.starts_at - timedelta(minutes=95)) < timedelta(minutes=1)
    room = ChatRoom.objects.get(event=session)
    assert (room.state_now, room.messages.count()) == ("open", said)


def test_pseudonymous_texts_are_not_shown_under_a_name(demo):
    assert not Post.objects.filter(author=None, alias=None).exists()
    hidden = Topic.objects.exclude(alias=None)
    assert {topic.author for topic in hidden} == {None}
    assert hidden.count() == 3


def test_its_cases_stand_in_every_stage_and_one_waits_as_a_draft(demo):
    assert set(Case.objects.values_list("state", flat=True)) == {
        "draft", "submitted", "discussion", "action", "evaluated", "closed",
    }  # fmt: skip
    sanne = User.objects.get(email="deelnemer@demo.invalid")
    mine = Case.objects.visible_to(sanne).own(sanne)
    assert sorted(mine.values_list("state", flat=True)) == ["draft", "submitted"]
    assert not Case.objects.exclude(state="draft").filter(topic=None).exists()


def test_feedback_of_trainers_is_asked_for_being_written_and_given(demo, enter):
    found = {one.state: one for one in Feedback.objects.with_all().prefetch_related("factors", "notes")}
    assert sorted(found) == ["draft", "given", "requested"]
    assert [len(found[state].factors.all()) for state in ("given", "draft")] == [3, 1]
    assert [note.trainer.name for note in found["draft"].notes.all()] == ["Dr. Karim El Bouazzati"]
    judith, willem = (User.objects.get(email=f"{name}@demo.invalid") for name in ("trainer", "deelnemer2"))
    work = enter(judith).get("/forums/cases/feedback/").content.decode()
    assert (work.count("rowlink__title"), "Je concept" in work) == (2, True)
    assert "Nieuwe feedback" in enter(willem).get("/").content.decode()


def test_the_crowd_is_as_large_as_asked_and_no_larger_the_second_time(demo, client):
    for _time in range(2):
        call_command("crowd", members=7, topics=2, posts=61)
    assert User.objects.filter(email__startswith="crowd-").count() == 7
    sizes = Topic.objects.filter(title__contains="van de proef").values_list("replies_count", "last_number")
    assert sorted(sizes) == [(30, 31), (31, 32)]
    client.post("/accounts/login/", {"login": "crowd-0007@demo.invalid", "password": PASSWORD})
    assert client.get("/forums/alumnikring/").status_code == 200
    assert client.get(f"/events/{key('event', 'ed4-s2')}/chat/").status_code == 200

"""Work that is due is found in the rows, done once, and found again when it was left half done."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from accounts import jobs
from accounts.clock import now
from accounts.models import Outgoing
from accounts.models.outbox import BACK_OFF
from accounts.tasks import send_mail
from community import tick
from events.chat.models import ChatRoom
from events.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def due_mail(number: int = 1) -> Outgoing:
    person = make.person()
    return Outgoing.queue("login_code", person, data={"code": "123456"}, dedupe_key=f"due:{number}:{person.pk}")


def test_all_that_is_due_can_run_at_any_time_and_any_number_of_times():
    first, second = tick.run_due(), tick.run_due()
    assert set(first) == {work.__name__ for work in tick.DUE}
    assert set(second.values()) == {0}


def test_one_kind_of_work_that_fails_does_not_hold_up_the_others(monkeypatch, caplog):
    def falls_over():
        raise ValueError

    monkeypatch.setattr(tick, "DUE", (falls_over, *tick.DUE))
    assert "send_mail" in tick.run_due()
    assert "falls_over" in caplog.text


def test_a_mail_goes_out_once(django_capture_on_commit_callbacks):
    row = due_mail()
    assert (send_mail(), send_mail()) == (1, 0)
    row.refresh_from_db()
    assert (row.state, len(mail.outbox), row.data) == ("sent", 1, {})


def test_a_mail_that_a_worker_left_half_done_goes_out_again_under_the_same_name():
    row = due_mail()
    Outgoing.objects.claim()  # and the worker dies
    assert send_mail() == 0
    Outgoing.objects.filter(pk=row.pk).update(claimed_at=now() - timedelta(minutes=11))
    assert send_mail() == 1
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [row.message_id]


def test_a_mail_server_that_is_away_is_tried_again_later_and_given_up_at_last(monkeypatch):
    def away(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    row = due_mail()
    for minutes in BACK_OFF:
        send_mail()
        row.refresh_from_db()
        assert row.state == "queued"
        assert timedelta(minutes=minutes - 1) < row.due_at - now() <= timedelta(minutes=minutes)
        Outgoing.objects.filter(pk=row.pk).update(due_at=now())
    send_mail()
    row.refresh_from_db()
    assert (row.state, row.reason) == ("failed", "SMTPServerDisconnected")


def test_who_left_meanwhile_gets_nothing():
    row = due_mail()
    row.person.is_active = False
    row.person.save()
    send_mail()
    row.refresh_from_db()
    assert (row.state, mail.outbox) == ("dropped", [])


def test_the_same_cause_is_one_mail():
    person = make.person()
    for _time in range(2):
        Outgoing.queue("login_code", person, data={"code": "1"}, dedupe_key="once")
    assert Outgoing.objects.count() == 1


def test_every_session_gets_a_room_that_opens_and_closes_by_itself():
    session = Event.plan_session(make.cohort(), 1, "Tools", now() - timedelta(hours=1), now() + timedelta(hours=1))
    tick.run_due()
    assert ChatRoom.objects.get(event=session).state == "open"
    session.starts_at, session.ends_at = now() - timedelta(hours=3), now() - timedelta(hours=1)
    session.save()
    tick.run_due()
    assert ChatRoom.objects.get(event=session).state == "closed"


def test_a_mail_that_cannot_be_made_does_not_hold_up_the_others():
    strange, plain = due_mail(), due_mail(2)
    Outgoing.objects.filter(pk=strange.pk).update(kind="nothing_like_it", due_at=now() - timedelta(hours=1))
    assert send_mail() == 2
    strange.refresh_from_db()
    plain.refresh_from_db()
    assert (strange.state, plain.state) == ("queued", "sent")


def test_many_who_ask_at_once_are_one_run(django_capture_on_commit_callbacks, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    cache.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            due_mail(number)
    assert DBTaskResult.objects.count() == 1
    jobs.run.call("accounts.tasks.send_mail")
    with django_capture_on_commit_callbacks(execute=True):
        due_mail(9)
    assert DBTaskResult.objects.count() == 2
    cache.clear()

"""Looking back by mail, and taking a case back."""

from datetime import timedelta

import pytest
from django.core import mail

from accounts.clock import today
from accounts.models import Outgoing
from accounts.tasks import send_mail
from community.tick import run_due
from forums.cases.models import Case, Factor
from forums.cases.tasks import erase_withdrawn, remind_authors
from forums.models import Alias, Post, Topic
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[False, True], ids=["own name", "pseudonym"])
def case(request, board, noor):
    return make.case(noor, board, "action", pseudonymous=request.param)


def later(settings, days: int) -> None:
    """The clock goes on."""
    settings.CLOCK_AHEAD = days * 24 * 3600


def minute() -> None:
    """What a minute of the worker does; mail that it finds is due goes out."""
    run_due()
    send_mail()


def look_back_on(case, days: int) -> None:
    Case.objects.filter(pk=case.pk).update(follow_up_on=today() + timedelta(days=days))


def test_a_reminder_on_the_day_one_more_after_two_weeks_and_then_silence(settings, case, noor):
    look_back_on(case, 20)
    sent = []
    for day in (0, 19, 20, 21, 33, 34, 35, 60, 400):
        later(settings, day)
        minute()
        sent.append(len(mail.outbox))
    assert sent == [0, 0, 1, 1, 1, 2, 2, 2, 2]
    assert {tuple(message.to) for message in mail.outbox} == {(noor.email,)}


def test_a_clock_that_jumps_sends_one_and_not_both_at_once(settings, case):
    look_back_on(case, 1)
    later(settings, 50)
    minute()
    minute()
    assert len(mail.outbox) == 1


def test_the_reminder_tells_nothing_and_its_row_knows_no_case(case, noor):
    look_back_on(case, 0)
    assert remind_authors() == 1
    row = Outgoing.objects.get()
    stored = str({field.name: getattr(row, field.attname) for field in row._meta.concrete_fields})
    topic = case.topic
    for secret in (str(case.pk), case.pk.hex, str(topic.alias_id or case.pk), "Grapjes", topic.title):
        assert secret not in stored
    assert row.person == noor
    send_mail()
    whole = str(mail.outbox[0].message())
    for secret in (
        str(case.pk),
        "Grapjes",
        topic.alias.name if topic.alias else "Cohort",
        case.board.name,
        "Noor de Wit",
    ):
        assert secret not in whole


def test_rows_of_both_kinds_of_author_look_alike(board, noor, mate):
    for person, hidden in ((noor, False), (mate, True)):
        look_back_on(make.case(person, board, "action", pseudonymous=hidden), 0)
    assert remind_authors() == 2
    rows = list(Outgoing.objects.values("kind", "about_kind", "about_key", "data", "language"))
    assert rows[0] == rows[1]
    assert {len(row.dedupe_key) for row in Outgoing.objects.all()} == {len("look_back:") + 64}


def test_no_reminder_for_what_is_gone_or_no_longer_read(case, noor):
    look_back_on(case, 0)
    remind_authors()
    noor.memberships.get().end(by=make.organiser())
    send_mail()
    assert (Outgoing.objects.get().state, mail.outbox) == ("dropped", [])


def test_who_evaluates_after_the_day_was_asked_and_hears_no_more(settings, case):
    look_back_on(case, 0)
    minute()
    case.evaluate({"evaluation": "Beter", "outcome": "", "follow_up_on": today()})
    later(settings, 15)
    minute()
    assert len(mail.outbox) == 1


def test_a_new_day_is_a_new_reminder(settings, case):
    look_back_on(case, 0)
    minute()
    case.evaluate({"evaluation": "Beter", "outcome": "", "follow_up_on": today() + timedelta(days=30)})
    later(settings, 30)
    minute()
    assert len(mail.outbox) == 2


# Taking it back


def withdraw(client, case):
    return client.post(f"{case.get_absolute_url()}stage/", {"stage": "withdrawn"})


def test_without_replies_it_is_gone_at_once(enter, case, noor):
    assert withdraw(enter(noor), case).url == "/forums/cases/"
    assert not any(model.objects.exists() for model in (Case, Topic, Post, Factor, Alias))


def test_its_words_go_at_once_and_the_replies_after_a_week(enter, settings, case, noor, mate):
    case.topic.reply(mate, "Weten zij dit?")
    case.topic.reply(noor, "Ja, ik denk het")
    client = enter(noor)
    assert withdraw(client, case).url == withdraw(client, case).url == case.get_absolute_url()
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.situation, case.stems, case.topic.title) == ("withdrawn", "", "", "")
    assert not Factor.objects.exists()
    assert [post.body for post in case.topic.posts.all()] == ["", "Weten zij dit?", ""]
    for address in ("/", case.get_absolute_url()):
        page = enter(mate).get(address).content.decode()
        assert "teruggetrokken" in page
    assert "Teruggetrokken casus" in page
    assert "Bewaard tot" not in page
    later(settings, 6)
    assert erase_withdrawn() == 0
    later(settings, 7)
    assert erase_withdrawn() == 1
    assert not any(model.objects.exists() for model in (Case, Topic, Post, Alias))
    assert enter(mate).get(case.get_absolute_url()).status_code == 404


def test_who_replied_is_told_by_a_mail_without_a_word_of_it(enter, case, noor, mate, trainer):
    for person in (mate, mate, trainer, noor):
        case.topic.reply(person, "Weten zij dit?")
    withdraw(enter(noor), case)
    minute()
    assert {message.to[0] for message in mail.outbox} == {mate.email, trainer.email}
    for message in mail.outbox:
        assert "Grapjes" not in str(message.message())
        assert str(case.pk) not in str(message.message())


def test_nobody_replies_to_it_any_more_and_keeps_the_text(enter, case, noor, mate):
    case.topic.reply(mate, "Weten zij dit?")
    withdraw(enter(noor), case)
    answer = enter(mate).post(f"{case.topic.get_absolute_url()}reply/", {"body": "Nog één ding"})
    assert answer.status_code == 409
    assert "Nog één ding" in answer.content.decode()


def test_nobody_else_takes_it_back(enter, case, mate, trainer):
    for person in (mate, trainer):
        assert withdraw(enter(person), case).status_code == 403
    assert Case.objects.get().state == "action"

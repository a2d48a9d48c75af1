"""What trainers do in their circle, and what is forgotten about reports by itself."""

from datetime import timedelta

import pytest
import time_machine

from accounts.clock import now
from accounts.models import AuditEntry, Outgoing
from forums.moderation.models import Report, Ruling, Voice
from forums.moderation.tasks import erase_reports, forget_reporters
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make.cohort()


@pytest.fixture
def post(cohort):
    topic = make.topic(board=make.board(cohort=cohort), author=make.person(cohort=cohort))
    return make.post(topic, body="tekst 11.")


def test_names_go_after_a_month_and_the_report_after_a_year(post):
    moderator, report = make.moderator(), make.report(post, note="geheim briefje")
    report.take(moderator, "")
    report.rule(moderator, "hide", "Daarom.")
    assert (forget_reporters(), erase_reports()) == (0, 0)
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        assert (forget_reporters(), forget_reporters(), erase_reports()) == (1, 0, 0)
    voice = Voice.objects.get()
    assert (voice.person, voice.note) == (None, "")
    assert not Outgoing.objects.filter(kind="report_decided").exists()
    with time_machine.travel(now() + timedelta(days=366), tick=False):
        assert erase_reports() == 1
    assert not any(model.objects.exists() for model in (Report, Voice, Ruling))


def test_a_trainer_hides_and_puts_back_with_a_reason(enter, cohort, post):
    client = enter(make.trainer(cohort))
    address = f"/forums/posts/{post.pk}/hide/"
    assert "Verberg bericht" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Je collega is te raden."})
    own = enter(post.author).get(post.get_absolute_url()).content.decode()
    assert "Je collega is te raden." in own
    client = enter(make.trainer(cohort))
    back = f"/forums/posts/{post.pk}/restore/"
    assert f'href="{back}"' in client.get(post.get_absolute_url()).content.decode()
    assert "tekst 11." in client.get(back).content.decode()
    assert AuditEntry.objects.filter(verb="look_hidden", subject=post.author).count() == 1
    client.post(back, {"reason": "Nu goed."})
    assert "tekst 11." in enter(make.person(cohort=cohort)).get(post.get_absolute_url()).content.decode()
    for other in (make.trainer(make.cohort()), make.moderator()):
        assert enter(other).post(address, {"reason": "x"}).status_code == 404
    assert enter(make.person(cohort=cohort)).post(address, {"reason": "x"}).status_code == 403


def test_trainers_see_how_many_are_open_in_their_own_circle(enter, cohort, post):
    make.report(post)
    assert "1 open melding" in enter(make.trainer(cohort)).get("/").content.decode()
    assert "open melding" not in enter(make.trainer(make.cohort())).get("/").content.decode()

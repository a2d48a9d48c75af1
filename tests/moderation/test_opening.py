"""What more a moderator can do at a report: close the conversation, and open a file of what was reported."""

import pytest

from accounts.models import AuditEntry
from forums.files import store
from forums.models import Passage
from forums.models.attachment import Held
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    cohort = make.cohort()
    return make.post(make.topic(board=make.board(cohort=cohort)))


def page_of(report, rest="") -> str:
    return f"/moderation/{report.pk}/{rest}"


def test_the_conversation_is_closed_only_by_who_handles_the_report(enter, post):
    moderator = make.moderator()
    report = make.report(post)
    assert enter(moderator).post(page_of(report, "lock/")).status_code == 409
    report.take(moderator, "")
    assert enter(moderator).post(page_of(report, "lock/")).status_code == 302
    post.topic.refresh_from_db()
    assert post.topic.closed_at is not None


def test_files_of_what_was_reported_are_for_who_handles_it(enter, post):
    moderator = make.moderator()
    report = make.report(post)
    other = make.post(post.topic)
    for one, name in ((post, "verslag.pdf"), (other, "ander.pdf")):
        one.carry([Held(store.put(b"%PDF-"), name, "pdf", 5)])
        one.save()
    address = page_of(report, f"files/{post.attachments.get().pk}/")
    assert enter(moderator).get(address).status_code == 409
    report.take(moderator, "")
    client = enter(moderator)
    assert "verslag.pdf" in client.get(page_of(report)).content.decode()
    assert client.get(address).content == b"%PDF-"
    assert client.get(page_of(report, f"files/{other.attachments.get().pk}/")).status_code == 404
    assert AuditEntry.objects.filter(verb="look_report").count() == 2
    report.rule(moderator, "keep", "Niets aan de hand.")
    assert client.get(address).status_code == 409


def test_words_that_are_hidden_or_stand_elsewhere_are_in_no_quote(enter, post):
    reader = make.person(cohort=post.topic.board.cohort)
    trainer = make.trainer(post.topic.board.cohort)
    source = make.post(post.topic, body="kanarie kwettert hier")
    post.topic.reply(reader, "Goed idee", quotes=[Passage.of_words(source, "kanarie kwettert")])

    def page() -> str:
        return enter(reader).get(f"{post.topic.get_absolute_url()}?after=0").content.decode()

    assert page().count("kanarie kwettert") == 2
    source.hide(None, "even kijken")
    assert "kanarie" not in page()
    source.restore(trainer)
    assert page().count("kanarie kwettert") == 2
    post.topic.split(trainer, [source.number], "Los")
    assert "kanarie" not in page()

"""How a text stood before it was changed: for its writer, for a day."""

from datetime import timedelta

import pytest

from accounts.clock import now
from forums.models import Revision
from tests import make

pytestmark = pytest.mark.django_db


def address(post) -> str:
    return f"/forums/posts/{post.pk}/versions/"


def test_the_writer_reads_earlier_versions_newest_first_for_a_day(enter):
    topic = make.topic(title="Over Jan", body="met **Jan** erin")
    post = topic.posts.get()
    client = enter(topic.author)
    assert address(post) not in client.get(topic.get_absolute_url()).content.decode()
    post.edit(topic.author, "met een collega", 0, "Over een collega")
    post.edit(topic.author, "zonder naam", 1, "Over een collega")
    assert address(post) in client.get(topic.get_absolute_url()).content.decode()
    page = client.get(address(post)).content.decode()
    assert page.index("met een collega") < page.index("<strong>Jan</strong>") > page.index("Over Jan")
    assert "zonder naam" not in page
    Revision.objects.update(at=now() - timedelta(hours=24, seconds=1))
    page = client.get(address(post)).content.decode()
    assert "Jan" not in page
    assert "Er zijn geen eerdere versies meer." in page


def test_nobody_else_reads_them_and_nobody_after_the_text_was_taken_back(enter):
    topic = make.topic(body="met Jan erin")
    post = topic.posts.get()
    post.edit(topic.author, "zonder naam", 0)
    for person, status in (
        (make.person(alumnus=True), 403),
        (make.person(roles=["moderator"]), 403),
        (make.person(), 404),
    ):
        assert enter(person).get(address(post)).status_code == status
    make.post(topic)
    post.remove(topic.author)
    assert enter(topic.author).get(address(post)).status_code == 403


def test_under_a_pseudonym_the_writer_reads_them_too(enter):
    cohort = make.cohort()
    writer = make.person(cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=writer, body="eerst", pseudonymous=True)
    post = topic.posts.get()
    post.edit(writer, "daarna", 0)
    assert "eerst" in enter(writer).get(address(post)).content.decode()
    assert enter(make.trainer(cohort)).get(address(post)).status_code == 403

"""What a moderator sees of a report, and what becomes of it."""

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Outgoing
from accounts.tasks import send_mail
from forums.models import Post
from forums.moderation.models import Look, Report, Ruling
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make.cohort()


@pytest.fixture
def topic(cohort):
    return make.topic(board=make.board(cohort=cohort), author=make.person(cohort=cohort), body="opening 1")


@pytest.fixture
def post(topic):
    for number in range(2, 12):
        made = make.post(topic, body=f"tekst {number}.")
    for number in range(12, 20):
        make.post(topic, body=f"tekst {number}.")
    return made  # number 11


@pytest.fixture
def moderator():
    return make.moderator(name="Noor Dijkstra")


def page_of(report, rest="") -> str:
    return f"/moderation/{report.pk}/{rest}"


def taken(report, moderator) -> Report:
    report.take(moderator, "")
    return report


def rule(client, report, what, reason="Dank voor je verhaal."):
    return client.post(page_of(report, "rule/"), {"what": what, "reason": reason})


def test_the_queue_tells_why_and_where_and_nothing_of_what_was_written(enter, post, moderator):
    make.report(post, note="geheim briefje")
    page = enter(moderator).get("/moderation/").content.decode()
    assert "Iemand is herkenbaar" in page
    assert "Een kring" in page
    for words in ("tekst 11", "opening 1", post.topic.title, post.author.name, "geheim", post.topic.board.name):
        assert words not in page


def test_what_is_unsafe_stands_first_and_then_the_oldest(enter, topic, moderator):
    posts = [make.post(topic) for _ in range(3)]
    for post, reason in zip(posts, ("hurtful", "advert", "unsafe"), strict=True):
        make.report(post, reason=reason)
    page = enter(moderator).get("/moderation/").content.decode()
    found = sorted(("onveilig", "kwetsend", "reclame"), key=page.index)
    assert found == ["onveilig", "kwetsend", "reclame"]


def test_longer_than_a_working_day_is_marked(enter, post, moderator):
    with time_machine.travel("2027-03-05 16:00+01:00", tick=False):  # a Friday
        report = make.report(post)
    for moment, late in (("2027-03-08 15:59+01:00", False), ("2027-03-08 16:01+01:00", True)):
        with time_machine.travel(moment, tick=False):
            assert Report.objects.get(pk=report.pk).is_late is late


def test_only_who_took_it_reads_what_was_reported_with_ten_around_it(enter, post, moderator):
    report = make.report(post)
    client = enter(moderator)
    assert "tekst 11." not in client.get(page_of(report)).content.decode()
    assert not Look.objects.exists()
    client.post(page_of(report, "take/"), {"seen": ""})
    page = client.get(page_of(report)).content.decode()
    assert [n for n in range(2, 20) if f"tekst {n}." in page] == list(range(6, 17))
    assert post.topic.title not in page
    other = enter(make.moderator())
    assert "tekst 11." not in other.get(page_of(report)).content.decode()
    assert other.get(post.topic.get_absolute_url()).status_code == 404


def test_each_look_is_kept_for_the_writer_and_for_the_trainers(enter, cohort, post, moderator):
    report = taken(make.report(post), moderator)
    client = enter(moderator)
    for _ in range(2):
        client.get(page_of(report))
    looks = AuditEntry.objects.filter(verb="look_report")
    assert {(one.actor, one.subject, one.key) for one in looks} == {(moderator, post.author, str(post.pk))}
    assert Look.objects.count() == looks.count() == 2
    own = enter(post.author)
    assert f"/forums/posts/{post.pk}/seen/" in own.get(post.get_absolute_url()).content.decode()
    assert own.get(f"/forums/posts/{post.pk}/seen/").content.decode().count("Noor Dijkstra") == 2
    assert (
        "Noor Dijkstra"
        in enter(make.trainer(cohort)).get(f"{post.topic.board.get_absolute_url()}looks/").content.decode()
    )
    reader = enter(make.person(cohort=cohort))
    assert "/seen/" not in reader.get(post.get_absolute_url()).content.decode()
    assert reader.get(f"/forums/posts/{post.pk}/seen/").status_code == 403


def test_a_look_at_a_pseudonymous_text_shows_the_writer_without_telling_who_it_is(enter, cohort, moderator):
    writer = make.person("Farida Benali", cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=writer, pseudonymous=True)
    post = topic.posts.get()
    report = taken(make.report(post), moderator)
    page = enter(moderator).get(page_of(report)).content.decode()
    assert topic.alias.name in page
    assert "Farida" not in page
    assert str(writer.pk) not in page
    assert not AuditEntry.objects.filter(subject=writer).exists()
    assert (Look.objects.get().author, Look.objects.get().alias) == (None, topic.alias)
    rule(enter(moderator), report, "ask", "Kun je de kamer weglaten?")
    assert "Noor Dijkstra" in enter(writer).get(f"/forums/posts/{post.pk}/seen/").content.decode()
    assert "Kun je de kamer weglaten?" in enter(writer).get("/me/reports/").content.decode()
    assert "Kun je de kamer" not in enter(make.person(cohort=cohort)).get("/me/reports/").content.decode()
    assert not Outgoing.objects.exists()


def test_two_moderators_at_once_and_the_second_hears_who_has_it(enter, post, moderator):
    report = make.report(post)
    enter(moderator).post(page_of(report, "take/"), {"seen": ""})
    second = make.moderator()
    answer = enter(second).post(page_of(report, "take/"), {"seen": ""})
    assert (answer.status_code, "Noor Dijkstra" in answer.content.decode()) == (409, True)
    answer = rule(enter(second), report, "remove", "mijn uitleg")
    assert (answer.status_code, "mijn uitleg" in answer.content.decode()) == (409, True)
    assert enter(second).post(page_of(report, "take/"), {"seen": str(moderator.pk)}).status_code == 302
    assert rule(enter(moderator), report, "remove").status_code == 409
    assert Post.objects.get(pk=post.pk).body == "tekst 11."


def test_what_was_handed_back_is_for_anyone(enter, post, moderator):
    report = taken(make.report(post), moderator)
    enter(moderator).post(page_of(report, "back/"))
    report.refresh_from_db()
    assert (report.state, report.taken_by) == ("new", None)


def test_nobody_handles_a_report_about_the_own_text(enter, moderator):
    post = make.post(make.topic(), author=moderator)
    report = make.report(post)
    client = enter(moderator)
    assert client.get(page_of(report)).status_code == 403
    assert client.post(page_of(report, "take/"), {"seen": ""}).status_code == 403


@pytest.mark.parametrize(("what", "outcome"), [("keep", "no_action"), ("hide", "hidden"), ("remove", "removed")])
def test_after_the_decision_the_moderator_reads_nothing_any_more(enter, post, moderator, what, outcome):
    report = taken(make.report(post, note="geheim briefje"), moderator)
    client = enter(moderator)
    assert rule(client, report, what).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.outcome) == ("resolved", outcome)
    page = client.get(page_of(report)).content.decode()
    for words in ("tekst", "geheim", post.author.name):
        assert words not in page
    assert client.post(page_of(report, "take/"), {"seen": str(moderator.pk)}).status_code == 409
    assert rule(client, report, "keep").status_code == 409
    assert client.get(post.topic.get_absolute_url()).status_code == 404


def test_a_decision_needs_a_reason_and_what_was_chosen_stays(enter, post, moderator):
    report = taken(make.report(post), moderator)
    answer = enter(moderator).post(page_of(report, "rule/"), {"what": "remove", "reason": " "})
    page = answer.content.decode()
    assert (answer.status_code, 'value="remove" checked' in page) == (422, True)
    assert enter(moderator).post(page_of(report, "rule/"), {"what": "burn", "reason": "ja"}).status_code == 422
    assert not Ruling.objects.exists()


def test_removed_by_a_moderator_is_gone_for_good_and_says_so(enter, cohort, post, moderator):
    post.edit(post.author, "tekst 11. anders", 0)
    report = taken(make.report(post), moderator)
    rule(enter(moderator), report, "remove", "Er stond een naam in.")
    post.refresh_from_db()
    assert (post.body, post.html, post.stems, post.revisions.count()) == ("", "", "", 0)
    page = enter(make.person(cohort=cohort)).get(post.get_absolute_url()).content.decode()
    assert "Een moderator haalde deze tekst weg." in page
    assert "Er stond een naam in." not in page
    assert "Er stond een naam in." in enter(post.author).get(post.get_absolute_url()).content.decode()
    assert post.topic.locked().recount() == {}


def test_asked_changed_and_put_back(enter, cohort, post, moderator):
    report = taken(make.report(post), moderator)
    rule(enter(moderator), report, "ask", "Laat de kamer weg.")
    report.refresh_from_db()
    assert report.state == "in_progress"
    writer = enter(post.author)
    assert "Laat de kamer weg." in writer.get(post.get_absolute_url()).content.decode()
    writer.post(f"/forums/posts/{post.pk}/edit/", {"body": "zonder kamer", "revision": 0})
    assert writer.post(f"/forums/posts/{post.pk}/again/").status_code == 302
    page = enter(moderator).get(page_of(report)).content.decode()
    assert "zonder kamer" in page
    assert "vraagt om het terug te zetten" in page
    rule(enter(moderator), report, "keep", "Dank je wel.")
    report.refresh_from_db()
    assert report.outcome == "repaired"
    assert "zonder kamer" in enter(make.person(cohort=cohort)).get(post.get_absolute_url()).content.decode()


def test_what_stays_hidden_can_be_asked_back_later(enter, post, moderator):
    report = taken(make.report(post), moderator)
    rule(enter(moderator), report, "hide")
    enter(post.author).post(f"/forums/posts/{post.pk}/again/")
    again = Report.objects.open().get()
    assert (again.pk != report.pk, again.state, again.asked_again_at is not None) == (True, "new", True)
    assert again.voices.count() == 0


def test_the_reporter_hears_the_outcome_and_the_writer_never_who_it_was(enter, cohort, post, moderator):
    reporter = make.person("Lotte Jacobs", cohort=cohort)
    report = taken(make.report(post, by=reporter, note="geheim briefje"), moderator)
    rule(enter(moderator), report, "hide", "Iemand was te raden.")
    send_mail()
    assert {tuple(message.to) for message in mail.outbox} == {(reporter.email,), (post.author.email,)}
    for message in mail.outbox:
        words = message.subject + message.body
        assert "/me/reports/" in words
        for secret in ("tekst 11", "te raden", "geheim", "Lotte Jacobs", post.topic.title, post.topic.board.name):
            assert secret not in words
    page = enter(reporter).get("/me/reports/").content.decode()
    assert "Het blijft verborgen" in page
    assert "Iemand was te raden." in page
    writer = enter(post.author)
    for path in ("/me/reports/", post.get_absolute_url(), f"/forums/posts/{post.pk}/seen/", "/"):
        page = writer.get(path).content.decode()
        assert "geheim" not in page
        assert "Lotte Jacobs" not in page


def test_a_writer_whose_text_nothing_happened_to_is_not_bothered(enter, post, moderator):
    report = taken(make.report(post), moderator)
    rule(enter(moderator), report, "keep")
    assert {row.kind for row in Outgoing.objects.all()} == {"report_decided"}
    assert "Over wat jij schreef" not in enter(post.author).get("/me/reports/").content.decode()


def test_what_its_writer_took_back_meanwhile_is_closed_as_repaired(enter, post, moderator):
    report = taken(make.report(post), moderator)
    post.remove(post.author)
    assert "tekst 11." not in enter(moderator).get(page_of(report)).content.decode()
    assert rule(enter(moderator), report, "hide").status_code == 302
    report.refresh_from_db()
    post.refresh_from_db()
    assert post.hidden_at is None


def test_a_thing_that_is_not_there_any_more_can_be_closed(enter, post, moderator):
    report = taken(make.report(post), moderator)
    post.topic.delete()
    client = enter(moderator)
    assert client.get("/moderation/").status_code == 200
    assert client.get(page_of(report)).status_code == 200
    assert rule(client, report, "keep").status_code == 302


def test_the_queue_takes_as_many_statements_for_one_as_for_many(enter, topic, moderator):
    client = enter(moderator)

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/moderation/").status_code == 200
        return len(found)

    make.report(make.post(topic))
    statements()
    one = statements()
    for _ in range(6):
        taken(make.report(make.post(topic)), make.moderator())
    assert statements() == one

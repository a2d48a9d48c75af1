"""What someone is typing is kept, for that person and nobody else."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.clock import now
from forums.models import Draft, Topic
from forums.tasks import erase_old_drafts
from tests import make
from tests.forums import papers

pytestmark = pytest.mark.django_db
SAVE = "/forums/drafts/"


def save(client, place, body, revision=0, **more):
    return client.post(SAVE, {"place": place, "body": body, "revision": revision, **more})


@pytest.fixture
def topic():
    return make.topic()


@pytest.fixture
def writer(topic):
    return make.writer_on(topic.board)


def test_a_draft_is_kept_and_comes_back(enter, topic, writer):
    client, place = enter(writer), topic.get_absolute_url()
    answer = save(client, place, "half af").json()
    assert (answer["revision"], answer["other"]) == (1, False)
    assert answer["saved_at"].endswith("Z")
    assert answer["words"]
    assert save(client, place, "half af en meer", 1).json()["revision"] == 2
    page = client.get(place).content.decode()
    assert "half af en meer" in page
    assert 'data-revision="2"' in page
    assert 'form="drop-draft"' in page


def test_nobody_else_sees_it(enter, topic, writer):
    save(enter(writer), topic.get_absolute_url(), "kanarie")
    assert list(Draft.objects.visible_to(writer).values_list("body", flat=True)) == ["kanarie"]
    for person in (topic.author, make.person(roles=["moderator"]), make.organiser()):
        assert list(Draft.objects.visible_to(person)) == []
        assert "kanarie" not in enter(person).get(topic.get_absolute_url()).content.decode()


def test_placing_the_text_ends_the_draft(enter, topic, writer):
    client, place = enter(writer), topic.get_absolute_url()
    save(client, place, "klaar")
    client.post(f"{place}reply/", {"body": "klaar"})
    assert not Draft.objects.exists()


def test_a_new_conversation_and_a_change_have_drafts_too(enter, topic, writer):
    new, post = f"{topic.board.get_absolute_url()}new/", make.post(topic, author=writer, body="eerst")
    client = enter(writer)
    save(client, new, "tekst in wording", title="Titel in wording")
    page = client.get(new).content.decode()
    assert "Titel in wording" in page
    assert "tekst in wording" in page
    edit = f"/forums/posts/{post.pk}/edit/"
    save(client, edit, "anders in wording")
    assert "anders in wording" in client.get(edit).content.decode()
    client.post(new, {"title": "Titel", "body": "tekst"})
    client.post(edit, {"body": "anders", "revision": 0})
    assert not Draft.objects.exists()


def test_two_tabs_lose_neither_text(enter, topic, writer):
    client, place = enter(writer), topic.get_absolute_url()
    save(client, place, "eerste tab")
    save(client, place, "eerste tab, verder", 1)
    answer = save(client, place, "tweede tab", 0).json()
    assert (answer["revision"], answer["other"]) == (2, True)
    page = client.get(place).content.decode()
    assert "eerste tab, verder" in page
    assert "tweede tab" in page
    client.post(f"{place}reply/", {"body": "eerste tab, klaar"})
    assert "tweede tab" in client.get(place).content.decode()
    Draft.objects.update(other_at=now() - timedelta(days=8))
    assert erase_old_drafts() == 1


def test_saving_the_same_again_is_no_second_version(enter, topic, writer):
    client, place = enter(writer), topic.get_absolute_url()
    assert [save(client, place, "een", 0).json()["revision"] for _ in range(2)] == [1, 1]
    assert not Draft.objects.get().other_body


def test_a_draft_can_be_thrown_away_without_a_script(enter, topic, writer):
    client, place = enter(writer), topic.get_absolute_url()
    save(client, place, "weg ermee")
    answer = client.post(SAVE, {"place": place, "drop": "1"})
    assert (answer.status_code, answer["Location"]) == (302, place)
    assert not Draft.objects.exists()


def test_an_empty_box_is_no_draft(enter, topic, writer):
    client, place = enter(writer), topic.get_absolute_url()
    save(client, place, "iets")
    assert save(client, place, " \u200b\n", 1).json()["revision"] == 0
    assert not Draft.objects.exists()


def test_drafts_that_nobody_touches_go_after_sixty_days(enter, topic, writer):
    save(enter(writer), topic.get_absolute_url(), "oud")
    Draft.objects.update(changed_at=now() - timedelta(days=59))
    assert erase_old_drafts() == 0
    Draft.objects.update(changed_at=now() - timedelta(days=61))
    assert erase_old_drafts() == 1


def test_a_text_that_is_too_long_to_place_is_kept_all_the_same(enter, topic, writer):
    assert save(enter(writer), topic.get_absolute_url(), "x" * 20_001).status_code == 200


@pytest.mark.parametrize("body", ["a\x00b", "\x1b[0m", "x" * 60_001])
def test_what_cannot_be_stored_is_refused_with_words(enter, topic, writer, body):
    answer = save(enter(writer), topic.get_absolute_url(), body)
    assert answer.status_code == 422
    assert answer.json()["message"]


@pytest.mark.parametrize(
    "place",
    ["", "/", "/me/", "/forums/", "/forums/drafts/", "//evil.example/forums/topics/x/", "https://evil.example/", "\x00", "x" * 5000,
     "/forums/topics/00000000-0000-4000-8000-000000000000/", "/forums/niets/new/", "/forums/topics/../drafts/"],
)  # fmt: skip
def test_drafts_are_kept_only_where_one_may_write(enter, writer, place):
    client = enter(writer)
    assert save(client, place, "hallo").status_code == 404
    assert client.post(SAVE, {"place": place, "drop": "1"}).status_code == 404


def test_no_draft_where_one_reads_only(enter, topic):
    assert save(enter(make.organiser()), topic.get_absolute_url(), "hallo").status_code == 403
    Topic.objects.update(closed_at=now())
    assert save(enter(topic.author), topic.get_absolute_url(), "hallo").status_code == 403


def test_no_draft_for_a_stranger(topic):
    assert save(Client(), topic.get_absolute_url(), "hallo").status_code in (302, 401)
    assert not Draft.objects.exists()


def test_the_words_to_find_it_by_are_kept_too(enter, topic, writer):
    client, new = enter(writer), f"{topic.board.get_absolute_url()}new/"
    save(client, new, "", tagged="1", tags=["workload", "norms", "nonsense"])
    assert Draft.objects.get().tags == ["workload", "norms"]
    page = client.get(new).content.decode()
    assert re.findall(r'name="tags" value="(\w+)" checked', page) == ["workload", "norms"]
    assert erase_old_drafts() == 0
    assert save(client, new, "", 1, tagged="1").json()["revision"] == 0
    assert not Draft.objects.exists()


def test_the_words_of_an_edit_are_kept_and_where_none_are_offered_they_stay(enter, topic, writer):
    mine = make.topic(topic.board, writer, tags=["workload"])
    client, edit = enter(writer), f"/forums/posts/{mine.posts.get().pk}/edit/"
    save(client, edit, "anders in wording")
    assert 'value="workload" checked' in client.get(edit).content.decode()
    save(client, edit, "anders in wording", 1, tagged="1", tags=["norms"])
    page = client.get(edit).content.decode()
    assert 'value="workload" checked' not in page
    assert 'value="norms" checked' in page


def test_words_come_back_with_a_form_whose_file_was_not_taken(enter, topic, writer):
    client, new = enter(writer), f"{topic.board.get_absolute_url()}new/"
    good, bad = (SimpleUploadedFile(name, data) for name, data in (("a.pdf", papers.PDF), ("b.png", papers.PDF)))
    sent = {"title": "T", "body": "tekst", "tagged": "1", "tags": ["workload"], "files": [good, bad]}
    assert client.post(new, sent).status_code == 422
    assert Draft.objects.get().tags == ["workload"]
    assert 'value="workload" checked' in client.get(new).content.decode()


def test_the_kind_and_under_which_name_are_kept_until_it_is_placed(enter, topic, writer):
    client, new = enter(writer), f"{topic.board.get_absolute_url()}new/"
    save(client, new, "tekst", kind="experience", pseudonymous="on", title="Titel")
    page = client.get(new).content.decode()
    assert '<option value="experience" selected>' in page
    assert re.search(r'name="pseudonymous" value="on" checked', page)
    assert not re.search(r'name="pseudonymous" value="" checked', page)
    save(client, new, "tekst", 1, title="Titel")
    assert (Draft.objects.get().pseudonymous, Draft.objects.get().kind) == (False, "")
    save(client, new, "tekst", 2, pseudonymous="on", title="Titel", kind="nonsense")
    save(client, new, "van een andere tab", 0)
    client.post(new, {"title": "Titel", "body": "tekst", "pseudonymous": "on"})
    left = Draft.objects.get()
    assert (left.body, left.title, left.kind, left.pseudonymous) == ("", "", "", False)


def test_the_kind_of_a_reply_is_kept(enter, topic, writer):
    client, place = enter(writer), topic.get_absolute_url()
    save(client, place, "half af", kind="suggestion")
    assert '<option value="suggestion" selected>' in client.get(place).content.decode()

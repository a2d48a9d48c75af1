"""Files that cannot be taken: each hears why, and what was good is not lost."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from accounts.bodies import is_too_large
from forums.files import kinds
from forums.models import Attachment, Draft, Post
from forums.views import boards, topics
from tests import make
from tests.forums import papers
from tests.forums.test_attachments import files_on_disk, reply, there

__all__ = ["there"]
pytestmark = pytest.mark.django_db
MANY = {f"e{number}": b"" for number in range(3_000)}
BAD = {
    "a lie": ("plan.pdf", b"<html><script>alert(1)</script>"),
    "a photo that is a document": ("foto.png", papers.PDF),
    "a program": ("plan.exe", b"MZ\x90\x00\x03"),
    "a program with a good name": ("plan.pdf", b"MZ\x90\x00\x03"),
    "a drawing that runs": ("plan.svg", b"<svg onload='alert(1)'/>"),
    "nothing": ("plan.txt", b""),
    "a photo of 2,500 megapixels": ("foto.png", papers.huge_png()),
    "another": ("foto.webp", papers.huge_webp()),
    "half a photo": ("foto.jpg", papers.photo()[:300]),
    "a head only": ("foto.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
    "3,000 entries": ("plan.docx", papers.document(MANY)),
    "300 MB unpacked": ("plan.docx", papers.swollen(300 * 1024 * 1024)),
    "entries over each other": ("plan.docx", papers.over_each_other(1_500)),
    "an archive": ("plan.docx", papers.packed({"a": "b"})),
    "an archive by name": ("plan.zip", papers.packed({"a": "b"})),
    "macros": ("plan.docx", papers.document({"word/vbaProject.bin": b"x"})),
    "half a document": ("plan.docx", papers.document()[:200]),
    "another document": ("plan.xlsx", papers.document()),
    "no text": ("plan.txt", b"a\x00b"),
    "a long name": ("x" * 130 + ".txt", b"a"),
    "a name that is nothing": ("\u3164.txt", b"a"),
}


@pytest.mark.parametrize("what", BAD)
def test_it_is_refused_with_its_name_and_a_reason(there, settings, what):
    topic, _person, client = there
    name, data = BAD[what]
    answer = reply(client, topic, papers.sent(name, data))
    page = answer.content.decode()
    assert answer.status_code == 422
    errors = re.findall(r'<li><a href="#id_files">(.*?)</a></li>', page)
    assert len(errors) == 1
    assert name[:25] in errors[0]
    assert ">\nKijk</textarea>" in page
    assert topic.posts.count() == 1
    assert files_on_disk(settings) == set()


def test_a_file_of_more_than_10_mb_is_too_large(there, monkeypatch):
    topic, _person, client = there
    monkeypatch.setattr(kinds, "MOST", 20)
    answer = reply(client, topic, papers.sent("plan.txt", b"x" * 21), papers.sent("klein.txt", b"x" * 20))
    assert answer.status_code == 422
    assert [line["name"] for line in Draft.objects.get().files] == ["klein.txt"]


def test_the_good_ones_wait_with_the_draft_and_go_along_the_next_time(there, settings):
    topic, person, client = there
    answer = reply(client, topic, papers.sent("goed.pdf", papers.PDF), papers.sent("fout.pdf", b"x"))
    page = answer.content.decode()
    assert "goed.pdf" in page
    waiting = re.findall(r'name="waiting" value="(\w+)"', page)
    assert waiting == [line["id"] for line in person.drafts.get().files]
    assert reply(client, topic, waiting=waiting).status_code == 302
    assert Attachment.objects.get().name == "goed.pdf"
    assert not Draft.objects.exists()


def test_an_error_in_the_words_loses_no_file(there):
    topic, _person, client = there
    waiting = re.findall(
        r'name="waiting" value="(\w+)"', reply(client, topic, papers.sent("a.txt", b"a"), body="").content.decode()
    )
    assert len(waiting) == 1
    again = client.get(topic.get_absolute_url()).content.decode()
    assert waiting == re.findall(r'name="waiting" value="(\w+)"', again)
    reply(client, topic, papers.sent("b.txt", b"b"), body="Kijk", waiting=waiting)
    assert [line["name"] for line in Post.objects.get(number=2).files] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("path", ["new", "edit"])
def test_the_other_forms_keep_good_files_as_well(there, path):
    topic, person, client = there
    if path == "edit":
        address = f"/forums/posts/{make.post(topic, author=person).pk}/edit/"
    else:
        address = f"{topic.board.get_absolute_url()}new/"
    words = {"title": "Titel", "body": "", "revision": 0, "files": [papers.sent("a.txt", b"a")]}
    answer = client.post(address, words)
    assert answer.status_code == 422
    waiting = re.findall(r'name="waiting" value="(\w+)"', answer.content.decode())
    assert re.findall(r'name="waiting" value="(\w+)"', client.get(address).content.decode()) == waiting
    assert client.post(address, {"title": "Titel", "body": "Dag", "revision": 0, "waiting": waiting}).status_code == 302
    assert Attachment.objects.get().name == "a.txt"


def test_a_waiting_file_can_be_taken_out(there, settings, django_capture_on_commit_callbacks):
    topic, _person, client = there
    waiting = re.findall(
        r'name="waiting" value="(\w+)"', reply(client, topic, papers.sent("a.txt", b"a"), body="").content.decode()
    )
    with django_capture_on_commit_callbacks(execute=True):
        reply(client, topic, body="", waiting=waiting, drop=waiting)
    assert files_on_disk(settings) == set()
    assert reply(client, topic).status_code == 302
    assert not Attachment.objects.exists()


def test_a_file_that_waits_for_another_is_out_of_reach(there, enter):
    topic, _person, client = there
    reply(client, topic, papers.sent("geheim.txt", b"geheim"), body="")
    foreign = Draft.objects.get().files[0]["id"]
    other = enter(make.person(cohort=topic.board.cohort))
    for name in (foreign, "../../secret_key", "x" * 40, "\x00"):
        answer = reply(other, topic, waiting=name)
        assert answer.status_code == 422
        assert "geheim.txt" not in answer.content.decode()
    assert not Attachment.objects.exists()
    assert other.get(f"/forums/attachments/{uuid.uuid4()}/").status_code == 404


def test_of_eleven_files_ten_are_kept_and_the_last_hears_why(there):
    topic, _person, client = there
    answer = reply(client, topic, *[papers.sent(f"{number}.txt", b"x") for number in range(11)])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r'<li><a href="#id_files">‘(.*?)’', page) == ["10.txt"]
    waiting = re.findall(r'name="waiting" value="(\w+)"', page)
    assert len(waiting) == 10
    assert reply(client, topic, papers.sent("nog.txt", b"x"), waiting=waiting).status_code == 422
    assert reply(client, topic, waiting=waiting).status_code == 302
    assert Attachment.objects.count() == 10


def test_more_files_than_a_request_may_hold_is_too_large(there):
    topic, _person, client = there
    assert reply(client, topic, *[papers.sent(f"{number}.txt", b"x") for number in range(21)]).status_code == 413


def test_a_body_is_measured_by_what_its_address_takes():
    def sent(size, kind="multipart/form-data; boundary=x"):
        return RequestFactory().generic("POST", "/", b"x", kind, CONTENT_LENGTH=str(size))

    large, larger = 109 * 1024 * 1024, 111 * 1024 * 1024
    assert not is_too_large(sent(large), topics.reply)
    assert is_too_large(sent(larger), topics.reply)
    assert is_too_large(sent(large, "application/x-www-form-urlencoded"), topics.reply)
    assert is_too_large(sent(large), boards.board)
    assert not is_too_large(sent("no number"), boards.board)


def test_a_large_body_for_a_page_without_files_is_refused_unread(there):
    _topic, _person, client = there
    answer = client.post("/forums/drafts/", {"place": "/", "x": papers.sent("a.txt", b"x" * 3_000_000)})
    assert answer.status_code == 413


def test_ten_files_a_minute_and_100_mb_a_day(there, settings, monkeypatch):
    topic, person, client = there
    settings.RATE_LIMITS = True
    settings.LIMITS = settings.LIMITS | {"reply": [(99, 60)], "upload_bytes": [(1_000, 86_400)]}
    cache.clear()
    answer = reply(client, topic, papers.sent("a.txt", b"x" * 600), papers.sent("b.txt", b"x" * 600))
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert [line["name"] for line in person.drafts.get().files] == ["a.txt"]
    fitting = reply(client, topic, *[papers.sent(f"{number}.txt", b"x") for number in range(8)])
    assert fitting.status_code == 302
    assert reply(client, topic, papers.sent("a.txt", b"x")).status_code == 429
    cache.clear()


def test_sent_twice_with_a_file_that_waited_is_sent_once(there):
    topic, _person, client = there
    waiting = re.findall(
        r'name="waiting" value="(\w+)"', reply(client, topic, papers.sent("a.txt", b"a"), body="").content.decode()
    )
    key = str(uuid.uuid4())
    answers = [reply(client, topic, waiting=waiting, submission_id=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Attachment.objects.count() == 1


def test_emptying_the_box_does_not_lose_the_file_that_waits(there):
    topic, person, client = there
    reply(client, topic, papers.sent("a.txt", b"a"), body="")
    words = {"place": topic.get_absolute_url(), "body": "", "revision": 1}
    assert client.post("/forums/drafts/", words).status_code == 200
    assert len(person.drafts.get().files) == 1

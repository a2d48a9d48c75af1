"""Files with a post: whom they reach and how, and how they come and go with it."""

import io
import uuid
import zipfile

import pytest
from django.core.cache import cache
from PIL import Image

from accounts.clock import now
from forums.files import store
from forums.models import Attachment, Draft, Post, Topic
from forums.tasks import sweep_files
from tests import make
from tests.forums import papers

pytestmark = pytest.mark.django_db


def files_on_disk(settings) -> set[str]:
    return {path.name for path in settings.UPLOADS_DIR.glob("*/*")}


def reply(client, topic, *files, **more):
    words = {"body": "Kijk", "submission_id": str(uuid.uuid4()), "files": list(files)} | more
    return client.post(f"{topic.get_absolute_url()}reply/", words)


@pytest.fixture
def there(enter):
    """A conversation in a circle, who takes part in it, and a client of that person."""
    cohort = make.cohort()
    person = make.person("Noor de Wit", cohort=cohort)
    return make.topic(board=make.board(cohort=cohort)), person, enter(person)


def test_a_file_stands_under_the_post_with_name_and_size_and_can_be_fetched(there):
    topic, _person, client = there
    answer = reply(client, topic, papers.sent("plan.pdf", papers.PDF * 3000))
    assert answer.status_code == 302
    row = Attachment.objects.get()
    page = client.get(answer.url).content.decode()
    assert f'href="/forums/attachments/{row.pk}/"' in page
    assert "plan.pdf" in page
    assert f"{round(len(papers.PDF) * 3)} kB" in page
    fetched = client.get(f"/forums/attachments/{row.pk}/")
    assert fetched.content == papers.PDF * 3000
    assert row.stored not in page


def test_a_file_is_saved_and_never_opened_by_the_browser(there):
    topic, _person, client = there
    reply(client, topic, papers.sent("plan “a”\u202e.pdf", papers.PDF))
    headers = client.get(f"/forums/attachments/{Attachment.objects.get().pk}/").headers
    known = {name: headers[name] for name in ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options")}
    assert known == {
        "Content-Type": "application/pdf",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"plan _a_.pdf\"; filename*=UTF-8''plan%20%E2%80%9Ca%E2%80%9D.pdf"
    )


def test_a_part_can_be_asked_for(there):
    topic, _person, client = there
    reply(client, topic, papers.sent("a.txt", b"0123456789"))
    address = f"/forums/attachments/{Attachment.objects.get().pk}/"
    asked = {
        "bytes=2-4": (206, b"234"),
        "bytes=7-": (206, b"789"),
        "bytes=-2": (206, b"89"),
        "bytes=0-99": (206, b"0123456789"),
    }
    asked |= {
        "bytes=10-": (416, b""),
        "bytes=4-2": (416, b""),
        "bytes=0-1,3-4": (200, b"0123456789"),
        "x": (200, b"0123456789"),
    }
    found = {range_: client.get(address, headers={"Range": range_}) for range_ in asked}
    assert {range_: (answer.status_code, answer.content) for range_, answer in found.items()} == asked
    assert found["bytes=2-4"].headers["Content-Range"] == "bytes 2-4/10"
    head = client.head(address)
    assert (head.status_code, head.headers["Content-Length"], head.content) == (200, "10", b"")


def test_who_does_not_read_the_post_finds_no_file(there, enter):
    topic, _person, client = there
    reply(client, topic, papers.sent("a.txt", b"x"))
    address = f"/forums/attachments/{Attachment.objects.get().pk}/"
    outsiders = [make.person(cohort=make.cohort()), make.organiser(), make.person(alumnus=True)]
    assert {enter(person).get(address).status_code for person in outsiders} == {404}
    assert enter(make.trainer(topic.board.cohort)).get(address).status_code == 200


def test_taken_back_is_gone_at_once(there, settings, django_capture_on_commit_callbacks):
    topic, _person, client = there
    reply(client, topic, papers.sent("a.txt", b"x"))
    make.post(topic)
    row, post = Attachment.objects.get(), Post.objects.get(number=2)
    assert files_on_disk(settings) == {row.stored}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/forums/posts/{post.pk}/remove/")
    assert not Attachment.objects.exists()
    assert files_on_disk(settings) == set()
    assert client.get(f"/forums/attachments/{row.pk}/").status_code == 404
    assert "a.txt" not in client.get(topic.get_absolute_url()).content.decode()


@pytest.mark.parametrize("pseudonymous", [False, True])
def test_a_hidden_file_is_there_for_its_author_only(enter, pseudonymous):
    cohort = make.cohort()
    writer, other = make.person(cohort=cohort), make.person(cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=writer, pseudonymous=pseudonymous)
    reply(enter(writer), topic, papers.sent("a.txt", b"x"))
    Post.objects.filter(number=2).update(hidden_at=now())
    address = f"/forums/attachments/{Attachment.objects.get().pk}/"
    people = [writer, other, make.trainer(cohort)]
    assert [enter(person).get(address).status_code for person in people] == [200, 404, 404]


def test_a_photo_keeps_its_picture_and_nothing_else(there):
    topic, _person, client = there
    kinds = {"a.jpg": "JPEG", "b.png": "PNG", "c.webp": "WEBP", "d.JPEG": "JPEG"}
    reply(client, topic, *[papers.sent(name, papers.photo(kind)) for name, kind in kinds.items()])
    assert Attachment.objects.count() == 4
    for row in Attachment.objects.all():
        data = client.get(f"/forums/attachments/{row.pk}/").content
        assert papers.PLACE not in data
        assert b"Noor" not in data
        with Image.open(io.BytesIO(data)) as picture:
            assert (picture.size, dict(picture.getexif())) == ((40, 60), {})
            assert {"exif", "comment", "icc_profile", "xmp"} & set(picture.info) == set()


def test_a_document_no_longer_tells_who_made_it(there):
    topic, _person, client = there
    reply(client, topic, papers.sent("a.docx", papers.document()), papers.sent("b.odt", papers.open_document()))
    rows = Attachment.objects.order_by("name")
    for row, words in zip(rows, ("word/document.xml", "content.xml"), strict=True):
        with zipfile.ZipFile(io.BytesIO(client.get(f"/forums/attachments/{row.pk}/").content)) as archive:
            assert archive.testzip() is None
            assert b"Noor" not in b"".join(archive.read(name) for name in archive.namelist())
            assert archive.read(words)
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_under_a_pseudonym_no_row_and_no_name_on_the_disk_leads_to_the_writer(enter, settings):
    cohort = make.cohort()
    writer = make.person(cohort=cohort)
    client, board = enter(writer), make.board(cohort=cohort)
    address = f"{board.get_absolute_url()}new/"
    words = {"title": "Vraag", "pseudonymous": "on", "submission_id": str(uuid.uuid4())}
    client.post(address, words | {"body": "", "files": [papers.sent("a.txt", b"x")]})
    waited = Draft.objects.get().files[0]["id"]
    assert client.post(address, words | {"body": "Dag", "waiting": waited}).status_code == 302
    row = Attachment.objects.get()
    assert row.stored != waited
    assert {field.name for field in Attachment._meta.get_fields()} == {"id", "post", "name", "kind", "size", "stored"}
    assert not Draft.objects.exists()
    assert Topic.objects.get().author is None


def test_a_change_adds_and_takes_out(there, settings, django_capture_on_commit_callbacks):
    topic, _person, client = there
    reply(client, topic, papers.sent("a.txt", b"a"), papers.sent("b.txt", b"b"))
    post = Post.objects.get(number=2)
    first = Attachment.objects.get(name="a.txt")
    words = {"body": "Kijk", "revision": 0, "drop": str(first.pk), "files": [papers.sent("c.txt", b"c")]}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/forums/posts/{post.pk}/edit/", words).status_code == 302
    post.refresh_from_db()
    assert [line["name"] for line in post.files] == ["b.txt", "c.txt"]
    assert post.revision == 1
    assert set(Attachment.objects.values_list("name", flat=True)) == {"b.txt", "c.txt"}
    assert files_on_disk(settings) == set(Attachment.objects.values_list("stored", flat=True))


def test_a_change_that_says_nothing_of_files_leaves_them(there):
    topic, _person, client = there
    reply(client, topic, papers.sent("a.txt", b"a"))
    post = Post.objects.get(number=2)
    client.post(f"/forums/posts/{post.pk}/edit/", {"body": "Anders", "revision": 0})
    assert Attachment.objects.get().post_id == post.pk


def test_a_file_of_another_post_cannot_be_taken_out(there):
    topic, _person, client = there
    reply(client, topic, papers.sent("a.txt", b"a"))
    reply(client, topic)
    foreign = Attachment.objects.get()
    other = Post.objects.get(number=3)
    words = {"body": "Anders", "revision": 0, "drop": [str(foreign.pk), "../../x", "\x00"]}
    client.post(f"/forums/posts/{other.pk}/edit/", words)
    assert Attachment.objects.get() == foreign
    assert store.read(foreign.stored) == b"a"


def test_what_belongs_to_nothing_is_swept_away_after_an_hour(there, settings, monkeypatch):
    topic, _person, client = there
    reply(client, topic, papers.sent("a.txt", b"a"))
    reply(client, topic, papers.sent("b.txt", b"b"), body="")
    lost = store.put(b"of a text that was never stored")
    cache.clear()
    assert sweep_files() == 0
    monkeypatch.setattr("forums.tasks.AN_HOUR", -1)
    cache.clear()
    assert sweep_files() == 1
    assert lost not in files_on_disk(settings)
    assert len(files_on_disk(settings)) == 2

"""The columns that a search goes by are written with the text, and the index over them stays true."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from forums import index, stems
from forums.models import Post
from forums.tasks import fill_stems, tidy_index
from tests import make

pytestmark = pytest.mark.django_db
sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")


def found(stem: str) -> set[int]:
    """Numbers of the posts that the index itself holds under `stem`."""
    table, name = "forums_post", index.name_of("forums_post")
    if connection.vendor == "postgresql":
        where, what = f"{index.vector(table)} @@ to_tsquery('simple', %s)", stem
    else:
        where, what = f"rowid IN (SELECT rowid FROM {name} WHERE {name} MATCH %s)", stem  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {table} WHERE {where}", [what])  # noqa: S608  (constants)
        return {number for (number,) in cursor.fetchall()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grappen, een grap; huizen en een HUIS", "grap een grap huis en een huis"),
        ("Foto's van collega’s", "foto van collega"),
        ("Geïnteresseerd café", "geinteresseerd caf"),
        ("sociaal-emotioneel e_mail", "sociaal emotionel e mail"),
        ("in 2027, COVID19 en 1e5", "in n2027 covid19 en n1e5"),
        ("日本", "q65e5qq672cq"),
        ("zo\u00adge\u200bnaamd", "zogenaamd"),
        ("*** … \u2800", ""),
    ],
)
def test_words_become_stems(text, expected):
    assert " ".join(stems.stems_of(text)) == expected


def test_an_opening_text_is_found_by_its_title_and_no_phrase_runs_from_one_into_the_other():
    topic = make.topic(title="Grenzen trekken", body="In het team")
    post = topic.posts.get()
    assert (post.board_id, post.stems) == (topic.board_id, " zzbeveryone grens trek   in het team ")


def test_a_reply_is_found_by_its_text_only():
    topic = make.topic(title="Grenzen")
    post = make.post(topic, body="Kanaries zingen")
    assert post.stems == " zzbeveryone kanaries zing "
    assert (found("zing"), found("grens")) == ({2}, {1})


def test_another_text_takes_the_place_of_the_old_one():
    topic = make.topic(title="Dag", body="kanarie")
    topic.posts.get().edit(topic.author, "mus", 0, title="Avond")
    assert (found("kanarie"), found("dag"), found("mus"), found("avond")) == (set(), set(), {1}, {1})


def test_what_is_taken_back_leaves_the_index():
    topic = make.topic(title="Dag", body="kanarie")
    make.post(topic)
    topic.posts.get(number=1).remove(topic.author)
    assert (topic.posts.get(number=1).stems, found("kanarie"), found("dag")) == ("", set(), set())
    topic.posts.all().delete()
    assert found("zzbeveryone") == set()


def test_texts_of_before_the_index_are_put_in():
    make.topic(body="kanarie").posts.update(stems=None, board=None)
    assert found("kanarie") == set()
    assert (fill_stems(), fill_stems()) == (1, 0)
    post = Post.objects.get()
    assert (found("kanarie"), post.board_id) == ({1}, post.topic.board_id)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("words", [[], ["--missing"], ["--rows"]])
def test_the_index_is_made_again_by_command(words):
    make.topic(body="kanarie")
    Post.objects.update(stems=None if words == ["--missing"] else " kanarie ")
    call_command("reindex", *words, stdout=StringIO())
    assert found("kanarie") == {1}
    assert found("zzbeveryone") == ({1} if words != ["--rows"] else set())


@sqlite
@pytest.mark.django_db(transaction=True)
def test_the_index_survives_a_table_that_is_built_anew():
    topic = make.topic(body="kanarie")
    make.post(topic, body="mus")
    topic.posts.get(number=1).delete()  # so that row numbers move
    with connection.schema_editor() as editor:
        editor._remake_table(Post)
    call_command("migrate", verbosity=0)
    assert (found("mus"), found("kanarie")) == ({2}, set())
    make.post(topic, body="merel")
    assert found("merel") == {3}


@sqlite
def test_in_a_large_index_words_that_were_taken_out_are_gone_after_the_daily_tidying(monkeypatch):
    monkeypatch.setattr(index, "SMALL", 0)
    post = make.topic(body="kanarie").posts.get()
    post.remove(post.author)
    assert b"kanarie" in held()
    assert tidy_index() == 0
    assert b"kanarie" not in held()


def held() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT block FROM {index.name_of('forums_post')}_data")  # noqa: S608
        return b"".join(block for (block,) in cursor.fetchall())

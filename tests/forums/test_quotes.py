"""Quoting: a reference to words, shown for as long as they stand, and a copy nowhere."""

import re
import uuid
from html import unescape

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums import text
from forums.fragments import shelf
from forums.models import Draft, Passage, Post, Quote, Topic
from tests import make
from tests.forums.test_editing import everything
from tests.sockets import events, frame, listening, signed_in

pytestmark = pytest.mark.django_db
SAID = "Ik begin **altijd** met de agenda.\n\nDan weet iedereen waar hij aan toe is."


@pytest.fixture
def cohort():
    return make.cohort()


@pytest.fixture
def source(cohort):
    return make.post(
        make.topic(board=make.board(cohort=cohort)), author=make.person("Sjoerd", cohort=cohort), body=SAID
    )


@pytest.fixture
def writer(cohort):
    return make.person("Noor", cohort=cohort)


def reply(client, topic, *quotes, **more):
    words = {"body": "Goed idee", "submission_id": str(uuid.uuid4()), "quote": list(quotes)}
    return client.post(f"{topic.get_absolute_url()}reply/", words | more)


def quoting(source, author, words="altijd met de agenda") -> Post:
    return source.topic.reply(author, "Goed idee", quotes=[Passage.of_words(source, words)])


def page_of(client, topic) -> str:
    return unescape(client.get(topic.get_absolute_url()).content.decode())


def quoted(page: str) -> list[str]:
    """What stands in the quotes of posts."""
    posts = page.split("<draft-keeper", maxsplit=1)[0]
    return re.findall(r'<blockquote class="post__quote">.*?<p[^>]*>(.*?)</p>', posts, re.DOTALL)


def test_words_of_another_post_stand_above_the_reply(enter, source, writer):
    client = enter(writer)
    assert reply(client, source.topic, f"{source.pk}:altijd met\n\nde agenda. Dan weet").status_code == 302
    page = page_of(client, source.topic)
    assert quoted(page) == ["altijd met de agenda. Dan weet"]
    assert 'Sjoerd</bdi>, <a href="?from=2#post-2">bericht 2</a>' in page
    post = Post.objects.get(number=3)
    assert "agenda" not in post.body + post.html
    assert [(one.source, one.revision, one.position) for one in post.quotes.all()] == [(source, 0, 0)]


def test_no_row_holds_a_copy(enter, source, writer):
    client = enter(writer)
    client.post(
        "/forums/drafts/",
        {"place": source.topic.get_absolute_url(), "body": "Wacht", "quote": f"{source.pk}:de agenda"},
    )
    reply(client, source.topic, f"{source.pk}:met de agenda")
    source.remove(source.author)
    assert "agenda" not in everything()


@pytest.mark.parametrize(
    ("said", "chosen", "shown"),
    [
        ("een `code` en **v**et", "code en vet", "code en vet"),
        ("- een\n- twee\n", "een\ntwee", "een twee"),
        ("<b>a & b</b>", "a & b", "a & b"),
        ("| a | b |\n|---|---|\n| c | d |", "a\tb\nc\td", "a b c d"),
        ("x " * 900, "x " * 900, ("x " * 500).strip()),
    ],
)
def test_what_is_selected_is_found_however_its_lines_break(source, said, chosen, shown):
    source.html = text.to_html(said)
    found = Passage.of_words(source, chosen)
    plain = text.words(source.html)
    assert plain[found.start : found.start + found.length] == shown


@pytest.mark.parametrize(
    "value", ["{}:niet gezegd", "{}:", "{}", "x:de agenda", ":", "00000000-0000-4000-8000-000000000000:de agenda"]
)
def test_words_that_do_not_stand_there_are_not_quoted_and_the_text_comes_back(enter, source, writer, value):
    answer = reply(enter(writer), source.topic, value.format(source.pk))
    assert (answer.status_code, "Goed idee" in answer.content.decode()) == (422, True)
    assert "De woorden die je citeert staan niet meer in dat bericht." in answer.content.decode()
    assert Post.objects.count() == 2


def test_good_quotes_come_back_with_a_form_that_is_not_taken(enter, source, writer):
    answer = reply(enter(writer), source.topic, f"{source.pk}:met de agenda", body="")
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f'name="quote" value="{source.pk}:met de agenda"' in page
    open_page = enter(writer).post(
        f"{source.topic.get_absolute_url()}reply/",
        {"body": "", "quote": f"{source.pk}:met de agenda"},
        headers={"HX-Request": "true"},
    )
    assert "met de agenda" in open_page.content.decode()


def test_a_post_of_another_conversation_cannot_be_quoted(enter, source, writer):
    near, far = (
        make.topic(board=source.topic.board),
        make.topic(board=make.board(cohort=make.cohort()), body="Geheim van elders"),
    )
    client = enter(writer)
    assert reply(client, near, f"{source.pk}:met de agenda").status_code == 422
    answer = reply(client, source.topic, f"{far.posts.get().pk}:Geheim")
    assert answer.status_code == 422
    client.post(
        "/forums/drafts/", {"place": near.get_absolute_url(), "body": "x", "quote": f"{far.posts.get().pk}:Geheim"}
    )
    assert Draft.objects.get().quotes == []
    client.post(
        "/forums/drafts/",
        {"place": near.get_absolute_url(), "body": "x", "revision": 1, "quote": f"{source.pk}:de agenda"},
    )
    assert "de agenda" not in page_of(client, near)


def test_five_quotes_and_no_more(enter, source, writer):
    words = ["Ik", "begin", "altijd", "met", "de", "agenda"]
    answer = reply(enter(writer), source.topic, *[f"{source.pk}:{word}" for word in words])
    page = answer.content.decode()
    assert (answer.status_code, page.count('name="quote" value="') - 1) == (422, 5)
    assert reply(enter(writer), source.topic, *[f"{source.pk}:{word}" for word in words[:5]]).status_code == 302
    assert Quote.objects.count() == 5


def test_without_scripts_a_post_is_quoted_by_its_beginning_and_taken_out_again(enter, source, writer):
    long = make.post(source.topic, body="woord " * 100)
    client = enter(writer)
    page = unescape(client.get(f"{source.topic.get_absolute_url()}?quote={long.number}").content.decode())
    value = re.search(rf'name="quote" value="({long.pk}:[^"]*)"', page)[1]
    assert value == f"{long.pk}:" + " ".join(["woord"] * 50)
    words = {
        "body": "Half af",
        "quote": [value, f"{source.pk}:de agenda"],
        "drop_quote": "0",
        "submission_id": str(uuid.uuid4()),
    }
    answer = client.post(f"{source.topic.get_absolute_url()}reply/", words)
    page = unescape(answer.content.decode())
    assert (answer.status_code, "Half af" in page, value in page, f"{source.pk}:de agenda" in page) == (
        200,
        True,
        False,
        True,
    )
    assert Post.objects.count() == 3


@pytest.mark.parametrize(
    "query", ["quote=x", "quote=999", "quote=-1", "quote=", "quote=2&at=9-99999", "quote=2&at=a-b", "quote=²"]
)
def test_a_strange_address_quotes_nothing_strange(enter, source, writer, query):
    assert enter(writer).get(f"{source.topic.get_absolute_url()}?{query}").status_code == 200


def test_words_are_quoted_by_their_place(enter, source, writer):
    page = unescape(enter(writer).get(f"{source.topic.get_absolute_url()}?quote=2&at=7-9").content.decode())
    assert f'value="{source.pk}:altijd met"' in page


def test_a_draft_keeps_its_quotes_as_places(enter, source, writer):
    client = enter(writer)
    place = source.topic.get_absolute_url()
    saved = client.post("/forums/drafts/", {"place": place, "body": "", "quote": f"{source.pk}:de agenda"}).json()
    assert saved["revision"] == 1
    assert Draft.objects.get().quotes == [[str(source.pk), 0, 20, 9]]
    assert f'value="{source.pk}:de agenda"' in unescape(client.get(place).content.decode())
    source.edit(source.author, "Heel anders", 0)
    assert "de agenda" not in unescape(client.get(place).content.decode())
    reply(client, source.topic)
    assert not Draft.objects.exists()


def test_a_quote_of_a_changed_text_says_so_and_shows_nothing_of_it(enter, source, writer):
    quoting(source, writer)
    client = enter(writer)
    assert quoted(page_of(client, source.topic)) == ["altijd met de agenda"]
    source.edit(source.author, "Nu staat hier iets heel anders dan eerst.", 0)
    assert quoted(page_of(client, source.topic)) == ["De tekst is sinds dit citaat veranderd."]


def test_what_is_taken_back_is_gone_from_every_quote(enter, source, writer, django_capture_on_commit_callbacks):
    posts = [quoting(source, writer), quoting(source, writer)]
    client = enter(writer)
    assert "agenda" in page_of(client, source.topic)
    with django_capture_on_commit_callbacks(execute=True):
        source.remove(source.author)
    assert not {post.pk for post in posts} & set(shelf.items)
    page = page_of(client, source.topic)
    assert quoted(page) == ["Deze tekst is teruggenomen."] * 2
    assert "agenda" not in page
    assert "Sjoerd" not in page
    seqs = list(Post.objects.order_by("number").values_list("seq", flat=True))
    assert (seqs, Topic.objects.get().seq) == ([1, 5, 6, 7], 7)


def test_what_is_hidden_is_not_seen_in_a_quote(enter, source, writer):
    quoting(source, writer)
    topic = source.topic.locked()
    Post.objects.filter(pk=source.pk).update(hidden_at=source.created_at, seq=topic.changed(source))
    page = page_of(enter(writer), source.topic)
    assert quoted(page) == ["Deze tekst is even verborgen."]
    assert "agenda" not in page
    assert reply(enter(writer), source.topic, f"{source.pk}:de agenda").status_code == 422


def test_a_source_that_is_erased_leaves_an_empty_quote(enter, source, writer):
    post = quoting(source, writer)
    topic = source.topic.locked()
    topic.changed(source)
    source.delete()
    assert quoted(page_of(enter(writer), topic)) == ["Deze tekst is teruggenomen."]
    assert post.quotes.get().source is None


def test_a_source_that_was_moved_to_another_conversation_is_not_shown_here(source, writer):
    post = quoting(source, writer)
    Post.objects.filter(pk=source.pk).update(topic=make.topic(board=source.topic.board), number=9)
    assert [(one.words, one.fault) for one in Quote.cited_by([post.pk])[post.pk]] == [("", "gone")]


def test_a_pseudonym_is_quoted_by_its_tree(enter, cohort, writer):
    topic = make.topic(board=make.board(cohort=cohort), author=make.person("Sanne", cohort=cohort), pseudonymous=True)
    quoting(topic.posts.get(), writer, "What do you do?")
    page = page_of(enter(writer), topic)
    assert f"<bdi>{topic.alias.name}</bdi>, <a" in page
    assert "Sanne" not in page


def test_a_change_of_the_own_text_keeps_its_quotes_also_when_two_change_it(enter, source, writer):
    post = quoting(source, writer)
    client = enter(writer)
    address = f"/forums/posts/{post.pk}/edit/"
    assert client.post(address, {"body": "Een goed idee", "revision": 0}).status_code == 302
    assert client.post(address, {"body": "Een beter idee", "revision": 0}).status_code == 409
    assert quoted(page_of(client, source.topic)) == ["altijd met de agenda"]
    post.remove(writer)
    assert Quote.objects.count() == 0


def test_quotes_cost_one_statement_and_none_when_the_pieces_stand_ready(enter, source, writer):
    client, address = enter(writer), source.topic.get_absolute_url()

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    client.get(address)
    ready = cost()
    for _ in range(4):
        quoting(source, make.person(cohort=source.topic.board.cohort))
    client.get(address)
    shelf.items.clear()
    assert cost() == ready + 1 <= 8
    assert cost() == ready


@pytest.mark.django_db(transaction=True)
def test_open_pages_and_the_ring_lose_the_words_at_once(source, writer):
    post = quoting(source, writer)
    client, line = signed_in(writer), f"/ws/topics/{source.topic_id}/?after="

    async def journey():
        async with listening(f"{line}0", client) as socket:
            before = await events(socket, 3)
            await sync_to_async(source.remove)(source.author)
            after = await events(socket, 2)
            async with listening(f"{line}0", client) as late:
                missed = (await frame(late, "events"))["events"]
        return before, after, missed

    before, after, missed = async_to_sync(journey)()
    assert "agenda" in before[-1]["html"]
    assert [(event["number"], event["kind"]) for event in after] == [(2, "remove"), (3, "message")]
    assert (after[1]["id"], "agenda" in str(after) + str(missed)) == (str(post.pk), False)

"""Taking a quote out of a message that one wrote, while changing it."""

from html import unescape

import pytest

from forums.models import Passage
from tests import make
from tests.forums.test_quotes import SAID, page_of, quoted

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make.post(make.topic(), body=SAID)


@pytest.fixture
def writer(source):
    return make.writer_on(source.topic.board)


def test_a_quote_is_taken_out_while_changing_the_message(enter, source, writer):
    both = [Passage.of_words(source, words) for words in ("altijd met de agenda", "Dan weet iedereen")]
    post, client = source.topic.reply(writer, "Goed idee", quotes=both), enter(writer)
    edit = f"/forums/posts/{post.pk}/edit/"
    page = unescape(client.get(edit).content.decode())
    assert page.count('name="unquote"') == 2
    assert f'href="{source.topic.get_absolute_url()}?from=2#post-2"' in page
    refused = client.post(edit, {"body": "", "revision": 0, "unquote": "0"}).content.decode()
    assert 'name="unquote" value="0" checked' in refused
    assert client.post(edit, {"body": "Goed idee", "revision": 0, "unquote": ["0", "7", "x"]}).status_code == 302
    assert quoted(page_of(client, source.topic)) == ["Dan weet iedereen"]
    assert client.post(edit, {"body": "Beter idee", "revision": 1, "unquote": "1"}).status_code == 302
    assert quoted(page_of(client, source.topic)) == []
    post.refresh_from_db()
    assert (post.quoting, post.quotes.count(), post.body) == (False, 0, "Beter idee")


def test_who_takes_no_quote_out_keeps_them_all(enter, source, writer):
    post = source.topic.reply(writer, "Goed idee", quotes=[Passage.of_words(source, "altijd met de agenda")])
    enter(writer).post(f"/forums/posts/{post.pk}/edit/", {"body": "Anders", "revision": 0})
    assert quoted(page_of(enter(writer), source.topic)) == ["altijd met de agenda"]

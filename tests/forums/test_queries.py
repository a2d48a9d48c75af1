"""What pages cost: few statements, and as many for a hundred rows as for one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.models import Post, Press, Reaction
from tests import make
from tests.bench.pages import weight

pytestmark = pytest.mark.django_db
MOST = 8


def statements(client, address: str) -> int:
    """How many statements a page takes for who has been there before."""
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.fixture
def member(enter):
    cohort = make.cohort()
    person = make.person(cohort=cohort)
    return cohort, person, enter(person)


def test_a_conversation_takes_as_many_for_one_post_as_for_many(member):
    cohort, person, client = member
    topic = make.topic(board=make.board(cohort=cohort))
    one = statements(client, topic.get_absolute_url())
    for _ in range(12):
        make.post(topic)
        make.post(topic, author=person)
    assert statements(client, topic.get_absolute_url()) == one <= MOST


def test_a_board_takes_as_many_for_one_conversation_as_for_many(member):
    cohort, _person, client = member
    board = make.board(cohort=cohort)
    make.topic(board=board)
    one = statements(client, board.get_absolute_url())
    for _ in range(12):
        make.post(make.topic(board=board))
    assert statements(client, board.get_absolute_url()) == one <= MOST


def test_the_hundredth_page_costs_no_more_than_the_first(member):
    cohort, person, client = member
    topic = make.topic(board=make.board(cohort=cohort), author=person)
    post = make.post(topic, author=person)
    pages = [Post(topic=topic, number=number, seq=number, author=person) for number in range(3, 2501)]
    Post.objects.bulk_create(pages)
    topic.recount()
    first = statements(client, f"{post.topic.get_absolute_url()}?after=0")
    assert statements(client, f"{post.topic.get_absolute_url()}?after=2450") == first <= MOST
    with CaptureQueriesContext(connection) as found:
        client.get(f"{topic.get_absolute_url()}?after=2450")
    page = next(query["sql"] for query in found if '"forums_post"."html"' in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' * (connection.vendor == 'sqlite')}{page}")
        plan = str(cursor.fetchall())
    assert "one_post_per_number" in plan or "topic_id=? AND number>? AND number<?" in plan


def test_all_forums_take_as_many_for_one_as_for_many(member):
    _cohort, _person, client = member
    one = statements(client, "/forums/")
    for _ in range(5):
        make.topic(board=make.board())
    assert statements(client, "/forums/") == one <= MOST


def test_a_first_visit_fits_as_well(member):
    cohort, _person, client = member
    topic = make.topic(board=make.board(cohort=cohort))
    client.get("/forums/")
    with CaptureQueriesContext(connection) as found:
        client.get(topic.get_absolute_url())
    assert len(found) <= MOST


def test_a_page_of_25_posts_weighs_little(member):
    cohort, _person, client = member
    people = [make.person(cohort=cohort) for _ in range(25)]
    words = (
        "Wat doe jij als het gesprek stilvalt? Ik wacht meestal even en vraag dan wie er iets over wil zeggen. " * 5
    )[:470]
    topic = make.topic(board=make.board(cohort=cohort), author=people[0], body=words)
    posts = [make.post(topic, author=one, body=words) for one in people[1:]]
    for number, post in enumerate(posts):
        Reaction.press(post, people[number], list(Press)[number % 4])
    page = client.get(topic.get_absolute_url()).content
    assert page.count(b"<article") == 25
    assert weight(page) < 8_000


def test_a_piece_has_no_indentation_and_its_text_keeps_every_space(member):
    cohort, _person, client = member
    post = make.post(
        make.topic(board=make.board(cohort=cohort)), body="```\nif x:\n\n    <b>\n        y\n```\n\n> a\n\n*b*\n*c*"
    )
    page = client.get(post.topic.get_absolute_url()).content.decode()
    assert "<pre><code>if x:\n\n    &lt;b&gt;\n        y\n</code></pre>" in page
    assert "<p><em>b</em><br>\n<em>c</em></p>" in page
    pieces = re.findall(r"<article.*?</article>", page, re.DOTALL)
    assert len(pieces) == 2
    assert "\n  " not in "".join(pieces).replace("\n    &lt;b&gt;\n        y", "")

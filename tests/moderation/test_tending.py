"""Looking after conversations: nobody reads more than before, old links lead on, and nothing typed is lost."""

import uuid

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from forums.models import Board, Post, ReadUntil, Topic
from forums.models.seat import Narrow
from forums.tasks import fill_stems
from tests import make
from tests.sockets import closing_code, events, frame, listening, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make.cohort()


@pytest.fixture
def board(cohort):
    return make.board(cohort=cohort)


@pytest.fixture
def topic(board, cohort):
    topic = make.topic(board=board, author=make.person(cohort=cohort), title="Over overleg")
    for number in range(2, 7):
        make.post(topic, body=f"tekst {number}.")
    return Topic.objects.get()


@pytest.fixture
def trainer(cohort):
    return make.trainer(cohort, name="Hanneke Brouwer")


def act(client, topic, what, **data):
    return client.post(f"/forums/topics/{topic.pk}/{what}/", data)


def reply(client, topic, body="mijn antwoord", **more):
    return client.post(f"{topic.get_absolute_url()}reply/", {"body": body, "submission_id": str(uuid.uuid4())}, **more)


def bodies(topic) -> list[str]:
    return [post.body for post in topic.posts.order_by("number") if post.kind != "moderation"]


def drift() -> list[dict]:
    rows = [*Topic.objects.all(), *Board.objects.all()]
    return [wrong for row in rows if (wrong := row.recount(keep=False))]


def test_who_looks_after_what(enter, cohort, board, topic, trainer):
    wide = make.topic()
    for person, here, there in (
        (trainer, 200, 403),
        (make.moderator(), 404, 200),
        (make.person(cohort=cohort), 403, 403),
        (make.organiser(), 404, 403),
    ):
        client = enter(person)
        assert [client.get(f"/forums/topics/{one.pk}/tend/").status_code for one in (topic, wide)] == [here, there]
    page = enter(trainer).get(topic.get_absolute_url()).content.decode()
    assert f"/forums/topics/{topic.pk}/tend/" in page
    assert "/tend/" not in enter(make.person(cohort=cohort)).get(topic.get_absolute_url()).content.decode()


def test_closed_and_opened_and_pinned_with_buttons_that_say_so(enter, cohort, topic, trainer):
    client = enter(trainer)
    act(client, topic, "close", closed="1")
    assert "Open gesprek weer" in client.get(f"/forums/topics/{topic.pk}/tend/").content.decode()
    answer = reply(enter(make.person(cohort=cohort)), topic)
    assert answer.status_code == 409
    assert "mijn antwoord" in answer.content.decode()
    act(enter(trainer), topic, "close", closed="0")
    assert reply(enter(make.person(cohort=cohort)), topic).status_code == 302
    act(enter(trainer), topic, "pin", pinned="1")
    topic.refresh_from_db()
    assert (topic.closed_at, topic.pinned) == (None, True)


def test_moved_to_as_many_readers_or_fewer_and_never_to_more(enter):
    boards = {name: make.board(name) for name in ("research", "everyone", "alumni")}
    other, moderator = make.board("everyone"), make.moderator()
    for here, offered in (
        ("research", {boards["everyone"], boards["alumni"], other}),
        ("everyone", {other, boards["alumni"]}),
        ("alumni", set()),
    ):
        topic = make.topic(board=boards[here])
        page = enter(moderator).get(f"/forums/topics/{topic.pk}/tend/")
        assert (
            set(page.context["move"].fields["board"].queryset) - set(Board.objects.exclude(slug__startswith="forum-"))
            == offered
        )
    topic = make.topic(board=boards["alumni"])
    assert act(enter(moderator), topic, "move", board=boards["everyone"].slug).status_code == 422
    assert Topic.objects.get(pk=topic.pk).board == boards["alumni"]


def test_a_moved_conversation_keeps_its_link_and_is_gone_for_who_may_not_read_there(enter):
    topic = make.topic(board=make.board("everyone"), body="kanarie")
    member, alumnus = make.person(cohort=make.cohort()), make.person(alumnus=True)
    make.post(topic, author=member)
    target = make.board("alumni")
    assert act(enter(make.moderator()), topic, "move", board=target.slug).status_code == 302
    assert enter(member).get(topic.get_absolute_url()).status_code == 404
    assert "mijn antwoord" in reply(enter(member), topic).content.decode()
    assert target.name_nl in enter(alumnus).get(topic.get_absolute_url()).content.decode()
    assert drift() == []
    assert not Post.objects.filter(topic=topic).exclude(board=target).exists()
    fill_stems()
    assert not Post.objects.filter(topic=topic, stems=None).exists()


def test_trainers_of_a_circle_cannot_move_out_of_it(enter, cohort, topic, trainer):
    other = make.cohort()
    trainer.memberships.create(cohort=other, role="trainer")
    for board in (make.board(cohort=other), make.board("everyone"), make.board("alumni")):
        assert act(enter(trainer), topic, "move", board=board.slug).status_code == 422
    assert Topic.objects.get(pk=topic.pk).board == topic.board


def test_what_is_split_off_is_a_conversation_of_its_own(enter, cohort, topic, trainer):
    reader = make.person(cohort=cohort)
    ReadUntil.reach(reader, topic, 4)
    old = Post.objects.get(body="tekst 5.").get_absolute_url()
    answer = act(enter(trainer), topic, "split", numbers="3, 5-6", title="Een andere vraag")
    new = Topic.objects.get(title="Een andere vraag")
    assert answer["Location"] == new.get_absolute_url()
    assert bodies(new) == ["tekst 3.", "tekst 5.", "tekst 6."]
    assert bodies(topic) == ["What do you do?", "tekst 2.", "tekst 4."]
    assert [post.number for post in topic.posts.order_by("number")] == [1, 2, 4, 7]
    assert new.author == Post.objects.get(body="tekst 3.").author
    assert enter(reader).get(old)["Location"] == Post.objects.get(body="tekst 5.").get_absolute_url()
    assert ReadUntil.objects.get(person=reader, topic=new).number == 1
    assert drift() == []
    page = enter(reader).get(f"{topic.get_absolute_url()}?after=0").content.decode()
    assert new.get_absolute_url() in page
    assert "Hanneke Brouwer" in page


def test_a_number_that_stood_elsewhere_is_never_given_again(topic, trainer):
    topic.split(trainer, [6], "Los")
    assert make.post(Topic.objects.get(pk=topic.pk)).number == 8


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        ("", "x"),
        ("1", "x"),
        ("99", "x"),
        ("2-", "x"),
        ("drie", "x"),
        ("1-999999", "x"),
        ("2", ""),
        ("-5", "x"),
        ("²", "x"),
    ],
)
def test_what_cannot_be_split_comes_back_with_what_was_typed(enter, topic, trainer, numbers, title):
    answer = act(enter(trainer), topic, "split", numbers=numbers, title=title)
    assert answer.status_code == 422
    assert answer.context["split"]["numbers"].value() == numbers
    assert Topic.objects.count() == 1


def test_what_was_taken_back_stays_where_it_was_and_what_is_hidden_stays_hidden(enter, cohort, topic, trainer):
    Post.objects.get(body="tekst 2.").remove(make.person())
    hidden = Post.objects.get(body="tekst 3.")
    hidden.hide(None, "even kijken")
    act(enter(trainer), topic, "split", numbers="2-4", title="Geheime titel")
    new = Topic.objects.get(title="Geheime titel")
    assert bodies(new) == ["tekst 3.", "tekst 4."]
    page = enter(make.person(cohort=cohort)).get(new.get_absolute_url()).content.decode()
    assert "tekst 3." not in page
    assert "Geheime titel" not in page


def test_a_pseudonym_goes_along_and_its_writer_goes_on_under_it(enter, cohort, board, trainer):
    writer = make.person("Farida Benali", cohort=cohort)
    topic = make.topic(board=board, author=writer, pseudonymous=True)
    make.post(topic, author=writer, body="van mij")
    make.post(topic, body="van een ander")
    name = topic.alias.name
    new = topic.split(trainer, [2], "Los")
    post = new.posts.get()
    assert (post.author, new.author, post.alias.topic, post.alias.name) == (None, None, new, name)
    assert post.alias != topic.alias
    assert post.is_by(writer)
    assert new.is_by(writer)
    client = enter(writer)
    assert "post__own" in client.get(new.get_absolute_url()).content.decode()
    reply(client, new, "en verder")
    assert new.posts.get(body="en verder").alias == post.alias
    page = enter(trainer).get(new.get_absolute_url()).content.decode()
    assert "Farida" not in page
    assert str(writer.pk) not in page


def test_who_began_under_a_pseudonym_keeps_it_where_only_others_words_went(cohort, board, trainer):
    writer = make.person(cohort=cohort)
    topic = make.topic(board=board, author=writer, pseudonymous=True)
    make.post(topic, body="van een ander")
    new = topic.split(trainer, [2], "Los")
    make.post(new, author=writer, body="en ik")
    assert new.posts.get(body="en ik").author is None


def test_a_split_among_few_stays_among_them(cohort, board, trainer):
    writer, chosen, other = (make.person(cohort=cohort) for _ in range(3))
    topic = make.topic(board=board, author=writer, narrow=Narrow.FEW)
    topic.seats.create(person=chosen)
    topic.seats.create(person=writer)
    make.post(topic, author=chosen)
    new = topic.split(trainer, [2], "Los")
    readers = [person for person in (writer, chosen, other, trainer) if new in Topic.objects.visible_to(person)]
    assert readers == [writer, chosen, trainer]


def test_a_note_of_a_trainer_with_a_pseudonym_here_stands_under_the_own_name(board, trainer):
    topic = make.topic(board=board, author=trainer, pseudonymous=True)
    make.post(topic)
    topic.split(trainer, [2], "Los")
    note = topic.posts.get(kind="moderation")
    assert (note.author, note.alias) == (trainer, None)


@pytest.mark.django_db(transaction=True)
def test_open_pages_let_go_of_what_left_and_show_what_came(cohort, board, topic, trainer):
    client = signed_in(make.person(cohort=cohort))
    target = make.topic(board=board)

    async def journey():
        here, there = f"/ws/topics/{topic.pk}/?after=6", f"/ws/topics/{target.pk}/?after=1"
        async with listening(here, client) as socket, listening(there, client) as other:
            await frame(socket, "hello")
            await frame(other, "hello")
            await sync_to_async(topic.split)(trainer, [3], "Los")
            gone = await events(socket, 2)
            await sync_to_async(topic.merge)(trainer, target)
            came = await events(other, 6)
            return gone, came, await closing_code(socket)

    gone, came, code = async_to_sync(journey)()
    assert (gone[0]["kind"], gone[0]["number"], gone[0]["html"]) == ("remove", 3, "")
    assert "tekst 2." in str(came)
    assert code == 4403

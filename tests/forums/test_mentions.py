"""Naming someone with an @: only who may read it, and whom the writer may know."""

import uuid

import pytest
from django.core.management import call_command

from forums import text
from forums.models import Mention, Narrow
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make.cohort()


def listed(name, **fields):
    person = make.person(name, alumnus=True, **fields)
    person.profile.change(is_listed=True)
    return person


def offered(client, topic, typed="") -> list[str]:
    answer = client.get(f"/forums/topics/{topic.pk}/mentions/", {"q": typed})
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    return answer.json()["names"]


def named(post) -> set[str]:
    return set(post.mentions.values_list("person__name", flat=True))


def test_who_is_named_stands_out_and_is_on_record(cohort):
    writer, sanne = make.person("Noor", cohort=cohort), make.person("Sanne de Vries", cohort=cohort)
    make.person("Sanne", cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=writer, body="Dank je @Noor, en @Sanne.")
    assert "<strong>@Noor</strong>, en <strong>@Sanne</strong>." in topic.posts.get().html
    post = make.post(topic, writer, "Eens met @Sanne de Vries! Mail naar x@Sanne of @Saar, `@Noor`.")
    assert (
        post.html == "<p>Eens met <strong>@Sanne de Vries</strong>! Mail naar x@Sanne of @Saar, <code>@Noor</code>.</p>"
    )
    assert [one.person for one in post.mentions.all()] == [sanne]


def test_a_change_names_others(cohort):
    writer = make.person("Noor", cohort=cohort)
    for name in ("Sanne", "Willem"):
        make.person(name, cohort=cohort)
    post = make.post(make.topic(board=make.board(cohort=cohort)), writer, "@Sanne, kijk")
    post.edit(writer, "@Willem, kijk", 0)
    post.refresh_from_db()
    assert (named(post), post.html) == ({"Willem"}, "<p><strong>@Willem</strong>, kijk</p>")
    call_command("rerender", "--all", verbosity=0)
    post.refresh_from_db()
    assert post.html == "<p><strong>@Willem</strong>, kijk</p>"
    post.remove(writer)
    assert Mention.objects.count() == 0


def test_who_cannot_read_it_stays_plain_text_and_is_not_offered(enter, cohort):
    writer, other = make.person("Noor", cohort=cohort), make.person("Hilde", cohort=make.cohort())
    topic = make.topic(board=make.board(cohort=cohort), author=writer)
    post = make.post(topic, writer, "@Hilde, kijk")
    assert (named(post), post.html) == (set(), "<p>@Hilde, kijk</p>")
    assert offered(enter(writer), topic, "Hil") == []
    assert enter(other).get(f"/forums/topics/{topic.pk}/mentions/").status_code == 404


def test_a_suspended_member_is_not_named(enter, cohort):
    writer = make.person("Noor", cohort=cohort)
    gone = make.person("Willem", cohort=cohort)
    gone.suspended_at = gone.date_joined if hasattr(gone, "date_joined") else gone.agreed_at
    gone.save()
    topic = make.topic(board=make.board(cohort=cohort), author=writer, body="@Willem")
    assert (named(topic.posts.get()), offered(enter(writer), topic)) == (set(), [])


@pytest.mark.parametrize(
    ("narrow", "seen"),
    [
        (Narrow.TRAINERS, {"Tim", "Noor"}),
        (Narrow.FEW, {"Tim", "Noor", "Sanne"}),
        ("", {"Tim", "Noor", "Sanne", "Willem"}),
    ],
)
def test_in_a_narrow_conversation_only_who_is_in_it(enter, cohort, narrow, seen):
    trainer = make.trainer(cohort, name="Tim")
    writer, sanne, _willem = [make.person(name, cohort=cohort) for name in ("Noor", "Sanne", "Willem")]
    topic = make.topic(board=make.board(cohort=cohort), author=writer, narrow=narrow)
    topic.seats.create(person=sanne)
    post = make.post(topic, trainer, "@Tim @Noor @Sanne @Willem")
    assert named(post) == seen
    assert set(offered(enter(trainer), topic)) == seen - {"Tim"}


def test_a_pseudonym_is_never_tied_to_its_person(enter, cohort):
    trainer = make.trainer(cohort, name="Tim")
    writer = make.person("Noor", cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=writer, narrow=Narrow.TRAINERS, pseudonymous=True)
    assert offered(enter(trainer), topic) == []
    assert named(make.post(topic, trainer, f"@Noor @{topic.alias.name}")) == set()
    wide = make.topic(board=make.board("everyone"), author=writer, pseudonymous=True)
    for _ in range(2):
        make.post(wide, writer, "Ik")
    assert offered(enter(trainer), wide) == []
    assert named(make.post(wide, trainer, "@Noor")) == set()


def test_on_a_wide_board_who_takes_part_and_who_chose_to_be_listed(enter, cohort):
    board = make.board("everyone")
    here, alumnus = make.person("Hier", cohort=cohort), make.person("Alumna", alumnus=True)
    topic = make.topic(board=board, author=here)
    listed("Lieve")
    make.person("Onbekend", alumnus=True)
    hidden = make.post(topic, make.person("Weg", cohort=cohort))
    hidden.remove(hidden.author)
    assert offered(enter(alumnus), topic) == ["Hier", "Lieve"]
    assert named(make.post(topic, alumnus, "@Hier @Lieve @Onbekend @Weg")) == {"Hier", "Lieve"}
    participant = make.person("Deelnemer", cohort=cohort)  # sees no list of members
    assert offered(enter(participant), topic) == ["Alumna", "Hier"]
    veiled = make.topic(board=board, author=alumnus, pseudonymous=True)
    assert named(make.post(veiled, alumnus, "@Lieve")) == set()


def test_names_are_found_by_each_of_their_words(enter, cohort):
    writer = make.person("Noor", cohort=cohort)
    for name in ("Sanne de Vries", "Willem Saris", "Bo"):
        make.person(name, cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=writer)
    client = enter(writer)
    assert offered(client, topic, "sa") == ["Sanne de Vries", "Willem Saris"]
    assert offered(client, topic, "Sanne de") == ["Sanne de Vries"]
    for typed in ("%", "_", "a\x00b", "x" * 5000, "' OR 1=1"):
        assert offered(client, topic, typed) == []


def test_too_often_hears_so(enter, cohort, settings):
    settings.RATE_LIMITS, settings.LIMITS = True, settings.LIMITS | {"mentions": [(1, 3600)]}
    writer = make.person(cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=writer)
    client = enter(writer)
    offered(client, topic)
    answer = client.get(f"/forums/topics/{topic.pk}/mentions/")
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)


def test_only_the_one_who_is_named_reads_that_and_only_while_that_one_may(cohort):
    writer, sanne = make.person("Noor", cohort=cohort), make.person("Sanne", cohort=cohort)
    make.topic(board=make.board(cohort=cohort), author=writer, body="@Sanne")
    assert [one.person for one in Mention.objects.visible_to(sanne)] == [sanne]
    assert list(Mention.objects.visible_to(writer)) == []
    for seat in sanne.memberships.all():
        seat.end()
    assert list(Mention.objects.visible_to(type(sanne).objects.get(pk=sanne.pk))) == []


@pytest.mark.parametrize(
    "body", ["@" * 20_000, "@a " * 6_000, "@" + "a" * 19_000, "@Noor\n" * 300, "@[x](y) @<b> @\u202eNoor"]
)
def test_strange_texts_are_written_all_the_same(cohort, body):
    writer = make.person("Noor", cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=writer)
    assert make.post(topic, writer, body).html


def test_a_name_with_marks_in_it_does_no_harm():
    assert (
        text.to_html("@A*b* (x) en @A.", ["A", "*b*", "(x)"])
        == "<p><strong>@A</strong><em>b</em> (x) en <strong>@A</strong>.</p>"
    )


def test_who_is_named_with_an_at_in_the_own_circle_is_no_finding(enter, cohort):
    writer = make.person("Noor Bakker", cohort=cohort)
    make.person("Sanne de Vries", cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=writer)
    address, words = f"{topic.get_absolute_url()}reply/", "Eens met @Sanne de Vries, dank je."
    assert enter(writer).post(address, {"body": words, "submission_id": str(uuid.uuid4())}).status_code == 302
    stranger = {"body": "Eens met @Zwaantje Hoekstra.", "submission_id": str(uuid.uuid4())}
    assert enter(writer).post(address, stranger).status_code == 200
    assert named(topic.posts.last()) == {"Sanne de Vries"}


@pytest.mark.parametrize("name", ["Noor de Wit", "Dr. Judith Hoekzema", "Anne-Fleur Bos", "J. Smit"])
def test_who_reads_along_is_named_without_a_remark(enter, name):
    """The look at a text does not take a name with an @ for an account on a network."""
    cohort = make.cohort()
    writer, topic = make.person(cohort=cohort), make.topic(board=make.board(cohort=cohort))
    make.person(name, cohort=cohort)
    sent = {"body": f"Dag @{name}, wat vind jij?", "submission_id": str(uuid.uuid4())}
    assert enter(writer).post(topic.get_absolute_url() + "reply/", sent).status_code == 302

"""Who reads a case, where its links lead, and what its page shows."""

import pytest
from django.urls import reverse

from forums.cases.models import Case
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(db):
    """A circle with two participants and a trainer."""
    cohort = make.cohort()
    return make.board(cohort=cohort), make.person("Noor", cohort=cohort), make.person(cohort=cohort)


def test_the_topic_of_a_case_leads_to_the_case(enter, circle):
    board, noor, other = circle
    case = make.case(noor, board)
    client = enter(other)
    answer = client.get(f"{case.topic.get_absolute_url()}?from=1")
    assert (answer.status_code, answer.url) == (302, f"{case.get_absolute_url()}?from=1")
    page = client.get(answer.url).content.decode()
    for words in (
        "Grapjes",
        "Een team van tien.",
        "Er wordt veel gelachen",
        "Hoe begrens ik dit?",
        "Mensen vertrouwen mij",
    ):
        assert words in page
    post = case.topic.reply(other, "Weten zij dit?")
    assert client.get(post.get_absolute_url().split("#")[0], follow=True).status_code == 200


def test_a_draft_is_its_authors_alone(enter, circle):
    board, noor, other = circle
    draft = make.draft_case(noor, board)
    assert enter(other).get(draft.get_absolute_url()).status_code == 404
    assert enter(make.trainer(board.cohort)).get(draft.get_absolute_url()).status_code == 404
    assert list(Case.objects.visible_to(noor)) == [draft]


def test_under_a_pseudonym_the_case_holds_no_author_and_its_author_still_owns_it(enter, circle):
    board, noor, other = circle
    case = make.case(noor, board, pseudonymous=True)
    assert case.author is None
    assert case.is_by(noor)
    assert not case.is_by(other)
    assert list(Case.objects.visible_to(noor).own(noor)) == [case]
    assert list(Case.objects.visible_to(other).own(other)) == []
    page = enter(other).get(case.get_absolute_url()).content.decode()
    assert case.topic.alias.name in page
    assert "Noor" not in page
    assert "zorg" not in page.split("</main>")[0].split("<main")[1]
    assert "Dit ben jij" in enter(noor).get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("narrow", "words"), [("trainers", "Alleen de trainers"), ("few", "Alleen gekozen mensen")])
def test_a_narrow_case_tells_how_many_can_read_it(enter, circle, narrow, words):
    board, noor, other = circle
    trainer = make.trainer(board.cohort)
    case = make.case(noor, board, narrow=narrow, people=[other] if narrow == "few" else [])
    page = enter(trainer).get(case.get_absolute_url()).content.decode()
    assert words in page
    assert (": 3 mensen" if narrow == "few" else ": 2 mensen") in page
    outsider = make.person(cohort=board.cohort)
    assert enter(outsider).get(case.get_absolute_url()).status_code == 404
    assert case.name not in enter(outsider).get(reverse("cases:cases")).content.decode()
    assert case.name in enter(trainer).get(reverse("cases:cases")).content.decode()

"""Who reads a case, where its links lead, and what its page shows."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.clock import today
from forums.cases.models import Case
from tests import make

pytestmark = pytest.mark.django_db


def test_the_topic_of_a_case_leads_to_the_case(enter, board, noor, mate):
    case = make.case(noor, board)
    client = enter(mate)
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
    post = case.topic.reply(mate, "Weten zij dit?")
    assert client.get(post.get_absolute_url().split("#")[0], follow=True).status_code == 200


@pytest.mark.parametrize("where", ["forums:reply", "cases:reply"])
def test_a_reply_is_placed_on_a_case(enter, board, noor, mate, where):
    case = make.case(noor, board)
    answer = enter(mate).post(
        reverse(where, args=[case.pk]), {"body": "Weten zij dit?", "kind": "question"}, follow=True
    )
    assert answer.redirect_chain[-1][0].startswith(case.get_absolute_url())
    assert "Weten zij dit?" in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "status"), [("", 422), ("x" * 20_001, 422), ("Bel mij op 06 12345678.", 200), ("Te laat", 409)]
)
def test_a_reply_that_is_refused_stays_on_the_page_of_the_case_with_its_words(enter, board, noor, mate, body, status):
    case = make.case(noor, board, "discussion")
    client, form = enter(mate), f'action="{case.get_absolute_url()}reply/"'
    assert form in client.get(case.get_absolute_url()).content.decode()
    if status == 409:
        case.topic.close(make.trainer(board.cohort), closed=True)
    answer = client.post(f"{case.get_absolute_url()}reply/", {"body": body, "kind": "question"})
    page = answer.content.decode()
    assert answer.status_code == status
    assert re.search(r"<title>\s*(Fout:|Kijk nog) ", page)
    for words in ("Er wordt veel gelachen", "Deze casus", body, form):
        assert words in page


def test_writing_along_leads_to_the_box_on_whichever_page_it_stands(enter, board, noor, mate, trainer):
    case = make.case(noor, board, "discussion")
    for number in range(30):
        case.topic.reply(mate, f"Vraag {number}")
    client, address = enter(trainer), case.get_absolute_url()
    assert 'href="#write"' in client.get(f"{address}?after=25").content.decode()
    page = client.get(f"{address}?after=0").content.decode()
    assert 'href="#write"' not in page
    assert page.count(f'href="{case.topic.get_absolute_url()}?from=31#write"') == 2
    case.topic.close(trainer, closed=True)
    assert "Schrijf mee" not in client.get(address).content.decode()


def test_the_page_of_a_case_can_be_followed_reported_and_opened_to_more_people(
    enter, board, noor, mate, trainer, django_capture_on_commit_callbacks
):
    case = make.case(noor, board, "discussion")
    client, follow = enter(mate), reverse("forums:topic_follow", args=[case.pk])
    assert f'action="{follow}"' in client.get(case.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(follow, {"choice": "follow"}, follow=True)
    assert answer.redirect_chain[-1][0] == case.get_absolute_url()
    assert "Je volgt dit" in client.get(case.get_absolute_url()).content.decode()
    links = {
        name: reverse(name, args=[case.pk]) for name in ("forums:widen", "moderation:report_topic", "moderation:tend")
    }
    shown = {}
    for person in (noor, mate, trainer):
        page = enter(person).get(case.get_absolute_url()).content.decode()
        shown[person] = [name for name, link in links.items() if f'href="{link}"' in page]
    assert shown[noor] == ["forums:widen"]
    assert shown[mate] == ["moderation:report_topic"]
    assert shown[trainer] == ["moderation:report_topic", "moderation:tend"]


def test_a_draft_is_its_authors_alone(enter, board, noor, mate):
    draft = make.draft_case(noor, board)
    assert enter(mate).get(draft.get_absolute_url()).status_code == 404
    assert enter(make.trainer(board.cohort)).get(draft.get_absolute_url()).status_code == 404
    assert list(Case.objects.visible_to(noor)) == [draft]


def test_under_a_pseudonym_the_case_holds_no_author_and_its_author_still_owns_it(enter, board, noor, mate):
    case = make.case(noor, board, pseudonymous=True)
    assert case.author is None
    assert case.is_by(noor)
    assert not case.is_by(mate)
    assert list(Case.objects.visible_to(noor).own(noor)) == [case]
    assert list(Case.objects.visible_to(mate).own(mate)) == []
    page = enter(mate).get(case.get_absolute_url()).content.decode()
    assert case.topic.alias.name in page
    assert "Noor" not in page
    assert "zorg" not in page.split("</main>")[0].split("<main")[1]
    assert "Dit ben jij" in enter(noor).get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("narrow", "words"), [("trainers", "Alleen de trainers"), ("few", "Alleen gekozen mensen")])
def test_a_narrow_case_tells_how_many_can_read_it(enter, board, noor, mate, narrow, words):
    trainer = make.trainer(board.cohort)
    case = make.case(noor, board, narrow=narrow, people=[mate] if narrow == "few" else [])
    page = enter(trainer).get(case.get_absolute_url()).content.decode()
    assert words in page
    assert (": 3 mensen" if narrow == "few" else ": 2 mensen") in page
    outsider = make.person(cohort=board.cohort)
    assert enter(outsider).get(case.get_absolute_url()).status_code == 404
    assert case.name not in enter(outsider).get(reverse("cases:cases")).content.decode()
    assert case.name in enter(trainer).get(reverse("cases:cases")).content.decode()


def test_the_overview_is_by_stage_and_takes_as_many_statements_for_many(enter, board, noor, mate):
    make.case(noor, board)
    client = enter(mate)
    one = statements(client, "/forums/cases/")
    for state in ("submitted", "discussion", "action", "evaluated", "closed"):
        make.case(noor, board, state)
        make.case(noor, board, state, pseudonymous=True)
        make.case(mate, board, state)
    assert statements(client, "/forums/cases/") == one
    assert one <= 9


def statements(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_a_page_takes_as_many_statements_for_many_replies_as_for_one(enter, board, noor, mate):
    case = make.case(noor, board, "discussion")
    case.topic.reply(mate, "Eén")
    client = enter(mate)
    one = statements(client, case.get_absolute_url())
    for number in range(12):
        case.topic.reply(mate, f"En {number}")
    assert statements(client, case.get_absolute_url()) == one
    assert one <= 12


def test_one_case_with_nothing_around_it_opens_at_once(enter, board, noor, mate):
    case = make.case(noor, board)
    assert enter(noor).get("/forums/cases/").url == case.get_absolute_url()
    assert enter(noor).get("/forums/cases/?all=1").status_code == 200
    make.case(mate, board)
    assert enter(noor).get("/forums/cases/").status_code == 200


def test_who_leaves_the_circle_reads_no_case_of_it(enter, board, noor, mate):
    case, client = make.case(noor, board), enter(mate)
    assert client.get(case.get_absolute_url()).status_code == 200
    mate.memberships.get().end(by=make.organiser())
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.get("/forums/cases/").status_code == 404


def test_a_reply_is_placed_as_always_and_leads_back_to_the_case(enter, board, noor, mate):
    case, client = make.case(noor, board), enter(mate)
    answer = client.post(f"{case.topic.get_absolute_url()}reply/", {"body": "Weten zij dit?", "kind": "question"})
    assert client.get(answer.url.split("#")[0]).url == f"{case.get_absolute_url()}?from=2"


def test_taking_back_the_question_is_withdrawing_the_case(enter, board, noor):
    case, client = make.case(noor, board), enter(noor)
    answer = client.get(f"/forums/posts/{case.topic.posts.get().pk}/remove/")
    assert answer.url == f"{case.get_absolute_url()}stage/?stage=withdrawn"


def test_home_shows_the_own_case_and_a_look_back_to_its_author_alone(enter, board, noor, mate):
    case = make.case(noor, board, "evaluated", pseudonymous=True)
    Case.objects.filter(pk=case.pk).update(state_on=today() - timedelta(days=90))
    page = enter(noor).get("/").content.decode()
    assert "Jouw casus" in page
    assert "Het hielp" in page
    assert "Hoe is het nu?" in page
    assert "Het hielp" not in enter(mate).get("/").content.decode()


def test_home_takes_no_more_than_it_may(enter, board, noor, mate):
    for hidden in (False, True):
        make.case(noor, board, "evaluated", pseudonymous=hidden)
        make.case(mate, board, "discussion", pseudonymous=hidden)
    assert statements(enter(noor), "/") <= 12

"""Nobody reads anything before accepting the agreements; the two steps after it may be skipped."""

import pytest
from django.urls import reverse

from accounts.models import Wording
from forums.models import Board, Topic
from tests import make

pytestmark = pytest.mark.django_db
AGREEMENTS = "/agreements/"


@pytest.fixture
def newcomer():
    cohort = make.cohort()
    Board.for_cohort(cohort)
    return make.person("Farida Benali", cohort=cohort, agreed=False)


@pytest.mark.parametrize("path", ["/", "/forums/", "/me/", "/me/sessions/", "/people/", "/welcome/", "/research/"])
def test_every_page_leads_to_the_agreements_first(enter, newcomer, path):
    assert enter(newcomer).get(path).url == f"{AGREEMENTS}?next={path}"


def test_nothing_is_written_before_it_either(enter, newcomer):
    board = Board.objects.get(cohort=newcomer.circles[0])
    answer = enter(newcomer).post(f"/forums/{board.slug}/new/", {"title": "a", "body": "b", "kind": "question"})
    assert answer.url == AGREEMENTS
    assert not Topic.objects.exists()


def test_the_newest_text_is_shown_and_kept_as_what_was_agreed_to(enter, newcomer):
    client, newest = enter(newcomer), Wording.objects.latest("agreements")
    text = client.get(AGREEMENTS).content.decode()
    assert "<strong>Wat hier gezegd wordt, blijft hier.</strong>" in text
    assert "checked" not in text
    answer = client.post(AGREEMENTS, {"accept": "on", "wording": newest.pk, "next": "/forums/"})
    newcomer.refresh_from_db()
    consent = newcomer.consents.get()
    assert newcomer.is_admitted
    assert (consent.purpose, consent.wording, consent.text_hash) == ("agreements", newest, newest.hash("nl"))
    assert answer.url == "/welcome/?next=%2Fforums%2F"


def test_without_a_tick_nobody_goes_in(enter, newcomer):
    client = enter(newcomer)
    answer = client.post(AGREEMENTS, {})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    newcomer.refresh_from_db()
    assert not newcomer.is_admitted


def test_a_text_that_changed_meanwhile_is_read_again(enter, newcomer):
    client, older = enter(newcomer), Wording.objects.latest("agreements")
    Wording.objects.create(
        kind="agreements", version=older.version + 1, text_nl="Nieuw", text_en="New", published_at=older.published_at
    )
    answer = client.post(AGREEMENTS, {"accept": "on", "wording": older.pk})
    assert answer.status_code == 422
    assert "Nieuw" in answer.content.decode()
    newcomer.refresh_from_db()
    assert not newcomer.is_admitted


def test_a_new_version_asks_again_and_then_goes_straight_on(enter, settings):
    member = make.person(cohort=make.cohort())
    settings.AGREEMENTS_VERSION = 3
    client = enter(member)
    assert client.get("/forums/").url == f"{AGREEMENTS}?next=/forums/"
    assert client.post(AGREEMENTS, {"accept": "on", "next": "/forums/"}).url == "/forums/"


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_the_way_on_never_leads_to_another_site(enter, newcomer, goal):
    answer = enter(newcomer).post(AGREEMENTS, {"accept": "on", "next": goal})
    assert answer.url == "/welcome/?next=%2F"


def test_the_steps_after_it_can_be_skipped_and_give_nothing_away(enter, newcomer):
    client = enter(newcomer)
    client.post(AGREEMENTS, {"accept": "on"})
    text = client.get("/welcome/?next=/forums/").content.decode()
    assert "/welcome/hello/?next=%2Fforums%2F" in text
    assert "checked" not in text
    assert '<option value="nobody" selected>' in text
    newcomer.profile.refresh_from_db()
    assert newcomer.profile.granted == set()
    assert 'href="/forums/"' in client.get("/welcome/hello/?next=/forums/").content.decode()


def test_what_is_chosen_on_the_way_in_is_kept(enter, newcomer):
    client = enter(newcomer)
    client.post(AGREEMENTS, {"accept": "on"})
    answer = client.post("/welcome/", {"sector": "Zorg", "sector_for": "own_cohort", "is_listed": "on", "next": "/"})
    newcomer.profile.refresh_from_db()
    assert answer.url == "/welcome/hello/?next=%2F"
    assert newcomer.profile.granted == {"profile:sector:own_cohort", "listed"}


def test_the_first_hello_is_placed_in_the_circle(enter, newcomer):
    client = enter(newcomer)
    client.post(AGREEMENTS, {"accept": "on"})
    page = client.get("/welcome/hello/")
    board = Board.objects.get(cohort=newcomer.circles[0])
    target = reverse("forums:topic_new", args=[board.slug])
    assert f'action="{target}"' in page.content.decode()
    assert f"Alleen je kring en de trainers: {page.context['readers_count']}" in page.content.decode()
    words = {
        "title": "Hallo van Farida",
        "kind": "experience",
        "body": "Hallo",
        "submission_id": page.context["submission_id"],
    }
    topic_page = client.post(target, words).url
    assert topic_page.startswith(Topic.objects.get(board=board).get_absolute_url())


def test_who_is_in_no_circle_has_no_third_step(enter):
    assert enter(make.organiser()).get("/welcome/hello/?next=/forums/").url == "/forums/"


def test_the_agreements_stay_readable(enter):
    text = enter(make.person(cohort=make.cohort())).get(AGREEMENTS).content.decode()
    assert "blijft hier" in text
    assert 'name="accept"' not in text


def test_a_wording_that_asks_nothing_new_is_not_asked_again(enter, settings):
    newest = Wording.objects.latest("agreements")
    assert newest.version > settings.AGREEMENTS_VERSION
    assert "Meld dit bericht" in newest.text_nl
    assert "Report this message" in newest.text_en
    assert enter(make.person(cohort=make.cohort())).get("/forums/").status_code == 200

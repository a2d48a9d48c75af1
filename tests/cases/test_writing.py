"""Writing a case: every page is stored, nothing typed is lost, and nobody else sees a draft."""

import json
import re
import uuid
from datetime import timedelta

import pytest

from accounts.clock import now, today
from forums.cases.models import Case
from forums.cases.tasks import erase_old_cases
from forums.models import Draft, Topic
from tests import make

pytestmark = pytest.mark.django_db
NEW = "/forums/cases/new/"
CONTEXT = {"title": "Grapjes", "context": "Een team van tien.", "team_size": "6-10", "sector": "zorg"}
FACTORS = {
    "risk-0-text": "Niemand zegt iets",
    "risk-0-level": "team",
    "risk-0-changer": "self",
    "protection-0-text": "Er is vertrouwen",
    "protection-0-level": "individual",
}
PAGES = (
    ("situation", {"situation": "Er wordt veel gelachen.", "actions_tried": "Praten"}),
    ("factors", FACTORS),
    ("question", {"question": "Hoe begrens ik dit?"}),
)
BRING = {"stage": "submitted", "ticks": ["names", "organisation", "roles", "dates", "health"], "pseudonymous": ""}


def post(client, draft, step, data, revision=0, **more):
    return client.post(f"{draft.get_absolute_url()}edit/{step}/", data | {"revision": revision}, **more)


def test_five_pages_one_after_the_other(enter, noor, board):
    client = enter(noor)
    assert "Stap 1 van 5" in client.get(NEW).content.decode()
    answer = client.post(NEW, CONTEXT | {"submission_id": str(uuid.uuid4())})
    case = Case.objects.get()
    for step, data in PAGES:
        assert answer.url == f"{case.get_absolute_url()}edit/{step}/"
        assert client.get(answer.url).status_code == 200
        answer = client.post(answer.url, data | {"revision": 0})
    page = client.get(answer.url, follow=True).content.decode()
    assert "Stap 5 van 5" in page
    assert "Dit ontbreekt nog" not in page
    assert not Topic.objects.exists()
    assert client.post(f"{case.get_absolute_url()}stage/", BRING).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.topic.title, case.author) == ("submitted", "Grapjes", noor)
    assert case.actions_tried == "Praten"


def test_all_of_it_in_one_post(enter, noor, board):
    data = CONTEXT | {name: value for _step, fields in PAGES for name, value in fields.items()} | BRING
    answer = enter(noor).post(NEW, data)
    case = Case.objects.get()
    assert (answer.url, case.state) == (case.get_absolute_url(), "submitted")
    assert case.topic.posts.get().body == "Hoe begrens ik dit?"
    assert sorted(factor.text for factor in case.factors.all()) == ["Er is vertrouwen", "Niemand zegt iets"]


def test_in_one_post_with_something_wrong_all_comes_back(enter, noor, board):
    data = CONTEXT | {"title": "", "situation": "Dit gebeurt", "question": "Wat nu"} | FACTORS | BRING
    answer = enter(noor).post(NEW, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    for typed in ("Een team van tien.", "Dit gebeurt", "Wat nu", "Niemand zegt iets"):
        assert typed in page
    assert not Case.objects.exists()


def test_begun_twice_is_begun_once(enter, noor, board):
    data = CONTEXT | {"submission_id": str(uuid.uuid4())}
    first, second = (enter(noor).post(NEW, data) for _time in range(2))
    assert first.url == second.url
    assert Case.objects.count() == 1


def test_a_page_of_a_draft_may_have_gaps(enter, noor, board):
    draft, client = Case.begin(noor, board), enter(noor)
    for step in ("situation", "factors", "question"):
        assert post(client, draft, step, {}).status_code == 302
    assert client.get(draft.get_absolute_url()).url == f"{draft.get_absolute_url()}edit/context/"


def test_rows_come_and_go_without_a_script(enter, noor, board):
    draft, client = Case.begin(noor, board), enter(noor)
    answer = post(client, draft, "factors", FACTORS | {"more": "risk"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="risk-2-text"' in page
    assert 'name="protection-2-text"' not in page
    assert re.findall(r'name="([\w-]+)"[^>]* autofocus', page) == ["risk-1-text"]
    kept = draft.factors.get(kind="risk")
    data = {"risk-0-text": "Iets anders", "risk-1-text": kept.text, "risk-1-id": kept.pk, "drop": "risk-0"}
    page = post(client, draft, "factors", data, 1).content.decode()
    assert re.findall(r'name="more" value="(\w+)" autofocus', page) == ["risk"]
    assert [(factor.pk, factor.text) for factor in draft.factors.all()] == [(kept.pk, "Niemand zegt iets")]


def test_a_page_is_kept_while_one_types(enter, noor, board):
    client, headers = enter(noor), {"Accept": "application/json"}
    answer = client.post(NEW, CONTEXT | {"submission_id": str(uuid.uuid4())}, headers=headers).json()
    draft = Case.objects.get()
    assert answer["url"] == f"{draft.get_absolute_url()}edit/context/"
    assert answer["words"].startswith("Bewaard om")
    again = client.post(answer["url"], CONTEXT | {"title": "Anders", "revision": answer["revision"]}, headers=headers)
    assert again.json()["revision"] == answer["revision"] + 1
    stale = client.post(answer["url"], CONTEXT | {"title": "Oud", "revision": 0}, headers=headers)
    assert (stale.status_code, stale.json()["code"]) == (409, "conflict")
    assert Case.objects.get().title == "Anders"


def test_two_windows_see_both_texts(enter, noor, board):
    draft, client = make.draft_case(noor, board), enter(noor)
    assert post(client, draft, "situation", {"situation": "Van het ene scherm"}, 1).status_code == 302
    answer = post(client, draft, "situation", {"situation": "Van het andere"}, 1)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Van het ene scherm" in page
    assert "Van het andere" in page
    assert 'name="revision" value="2"' in page
    assert post(client, draft, "situation", {"situation": "Van het andere"}, 2).status_code == 302
    assert Case.objects.get().situation == "Van het andere"


def test_pages_do_not_stand_in_each_others_way(enter, noor, board):
    draft, client = make.draft_case(noor, board), enter(noor)
    assert post(client, draft, "situation", {"situation": "Nieuw"}, 1).status_code == 302
    assert post(client, draft, "question", {"question": "Ook nieuw"}, 1).status_code == 302


BAD = {
    "too long": ("situation", {"situation": "x" * 8001}),
    "a control character": ("situation", {"situation": "a\x00b"}),
    "a strange level": ("factors", FACTORS | {"risk-0-level": "galaxy"}),
    "a strange row": ("factors", FACTORS | {"risk-0-id": "x"}),
    "a long row": ("factors", FACTORS | {"risk-0-text": "x" * 301}),
    "no day": ("question", {"question": "Ja?", "follow_up_on": "2027-02-30"}),
    "a day that is over": ("question", {"question": "Ja?", "follow_up_on": "2001-01-01"}),
    "a day far away": ("question", {"question": "Ja?", "follow_up_on": "9999-12-31"}),
    "no number": ("situation", {"situation": "Ja", "revision": "x"}),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_stored_comes_back(enter, noor, board, what):
    step, data = BAD[what]
    draft = Case.begin(noor, board)
    answer = enter(noor).post(f"{draft.get_absolute_url()}edit/{step}/", {"revision": 0} | data)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.situation, draft.question, draft.factors.count()) == ("", "", 0)


def test_a_row_of_another_case_is_not_taken(enter, noor, board, mate):
    other = make.draft_case(mate, board).factors.first()
    draft = Case.begin(noor, board)
    post(enter(noor), draft, "factors", FACTORS | {"risk-0-id": other.pk})
    assert draft.factors.count() == 2
    other.refresh_from_db()
    assert (other.case.author, other.text) == (mate, make.RISK["text"])


@pytest.mark.parametrize("step", ["nothing", "action", "evaluation"])
def test_a_page_that_is_not_there(enter, noor, board, step):
    draft = Case.begin(noor, board)
    assert post(enter(noor), draft, step, {}).status_code == (404 if step == "nothing" else 403)


def test_attacks_are_shown_as_words(enter, noor, board, mate):
    attack = "<script>alert(1)</script>"
    case = make.draft_case(noor, board, title=attack, context=attack, situation=attack, sector=attack)
    case.keep("factors", {"factors": [make.RISK | {"text": attack}, make.PROTECTION]}, 1)
    case.submit(noor, checked=True)
    assert attack not in enter(mate).get(case.get_absolute_url()).content.decode()


def test_who_has_no_circle_brings_nothing_in(enter):
    assert enter(make.organiser()).get(NEW).status_code == 404
    alumnus = make.person(cohort=make.cohort(state="archived"), alumnus=True)
    assert enter(alumnus).get(NEW).status_code == 403


def test_what_others_read_is_changed_by_its_author_alone_and_keeps_its_parts(enter, noor, board, mate, trainer):
    case = make.case(noor, board, "action", pseudonymous=True)
    for person in (mate, trainer):
        assert post(enter(person), case, "situation", {"situation": "x"}, 1).status_code == 403
    client = enter(noor)
    assert client.get(f"{case.get_absolute_url()}edit/situation/").status_code == 200
    assert post(client, case, "situation", {"situation": ""}, 1).status_code == 422
    assert post(client, case, "factors", {"risk-0-text": "Alleen dit", "risk-0-level": "team"}, 1).status_code == 422
    assert post(client, case, "action", {"action-0-text": "", "action-0-level": ""}, 1).status_code == 422
    assert post(client, case, "question", {"question": "x"}, 1).status_code == 403
    assert post(client, case, "context", CONTEXT | {"title": "Kaping"}, 1).status_code == 302
    assert post(client, case, "situation", {"situation": "Nu beter"}, 1).status_code == 302
    case.refresh_from_db()
    assert (case.situation, case.title, case.topic.title) == ("Nu beter", "", "Grapjes")
    assert not Draft.objects.filter(person=noor).exists()


def test_drafts_go_after_sixty_days_untouched_and_with_their_author(noor, board, mate):
    kept, old, lost = Case.begin(noor, board), Case.begin(noor, board), Case.begin(mate, board)
    case = make.case(noor, board, pseudonymous=True)
    Case.objects.filter(pk__in=[old.pk, case.pk]).update(changed_at=now() - timedelta(days=61))
    Case.objects.filter(pk=lost.pk).update(author=None)
    erase_old_cases()
    assert set(Case.objects.values_list("pk", flat=True)) == {kept.pk, case.pk}


def test_a_draft_is_thrown_away_after_a_question(enter, noor, board):
    draft, client = make.draft_case(noor, board), enter(noor)
    assert "Dit concept weggooien?" in client.get(f"{draft.get_absolute_url()}stage/?stage=withdrawn").content.decode()
    assert client.post(f"{draft.get_absolute_url()}stage/", {"stage": "withdrawn"}).status_code == 302
    assert not Case.objects.exists()


def test_an_earlier_day_of_looking_back_may_stay(enter, noor, board):
    draft = make.draft_case(noor, board)
    Case.objects.filter(pk=draft.pk).update(follow_up_on=today() - timedelta(days=3))
    data = {"question": "Nieuw", "follow_up_on": (today() - timedelta(days=3)).isoformat()}
    assert post(enter(noor), draft, "question", data, 1).status_code == 302


def test_the_script_is_told_what_is_wrong(enter, noor, board):
    draft = Case.begin(noor, board)
    answer = post(enter(noor), draft, "situation", {"situation": "x" * 8001}, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert "te lang" in json.loads(answer.content)["message"]

"""A case goes on from stage to stage: by whom, on what condition, and never past one."""

import re
from datetime import timedelta

import pytest

from accounts.clock import today
from forums.cases.models import Case
from forums.cases.tasks import close_cases
from tests import make

pytestmark = pytest.mark.django_db
TICKS = ["names", "organisation", "roles", "dates", "health"]
BRING = {"stage": "submitted", "ticks": TICKS, "pseudonymous": "", "narrow": ""}
ACTION = {"stage": "action", "action-0-text": "Praten met twee mensen", "action-0-level": "team"}
EVALUATION = {"stage": "evaluated", "evaluation": "Het werkte niet", "outcome": "not_worked"}


def go(client, case, data):
    return client.post(f"{case.get_absolute_url()}stage/", data)


def state_of(case) -> str:
    return Case.objects.get(pk=case.pk).state


def words_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_a_case_walks_from_draft_to_completed_and_its_history_names_nobody(enter, board, noor):
    draft, client = make.draft_case(noor, board), enter(noor)
    steps = (BRING, {"stage": "discussion"}, ACTION, EVALUATION, {"stage": "closed"}, {"stage": "discussion"})
    for data in steps:
        answer = go(client, draft, data)
        assert (answer.status_code, answer.url) == (302, draft.get_absolute_url()), data
    case = Case.objects.get(pk=draft.pk)
    told = list(case.transitions.values_list("to", "by"))
    assert told == [(data["stage"], "author") for data in steps]
    assert [action.text for action in case.actions.all()] == ["Praten met twee mensen"]
    assert (case.evaluation, case.outcome) == ("Het werkte niet", "not_worked")
    assert (case.title, case.question) == ("", "")
    assert case.topic.posts.get().body == "Hoe begrens ik dit?"


@pytest.mark.parametrize(
    ("state", "data"),
    [
        ("submitted", ACTION),
        ("submitted", EVALUATION),
        ("submitted", {"stage": "closed"}),
        ("discussion", EVALUATION),
        ("discussion", {"stage": "closed"}),
        ("action", {"stage": "closed"}),
        ("action", {"stage": "discussion"}),
        ("evaluated", ACTION),
        ("closed", EVALUATION),
        ("submitted", {"stage": "draft"}),
    ],
)
def test_no_stage_is_skipped(enter, board, noor, state, data):
    case = make.case(noor, board, state)
    answer = go(enter(noor), case, data)
    assert answer.status_code == 409
    assert state_of(case) == state
    assert "Deze casus is nu" in words_of(answer)
    for typed in (data.get("action-0-text"), data.get("evaluation")):
        assert not typed or typed in words_of(answer)


MISSING = {
    "title": ({"title": ""}, "Een titel"),
    "context": ({"context": ""}, "De context"),
    "situation": ({"situation": ""}, "Wat er gebeurt"),
    "question": ({"question": ""}, "Je vraag aan de groep"),
    "risk": ({"factors": [make.PROTECTION]}, "Minstens één risico"),
    "protection": ({"factors": [make.RISK]}, "Minstens één ding dat beschermt"),
    "level": ({"factors": [make.RISK | {"level": ""}, make.PROTECTION]}, "Het niveau van elke factor"),
}


@pytest.mark.parametrize("what", MISSING)
def test_what_is_missing_for_bringing_it_in_is_said(enter, board, noor, what):
    words, said = MISSING[what]
    draft = make.draft_case(noor, board, **words)
    answer = go(enter(noor), draft, BRING)
    assert answer.status_code == 409
    assert re.findall(r"<li>([^<]+)</li>", words_of(answer).split("error-summary")[-1].split("</ul>")[0]) == [said]
    assert state_of(draft) == "draft"


def test_all_five_ticks_are_needed_and_none_is_set_beforehand(enter, board, noor):
    draft, client = make.draft_case(noor, board), enter(noor)
    page = client.get(f"{draft.get_absolute_url()}stage/?stage=submitted").content.decode()
    assert 'name="ticks"' in page
    assert not re.search(r'name="(ticks|pseudonymous|shares_feedback)"[^>]*checked', page)
    answer = go(client, draft, BRING | {"ticks": TICKS[:4], "pseudonymous": "on"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert len(re.findall(r'name="ticks"[^>]*checked', page)) == 4
    assert re.search(r'name="pseudonymous" value="on"[^>]*checked', page)
    assert state_of(draft) == "draft"


def test_as_whom_must_be_chosen(enter, board, noor):
    draft = make.draft_case(noor, board)
    answer = go(enter(noor), draft, {name: value for name, value in BRING.items() if name != "pseudonymous"})
    assert answer.status_code == 422
    assert "Kies als wie" in words_of(answer)
    assert re.findall(r'<a href="#(id_\w+)"', words_of(answer)) == ["id_pseudonymous"]
    answer = go(enter(noor), draft, {"stage": "submitted", "ticks": TICKS[:4]})
    assert re.findall(r'<a href="#(id_\w+)"', words_of(answer)) == ["id_ticks", "id_pseudonymous"]


def test_taking_a_row_of_actions_away_places_nothing(enter, board, noor):
    case = make.case(noor, board, "discussion")
    rows = ACTION | {"action-1-text": "Nog iets", "action-1-level": "team", "follow_up_on": "2030-01-01"}
    answer = go(enter(noor), case, rows | {"drop": "action-0"})
    assert (answer.status_code, state_of(case), case.actions.count()) == (200, "discussion", 0)
    assert "Nog iets" in words_of(answer)
    assert 'value="2030-01-01"' in words_of(answer)
    assert ACTION["action-0-text"] not in words_of(answer)


def test_for_a_few_one_chooses_people_of_the_circle(enter, board, noor, mate):
    draft, client, stranger = make.draft_case(noor, board), enter(noor), make.person()
    assert go(client, draft, BRING | {"narrow": "few"}).status_code == 422
    assert go(client, draft, BRING | {"narrow": "few", "people": [str(stranger.pk)]}).status_code == 422
    assert (
        go(client, draft, BRING | {"narrow": "few", "people": [str(mate.pk)], "pseudonymous": "on"}).status_code == 302
    )
    case = Case.objects.get(pk=draft.pk)
    assert set(case.topic.seats.values_list("person", flat=True)) == {noor.pk, mate.pk}
    assert case.author is None
    assert noor in (seat.person for seat in case.topic.seats.all())


@pytest.mark.parametrize(
    "data", [{"stage": "action"}, ACTION | {"action-0-level": ""}, ACTION | {"action-0-text": " "}]
)
def test_an_action_has_words_and_a_level(enter, board, noor, data):
    case = make.case(noor, board, "discussion")
    answer = go(enter(noor), case, data)
    assert answer.status_code == 409
    assert state_of(case) == "discussion"
    assert case.actions.count() == 0
    assert "Dit ontbreekt" in words_of(answer)
    faulty = re.findall(r'<a href="#(id_action-0-\w+)"', words_of(answer))
    assert len(faulty) == 1
    assert re.search(
        rf'id="{faulty[0]}"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="{faulty[0]}"', words_of(answer)
    )
    assert data.get("action-0-text", "").strip() in words_of(answer)


@pytest.mark.parametrize("words", ["", " \u200b "])
def test_an_evaluation_has_words(enter, board, noor, words):
    case = make.case(noor, board, "action")
    answer = go(enter(noor), case, EVALUATION | {"evaluation": words})
    assert answer.status_code == 409
    assert re.search(r'value="not_worked"[^>]*checked', answer.content.decode())
    assert 'href="#id_evaluation"' in words_of(answer)
    assert state_of(case) == "action"


def test_a_trainer_opens_the_discussion_and_does_nothing_else(enter, board, noor, mate, trainer):
    case = make.case(noor, board, pseudonymous=True)
    assert go(enter(mate), case, {"stage": "discussion"}).status_code == 403
    client = enter(trainer)
    for data in (ACTION, EVALUATION, {"stage": "closed"}, {"stage": "withdrawn"}):
        assert go(client, case, data).status_code == 403
    assert go(client, case, {"stage": "discussion"}).status_code == 302
    assert go(client, case, {"stage": "discussion"}).status_code == 403
    assert list(case.transitions.values_list("to", "by")) == [("submitted", "author"), ("discussion", "trainer")]


def test_for_who_does_not_read_it_there_is_no_case(enter, board, noor):
    case = make.case(noor, board)
    for person in (make.person(cohort=make.cohort()), make.trainer(make.cohort()), make.organiser()):
        assert go(enter(person), case, {"stage": "discussion"}).status_code == 404


def test_pressed_twice_is_once(enter, board, noor):
    draft, client = make.draft_case(noor, board), enter(noor)
    for data in (BRING, {"stage": "discussion"}, ACTION, EVALUATION, {"stage": "closed"}):
        assert [go(client, draft, data).status_code for _time in range(2)] == [302, 302], data
    assert Case.objects.get(pk=draft.pk).transitions.count() == 5


@pytest.mark.parametrize("stage", ["", "nothing", "\x00", "discussion" * 50])
def test_a_stage_that_does_not_exist_is_refused(enter, board, noor, stage):
    assert go(enter(noor), make.case(noor, board), {"stage": stage}).status_code == 422


def test_an_evaluated_case_is_completed_by_itself_after_90_days(board, noor):
    case, other = make.case(noor, board, "evaluated"), make.case(noor, board, "action")
    Case.objects.filter(pk__in=[case.pk, other.pk]).update(state_on=today() - timedelta(days=89))
    assert close_cases() == 0
    Case.objects.update(state_on=today() - timedelta(days=90))
    assert (close_cases(), close_cases()) == (1, 0)
    assert (state_of(case), state_of(other)) == ("closed", "action")
    assert case.transitions.last().by == ""

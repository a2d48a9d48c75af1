"""A case is looked over before others read it; an address or a number only goes along after "Dit is goed zo"."""

import pytest

from forums.cases.models import Case
from tests import make
from tests.cases.test_writing import BRING

pytestmark = pytest.mark.django_db
MAIL = "kees@werk.nl"


def bring_in(client, draft, **more):
    return client.post(f"{draft.get_absolute_url()}stage/", BRING | more)


def draft_with(noor, board, **words) -> Case:
    draft = make.draft_case(noor, board)
    Case.objects.filter(pk=draft.pk).update(**words)
    return Case.objects.get(pk=draft.pk)


@pytest.mark.parametrize("field", ["title", "context", "situation", "actions_tried", "question"])
def test_an_address_in_any_part_waits_for_a_word(enter, noor, board, field):
    draft, client = draft_with(noor, board, **{field: f"Mail {MAIL} maar"}), enter(noor)
    for more in ({}, {"seen": [MAIL]}):
        page = bring_in(client, draft, **more)
        assert page.status_code == 200
        assert f"<mark>{MAIL}</mark>" in page.content.decode()
    assert Case.objects.get().state == "draft"
    assert bring_in(client, draft, fine=[MAIL]).status_code == 302
    assert Case.objects.get().state == "submitted"


def test_what_stands_in_a_factor_is_looked_at_too(enter, noor, board):
    draft = make.draft_case(noor, board)
    draft.factors.filter(kind="risk").update(text=f"Alles gaat naar {MAIL}")
    assert bring_in(enter(noor), draft).status_code == 200
    assert bring_in(enter(noor), draft, swap=MAIL).status_code == 200
    assert draft.factors.get(kind="risk").text == "Alles gaat naar een e-mailadres"


def test_a_name_is_replaced_in_the_whole_draft_at_one_press_and_what_was_chosen_stays(enter, noor, board):
    words = {"situation": "Marloes lacht mee.", "question": "Hoe spreek ik Marloes aan?"}
    draft, client = draft_with(noor, board, **words), enter(noor)
    page = bring_in(client, draft).content.decode()
    assert "<mark>Marloes</mark>" in page
    page = bring_in(client, draft, swap="marloes").content.decode()
    assert page.count("checked") >= 5
    draft.refresh_from_db()
    assert "Marloes" not in draft.situation + draft.question
    assert bring_in(client, draft).status_code == 302


def test_a_name_that_was_shown_goes_along(enter, noor, board):
    draft = draft_with(noor, board, situation="Marloes lacht mee.")
    assert bring_in(enter(noor), draft).status_code == 200
    assert bring_in(enter(noor), draft, seen=["marloes"]).status_code == 302


def test_what_others_read_already_changes_after_a_look_only(enter, noor, board):
    case = make.case(noor, board)
    address = f"{case.get_absolute_url()}edit/situation/"
    sent = {"situation": f"Mail {MAIL}", "actions_tried": "", "revision": case.revision_of("situation")}
    for extra in ({}, {"HTTP_ACCEPT": "application/json"}):
        assert MAIL in enter(noor).post(address, sent, **extra).content.decode()
        assert MAIL not in Case.objects.get().situation
    assert enter(noor).post(address, sent | {"fine": [MAIL]}).status_code == 302
    assert MAIL in Case.objects.get().situation


def test_an_action_is_looked_over_too(enter, noor, board):
    case = make.case(noor, board, state="discussion")
    sent = {"stage": "action", "action-0-text": f"Ik mail {MAIL}", "action-0-level": "team"}
    page = enter(noor).post(f"{case.get_absolute_url()}stage/", sent)
    assert page.status_code == 200
    assert f"<mark>{MAIL}</mark>" in page.content.decode()
    assert Case.objects.get().state == "discussion"
    assert enter(noor).post(f"{case.get_absolute_url()}stage/", sent | {"fine": [MAIL]}).status_code == 302


def test_a_name_gets_the_same_neutral_words_in_the_replies(enter, noor, board):
    draft = draft_with(noor, board, situation="Marloes lacht mee.")
    bring_in(enter(noor), draft, swap="marloes")
    draft.refresh_from_db()
    instead = draft.situation.removesuffix(" lacht mee.")
    bring_in(enter(noor), draft)
    page = enter(noor).post("/forums/check/", {"body": "Ik sprak Marloes gisteren.", "topic": str(draft.pk)})
    assert instead.lower() in page.content.decode().lower()

"""Alumni choose what they may be asked for; what they said is kept as rows that are only added."""

import pytest
from django.urls import reverse

from accounts.models import Consent
from accounts.research.models import ResearchEntry, Scope, TextChanged
from tests import make

pytestmark = pytest.mark.django_db
PAGE, CONSENT = "/research/", "/research/consent/"


@pytest.fixture
def alumnus():
    return make.person(alumnus=True)


def choose(client, *scopes, cap="2", wording="1"):
    return client.post(CONSENT, {"scope": scopes, "cap": cap, "wording": wording})


def said(person) -> list[tuple[str, bool]]:
    return [(row.purpose, row.granted) for row in person.consents.order_by("pk")]


def ticked(response) -> set[str]:
    return {choice["scope"].value for choice in response.context["choices"] if choice["ticked"]}


def test_nothing_is_ticked_beforehand(enter, alumnus):
    response = enter(alumnus).get(PAGE)
    assert ticked(response) == set()
    assert " checked" not in response.content.decode()
    assert '<option value="2" selected>' in response.content.decode()


def test_an_alumnus_joins_for_what_was_ticked_and_nothing_else(enter, alumnus):
    client = enter(alumnus)
    assert choose(client, "diary", "interview", cap="4").url == reverse("research:register")
    entry = alumnus.research_entry
    assert (entry.state, entry.cap, entry.wording, entry.language) == ("active", 4, make.register_wording(), "nl")
    assert said(alumnus) == [("register:interview", True), ("register:diary", True)]
    assert {scope.value for scope in Scope if ResearchEntry.objects.in_force(scope).exists()} == {"diary", "interview"}
    assert ticked(client.get(PAGE)) == {"diary", "interview"}


def test_each_row_holds_the_text_that_was_on_screen(enter):
    reader = make.person(alumnus=True, language="en")
    choose(enter(reader), "diary")
    row = reader.consents.get()
    wording = make.register_wording()
    assert (row.wording, row.language, row.text_hash) == (wording, "en", wording.hash("en"))


def test_changing_adds_a_row_for_what_changed_and_leaves_the_others(enter, alumnus):
    client = enter(alumnus)
    choose(client, "diary", "interview")
    before = list(Consent.objects.order_by("pk").values())
    choose(client, "diary", "team", cap="6")
    assert said(alumnus)[2:] == [("register:interview", False), ("register:team", True)]
    assert list(Consent.objects.order_by("pk").values())[:2] == before
    assert ResearchEntry.objects.get(person=alumnus).cap == 6


def test_sending_it_twice_is_sending_it_once(enter, alumnus):
    client = enter(alumnus)
    for _ in range(2):
        assert choose(client, "diary").status_code == 302
    assert said(alumnus) == [("register:diary", True)]
    assert ResearchEntry.objects.count() == alumnus.outgoing.count() == 1


def test_ticking_nothing_is_stopping(enter, alumnus):
    client = enter(alumnus)
    choose(client, "diary")
    for _ in range(2):
        assert choose(client).status_code == 302
    assert said(alumnus) == [("register:diary", True), ("register:diary", False)]
    assert ResearchEntry.objects.get(person=alumnus).state == "withdrawn"


def test_ticking_nothing_at_first_keeps_nothing(enter, alumnus):
    assert choose(enter(alumnus)).status_code == 302
    assert said(alumnus) == []
    assert not ResearchEntry.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": ["diary", "blood"]},
        {"scope": ["register:diary"]},
        {"cap": "3"},
        {"cap": "-2"},
        {"cap": "two"},
        {"cap": "2\x00"},
        {"wording": ""},
        {"wording": "x"},
        {"wording": "-1"},
        {"wording": "9" * 30},
    ],
)
def test_what_cannot_be_chosen_is_refused_and_comes_back(enter, alumnus, wrong):
    response = enter(alumnus).post(CONSENT, {"scope": ["diary"], "cap": "4", "wording": "1"} | wrong)
    assert response.status_code == 422
    assert said(alumnus) == []
    assert "diary" in ticked(response) or "diary" not in wrong["scope"]
    assert 'role="alert"' in response.content.decode()


def test_without_a_cap_it_is_two_a_year(enter, alumnus):
    enter(alumnus).post(CONSENT, {"scope": ["diary"], "wording": "1"})
    assert alumnus.research_entry.cap == 2


def test_a_text_that_was_overtaken_is_a_conflict_and_the_new_one_is_shown(enter, alumnus):
    client = enter(alumnus)
    client.get(PAGE)
    make.new_register_wording(text_nl="Dit is de nieuwe tekst.")
    response = choose(client, "diary", "team", cap="6")
    assert response.status_code == 409
    assert said(alumnus) == []
    page = response.content.decode()
    assert "Dit is de nieuwe tekst." in page
    assert 'name="wording" value="2"' in page
    assert ticked(response) == {"diary", "team"}
    assert '<option value="6" selected>' in page
    assert choose(client, "diary", wording="2").status_code == 302


def test_a_version_that_never_was_is_a_conflict_too(enter, alumnus):
    assert choose(enter(alumnus), "diary", wording="77").status_code == 409
    assert said(alumnus) == []


def test_the_verb_itself_refuses_an_older_text(alumnus):
    older = make.register_wording()
    make.new_register_wording()
    with pytest.raises(TextChanged):
        ResearchEntry.choose(alumnus, ["diary"], 2, older)
    assert not ResearchEntry.objects.exists()


def test_earlier_choices_hold_under_a_new_text_and_saving_again_agrees_to_it(enter, alumnus):
    make.entry(alumnus, ["diary"])
    newer = make.new_register_wording()
    client = enter(alumnus)
    assert client.get(PAGE).context["renewed"]
    assert ResearchEntry.objects.in_force("diary").exists()
    choose(client, "diary", wording="2")
    assert [row.wording.version for row in alumnus.consents.order_by("pk")] == [1, 2]
    assert alumnus.consents.latest().get().wording == newer
    assert not client.get(PAGE).context["renewed"]


def test_a_text_that_is_not_published_yet_is_shown_to_nobody(enter, alumnus):
    make.new_register_wording(published_at=None, text_nl="Nog geheim")
    assert "Nog geheim" not in enter(alumnus).get(PAGE).content.decode()


def test_a_participant_reads_about_it_but_cannot_join(enter):
    participant = make.person(cohort=make.cohort())
    client = enter(participant)
    response = client.get(PAGE)
    assert response.status_code == 200
    assert 'name="scope"' not in response.content.decode()
    assert "Je kunt in het register als je je certificaat hebt" in response.content.decode()
    assert choose(client, "diary").status_code == 403
    assert said(participant) == []


def test_choosing_again_ends_a_pause(alumnus):
    entry = make.entry(alumnus)
    entry.state = ResearchEntry.State.PAUSED
    entry.save()
    assert not ResearchEntry.objects.in_force().exists()
    make.entry(alumnus)
    assert ResearchEntry.objects.in_force().get() == entry

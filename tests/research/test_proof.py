"""What someone agreed to is kept letter for letter, shown as it was, and never changed."""

import hashlib
import re
from html import unescape

import pytest
from django.db import transaction

from accounts.models import Consent, Wording
from accounts.models.consent import Fixed
from tests import make

pytestmark = pytest.mark.django_db
RECEIPT, FILE = "/research/receipt/", "/research/receipt.txt"


def words_in(page: str) -> list[str]:
    """The visible lines of the text of the register on a page."""
    prose = re.search(r'<div class="prose"[^>]*>(.*?)</div>', page, re.DOTALL)[1]
    lines = [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", prose, re.DOTALL)]
    return [unescape(line) for line in lines]


def words_of(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if line]
    return [line.removeprefix("- ").replace("*", "") for line in lines]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_proof_has_the_words_that_were_on_screen_letter_by_letter(enter, language):
    client = enter(make.person(alumnus=True, language=language))
    on_screen = words_in(client.get("/research/").content.decode())
    client.post("/research/consent/", {"scope": ["diary"], "cap": "2", "wording": "1"})
    proof = client.get(RECEIPT).content.decode()
    text = make.register_wording().text(language)
    assert words_in(proof) == on_screen == words_of(text)
    assert hashlib.sha256(text.encode()).hexdigest() in proof
    as_file = client.get(FILE)
    assert as_file["Content-Disposition"].startswith("attachment")
    assert text in as_file.content.decode()


def test_a_later_text_or_another_language_does_not_change_the_proof(enter):
    person = make.person(alumnus=True)
    make.entry(person)
    make.new_register_wording(text_nl="Heel iets anders", text_en="Something else")
    person.language = "en"
    person.save()
    proof = enter(person).get(RECEIPT).content.decode()
    assert words_in(proof) == words_of(Wording.objects.get(kind="register", version=1).text_nl)
    assert "Something else" not in proof
    assert 'lang="nl"' in proof


def test_the_proof_tells_every_yes_and_no_with_its_moment_and_version(enter):
    person = make.person(alumnus=True)
    make.entry(person, ["diary", "team"])
    make.entry(person, ["diary"])
    person.research_entry.withdraw()
    choices = enter(person).get(RECEIPT).context["choices"]
    assert [([s.value for s in c.yes], [s.value for s in c.no]) for c in choices] == [
        ([], ["diary"]),
        ([], ["team"]),
        (["diary", "team"], []),
    ]
    assert {c.wording.version for c in choices} == {1}


def test_nobody_gets_the_proof_of_another(enter):
    make.entry(make.person("Wilhelmina Zonnebloem", alumnus=True))
    client = enter(make.person(alumnus=True))
    assert client.get(RECEIPT).context["choices"] == []
    assert client.get(RECEIPT, {"person": "1"}).context["choices"] == []
    assert "SHA-256:" not in client.get(FILE).content.decode()


def test_a_published_text_is_never_changed():
    wording = make.register_wording()
    before = wording.text_nl
    wording.text_nl = "Iets anders"
    for change in (
        wording.save,
        wording.delete,
        lambda: Wording.objects.filter(pk=wording.pk).update(text_nl="Iets anders"),
        lambda: Wording.objects.bulk_update([wording], ["text_nl"]),
        lambda: Wording.objects.all().delete(),
        lambda: Wording(pk=wording.pk, kind="register", version=1, text_nl="x", text_en="x").save(),
    ):
        with pytest.raises(Fixed), transaction.atomic():
            change()
    assert Wording.objects.get(pk=wording.pk).text_nl == before


def test_a_draft_of_a_text_may_change_until_it_is_published():
    draft = make.new_register_wording(published_at=None)
    draft.text_nl = "Beter"
    draft.save()
    assert Wording.objects.filter(pk=draft.pk).update(text_en="Better") == 1
    draft.delete()


def test_a_consent_is_only_ever_added():
    row = make.entry().person.consents.get()
    row.granted = False
    for change in (
        row.save,
        lambda: Consent.objects.update(granted=False),
        lambda: Consent.objects.bulk_update([row], ["granted"]),
    ):
        with pytest.raises(Fixed), transaction.atomic():
            change()
    assert Consent.objects.get().granted

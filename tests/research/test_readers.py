"""Nobody reads another's entry, and for a trainer there is no register at all."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import AuditEntry, Role
from accounts.research.models import ResearchEntry, Study, StudyCall
from tests import make

pytestmark = pytest.mark.django_db
OWN = ["/research/", "/research/withdraw/", "/research/receipt/", "/research/receipt.txt"]
POSTS = ["/research/consent/", "/research/withdraw/"]


def addresses(study) -> list[str]:
    return [*OWN, "/research/consent/", "/research/studies/", study.get_absolute_url()]


def everyone() -> dict:
    cohort = make.cohort()
    people = {role: make.person(roles=[role]) for role in ("organiser", "moderator", "privacy_officer")}
    people |= {role: make.person(roles=[role]) for role in ("researcher", "register_keeper", "site_administrator")}
    suspended = make.person(alumnus=True)
    suspended.suspend(people["organiser"], "because")
    return people | {
        "stranger": AnonymousUser(), "newcomer": make.person(agreed=False, alumnus=True), "suspended": suspended,
        "participant": make.person(cohort=cohort), "alumnus": make.person(alumnus=True), "trainer": make.trainer(cohort),
    }  # fmt: skip


def test_an_entry_and_a_call_are_read_by_whose_they_are():
    entry = make.entry()
    call = make.study(state="draft").calls.create(person=entry.person)
    for name, person in everyone().items():
        assert not ResearchEntry.objects.visible_to(person).exists(), name
        assert not StudyCall.objects.visible_to(person).exists(), name
    assert ResearchEntry.objects.visible_to(entry.person).get() == entry
    assert StudyCall.objects.visible_to(entry.person).get() == call


def test_a_study_is_read_by_its_researcher_and_once_handed_in_by_the_keeper():
    people = everyone()
    people["owner"] = make.person(roles=["researcher"])
    draft, handed_in = make.study(people["owner"]), make.study(people["owner"], state="ethics_review")
    found = {name: set(Study.objects.visible_to(person)) for name, person in people.items()}
    assert {name: rows for name, rows in found.items() if rows} == {
        "owner": {draft, handed_in},
        "register_keeper": {handed_in},
    }


def test_a_trainer_finds_nothing_on_any_address(enter):
    trainer = make.trainer(make.cohort())
    client = enter(trainer)
    assert {client.get(address).status_code for address in addresses(make.study(trainer))} == {404}
    assert {client.post(address).status_code for address in POSTS} == {404}


@pytest.mark.parametrize("role", ["researcher", "register_keeper"])
def test_a_trainer_with_another_role_finds_no_studies_either(enter, role):
    both = make.trainer(make.cohort())
    both.grant(role)
    study = make.study(both, state="ethics_review")
    client = enter(both)
    assert {client.get(address).status_code for address in addresses(study)} == {404}
    assert "/research/" not in client.get("/more/").content.decode()


def test_a_trainer_who_is_also_an_alumnus_reaches_the_own_entry_only(enter):
    both = make.person(alumnus=True)
    both.grant(Role.TRAINER, cohort=make.cohort())
    both = type(both).objects.get(pk=both.pk)
    make.entry(both)
    make.entry()
    study = make.study(both, state="ethics_review")
    client = enter(both)
    assert {client.get(address).status_code for address in OWN} == {200}
    assert {client.get(address).status_code for address in ("/research/studies/", study.get_absolute_url())} == {404}
    assert ResearchEntry.objects.visible_to(both).get().person == both


@pytest.mark.parametrize("role", ["organiser", "moderator", "privacy_officer", "site_administrator"])
def test_other_roles_find_nothing(enter, role):
    client = enter(make.person(roles=[role]))
    assert {client.get(address).status_code for address in addresses(make.study(state="ethics_review"))} == {404}


def test_a_stranger_is_sent_to_sign_in(client):
    for address in addresses(make.study()):
        assert client.get(address).url.startswith("/accounts/login/")
    for address in POSTS:
        assert client.post(address).status_code in (302, 403)


def test_a_researcher_finds_another_ones_study_as_little_as_one_that_does_not_exist(enter):
    theirs = make.study(state="ethics_review")
    client = enter(make.person(roles=["researcher"]))
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.get("/research/studies/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert client.get("/research/studies/").context["studies"].count() == 0


def test_no_page_of_a_trainer_differs_when_someone_joins(enter):
    cohort = make.cohort()
    alumnus = make.person(cohort=cohort, alumnus=True)
    topic = make.topic(board=make.board(cohort=cohort), author=alumnus)
    client = enter(make.trainer(cohort))

    def pages() -> list[str]:
        shown = [client.get(address).content.decode() for address in (topic.get_absolute_url(), "/forums/", "/more/")]
        return [re.sub(r'name="(csrfmiddlewaretoken|submission_id)" value="[^"]+"', "", page) for page in shown]

    pages()
    before = pages()
    make.entry(alumnus, ["diary", "team"])
    assert pages() == before
    alumnus.research_entry.withdraw()
    assert pages() == before


def test_nobody_sees_a_name_on_the_pages_about_studies(enter):
    owner = make.person(roles=["researcher"])
    study = make.study(owner, state="ethics_review")
    asked = make.person("Wilhelmina Zonnebloem", alumnus=True)
    study.calls.create(person=asked, state="consented")
    make.entry(asked)
    for person in (owner, make.person(roles=["register_keeper"])):
        client = enter(person)
        for address in ("/research/studies/", study.get_absolute_url()):
            page = client.get(address).content.decode()
            assert "Zonnebloem" not in page
            assert str(asked.pk) not in page
            assert asked.email not in page


def test_each_look_by_the_keeper_is_written_down_and_no_other(enter):
    owner, keeper = make.person(roles=["researcher"]), make.person(roles=["register_keeper"])
    study = make.study(owner, state="ethics_review")
    for person in (owner, keeper):
        client = enter(person)
        client.get("/research/studies/")
        client.get(study.get_absolute_url())
    looks = AuditEntry.objects.filter(verb__startswith="look").order_by("pk")
    assert [(look.actor, look.verb, look.key) for look in looks] == [
        (keeper, "look_register", ""),
        (keeper, "look_study", str(study.pk)),
    ]


def test_a_researcher_does_not_see_how_many_are_in_the_register(enter):
    client = enter(make.person(roles=["researcher"]))
    assert client.get("/research/studies/").context["counts"] == []

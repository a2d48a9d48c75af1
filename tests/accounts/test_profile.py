"""What someone shows, and to whom: nothing at first, and never more than was chosen."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Consent, Role, User, Visibility
from tests import make

pytestmark = pytest.mark.django_db
WORDS = "Ik leid een team en leer luisteren."


def person_showing(visibility: str, cohort=None, **more):
    """Someone who tells something and opens all of it to `visibility`."""
    found = make.person(cohort=cohort or make.cohort(), **more)
    fields = {"sector": "Zorg", "position": "Teamleider", "about": WORDS}
    found.profile.change(**fields, **{f"{name}_for": visibility for name in fields})
    return found


def listed(name="", **more):
    found = make.person(name, alumnus=True)
    found.profile.change(is_listed=True, **more)
    return found


def names_on(client, query="") -> list[str]:
    text = client.get(f"/people/{query}").content.decode()
    return re.findall(r"<h3>\s*(?:<a[^>]*>)?<bdi>(.*?)</bdi>", text)


# One's own


def test_a_profile_shows_nothing_at_first(enter):
    person = make.person(cohort=make.cohort())
    text = enter(person).get("/me/").content.decode()
    assert person.profile.granted == set()
    assert not re.search(r'<input[^>]*name="is_listed"[^>]*checked', text)
    assert text.count('<option value="nobody" selected>') == 3


def test_what_is_filled_in_is_kept_with_the_words_beside_the_choice(enter):
    person = make.person("Farida", cohort=make.cohort())
    form = {"name": "Farida Benali", "language": "en", "about": WORDS, "about_for": "own_cohort", "sector": "Zorg"}
    form |= {"sector_for": "nobody", "position": "", "position_for": "nobody", "employer": "Werk", "town": "Zwolle"}
    assert enter(person).post("/me/", form).url == "/me/"
    person = User.objects.get(pk=person.pk)
    assert (person.name, person.language, person.profile.about) == ("Farida Benali", "en", WORDS)
    assert (person.profile.employer, person.profile.town) == ("Werk", "Zwolle")
    assert list(Consent.objects.values_list("purpose", "granted")) == [("profile:about:own_cohort", True)]
    assert Consent.objects.get().text_hash


def test_only_a_name_and_words_about_oneself_may_be_sent(enter):
    person = person_showing(Visibility.OWN_COHORT)
    assert enter(person).post("/me/", {"name": "Eva", "about": "Nieuw"}).status_code == 302
    person = User.objects.get(pk=person.pk)
    assert (person.name, person.profile.about, person.profile.sector) == ("Eva", "Nieuw", "Zorg")
    assert person.profile.sector_for == "own_cohort"


def test_what_cannot_be_taken_comes_back_as_typed(enter):
    person = make.person("Farida", cohort=make.cohort())
    answer = enter(person).post("/me/", {"name": "Moderator", "about": "a" * 1001, "about_for": "everyone"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Moderator"' in text
    assert "a" * 1001 in text
    assert text.count('class="error"') == 3
    assert re.search(r"<title>\s*Fout:", text)
    assert User.objects.get(pk=person.pk).name == "Farida"


def test_a_name_of_someone_in_the_circle_is_refused_and_ones_own_is_not(enter):
    cohort = make.cohort()
    make.person("Eva de Wit", cohort=cohort)
    person = make.person("Farida", cohort=cohort)
    client = enter(person)
    assert client.post("/me/", {"name": "Evа dе Wit", "about": ""}).status_code == 422
    assert client.post("/me/", {"name": "Farida", "about": ""}).status_code == 302


def test_light_or_dark_is_a_cookie_and_nothing_else_is(enter):
    client = enter(make.person("Farida", cohort=make.cohort()))
    client.post("/me/", {"name": "Farida", "about": "", "theme": "dark"})
    assert 'data-theme="dark"' in client.get("/me/").content.decode()
    assert client.post("/me/", {"name": "Farida", "about": "", "theme": "pink"}).status_code == 422
    client.post("/me/", {"name": "Farida", "about": "", "theme": ""})
    assert "data-theme" not in client.get("/me/").content.decode()


def test_one_sees_how_others_see_one(enter):
    client = enter(person_showing(Visibility.OWN_COHORT))

    def seen(page):
        return page.content.decode().split('id="seen"')[1]

    assert "Teamleider" in seen(client.get("/me/"))
    assert "Teamleider" not in seen(client.get("/me/?as=members"))


# Who sees what


READERS = {
    "mate": lambda cohort: make.person(cohort=cohort),
    "trainer": make.trainer,
    "other participant": lambda cohort: make.person(cohort=make.cohort()),
    "alumnus": lambda cohort: make.person(alumnus=True),
    "moderator": lambda cohort: make.person(roles=[Role.MODERATOR]),
    "organiser": lambda cohort: make.organiser(),
    "researcher": lambda cohort: make.person(roles=[Role.RESEARCHER]),
    "register keeper": lambda cohort: make.person(roles=[Role.REGISTER_KEEPER]),
    "privacy officer": lambda cohort: make.person(roles=[Role.PRIVACY_OFFICER]),
    "site administrator": lambda cohort: make.person(roles=[Role.SITE_ADMINISTRATOR]),
    "suspended": lambda cohort: suspended(make.person(cohort=cohort)),
}
CIRCLE = {"mate", "trainer"}
MEMBERS = CIRCLE | {"alumnus", "moderator", "organiser"}


def suspended(person):
    person.suspend(make.organiser(), "Een reden")
    return person


@pytest.mark.parametrize(("visibility", "readers"), [("nobody", set()), ("own_cohort", CIRCLE), ("members", MEMBERS)])
def test_a_field_is_shown_to_exactly_whom_it_was_opened_to(enter, visibility, readers):
    cohort = make.cohort()
    shown = person_showing(visibility, cohort)
    found = set()
    for name, reader in READERS.items():
        answer = enter(reader(cohort)).get(f"/people/{shown.pk}/")
        if answer.status_code == 200:
            assert WORDS in answer.content.decode()
            found.add(name)
        else:
            assert answer.status_code == (403 if name == "suspended" else 404)
    assert found == readers


def test_each_field_has_its_own_readers(enter):
    cohort = make.cohort()
    shown = make.person(cohort=cohort)
    shown.profile.change(sector="Zorg", sector_for="members", position="Geheim", position_for="nobody", about=WORDS)
    text = enter(make.person(cohort=cohort)).get(f"/people/{shown.pk}/").content.decode()
    assert "Zorg" in text
    assert "Geheim" not in text
    assert WORDS not in text


def test_a_page_that_shows_nothing_and_one_that_is_not_there_look_alike(enter):
    client = enter(make.person(alumnus=True))
    closed, none = person_showing(Visibility.NOBODY).pk, "00000000-0000-4000-8000-000000000000"
    answers = [client.get(f"/people/{pk}/") for pk in (closed, none)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_employer_and_town_are_shown_to_nobody(enter):
    shown = person_showing(Visibility.MEMBERS)
    shown.profile.change(employer="Acme Zorggroep", town="Zwolle", is_listed=True)
    client = enter(make.person(alumnus=True))
    text = client.get(f"/people/{shown.pk}/").content.decode() + client.get("/people/").content.decode()
    assert "Acme" not in text
    assert "Zwolle" not in text


# The list of members


def test_the_list_is_there_only_for_who_meets_members(enter):
    cohort = make.cohort()
    meets = {name for name, reader in READERS.items() if enter(reader(cohort)).get("/people/").status_code == 200}
    assert meets == {"trainer", "alumnus", "moderator", "organiser"}


def test_only_who_chose_to_be_listed_stands_in_it(enter):
    listed("Eva")
    person_showing(Visibility.MEMBERS, name="Niet in de lijst")
    gone, paused = listed("Weg"), listed("Op pauze")
    gone.is_active = False
    gone.save()
    suspended(paused)
    assert names_on(enter(make.person(alumnus=True))) == ["Eva"]


def test_a_name_is_a_link_only_when_it_shows_something(enter):
    shown, silent = listed("Eva", about=WORDS, about_for="members"), listed("Ruben", about=WORDS)
    text = enter(make.person(alumnus=True)).get("/people/").content.decode()
    assert f"/people/{shown.pk}/" in text
    assert f"/people/{silent.pk}/" not in text
    assert text.count(WORDS) == 1


def test_one_searches_by_name_and_by_a_sector_that_is_open(enter):
    listed("Eva de Wit", sector="Zorg", sector_for="members")
    listed("Ruben", sector="Zorg", sector_for="nobody")
    client = enter(make.person(alumnus=True))
    assert names_on(client, "?q=zorg") == ["Eva de Wit"]
    assert names_on(client, "?q=rub") == ["Ruben"]
    assert names_on(client, "?q=%25") == []
    assert names_on(client, "?q=%00") == ["Eva de Wit", "Ruben"]
    assert "Niemand gevonden" in client.get("/people/?q=xyz").content.decode()


def test_one_narrows_the_list_to_trainers_or_to_ones_circle(enter):
    reader = make.person(alumnus=True)
    cohort = reader.cohorts[0]
    trainer, mate = make.trainer(cohort, name="Hanneke"), make.person("Tom", cohort=cohort)
    for person in (trainer, mate):
        person.profile.change(is_listed=True)
    listed("Eva")
    client = enter(reader)
    assert names_on(client, "?show=trainers") == ["Hanneke"]
    assert names_on(client, "?show=circle") == ["Hanneke", "Tom"]


def test_a_long_list_goes_on_and_misses_nobody(enter):
    for number in range(30):
        listed(f"Lid {number:02d}")
    client = enter(make.person(alumnus=True))
    first = client.get("/people/")
    rest = names_on(client, f"?after={first.context['older']}")
    assert names_on(client) + rest == [f"Lid {number:02d}" for number in range(30)]
    assert client.get("/people/?after=none").status_code == 200


def test_the_list_takes_as_many_statements_for_one_as_for_many(enter):
    client = enter(make.person(alumnus=True))

    def statements() -> int:
        client.get("/people/")
        with CaptureQueriesContext(connection) as found:
            client.get("/people/")
        return len(found)

    listed("Eva", about=WORDS, about_for="members")
    one = statements()
    for number in range(12):
        listed(f"Lid {number}", about=WORDS, about_for="own_cohort")
    assert statements() == one <= 8


# Suspended


def test_who_is_suspended_reads_why_and_can_sign_out(enter):
    person = suspended(make.person("Farida", alumnus=True))
    client = enter(person)
    for path in ("/", "/me/", "/people/", "/forums/", "/me/sessions/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "Een reden" in answer.content.decode()
    assert 'action="/accounts/logout/"' in answer.content.decode()
    assert "/research/withdraw/" in answer.content.decode()
    client.post("/accounts/logout/")
    assert client.get("/").status_code == 302

"""Organisers run cohorts: who is in them and who is asked. They see names and counts, and no word of a circle."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Cohort, Epoch, Invitation, Membership, Role, User
from forums.models import Board, Topic
from tests import make
from tests.accounts.mails import sent

pytestmark = pytest.mark.django_db
WORDS = {"name": "Farida Benali", "email": "farida@example.org", "language": "nl", "role": "participant"}


@pytest.fixture
def organiser():
    return make.organiser(name="Eva de Wit")


@pytest.fixture
def desk(enter, organiser):
    return enter(organiser)


@pytest.fixture
def cohort():
    return make.cohort()


def at(name, *args) -> str:
    return reverse(f"community:{name}", args=args)


def doors(cohort) -> list[tuple[str, str]]:
    """Every page and every button."""
    seat = make.person(cohort=cohort).memberships.get()
    invitation = Invitation.send(cohort, make.organiser(), "x@example.org", "X")
    gets = [at("organise"), at("cohorts"), at("cohort_new"), at("cohort", cohort.pk), at("invite", cohort.pk)]
    gets.append(at("seat_end", seat.pk))
    posts = [at("cohort_new"), at("invite", cohort.pk), at("cohort_move", cohort.pk), at("trainer_place", cohort.pk)]
    posts += [at("cohort_certify", cohort.pk), at("revoke", invitation.pk)]
    posts += [at("seat_certify", seat.pk), at("seat_end", seat.pk)]
    return [("get", path) for path in gets] + [("post", path) for path in posts]


@pytest.mark.parametrize(
    "role", [None, *(role for role in Role if role not in ("alumnus", "organiser", "participant"))]
)
def test_for_everyone_else_these_pages_do_not_exist(enter, cohort, role):
    client = enter(make.person(cohort=cohort, roles=[role] if role else []))
    before = (Membership.objects.count() + 1, Invitation.objects.count() + 1)
    found = doors(cohort)
    before = (Membership.objects.count(), Invitation.objects.waiting().count(), Cohort.objects.get(pk=cohort.pk).state)
    assert [getattr(client, verb)(path).status_code for verb, path in found] == [404] * len(found)
    after = (Membership.objects.count(), Invitation.objects.waiting().count(), Cohort.objects.get(pk=cohort.pk).state)
    assert before == after


def test_a_stranger_is_sent_to_the_sign_in_page(client, cohort):
    assert {getattr(client, verb)(path).status_code for verb, path in doors(cohort)} == {302}


def test_a_new_cohort_is_a_draft_with_a_circle_and_nobody_hears_of_it(desk):
    answer = desk.post(at("cohort_new"), {"name": "Voorjaar 2028", "max_participants": "14", "apply_before": ""})
    made = Cohort.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.name, made.slug, made.state, made.max_participants) == ("Voorjaar 2028", "voorjaar-2028", "draft", 14)
    assert Board.objects.get(cohort=made).slug == "kring-voorjaar-2028"
    assert sent() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"max_participants": "0"},
        {"max_participants": "x"},
        {"apply_before": "2001-01-01"},
        {"name": "a\x00"},
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(desk, wrong):
    answer = desk.post(at("cohort_new"), {"name": "Voorjaar", "max_participants": "14", "apply_before": ""} | wrong)
    assert answer.status_code == 422
    assert f'id="id_{next(iter(wrong))}_error"' in answer.content.decode()
    assert not Cohort.objects.exists()


def test_the_list_tells_phase_and_counts(desk, cohort):
    for _ in range(3):
        make.person(cohort=cohort)
    make.trainer(cohort)
    ended = make.person(cohort=cohort).memberships.get()
    ended.end()
    Invitation.send(cohort, make.organiser(), "x@example.org", "X")
    (row,) = desk.get(at("cohorts")).context["cohorts"]
    assert (row.participants_count, row.trainers_count, row.waiting_count) == (3, 1, 1)
    assert row.phase


# A cohort


def test_the_page_names_who_is_in_it_and_nothing_that_was_written(desk, cohort):
    author = make.person("Tom Hendriks", cohort=cohort)
    make.topic(board=make.board(cohort=cohort), author=author, title="Een geheime vraag", body="Heel geheim")
    text = desk.get(cohort.get_absolute_url()).content.decode()
    assert "Tom Hendriks" in text
    assert author.email not in text
    assert "geheim" not in text.lower()
    assert not Topic.objects.visible_to(User.objects.get(name="Eva de Wit")).exists()


def test_the_page_takes_as_many_statements_for_one_as_for_many(desk, cohort, organiser):
    def statements(path) -> int:
        desk.get(path)
        with CaptureQueriesContext(connection) as found:
            desk.get(path)
        return len(found)

    def grow():
        make.person(cohort=cohort)
        make.trainer(cohort)
        make.person(roles=[Role.TRAINER])
        Invitation.send(cohort, organiser, f"x{User.objects.count()}@example.org", "X")
        make.cohort()

    grow()
    ones = [statements(path) for path in (cohort.get_absolute_url(), at("cohorts"))]
    for _ in range(9):
        grow()
    assert [statements(path) for path in (cohort.get_absolute_url(), at("cohorts"))] == ones
    assert max(ones) <= 12


def test_a_cohort_moves_one_step_and_only_once(desk):
    cohort = make.cohort(state="draft")
    states = []
    for to in ("open", "open", "running", "alumni", "archived", "draft", ""):
        code = desk.post(at("cohort_move", cohort.pk), {"to": to}).status_code
        cohort.refresh_from_db()
        states.append((code, cohort.state))
    assert states == [
        (302, "open"), (409, "open"), (302, "running"), (302, "alumni"),
        (409, "alumni"), (409, "alumni"), (409, "alumni"),
    ]  # fmt: skip


def test_only_who_holds_the_role_is_placed_as_a_trainer(desk, cohort):
    holder, keeper = (
        make.person("Hanneke", roles=[Role.TRAINER]),
        make.person(roles=[Role.TRAINER, Role.REGISTER_KEEPER]),
    )
    plain = make.person(cohort=make.cohort())
    for person, code in ((plain, 422), (keeper, 422), (holder, 302), (holder, 422)):
        assert desk.post(at("trainer_place", cohort.pk), {"person": str(person.pk)}).status_code == code
    assert [m.person for m in cohort.memberships.all()] == [holder]
    assert desk.post(at("trainer_place", cohort.pk), {"person": "nobody"}).status_code == 422


def test_ending_a_place_is_asked_first_and_then_closes_the_circle(desk, cohort):
    person = make.person("Tom", cohort=cohort)
    seat, epoch = person.memberships.get(), Epoch.now()
    assert "Tom" in desk.get(at("seat_end", seat.pk)).content.decode()
    assert User.objects.get(pk=person.pk).takes_part(cohort)
    desk.post(at("seat_end", seat.pk))
    assert not User.objects.get(pk=person.pk).takes_part(cohort)
    assert Epoch.now() > epoch
    assert desk.post(at("seat_end", seat.pk)).status_code == 403


def test_a_role_for_the_whole_site_is_not_the_organisers_to_end(desk):
    role = make.person(roles=[Role.TRAINER]).memberships.get()
    assert desk.post(at("seat_end", role.pk)).status_code == 404
    role.refresh_from_db()
    assert role.until is None


def test_certificates_are_given_to_one_and_to_all(desk, cohort):
    people, trainer = [make.person(cohort=cohort) for _ in range(3)], make.trainer(cohort)
    first = people[0].memberships.get()
    desk.post(at("seat_certify", first.pk))
    assert [User.objects.get(pk=person.pk).is_alumnus for person in people] == [True, False, False]
    assert desk.post(at("seat_certify", first.pk)).status_code == 403
    desk.post(at("cohort_certify", cohort.pk))
    assert all(User.objects.get(pk=person.pk).is_alumnus for person in people)
    assert not trainer.memberships.filter(certificate_on__isnull=False).exists()
    assert desk.post(at("seat_certify", trainer.memberships.get(cohort=cohort).pk)).status_code == 403


def test_before_the_course_there_is_no_certificate(desk):
    cohort = make.cohort(state="open")
    seat = make.person(cohort=cohort).memberships.get()
    paths = (at("seat_certify", seat.pk), at("cohort_certify", cohort.pk))
    assert [desk.post(path).status_code for path in paths] == [403, 403]


# Inviting


def test_someone_is_invited_by_mail_and_waits_on_the_page(desk, cohort):
    assert desk.post(at("invite", cohort.pk), WORDS).url == cohort.get_absolute_url()
    (message,) = sent()
    assert message.to == ["farida@example.org"]
    assert "Eva de Wit" in message.body
    assert "farida@example.org" in desk.get(cohort.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "Trainer"},
        {"email": "no address"},
        {"email": "a@b\x00.nl"},
        {"role": "organiser"},
        {"language": "de"},
    ],
)
def test_an_invitation_that_is_wrong_is_not_sent(desk, cohort, wrong):
    answer = desk.post(at("invite", cohort.pk), WORDS | wrong)
    assert answer.status_code == 422
    assert f'id="id_{next(iter(wrong))}_error"' in answer.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("state", ["draft", "alumni", "archived"])
def test_nobody_is_invited_into_a_cohort_that_is_not_open(desk, state):
    cohort = make.cohort(state=state)
    assert desk.get(at("invite", cohort.pk)).status_code == 403
    assert desk.post(at("invite", cohort.pk), WORDS).status_code == 403


def test_an_invitation_is_taken_back(desk, cohort):
    desk.post(at("invite", cohort.pk), WORDS)
    invitation = Invitation.objects.get()
    assert desk.post(at("revoke", invitation.pk)).url == cohort.get_absolute_url()
    assert not Invitation.objects.waiting().exists()
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == ["invite", "revoke_invitation"]
    desk.post(at("revoke", invitation.pk))
    assert AuditEntry.objects.count() == 2


def test_fifty_invitations_a_day_are_enough(desk, cohort, settings):
    cache.clear()
    settings.RATE_LIMITS, settings.LIMITS = True, settings.LIMITS | {"invite": [(2, 86_400)]}
    answers = [desk.post(at("invite", cohort.pk), WORDS | {"email": f"x{n}@example.org"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[2].headers["Retry-After"]
    assert "x2@example.org" in answers[2].content.decode()
    assert Invitation.objects.count() == 2

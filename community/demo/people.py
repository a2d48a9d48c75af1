"""People, cohorts and who is in which."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from accounts.clock import now
from accounts.models import Cohort, Membership, Profile, Role, User
from community.demo.content import address, key, on, read

PASSWORD = "ruggespraak-demo"  # noqa: S105  (printed on screen, only when DEMO=1)
SEASONS = {"nl": ("voorjaar", "najaar"), "en": ("spring", "autumn")}


def load_people() -> dict[str, User]:
    """Everyone, by key. One hash for all: the password is known anyway."""
    secret, moment = make_password(PASSWORD), now()
    rows = [
        User(
            id=key("person", one["key"]), email=address(one["key"]), name=one["name"], password=secret,
            language=one["language"], agreed_version=settings.AGREEMENTS_VERSION, agreed_at=moment, is_demo=True,
        )
        for one in read("people")["people"]
    ]  # fmt: skip
    people = {
        one["key"]: user for one, user in zip(read("people")["people"], User.objects.bulk_create(rows), strict=True)
    }
    EmailAddress.objects.bulk_create(
        EmailAddress(user=u, email=u.email, verified=True, primary=True) for u in people.values()
    )
    Profile.objects.bulk_create(profile_of(one, people[one["key"]]) for one in read("people")["people"])
    for one in read("people")["people"]:
        for role in one["roles"]:
            Membership.objects.create(person=people[one["key"]], role=role, since=on(-700))
        if suspended := one.get("suspended"):
            user = people[one["key"]]
            user.suspended_at, user.suspended_by = moment, people[suspended["by"]]
            user.suspension_reason = suspended["reason_nl"]
            user.save()
    return people


def profile_of(one: dict, user: User) -> Profile:
    shown = one["profile_visibility"]
    return Profile(
        person=user, sector=one["sector"], position=one["function_nl"], about=one["bio_nl"],
        sector_for=shown, position_for=shown, about_for=shown, is_listed=shown == "members",
        employer=one.get("employer_nl", ""), town=one.get("town", ""),
    )  # fmt: skip


def load_cohorts(people: dict[str, User]) -> dict[str, Cohort]:
    """The editions, with their participants and trainers."""
    cohorts = {}
    for one in read("community")["editions"]:
        sessions = [s["day"] for s in read("community")["sessions"] if s["edition"] == one["key"]]
        name = named(one["name_nl"], on(min(sessions)))
        cohorts[one["key"]] = Cohort.objects.create(
            id=key("cohort", one["key"]), name=name, slug=free_slug(name, one["key"]),
            state=one["state"], max_participants=one["max_participants"], apply_before=on(one["apply_before"]),
            certificate_on=on(one["certificate_day"]), ends_on=on(max(sessions)), is_demo=True,
        )  # fmt: skip
        place(one, cohorts[one["key"]], people)
    return cohorts


def free_slug(name: str, edition: str) -> str:
    """Short where it is free; two editions in one half-year are told apart."""
    slug = slugify(name.removeprefix("Editie "))
    return f"{slug}-{edition}" if Cohort.objects.filter(slug=slug).exists() else slug


def place(one: dict, cohort: Cohort, people: dict[str, User]) -> None:
    since = on(one["intakes"]["to"])
    certificate = cohort.certificate_on if one["state"] == "alumni" else None
    rows = [
        Membership(
            person=people[p["key"]], cohort=cohort, role=Role.PARTICIPANT, since=since, certificate_on=certificate
        )
        for p in read("people")["people"]
        if one["key"] in p["editions"]
    ]
    rows += [Membership(person=people[name], cohort=cohort, role=Role.TRAINER, since=since) for name in one["trainers"]]
    Membership.objects.bulk_create(rows)


def named(pattern: str, first_day) -> str:
    season = SEASONS["nl"][0 if first_day.month < 7 else 1]
    return pattern.format(season=season, year=first_day.year)

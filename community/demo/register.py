"""The research register: who said yes to what, the studies, and the calls that went out. Never sends mail."""

from accounts.models import Consent, User, Wording
from accounts.research.models import ResearchEntry, Scope, Study, StudyCall
from accounts.research.models.entry import USUAL_CAP
from community.demo.content import at, key, on, read

MORNING = "10:00"


def load_register(people: dict[str, User]) -> int:
    """All of `studies.yaml`, once the editions are there. Returns how many studies."""
    content = read("studies")
    wordings = load_wordings(content["consent_texts"])
    load_entries(content["register"], people, wordings)
    studies = load_studies(content["studies"], people, wordings)
    StudyCall.objects.bulk_create(
        StudyCall(
            id=key("call", f"{one['study']}:{one['person']}"), study=studies[one["study"]],
            person=people[one["person"]], state=one["state"], sent_at=at(one["day"], MORNING),
        )
        for one in content["invitations"]
    )  # fmt: skip
    return len(studies)


def load_wordings(texts: list[dict]) -> dict[str, Wording]:
    """The texts by key. That of the register is there already, published when the site was made."""
    found = {}
    for one in texts:
        slug, _, _version = one["key"].rpartition("-v")
        about = {
            "kind": one["kind"],
            "key": "" if one["kind"] == Wording.Kind.REGISTER else slug,
            "version": one["version"],
        }
        if wording := Wording.objects.filter(**about).first():
            found[one["key"]] = wording
            continue
        published = None if one.get("draft") else at(one["valid_from"], MORNING)
        words = {"text_nl": one["text_nl"], "text_en": one["text_en"], "published_at": published}
        found[one["key"]] = Wording.objects.create(**about, **words)
    return found


def load_entries(register: list[dict], people: dict[str, User], wordings: dict[str, Wording]) -> None:
    """Entries, and the consents that they stand on: given on one day, and taken back on another by who stopped."""
    entries, said = [], []
    for one in register:
        person, wording = people[one["person"]], wordings[one["consent"]]
        stopped = one.get("withdrawn")
        joined = {"person": person, "wording": wording, "language": person.language}
        entries.append(
            ResearchEntry(
                **joined, state=one["state"], cap=USUAL_CAP if stopped else one["cap"],
                since=at(one["day"] if stopped is None else stopped, MORNING),
                paused_until=on(one["paused_until"]) if "paused_until" in one else None,
            )
        )  # fmt: skip
        proof = joined | {"text_hash": wording.hash(person.language)}
        for day, granted in [(one["day"], True)] + ([(stopped, False)] if stopped else []):
            said += [
                Consent(**proof, purpose=scope.purpose, granted=granted, at=at(day, MORNING))
                for scope in Scope
                if scope in one["scopes"]
            ]
    ResearchEntry.objects.bulk_create(entries)
    Consent.objects.bulk_create(sorted(said, key=lambda row: row.at))


def load_studies(studies: list[dict], people: dict[str, User], wordings: dict[str, Wording]) -> dict[str, Study]:
    rows = {one["key"]: study_of(one, people, wordings) for one in studies}
    Study.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    Study.objects.bulk_create(rows.values())
    aims = Study.cohorts.through
    aims.objects.bulk_create(
        aims(study=rows[one["key"]], cohort_id=key("cohort", edition))
        for one in studies
        for edition in one["target"]["editions"]
    )
    return rows


def study_of(one: dict, people: dict[str, User], wordings: dict[str, Wording]) -> Study:
    ethics, sectors, results = one["ethics"], one["target"]["sectors"], one.get("results", {})
    wording = wordings[one["consent_text"]]
    return Study(
        id=key("study", one["key"]), owner=people[one["owner"]], state=one["state"], method=one["method"],
        title_nl=one["title_nl"], title_en=one["title_en"], pitch=one["pitch_nl"], minutes=one["duration_minutes"],
        sectors=[] if sectors == "any" else sectors, wording=wording, needed=one["needed"],
        ethics_board=ethics["board"], ethics_number=ethics["number"] or "",
        approved_on=day_of(ethics["approved"]), valid_until=day_of(ethics["valid_until"]),
        opens_on=day_of(one["opens"]), closes_on=day_of(one["closes"]),
        identifiers_deleted_on=day_of(one.get("identifiers_deleted")),
        result="\n\n".join(results[part] for part in ("title_nl", "body_nl") if part in results),
        created_at=wording.published_at or at(-1, MORNING),
    )  # fmt: skip


def day_of(offset: int | None):
    return None if offset is None else on(offset)

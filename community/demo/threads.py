"""Conversations: topics with their posts, as if they had been written on their days."""

from accounts.models import Cohort, User
from community.demo.content import at, key, read
from forums import text
from forums.models import Board, Kind, Post, ReadUntil, Topic
from forums.signature import badge_of

SLUGS = {
    "alumni": "alumnikring",
    "t-implementatie": "duurzame-implementatie",
    "t-communicatie": "effectieve-communicatie",
    "t-maatregelen": "maatregelen-en-initiatieven",
    "t-risico": "risico-en-beschermende-factoren",
    "t-structuur": "structuur-cultuur-en-systeem",
    "t-niveaus": "organisatie-team-en-individu",
    "t-zorgstructuur": "zorgstructuur",
    "onderzoek": "onderzoek-en-resultaten",
}


def boards(cohorts: dict[str, Cohort]) -> dict[str, Board]:
    """The spaces by key; the circle of each edition is made here."""
    found = {space: Board.objects.get(slug=slug) for space, slug in SLUGS.items()}
    return found | {f"k-{name}": Board.for_cohort(cohort) for name, cohort in cohorts.items()}


def load_threads(people: dict[str, User], cohorts: dict[str, Cohort]) -> int:
    """All conversations that were written under people's own names. Returns how many."""
    spaces = boards(cohorts)
    threads = [t for name in ("cases", "discussions") for t in read(name)["threads"]]
    threads = [t for t in threads if not t.get("pseudonymous") and t.get("case", {}).get("status") != "draft"]
    for thread in threads:
        load_thread(thread, spaces[thread["space"]], people)
    for board in spaces.values():
        board.recount()
    return len(threads)


def load_thread(thread: dict, board: Board, people: dict[str, User]) -> None:
    author, moment = people[thread["author"]], at(thread["day"], thread["time"])
    topic = Topic.objects.create(
        id=key("topic", thread["key"]), board=board, title=thread["title"], author=author,
        badge=badge_of(author, board), created_at=moment, pinned=thread.get("pinned", False),
    )  # fmt: skip
    opening = case_text(thread["case"]) if "case" in thread else thread["body"]
    kind = Kind.EXPERIENCE if "case" in thread else Kind.QUESTION
    said = [(author, moment, kind, opening)]
    said += [
        (people[post["by"]], at(post["day"], post["time"]), post["type"], post["body"])
        for post in thread.get("posts", [])
        if not post.get("pseudonymous")
    ]
    posts = [
        Post(
            id=key("post", f"{thread['key']}:{number}"), topic=topic, number=number, seq=number, kind=kind,
            author=by, badge=badge_of(by, board), body=body.strip(), html=text.to_html(body.strip()), created_at=when,
        )
        for number, (by, when, kind, body) in enumerate(said, start=1)
    ]  # fmt: skip
    for post in posts:
        post.index()
    Post.objects.bulk_create(posts)
    topic.seq = len(said)
    topic.save(update_fields=["seq"])
    topic.recount()
    # Who takes part has read it up to now, but for the last two replies by others.
    read_by = {by.pk: number for number, (by, *_rest) in enumerate(said, start=1)}
    ReadUntil.objects.bulk_create(ReadUntil(person_id=pk, topic=topic, number=number) for pk, number in read_by.items())


def case_text(case: dict) -> str:
    """A case as an opening text: what it is about, what plays, and the question."""
    parts = [case["context"], f"**Wat gebeurt er?** {case['situation']}"]
    for title, name in (
        ("Risicofactoren", "risk_factors"),
        ("Beschermende factoren", "protective_factors"),
        ("Wat ik al probeerde", "actions_tried"),
    ):
        if case.get(name):
            parts.append(f"**{title}**\n\n" + "\n".join(f"- {line}" for line in case[name]))
    parts.append(f"**Mijn vraag.** {case['question']}")
    if case.get("evaluation"):
        parts.append(f"**Hoe het nu is.** {case['evaluation']}")
    return "\n\n".join(part.strip() for part in parts)

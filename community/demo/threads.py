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
    threads = [thread for thread in read("discussions")["threads"] if not thread.get("pseudonymous")]
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
    said = [(author, moment, Kind.QUESTION, thread["body"])]
    said += [
        (people[post["by"]], at(post["day"], post["time"]), post["type"], post["body"])
        for post in thread.get("posts", [])
        if not post.get("pseudonymous")
    ]
    load_posts(thread["key"], topic, said)


def load_posts(name: str, topic: Topic, said: list[tuple], hidden: User | None = None) -> None:
    """The posts of `topic`: (who, when, kind, text), the opening text first. `hidden` writes under the topic's alias."""
    posts = []
    for number, (by, when, kind, body) in enumerate(said, start=1):
        who = {"alias": topic.alias} if by == hidden else {"author": by, "badge": badge_of(by, topic.board)}
        post = Post(
            id=key("post", f"{name}:{number}"), topic=topic, number=number, seq=number, kind=kind, body=body.strip(),
            html=text.to_html(body.strip()), created_at=when, **who,
        )  # fmt: skip
        post.index()
        posts.append(post)
    Post.objects.bulk_create(posts)
    topic.seq = len(said)
    topic.save(update_fields=["seq"])
    topic.recount()
    # Who takes part has read it up to now, but for the last two replies by others.
    read_by = {by.pk: number for number, (by, *_rest) in enumerate(said, start=1) if by != hidden}
    ReadUntil.objects.bulk_create(ReadUntil(person_id=pk, topic=topic, number=number) for pk, number in read_by.items())

"""Cases of the demo: real ones, with their stages, factors and history, also those under a pseudonym."""

from datetime import datetime
from itertools import cycle

from accounts.models import Cohort, User
from community.demo.content import at, key, on, read
from community.demo.threads import boards, load_posts
from forums.cases.models import Case, ChosenAction, Factor, Transition
from forums.cases.stages import State
from forums.models import Alias, Board, Kind, Topic
from forums.signature import badge_of

WAY = (State.SUBMITTED, State.DISCUSSION, State.ACTION, State.EVALUATED, State.CLOSED)
NOON = "12:00"


def load_cases(people: dict[str, User], cohorts: dict[str, Cohort]) -> int:
    """All of them: those in circles, and those that their authors let more people read. Returns how many."""
    spaces, threads = boards(cohorts), read("cases")["threads"]
    for thread in threads:
        load_case(thread, spaces[thread["space"]], people)
    for draft in read("cases")["drafts"]:
        load_draft(draft, spaces[draft["space"]], people)
    for board in {spaces[thread["space"]] for thread in threads}:
        board.recount()
    return len(threads)


def case_topics() -> list:
    """Keys of their topics: under a pseudonym nothing else tells that they belong to the demo."""
    return [key("topic", thread["key"]) for thread in read("cases")["threads"]]


def load_case(thread: dict, board: Board, people: dict[str, User]) -> None:
    author, moment, hidden = people[thread["author"]], at(thread["day"], thread["time"]), thread["pseudonymous"]
    by = {"veiled": True} if hidden else {"author": author, "badge": badge_of(author, board)}
    topic = Topic.objects.create(
        id=key("topic", thread["key"]), board=board, title=thread["title"], created_at=moment, is_case=True, **by
    )
    if hidden:
        topic.alias = Alias.take(topic, author)
        topic.save(update_fields=["alias"])
    said = [(author, moment, Kind.QUESTION, thread["case"]["question"])]
    said += [
        (people[post["by"]], at(post["day"], post["time"]), post["type"], post["body"]) for post in thread["posts"]
    ]
    load_posts(thread["key"], topic, said, author if hidden else None)
    case = Case(id=topic.pk, topic=topic, author=None if hidden else author, board=board, created_at=moment)
    fill(case, thread["case"])
    days = days_of(thread)
    case.state, case.state_on = thread["case"]["status"], on(days[thread["case"]["status"]])
    case.round, case.round_on = thread["case"].get("round", 1), on(thread["case"].get("round_day", days["discussion"]))
    case.save(force_insert=True)
    fill_parts(case, thread["case"])
    case.stems = case.stemmed()
    case.save(update_fields=["stems"])
    Transition.objects.bulk_create(
        Transition(
            case=case, to=state, by=Transition.By.AUTHOR, at=moment if state == State.SUBMITTED else noon(days[state])
        )
        for state in WAY[: WAY.index(State(case.state)) + 1]
    )


def noon(day: int) -> datetime:
    return at(day, NOON)


def days_of(thread: dict) -> dict[str, int]:
    """On which day it came into each state: told back is chosen, told once more is evaluated."""
    told = [post["day"] for post in thread["posts"] if post["type"] == "feedback"]
    begun = thread["day"] + 1
    chosen = told[0] if told else begun + 10
    evaluated = told[-1] if len(told) > 1 else chosen + 30
    days = {"submitted": thread["day"], "discussion": begun, "action": chosen, "evaluated": evaluated}
    days["closed"] = evaluated + 20
    return {state: min(day, 0) for state, day in days.items()}


def fill(case: Case, words: dict) -> None:
    for name in ("sector", "team_size", "context", "situation"):
        setattr(case, name, words.get(name, "").strip())
    case.evaluation = (words.get("evaluation") or "").strip()
    case.actions_tried = "\n".join(words.get("actions_tried") or [])
    case.levels = ",".join(words["levels"])
    day = words.get("follow_up_day")
    case.follow_up_on = on(day) if day is not None and day > 0 else None


def fill_parts(case: Case, words: dict) -> None:
    """Its factors, spread over the levels of the case, and what was chosen."""
    levels = cycle(words["levels"])
    rows = [
        (kind, text)
        for kind, name in (("risk", "risk_factors"), ("protection", "protective_factors"))
        for text in words[name]
    ]
    Factor.objects.bulk_create(
        Factor(case=case, kind=kind, position=position, text=text, level=next(levels))
        for position, (kind, text) in enumerate(rows)
    )
    ChosenAction.objects.bulk_create(
        ChosenAction(case=case, position=position, text=one["text"], level=one["level"])
        for position, one in enumerate(words.get("chosen_actions") or [])
    )


def load_draft(draft: dict, board: Board, people: dict[str, User]) -> None:
    """One that nobody else sees yet."""
    case = Case(id=key("case", draft["key"]), author=people[draft["author"]], board=board, title=draft["title"])
    fill(case, draft["case"])
    case.question = (draft["case"].get("question") or "").strip()
    case.save(force_insert=True)
    fill_parts(case, draft["case"])

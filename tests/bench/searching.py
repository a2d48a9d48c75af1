"""Run by `tests.bench.search` with the settings of its site: fills it, times the statements, prints JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.db import connection  # noqa: E402  (Django is ready from here on)

from accounts.models import User  # noqa: E402
from community.asked import Asked  # noqa: E402
from community.forms import SearchForm  # noqa: E402
from community.management.commands.serve import settle  # noqa: E402
from community.matching import in_time, newest  # noqa: E402
from community.search import SOURCES, Wishes, search  # noqa: E402
from forums import index  # noqa: E402
from tests.bench.crowded import fill, index_anew  # noqa: E402

ROUNDS = 40


def p95(call: Callable[[], object]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds, after two rounds that nobody counts."""
    times = []
    for n in range(ROUNDS + 2):
        begin = time.perf_counter()
        call()
        if n > 1:
            times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def raw(word: str, wishes: Wishes) -> Callable[[], object]:
    """The plainest statement for the newest twenty texts with `word` on these boards: no rule, no rank."""
    boards, table = [board.pk for board in wishes.boards], "forums_post"
    words, marks = index.name_of(table), ", ".join(["%s"] * len(boards))
    if connection.vendor == "postgresql":
        where = f"FROM {table} WHERE {index.vector(table)} @@ to_tsquery('simple', %s)"
        order = "ORDER BY created_at DESC"
    else:
        where = f"FROM {words} CROSS JOIN {table} ON {table}.rowid = {words}.rowid WHERE {words} MATCH %s"
        order = f"ORDER BY {words}.rowid DESC"

    def call() -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id {where} AND board_id IN ({marks}) {order} LIMIT 20", [word, *boards])  # noqa: S608
            return cursor.fetchall()

    return call


def timings(member: User, words: list[str]) -> dict[str, dict[str, tuple[float, float]]]:
    """For each kind of search: the raw statement, the one that finds the thousand, and a whole search."""
    common, rare = words[5], words[-1]
    asked = {
        "common": Asked.of(common),
        "rare": Asked.of(rare),
        "two words": Asked.of(f"{words[2]} {words[3]}"),
        "beginning": Asked.of(common[:4]).widened(),
        "phrase": Asked.of(f'"{words[2]} {words[3]}"'),
    }
    wishes, posts = SearchForm({"q": common}, user=member), SOURCES[0]
    wishes.is_valid()
    chosen = wishes.wishes()
    found = {}
    for name, one in asked.items():

        def statement(one: Asked = one) -> object:
            rows = posts.narrow(posts.model.objects.visible_to(member), chosen)
            with in_time():
                return newest(rows, one, posts.moment, chosen.boards)

        found[name] = {"statement": p95(statement)}
        found[name]["search"] = p95(lambda one=one: search(member, one, chosen))
        if name in ("common", "rare"):
            found[name]["raw"] = p95(raw(one.words[0], chosen))
    return found


def main() -> None:
    member, words = fill(int(sys.argv[1]))
    member.set_password(sys.argv[2])
    member.save()
    index_anew()
    settle()  # as a server does that has started
    print(json.dumps({"times": timings(member, words), "address": member.email, "word": words[5]}))


if __name__ == "__main__":
    main()

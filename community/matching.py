"""Rows that match, newest first: the one place where SQLite and PostgreSQL are asked differently.

SQLite's index gives its rows in the order of writing and can stop at the thousandth. PostgreSQL's gives all rows
that match, and in no order: for words that many texts hold it is better to read the latest texts themselves. A look
at the latest few of each board tells which, and how far back.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex, Substr
from django.db.models.lookups import GreaterThan
from psycopg.types.string import TextLoader

from accounts.clock import now
from community.asked import Asked
from forums import index
from forums.models import Board
from forums.stems import place_of

NEWEST = 1_000  # of the matches that a reader may see; these are ranked
WEIGHED = 2_000  # characters of stems that count for the rank
PATIENCE = 1.0  # seconds
STEPS = 20_000  # of SQLite's machine between two looks at the clock
SAMPLE = 400  # latest texts that tell how common a search is
READ_THROUGH = 20_000  # texts that are sooner read than found
SPARE = 1.25  # times as many texts are read as should hold enough: a second look costs more
# PostgreSQL guesses that it will need most topics, and reads all of them; it needs those of a thousand texts.
SETTINGS = {
    "statement_timeout": str(int(PATIENCE * 1000)), "enable_hashjoin": "off", "enable_mergejoin": "off", "jit": "off",
    "max_parallel_workers_per_gather": "0",
}  # fmt: skip
CANCELLED = "57014"  # PostgreSQL's name for a statement that took too long
Row = tuple  # key, moment, stems and what was asked besides, as the database gives them


class TooSlow(Exception):
    """The database needed more time than a reader wants to wait."""


@contextmanager
def in_time() -> Iterator[None]:
    """Raises TooSlow when a statement inside takes longer than a second."""
    guard = _postgres_in_time if connection.vendor == "postgresql" else _sqlite_in_time
    try:
        with guard():
            yield
    except OperationalError as error:
        if str(error) == "interrupted" or getattr(error.__cause__, "sqlstate", "") == CANCELLED:
            raise TooSlow from error
        raise


@contextmanager
def _postgres_in_time() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            words = ", ".join(["set_config(%s, %s, true)"] * len(SETTINGS))
            cursor.execute(f"SELECT {words}", [word for setting in SETTINGS.items() for word in setting])  # noqa: S608
        yield


@contextmanager
def _sqlite_in_time() -> Iterator[None]:
    connection.ensure_connection()
    end = time.monotonic() + PATIENCE
    connection.connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, STEPS)


def newest(rows: QuerySet, asked: Asked, moment: str, boards: tuple[Board, ...] | None, *more: str) -> list[Row]:
    """Of `rows`, which the reader may see, the newest thousand that match.

    `boards` are those on which the rows stand, for a table with an index; None for one that is small. `more` are
    columns to give besides.
    """
    rows = _holding(rows, asked.phrase_patterns()).order_by(f"-{moment}", "-pk")
    if boards is None:
        return _fetch(_holding(rows, asked.patterns()), moment, *more)
    if connection.vendor == "sqlite":
        return _fetch(_by_fts(rows, asked, boards), moment, *more, index_first=True)
    for since in _windows(rows.model._meta.db_table, asked, boards):
        latest = rows.filter(board__in=[board.pk for board in boards], **{f"{moment}__gte": since})
        found = _fetch(_holding(latest, asked.patterns()), moment, *more)
        if len(found) == NEWEST:
            return found
    return _fetch(_by_gin(rows, asked, boards), moment, *more)


def _fetch(rows: QuerySet, moment: str, *more: str, index_first: bool = False) -> list[Row]:
    """Bare rows, with keys and moments (UTC) as texts: a thousand of them need no objects made of them."""
    at = Substr(moment, 1, 13) if connection.vendor == "sqlite" else moment
    columns = rows.values_list("pk", at, Substr("stems", 1, WEIGHED), *filter(None, more))[:NEWEST]
    try:
        statement, values = columns.query.sql_with_params()
    except EmptyResultSet:  # Django sees that no row can match
        return []
    if index_first:
        statement = _index_first(statement, rows.model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for kind in ("uuid", "timestamptz"):
                cursor.cursor.adapters.register_loader(kind, TextLoader)
        cursor.execute(statement, values)
        return cursor.fetchall()


def _holding(rows: QuerySet, patterns: Iterable[str]) -> QuerySet:
    """Those whose stems hold each pattern. A plain look through the text costs less than LIKE, and escapes nothing."""
    for pattern in patterns:
        rows = rows.filter(GreaterThan(StrIndex("stems", Value(pattern)), 0))
    return rows


def _by_gin(rows: QuerySet, asked: Asked, boards: tuple[Board, ...]) -> QuerySet:
    words = [*asked.stems, *(f"{stem}:*" for stem in asked.beginnings)]
    match = " & ".join([*words, f"({' | '.join(_places(boards))})"])
    found = f"{index.vector(rows.model._meta.db_table)} @@ to_tsquery('simple'::regconfig, %s)"
    return rows.filter(RawSQL(found, [match], BooleanField()))  # noqa: S611  (constants; the words are a value)


def _windows(table: str, asked: Asked, boards: tuple[Board, ...]) -> list[datetime]:
    """Since when to read the texts themselves: not at all when the latest few say that the words are not common."""
    each = max(20, SAMPLE // max(1, len(boards)))
    holds = " AND ".join(["strpos(p.stems, %s) > 0"] * len(wanted := [*asked.patterns(), *asked.phrase_patterns()]))
    latest = f'SELECT stems, created_at FROM "{table}" WHERE board_id = b.id ORDER BY created_at DESC, id DESC LIMIT %s'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE {holds}), min(created_at) FROM unnest(%s::bigint[]) AS b(id) "  # noqa: S608  (constants)
            f"CROSS JOIN LATERAL ({latest}) p GROUP BY b.id",
            [*wanted, [board.pk for board in boards], each],
        )
        seen = cursor.fetchall()
    hits = sum(some for _n, some, _oldest in seen)
    texts = hits and NEWEST * SPARE * sum(n for n, _some, _oldest in seen) / hits  # that hold so many, if all are alike
    if not hits or texts > READ_THROUGH:
        return []
    moment = now()
    pace = sum(n / max(1.0, (moment - oldest).total_seconds()) for n, _some, oldest in seen)  # texts per second
    term = timedelta(seconds=min(texts / pace, 10**9))
    return [moment - term, moment - 6 * term] if texts * 6 < READ_THROUGH * 2 else [moment - term]


def _by_fts(rows: QuerySet, asked: Asked, boards: tuple[Board, ...]) -> QuerySet:
    """By the row number of the index, which is the order of writing: it stops at the thousandth."""
    table = rows.model._meta.db_table
    words = index.name_of(table)
    for stem in asked.beginnings:
        if len(stem) > max(index.BEGINNINGS):  # its first letters stand in the index; the rest is asked of the rows
            rows = _holding(rows, [f" {stem}"])
    opened = [f"{stem[: max(index.BEGINNINGS)]} *" for stem in asked.beginnings]
    match = " AND ".join([*asked.stems, *opened, f"({' OR '.join(_places(boards))})"])
    here = [f'"{table}".rowid = "{words}".rowid', f'"{words}" MATCH %s']
    return rows.extra(tables=[words], where=here, params=[match]).order_by(RawSQL(f'"{words}".rowid', ()).desc())  # noqa: S610, S611


def _index_first(statement: str, table: str) -> str:
    """Each row of the index is looked up in the table, never the other way round: SQLite keeps the order of a cross join."""
    words = index.name_of(table)
    before, join, after = statement.partition(f'FROM "{table}" , "{words}"')
    if not join:
        raise ValueError("rows with an index are narrowed by conditions, not by joins")
    return f'{before}FROM "{words}" CROSS JOIN "{table}"{after}'


def _places(boards: tuple[Board, ...]) -> list[str]:
    return sorted({place_of(board) for board in boards})

"""Rows that match, newest first: the one place where SQLite and PostgreSQL are asked differently."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Substr

from community.asked import Asked
from forums import index

NEWEST = 1_000  # of the matches that a reader may see; these are ranked
WEIGHED = 2_000  # characters of stems that count for the rank
PATIENCE = 1.0  # seconds
STEPS = 20_000  # of SQLite's machine between two looks at the clock


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
        if "interrupted" in str(error) or "statement timeout" in str(error):
            raise TooSlow from error
        raise


@contextmanager
def _postgres_in_time() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {int(PATIENCE * 1000)}")
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


def newest(rows: QuerySet, asked: Asked, moment: str, places: set[str] | None) -> list[tuple[Any, Any, str]]:
    """Of `rows`, which the reader may see, the newest that match: key, moment and stems, as the database gives them.

    `places` are those where the rows may stand, for a table with an index; None for one that is read through.
    """
    patterns = asked.phrase_patterns() if places is not None else [*asked.patterns(), *asked.phrase_patterns()]
    for pattern in patterns:
        rows = rows.filter(stems__contains=pattern)  # stems hold letters and digits only: nothing to escape
    hour: Any = moment
    if connection.vendor == "sqlite":
        hour = Substr(moment, 1, 13)  # moments are texts there, and Django would make something of each
    if places is None:
        rows = rows.order_by(f"-{moment}", "-pk")
    elif connection.vendor == "postgresql":
        rows = _by_gin(rows, asked, places).order_by(f"-{moment}", "-pk")
    else:
        rows = _by_fts(rows, asked, places)
    columns = rows.values_list("pk", hour, Substr("stems", 1, WEIGHED))
    try:
        statement, values = columns[:NEWEST].query.sql_with_params()
    except EmptyResultSet:  # Django sees that no row can match
        return []
    if places is not None and connection.vendor == "sqlite":
        statement = _index_first(statement, rows.model._meta.db_table)
    with connection.cursor() as cursor:  # bare rows: a thousand of them need no keys and moments made of them
        cursor.execute(statement, values)
        return cursor.fetchall()


def _by_gin(rows: QuerySet, asked: Asked, places: set[str]) -> QuerySet:
    words = [*asked.stems, *(f"{stem}:*" for stem in asked.beginnings)]
    match = " & ".join([*words, f"({' | '.join(sorted(places))})"])
    found = f"{index.vector(rows.model._meta.db_table)} @@ to_tsquery('simple'::regconfig, %s)"
    return rows.filter(RawSQL(found, [match], BooleanField()))  # noqa: S611  (constants; the words are a value)


def _by_fts(rows: QuerySet, asked: Asked, places: set[str]) -> QuerySet:
    """By the row number of the index, which is the order of writing: it stops at the thousandth."""
    table = rows.model._meta.db_table
    words = index.name_of(table)
    for stem in asked.beginnings:
        if len(stem) > max(index.BEGINNINGS):  # its first letters stand in the index; the rest is asked of the rows
            rows = rows.filter(stems__contains=f" {stem}")
    opened = [f"{stem[: max(index.BEGINNINGS)]} *" for stem in asked.beginnings]
    match = " AND ".join([*asked.stems, *opened, f"({' OR '.join(sorted(places))})"])
    here = [f'"{table}".rowid = "{words}".rowid', f'"{words}" MATCH %s']
    return rows.extra(tables=[words], where=here, params=[match]).order_by(RawSQL(f'"{words}".rowid', ()).desc())  # noqa: S610, S611


def _index_first(statement: str, table: str) -> str:
    """Each row of the index is looked up in the table, never the other way round: SQLite keeps the order of a cross join."""
    words = index.name_of(table)
    before, join, after = statement.partition(f'FROM "{table}" , "{words}"')
    if not join:
        raise ValueError("rows with an index are narrowed by conditions, not by joins")
    return f'{before}FROM "{words}" CROSS JOIN "{table}"{after}'

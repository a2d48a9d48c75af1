"""The index over a column `stems`, inside the same database and changed in the same transaction.

PostgreSQL keeps its index true by itself. SQLite has a table of its own kind (FTS5) that holds stems only, goes by
row number, and is kept true by three triggers. Django drops triggers when a later migration builds the table anew,
and `VACUUM` may give other row numbers: `keep` looks after every migration, `rebuild` makes the index again.
"""

from typing import Any

from django.db import connection, connections, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("forums_post",)
BEGINNINGS = (3, 4, 5, 6)  # letters: beginnings of words that stand in the index as words do
SMALL = 500  # pages of an index that is written anew at once
STEP = 500  # pages in one step of `tidy`


def name_of(table: str) -> str:
    """The name of the index over `table`."""
    return f"{table}_words"


def vector(table: str) -> str:
    """What PostgreSQL indexes, and what a search therefore asks for."""
    return f'to_tsvector(\'simple\'::regconfig, "{table}"."stems")'


def statements(table: str, vendor: str) -> list[str]:
    """How the index over `table` is made where it is not there yet."""
    index = name_of(table)
    if vendor == "postgresql":
        # Without a list of what is still to be put in, which every search would have to read from end to end.
        how = f"USING gin ({vector(table)}) WITH (fastupdate = off)"
        return [f'CREATE INDEX CONCURRENTLY IF NOT EXISTS "{index}" ON "{table}" {how}']
    words = f'INSERT INTO "{index}"'
    out = f"{words}(\"{index}\", rowid, stems) VALUES ('delete', old.rowid, old.stems);"
    into = f"{words}(rowid, stems) VALUES (new.rowid, new.stems);"
    other = "old.stems IS NOT new.stems AND "
    make = f'CREATE TRIGGER IF NOT EXISTS "{index}_'
    how = f"content='{table}', tokenize='ascii', detail=none, columnsize=0, prefix='{' '.join(map(str, BEGINNINGS))}'"
    return [
        f'CREATE VIRTUAL TABLE IF NOT EXISTS "{index}" USING fts5(stems, {how})',
        f'{make}added" AFTER INSERT ON "{table}" WHEN new.stems <> \'\' BEGIN {into} END',
        f'{make}erased" BEFORE DELETE ON "{table}" WHEN old.stems <> \'\' BEGIN {out} END',
        f'{make}out" BEFORE UPDATE OF stems ON "{table}" WHEN {other} old.stems <> \'\' BEGIN {out} END',
        f'{make}in" AFTER UPDATE OF stems ON "{table}" WHEN {other} new.stems <> \'\' BEGIN {into} END',
    ]


class AddIndexAside(migrations.AddIndex):
    """An index on a large table, made while others write where the database can do that. Not in a transaction."""

    def database_forwards(self, app_label, editor, from_state, to_state) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(editor.connection.alias, model):
            aside = {"concurrently": True} if editor.connection.vendor == "postgresql" else {}
            editor.add_index(model, self.index, **aside)


def make(table: str):
    """The step of a migration, not atomic, that makes the index over `table`."""

    def forwards(apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements(table, editor.connection.vendor):
            editor.execute(statement)

    def backwards(apps, editor: BaseDatabaseSchemaEditor) -> None:
        kind = "INDEX CONCURRENTLY" if editor.connection.vendor == "postgresql" else "TABLE"
        if kind == "TABLE":
            for name in triggers(table):
                editor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        editor.execute(f'DROP {kind} IF EXISTS "{name_of(table)}"')

    return migrations.RunPython(forwards, backwards)


def triggers(table: str) -> set[str]:
    return {f"{name_of(table)}_{moment}" for moment in ("added", "erased", "out", "in")}


def rebuild(table: str, using: str = "default") -> None:
    """Read the column again into the index."""
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            cursor.execute(f'REINDEX INDEX CONCURRENTLY "{name_of(table)}"')
        else:
            tell(cursor, table, "rebuild")


def tell(cursor: Any, table: str, word: str, pages: int | None = None) -> None:
    """Give SQLite's index over `table` one of its commands."""
    index = name_of(table)
    columns, values = f'"{index}"', [word]
    if pages is not None:
        columns, values = f'"{index}", rank', [word, pages]
    marks = ", ".join(["%s"] * len(values))
    cursor.execute(f'INSERT INTO "{index}"({columns}) VALUES ({marks})', values)  # noqa: S608  (constants)


def forget(table: str) -> None:
    """What was taken out of the index leaves it wholly: SQLite's only marks it, until it writes itself anew.

    That takes some milliseconds where the index is small; a large one is left to `tidy`.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{name_of(table)}_data"')  # noqa: S608  (a constant)
            if cursor.fetchone()[0] <= SMALL:
                tell(cursor, table, "optimize")


def tidy(table: str) -> None:
    """The same for an index of any size, in small steps that each hold up nobody. Done is quickly done again."""
    if connection.vendor != "sqlite":
        return  # PostgreSQL's autovacuum does this
    pages = -STEP
    while pages:
        with transaction.atomic(), connection.cursor() as cursor:
            before = changes(cursor)
            tell(cursor, table, "merge", pages)
            pages = STEP if changes(cursor) - before > 1 else 0


def changes(cursor: Any) -> int:
    """How many rows this connection has changed: SQLite's index says so when it had nothing more to do."""
    cursor.execute("SELECT total_changes()")
    return cursor.fetchone()[0]


def keep(using: str, **kwargs: Any) -> None:
    """After migrations: where a table was built anew, its triggers come back and its index is read again."""
    if connections[using].vendor != "sqlite":
        return
    for table in TABLES:
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE tbl_name IN (%s, %s)", [table, name_of(table)])
            there = {name for (name,) in cursor.fetchall()}
            if name_of(table) not in there or triggers(table) <= there:
                continue
            for statement in statements(table, "sqlite"):
                cursor.execute(statement)
        rebuild(table, using)

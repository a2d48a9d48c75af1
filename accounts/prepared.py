"""Queries of the busiest paths, put into SQL once: what Django spends on that is ten times what the database does."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import AutoField, Expression, Field, Model, Q, QuerySet
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

RULES = 256  # under which one query stands ready; who may read the same has the same rule


class Slot(Expression):
    """The place of a value in a query that is not there yet."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        return "%s", [self]


class Plan:
    """The SQL of one queryset with slots in it, and how its rows become objects, as `ModelIterable` does it."""

    def __init__(self, query: QuerySet) -> None:
        self.database, self.locks = query.db, query.query.select_for_update
        compiler = query.query.get_compiler(self.database)
        self.sql, self.params = compiler.as_sql()
        chosen = [column for column, *_names in compiler.select[: compiler.col_count]]
        self.converters = [(at, *how) for at, how in compiler.get_converters(chosen).items()]
        self.model, columns = compiler.klass_info["model"], compiler.klass_info["select_fields"]
        self.start, self.end = columns[0], columns[-1] + 1
        self.names = [column.target.attname for column in chosen[self.start : self.end]]
        self.related = get_related_populators(compiler.klass_info, compiler.select, self.database)

    def read(self, values: dict[str, Any]) -> list:
        connection = connections[self.database]
        if self.locks and not connection.in_atomic_block:  # Django looks only where it makes the SQL
            raise TransactionManagementError("a row is locked inside a transaction only")
        filled = [
            one.output_field.get_db_prep_value(values[one.name], connection) if isinstance(one, Slot) else one
            for one in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows = cursor.fetchall()
        return [self.thing(list(row), connection) for row in rows]

    def thing(self, row: list, connection: Any) -> Any:
        for at, converters, column in self.converters:
            for convert in converters:
                row[at] = convert(row[at], column, connection)
        found = self.model.from_db(self.database, self.names, row[self.start : self.end])
        for related in self.related:
            related.populate(row, found)
        return found


class Prepared:
    """`build` makes the queryset: from the manager of the model that is named, what is `given`, and slots with these fields.

    What is given makes another SQL: a rule (of a queryset's `rule_for(user)`, asked anew each time; only its words
    in SQL are remembered), or how many rows.
    """

    def __init__(self, model: str, build: Callable[..., QuerySet], **fields: Field) -> None:
        self.model, self.build = model, build
        self.slots = {name: Slot(name, field) for name, field in fields.items()}
        self.plan = lru_cache(RULES)(self.prepare)

    def prepare(self, *given: Q | int) -> Plan | None:
        try:
            return Plan(self.build(apps.get_model(self.model).objects, *given, **self.slots))
        except EmptyResultSet:  # nobody may read anything: there is nothing to ask
            return None

    def read(self, *given: Q | int, **values: Any) -> list:
        """The objects that the queryset would give with these values in their places.

        Raises TransactionManagementError where it locks rows outside a transaction.
        """
        plan = self.plan(*given)
        return plan.read(values) if plan else []


def insert(thing: Model) -> None:
    """Store a new row as `save()` does, but for signals: nothing here listens to those of a model."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql, fields = inserting(type(thing), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [f.get_db_prep_save(f.pre_save(thing, add=True), connection) for f in fields])
        if thing.pk is None:
            thing.pk = cursor.fetchone()[0]
    thing._state.adding, thing._state.db = False, DEFAULT_DB_ALIAS


def update(thing: Model, *names: str) -> None:
    """Store these fields of a row that stands, as `save(update_fields=names)` does."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql, fields = updating(type(thing), names, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [f.get_db_prep_save(f.pre_save(thing, add=False), connection) for f in fields])
        if cursor.rowcount != 1:
            raise DatabaseError("the row is gone")


@cache
def inserting(model: type[Model], vendor: str) -> tuple[str, list[Field]]:
    """The SQL that adds a row to the table of `model`, and the fields that go into it."""
    quote, key = connections[DEFAULT_DB_ALIAS].ops.quote_name, model._meta.pk
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    columns, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    more = f" RETURNING {quote(key.column)}" if key not in fields else ""
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places}){more}", fields  # noqa: S608


@cache
def updating(model: type[Model], names: tuple[str, ...], vendor: str) -> tuple[str, list[Field]]:
    """The SQL that changes these fields of one row of `model`; its key goes in last."""
    quote, key = connections[DEFAULT_DB_ALIAS].ops.quote_name, model._meta.pk
    fields = [model._meta.get_field(name) for name in names]
    places = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    return f"UPDATE {quote(model._meta.db_table)} SET {places} WHERE {quote(key.column)} = %s", [*fields, key]  # noqa: S608

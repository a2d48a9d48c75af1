"""A query of the busiest paths, put into SQL once: what Django spends on that is ten times what the database does."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, Field, Q, QuerySet
from django.db.models.query import get_related_populators

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
        self.database = query.db
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
        """The objects that the queryset would give with these values in their places."""
        plan = self.plan(*given)
        return plan.read(values) if plan else []

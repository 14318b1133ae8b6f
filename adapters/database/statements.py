"""Statements that are built once and run many times.

Owns the building of what every table needs. Building a statement and comparing it with those known costs more
than running it (measured in November 2026), so the repositories keep theirs as constants with named
parameters. Must never learn what the tables hold.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import bindparam, literal
from sqlalchemy.dialects import postgresql, sqlite

from adapters.database.columns import Moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import BindParameter, Column, ColumnElement, Executable, Select, Table

Value = TypeVar("Value")
Walking = TypeVar("Walking", bound="Executable")

NOW: BindParameter[Any] = bindparam("now", type_=Moment())
"""The parameter for the database's time."""

TAKES_LONG = "takes_long"
"""The option of a statement that may walk over many rows: others must be able to go on meanwhile."""

_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}

# Constants alone come here, a few dozen of them.
_built_once = lru_cache(maxsize=256)


def long(statement: Walking) -> Walking:
    """Say that a statement may walk over many rows."""
    return statement.execution_options(**{TAKES_LONG: True})


def param(name: str) -> BindParameter[Any]:
    """Name a parameter; it has the type of what it is compared with."""
    return bindparam(name)


def is_one_of(column: Column[Value], values: Iterable[Value]) -> ColumnElement[bool]:
    """Whether a column has one of some fixed values. A list given as such would be spelled anew each time."""
    return column.in_([literal(value, column.type) for value in values])


@_built_once
def for_change(query: Select[Any]) -> Select[Any]:
    """Make a constant query lock its rows."""
    return query.with_for_update()


@_built_once
def adding(table: Table, dialect: str) -> Executable:
    """Build the statement that adds rows."""
    statement: Executable = _INSERTS[dialect](table)
    return statement


@_built_once
def adding_missing(table: Table, dialect: str) -> Executable:
    """Build the statement that adds rows whose key is not there yet, and counts them."""
    statement: Executable = _INSERTS[dialect](table).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)


@_built_once
def putting(table: Table, dialect: str) -> Executable:
    """Build the statement that adds whole rows, or replaces what has their keys."""
    keys = [column.name for column in table.primary_key.columns]
    statement = _INSERTS[dialect](table)
    rest = {name: statement.excluded[name] for name in table.columns.keys() if name not in keys}  # noqa: SIM118 - iterating gives columns
    replacing: Executable = statement.on_conflict_do_update(index_elements=keys, set_=rest)
    return replacing

"""`inkthread quota` and `inkthread usage`: who may spend what, and who did.

Owns the tables in the terminal. The numbers are the ledger's.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from adapters.database import check_schema, open_database
from adapters.system import SystemClock
from bots.wiring import policy_of
from core.app.account_cards import chart_words
from core.app.amounts import number_text
from core.app.audit import OPERATOR, AllowanceChanged, AuditLine
from core.app.errors import SettingsFault
from core.app.outside import look, transact
from core.app.spending import beginning_of, by_person, days_until
from core.app.standing import standing
from core.app.wording import dollars
from core.app.zones import zones_of
from core.domain.ids import WorkspaceId
from core.domain.quota import Allowance, Metric, Period, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from adapters.database import SqlDatabase
    from bots.settings import Settings
    from core.app.repositories import UnitOfWork
    from core.app.spending import SpendRow
    from core.app.views import AllowanceView

MICROS_A_DOLLAR = 1_000_000


def allowance_of(scope: str, metric: str, period: str, amount: str) -> Allowance:
    """The allowance that was typed. Raises SettingsFault that says which part is wrong."""
    kind, _, key = scope.partition(":")
    try:
        named = Scope(ScopeKind(kind), key)
        how_long = Period(period)
    except ValueError as error:
        msg = (
            f"{error}. A scope is installation, workspace:ID, channel:WORKSPACE/ID, role:WORKSPACE/ID or "
            "actor:ID (`inkthread usage` shows the ids); a period is day, week or month."
        )
        raise SettingsFault(msg) from None
    if (named.kind is ScopeKind.INSTALLATION) == bool(key):
        msg = f"{scope!r} is not complete: every scope but installation has an id, as in workspace:web:demo."
        raise SettingsFault(msg)
    return Allowance(named, *_amount(metric, amount, how_long))


def _amount(metric: str, amount: str, period: Period) -> tuple[Metric, Period, int]:
    try:
        number = float(amount.removeprefix("$"))
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e12:  # noqa: PLR2004 - a million million is a slip of the finger
        msg = f"{amount!r} is no amount; write a number such as 20 or 12.50."
        raise SettingsFault(msg)
    if metric == "usd":
        return Metric.MICROS, period, round(number * MICROS_A_DOLLAR)
    if metric == "pictures" and number == int(number):
        return Metric.PICTURES, period, int(number)
    msg = f"A limit is in whole pictures or in usd, not {amount} {metric}."
    raise SettingsFault(msg)


async def quota(settings: Settings, workspace: str | None, wish: Allowance | None) -> str:
    """Set an allowance where one is wished, then show those of the installation and of the workspace."""
    async with _opened(settings) as database:
        if wish is not None:
            await transact(database, lambda unit: _set(unit, wish))
        scopes = [Scope(ScopeKind.INSTALLATION)]
        if workspace is not None:
            scopes.append(Scope(ScopeKind.WORKSPACE, workspace))
        if wish is not None and wish.scope not in scopes:
            scopes.append(wish.scope)
        home = _home_of(wish.scope) if wish is not None else WorkspaceId(workspace or "")
        return await look(database, lambda unit: _allowances(unit, settings, home or None, scopes))


async def _set(unit: UnitOfWork, wish: Allowance) -> None:
    """Set the allowance, and leave the same line behind as an admin who does so in chat."""
    await unit.quotas.set_allowance(wish)
    change = AllowanceChanged(wish.scope, wish.metric, wish.period, wish.amount)
    await unit.audit.add(AuditLine(_home_of(wish.scope), OPERATOR, await unit.now(), change))


def _home_of(scope: Scope) -> WorkspaceId:
    """The workspace that a scope belongs to; empty for the whole installation."""
    match scope.kind:
        case ScopeKind.ACTOR:
            return WorkspaceId(scope.key.rpartition(":")[0])
        case ScopeKind.ROLE | ScopeKind.CHANNEL:
            return WorkspaceId(scope.key.partition("/")[0])
        case ScopeKind.WORKSPACE | ScopeKind.INSTALLATION:
            return WorkspaceId(scope.key)
        case _:
            assert_never(scope.kind)


async def _allowances(
    unit: UnitOfWork, settings: Settings, workspace: WorkspaceId | None, scopes: Sequence[Scope]
) -> str:
    policy = policy_of(settings)
    rows = await standing(unit, policy, workspace, scopes)
    zone = zones_of(await unit.people.workspace(workspace) if workspace is not None else None, policy).zone
    lines = [(*_told(row), f"{row.back_at.astimezone(zone):%Y-%m-%d %H:%M}") for row in rows]
    per_person = (
        f"Everybody without a limit of their own: {policy.pictures_per_person_per_day} pictures a day."
    )
    return _table(("scope", "metric", "period", "used", "held", "of", "back at"), lines) + f"\n\n{per_person}"


def _told(row: AllowanceView) -> tuple[str, ...]:
    scope = row.scope.kind.value + (f":{row.scope.key}" if row.scope.key else "")
    numbers = (row.used, row.held, row.amount + row.extra)
    shown = [number_text(row.metric, number) for number in numbers]
    return scope, "usd" if row.metric is Metric.MICROS else "pictures", row.period.value, *shown


async def usage(
    settings: Settings, *, days: int, workspace: str | None, plot: Path | None, now: datetime
) -> str:
    """Who spent what in the last days, as a table; with `plot` also as a chart in that file."""
    since = beginning_of(now, days)
    only = WorkspaceId(workspace) if workspace is not None else None
    async with _opened(settings) as database:
        rows = await look(
            database,
            lambda unit: unit.quotas.spending(since=since, until=now + timedelta(seconds=1), workspace=only),
        )
    text = _spending(rows, days)
    if plot is None:
        return text
    # A second to import, which only those who want a chart should wait for.
    from adapters.charts.spending import draw_spending  # noqa: PLC0415 - see above

    try:
        draw_spending(rows, days_until(now, days), plot, [chart_words(by_person(rows), "en")])
    except (OSError, ValueError) as error:
        msg = (
            f"The chart could not be drawn to {plot} ({_reason(error)}). Name a png, svg or pdf file in a "
            "folder that can be written."
        )
        raise SettingsFault(msg) from None
    return f"{text}\n\nThe chart is in {plot}."


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "this kind of file is not known"


def _spending(rows: Sequence[SpendRow], days: int) -> str:
    if not rows:
        return f"Nothing was made or spent in the last {_days(days)}."
    lines = [
        (
            one.workspace,
            one.name,
            one.actor,
            str(one.pictures),
            dollars(one.micros),
            dollars(one.written_off),
        )
        for one in by_person(rows)
    ]
    total = dollars(sum(row.micros for row in rows))
    lost = dollars(sum(row.written_off for row in rows))
    table = _table(("workspace", "person", "id", "pictures", "spent", "written off"), lines)
    return f"{table}\n\nLast {_days(days)}: {total} spent, {lost} written off (billed to nobody)."


def _days(count: int) -> str:
    return "day" if count == 1 else f"{count} days"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(str(row[column])) for row in [head, *rows]) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [head, *rows]
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[SqlDatabase]:
    if settings.sqlite_file is not None and not settings.sqlite_file.exists():
        msg = (
            f"There is no database at {settings.sqlite_file} yet. `inkthread demo` or `serve` makes it; "
            "if it is elsewhere, name it in DATABASE_URL."
        )
        raise SettingsFault(msg)
    database = open_database(settings.database_url, SystemClock())
    try:
        await check_schema(database)
        yield database
    finally:
        await database.close()

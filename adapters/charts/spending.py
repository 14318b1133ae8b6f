"""Who spent what a day, as stacked bars, the biggest spenders first."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from core.app.records import SpendRow
    from core.domain.ids import ActorId

NAMED: Final = 7
"""More people than this share one colour, or nobody could read the chart."""

OTHERS: Final = "others"
LOST: Final = "written off"

_COLOURS: Final = ("#3b4cca", "#e0663e", "#2a9d8f", "#c44b7b", "#8a6fd1", "#d9a441", "#4c8bb5")
_GREY, _PALE = "#9aa0a6", "#d5d8dc"
_MICROS: Final = 1_000_000


def draw_spending(rows: Sequence[SpendRow], days: Sequence[date], file: Path) -> None:
    """Draw the rows over those days into a png, svg or pdf file. Raises OSError when it cannot be written."""
    figure = Figure(figsize=(10, 5), dpi=120, layout="constrained")
    axes = figure.add_subplot()
    _bars(axes, _stacks(rows), days)
    _dress(axes, rows, days)
    figure.savefig(file)


def _stacks(rows: Sequence[SpendRow]) -> dict[str, dict[str, int]]:
    totals: dict[ActorId, int] = defaultdict(int)
    for row in rows:
        totals[row.actor] += row.micros
    named = sorted(totals, key=lambda actor: -totals[actor])[:NAMED]
    names = {row.actor: row.name or row.actor for row in rows}
    stacks: dict[str, dict[str, int]] = {names[actor]: defaultdict(int) for actor in named}
    for row in rows:
        stack = names[row.actor] if row.actor in named else OTHERS
        stacks.setdefault(stack, defaultdict(int))[row.day] += row.micros
        if row.written_off:
            stacks.setdefault(LOST, defaultdict(int))[row.day] += row.written_off
    return stacks


def _bars(axes: Axes, stacks: dict[str, dict[str, int]], days: Sequence[date]) -> None:
    floor = [0.0] * len(days)
    colours = iter(_COLOURS)
    places = range(len(days))
    for name, by_day in stacks.items():
        heights = [by_day.get(day.isoformat(), 0) / _MICROS for day in days]
        colour = {OTHERS: _GREY, LOST: _PALE}.get(name) or next(colours, _GREY)
        axes.bar(places, heights, bottom=floor, label=name, color=colour, width=0.8)
        floor = [low + height for low, height in zip(floor, heights, strict=True)]


def _dress(axes: Axes, rows: Sequence[SpendRow], days: Sequence[date]) -> None:
    total = sum(row.micros + row.written_off for row in rows) / _MICROS
    pictures = sum(row.pictures for row in rows)
    axes.set_title(
        f"${total:.2f} for {pictures} pictures, {days[0]:%d %b %Y} to {days[-1]:%d %b %Y}", loc="left"
    )
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"${value:,.2f}"))
    step = max(1, len(days) // 10)
    axes.set_xticks(range(0, len(days), step), [f"{day:%d %b}" for day in days[::step]])
    axes.set_ylim(bottom=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#e8eaed")
    axes.set_axisbelow(True)
    if rows:
        axes.legend(frameon=False, loc="upper left")
    else:
        axes.text(0.5, 0.5, "nothing was spent", transform=axes.transAxes, ha="center", color=_GREY)


def last_days(until: date, count: int) -> list[date]:
    """The last days up to that one, oldest first."""
    return [until - timedelta(days=back) for back in reversed(range(count))]

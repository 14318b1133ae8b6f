"""Who spent what a day, as stacked bars, the biggest spenders first.

Owns the look of the chart. Where no money was spent, as with the sandbox, it shows pictures instead. Names
are people's own: they are drawn as text, whatever is in them. Its few words are given, in the languages that
somebody would like to read, and the first that the fonts here can write is taken.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from matplotlib import font_manager, rc_context
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter, MaxNLocator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path
    from typing import BinaryIO

    from matplotlib.axes import Axes

    from core.app.ports import ChartWords
    from core.app.spending import SpendRow
    from core.domain.ids import ActorId

NAMED: Final = 7
"""More people than this share one colour, or nobody could read the chart."""

SIZE_INCHES: Final = (10, 5)
DOTS_PER_INCH: Final = 120

_COLOURS: Final = ("#3b4cca", "#e0663e", "#2a9d8f", "#c44b7b", "#8a6fd1", "#d9a441", "#4c8bb5")
_GREY, _PALE, _INK, _QUIET = "#9aa0a6", "#d5d8dc", "#211d3a", "#6b6780"
_MICROS: Final = 1_000_000
_LONGEST_NAME: Final = 24
_MOST_DATES: Final = 10

_FONTS: Final = (
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "WenQuanYi Zen Hei",
    "Noto Sans Arabic",
)
"""The second and later ones draw what the first lacks, where the system has them."""


@dataclass(slots=True)
class _Stack:
    """One colour of the bars: a person, or several together."""

    label: str
    colour: str
    by_day: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def draw_spending(
    rows: Sequence[SpendRow],
    days: Sequence[date],
    file: Path | BinaryIO,
    words: Sequence[ChartWords],
) -> None:
    """Draw the rows over those days into a png, svg or pdf file, or as png into an open one.

    Raises OSError when it cannot be written, ValueError when its name ends in no known kind of file.
    """
    fonts = _fonts()
    chosen = next((one for one in words if _can_write(one, fonts)), words[-1])
    with rc_context({"font.family": fonts}), warnings.catch_warnings():
        # A letter that no font of this machine has is drawn as a box; the chart stays worth drawing.
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        layout = ConstrainedLayoutEngine(w_pad=0.2, h_pad=0.2)
        figure = Figure(figsize=SIZE_INCHES, dpi=DOTS_PER_INCH, layout=layout)
        axes = figure.add_subplot()
        is_money = any(row.micros or row.written_off for row in rows)
        stacks = _stacks(rows, chosen, is_money=is_money)
        _bars(axes, stacks, days, unit=_MICROS if is_money else 1)
        _dress(axes, days, is_money=is_money)
        _title(axes, chosen.title, days)
        figure.savefig(file)


def _fonts() -> list[str]:
    known = set(font_manager.get_font_names())
    return [name for name in _FONTS if name in known]


def _can_write(words: ChartWords, fonts: Sequence[str]) -> bool:
    letters = {one for one in words.title + words.others + words.written_off if not one.isspace()}
    if any(unicodedata.bidirectional(one) in {"R", "AL"} for one in letters):
        return False  # the fonts have the letters, but nobody here joins them and turns them around
    return set(map(ord, letters)) <= set().union(*(_letters_of(font) for font in fonts))


@cache
def _letters_of(font: str) -> frozenset[int]:
    return frozenset(FT2Font(font_manager.findfont(font)).get_charmap())


def _stacks(rows: Sequence[SpendRow], words: ChartWords, *, is_money: bool) -> list[_Stack]:
    totals: dict[ActorId, int] = defaultdict(int)
    for row in rows:
        totals[row.actor] += row.micros if is_money else row.pictures
    names = {row.actor: row.name or row.actor for row in rows}
    named = sorted(totals, key=lambda actor: -totals[actor])[:NAMED]
    own = {
        actor: _Stack(_label(names[actor]), colour)
        for actor, colour in zip(named, _COLOURS, strict=False)
        if totals[actor]
    }
    others, lost = _Stack(words.others, _GREY), _Stack(words.written_off, _PALE)
    for row in rows:
        own.get(row.actor, others).by_day[row.day] += row.micros if is_money else row.pictures
        lost.by_day[row.day] += row.written_off
    return [*own.values(), *(stack for stack in (others, lost) if any(stack.by_day.values()))]


def _label(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _bars(axes: Axes, stacks: Sequence[_Stack], days: Sequence[date], *, unit: int) -> None:
    floor = [0.0] * len(days)
    bars = []
    for stack in stacks:
        heights = [stack.by_day.get(day.isoformat(), 0) / unit for day in days]
        bars.append(axes.bar(range(len(days)), heights, bottom=floor, color=stack.colour, width=0.78))
        floor = [low + height for low, height in zip(floor, heights, strict=True)]
    if not any(floor):
        return
    # Beside the bars, where it hides none. A name that begins with _ would be left out as a mere label.
    labels = [f" {stack.label}" for stack in stacks]
    legend = axes.legend(bars, labels, frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    for text in legend.get_texts():
        text.set_parse_math(False)


def _dress(axes: Axes, days: Sequence[date], *, is_money: bool) -> None:
    if is_money:
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"${value:,.2f}"))
    else:
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    step = -(-len(days) // _MOST_DATES)
    # Counted from the end, so that the last day has its name.
    shown = range((len(days) - 1) % step, len(days), step)
    axes.set_xticks(list(shown), [f"{days[place]:%m-%d}" for place in shown])
    axes.set_xlim(-0.6, len(days) - 0.4)
    axes.set_ylim(bottom=0, top=None if axes.patches else 1)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(_PALE)
    axes.tick_params(colors=_QUIET, length=0)
    axes.grid(axis="y", color="#e8eaed")
    axes.set_axisbelow(True)


def _title(axes: Axes, title: str, days: Sequence[date]) -> None:
    axes.set_title(title, loc="left", color=_INK, fontsize=15, fontweight="bold", pad=28, parse_math=False)
    span = f"{days[0]:%Y-%m-%d} – {days[-1]:%Y-%m-%d} (UTC)"
    axes.text(0, 1.03, span, transform=axes.transAxes, color=_QUIET)

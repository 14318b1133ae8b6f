"""Options that cannot stand together.

Owns the pairs. Each side alone is fine; both together ask for two different things.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.domain.generation import OutputFormat, Quality
from core.domain.prompt.marks import shortened
from core.domain.prompt.model import Problem, ProblemCode
from core.domain.prompt.options import OptionName
from core.domain.shape import Tier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.domain.prompt.model import Options
    from core.domain.prompt.received import Received


@dataclass(frozen=True, slots=True)
class Given:
    """Where an option with its value stood in the clean text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Conflict:
    """Two options that clash where `is_clash` says so; `way_out` is what one could be instead."""

    left: OptionName
    right: OptionName
    is_clash: Callable[[Options], bool]
    way_out: tuple[OptionName, str] | None = None


_CONFLICTS: Final = (
    _Conflict(
        OptionName.TRANSPARENT,
        OptionName.FORMAT,
        lambda options: options.output_format is OutputFormat.JPEG,
        (OptionName.FORMAT, "--format png"),
    ),
    _Conflict(
        OptionName.DRAFT,
        OptionName.QUALITY,
        lambda options: options.quality is not Quality.LOW,
        (OptionName.QUALITY, "--quality low"),
    ),
    _Conflict(
        OptionName.DRAFT,
        OptionName.SIZE,
        lambda options: options.tier is not Tier.ONE_K,
        (OptionName.SIZE, "--size 1k"),
    ),
    _Conflict(OptionName.RATIO, OptionName.SIZE, lambda options: options.exact_size is not None),
)


def conflict_among(given: Mapping[OptionName, Given], options: Options, source: Received) -> Problem | None:
    """Name the first pair that clashes: the later option as the subject, the earlier one as `other`."""
    for conflict in _CONFLICTS:
        names = sorted({conflict.left, conflict.right} & given.keys(), key=lambda name: given[name].start)
        if len(names) == len((conflict.left, conflict.right)) and conflict.is_clash(options):
            earlier, later = (given[name] for name in names)
            return Problem(
                ProblemCode.CONFLICT,
                source.span(later.start, later.end),
                subject=shortened(source.clean[later.start : later.end]),
                suggestion=_way_out(conflict, names[1]),
                other=shortened(source.clean[earlier.start : earlier.end]),
            )
    return None


def _way_out(conflict: _Conflict, subject: OptionName) -> str | None:
    if conflict.way_out is None:
        return None
    name, instead = conflict.way_out
    return instead if name is subject else None

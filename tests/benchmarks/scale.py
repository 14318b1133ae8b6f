"""How much is measured: everything for the table, or just enough to see that the bench itself works.

Owns the counts. The numbers of a quick run mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of a run.

    `turns` are timed one after the other; `crowds` is how many turns are under way at once, `engine_s` how
    long the engine takes meanwhile, and `waves` how many times the crowd passes. `few_threads` and
    `many_threads` are how many edit threads lie in the two databases that are compared.
    """

    turns: int
    crowds: tuple[int, ...]
    engine_s: float
    waves: int
    rush: int
    few_threads: int
    many_threads: int
    handler_samples: int
    heavy_rounds: int
    is_heavy: bool
    memory_crowd: int
    parser_samples: int
    databases: tuple[str, ...]


FULL = Scale(
    turns=60,
    crowds=(50, 200),
    engine_s=10.0,
    waves=1,
    rush=100,
    few_threads=1_000,
    many_threads=1_000_000,
    handler_samples=200,
    heavy_rounds=2,
    is_heavy=True,
    memory_crowd=200,
    parser_samples=15,
    databases=("SQLite", "Postgres"),
)

QUICK = Scale(
    turns=3,
    crowds=(50, 200),
    engine_s=0.05,
    waves=0,
    rush=4,
    few_threads=1_000,
    many_threads=20_000,
    handler_samples=3,
    heavy_rounds=1,
    is_heavy=False,
    memory_crowd=4,
    parser_samples=1,
    databases=("SQLite",),
)

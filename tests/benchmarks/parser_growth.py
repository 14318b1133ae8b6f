"""How the parser's time grows with the text: 32 kB may cost at most 40 times as much as 1 kB.

Owns the texts, plain and hostile.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from core.domain.prompt.parser import parse_prompt
from tests.benchmarks.results import Result, Unit

if TYPE_CHECKING:
    from tests.benchmarks.scale import Scale

SMALL, LARGE = 1_000, 32_000
MOST_TIMES = 40

TEXTS = {
    "plain words": "a quiet harbour at dusk with boats and gulls, painted in oil; ",
    "opening quotes": 'a “sign "that 「never « closes ',
    "closed quotes": 'a sign “OPEN” and "the other" 「看板」 ',
    "dashes": "-- — – －－ ——- -– ",
    "a long --no": "text, people, frames ",
    "unknown options": "--colour red --seeds 12 —foo=bar ",
    "CJK": "一只戴红帽子的猫坐在窗边，比例3:2，写着「晚安」。",
    "hints": "transparent background 4K 16:9 not transparent 透明背景 ",
    "one long word": "x",
    "combining marks": "e\u0301\u0302\u200d👩‍👩‍👧‍👦",
}

OPENING = "a fox --ar 16:9 --no "
"""What every text begins with: options are read in all of them."""

ROWS = tuple(f"Parser, 32 kB over 1 kB, {name}" for name in TEXTS)


def measure(scale: Scale) -> list[Result]:
    """The growth for each kind of text."""
    return [_growth(name, pattern, scale.parser_samples) for name, pattern in TEXTS.items()]


def _growth(name: str, pattern: str, samples: int) -> Result:
    small, large = _text(pattern, SMALL), _text(pattern, LARGE)
    times = LARGE // SMALL
    _times_s(small, times)
    # As much text either way and taken in turn, so that whatever else the machine does hits both.
    pairs = [(_times_s(small, times) / times, _times_s(large, 1)) for _ in range(samples)]
    small_s = statistics.median(one for one, _ in pairs)
    large_s = statistics.median(one for _, one in pairs)
    aside = f"{small_s * 1000:.2f} ms and {large_s * 1000:.1f} ms"
    return Result(f"Parser, 32 kB over 1 kB, {name}", large_s / small_s, Unit.TIMES, MOST_TIMES, aside)


def _text(pattern: str, characters: int) -> str:
    return (OPENING + pattern * (characters // len(pattern) + 1))[:characters]


def _times_s(text: str, times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        parse_prompt(text)
    return time.perf_counter() - began

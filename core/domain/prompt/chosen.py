"""What was chosen in typed fields (a form's lists, a command's options), as options behind the words.

Owns that spelling, so that one parser judges typed fields and typed words alike. Must never learn what a
value means or which platform asked: a wrong value is refused by the parser, with the place pointed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from core.domain.prompt.options import OptionName
from core.domain.prompt.quotes import QUOTE_MARKS

_NO_PART_OF_A_VALUE: Final = re.compile(rf"[\s\x00-\x1f\x7f-\x9f{''.join(sorted(QUOTE_MARKS))}]")
"""What would end a value, or open a quotation in which the options after it would stand."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Options as typed fields give them; None is "not chosen". The values are spelled as after `--`."""

    ratio: str | None = None
    size: str | None = None
    quality: str | None = None
    count: int | None = None
    background: Literal["transparent"] | None = None
    output_format: str | None = None


def with_chosen(words: str, chosen: Chosen) -> str:
    """Append what was chosen to the words, as options: `a fox --ar 16:9 --quality high`.

    They stand at the end, after a space, and hold no quotation mark: a mark that the words left open
    finds no partner in them, `--no` ends where they begin, and a dash before them is no part of theirs.
    """
    return " ".join(piece for piece in (words, *_options(chosen)) if piece)


def _options(chosen: Chosen) -> list[str]:
    valued = {
        OptionName.RATIO: chosen.ratio,
        OptionName.SIZE: chosen.size,
        OptionName.QUALITY: chosen.quality,
        OptionName.COUNT: chosen.count,
        OptionName.FORMAT: chosen.output_format,
    }
    written = [
        f"--{name.value} {_NO_PART_OF_A_VALUE.sub('', str(value))}".rstrip()
        for name, value in valued.items()
        if value is not None
    ]
    return written if chosen.background is None else [*written, f"--{OptionName.TRANSPARENT.value}"]

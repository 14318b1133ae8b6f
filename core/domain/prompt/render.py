"""From a Prompt back to text: the one spelling of it that reads back as the same Prompt.

Owns the canonical order. What hints set is not written as options, because the words still say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.prompt.hints import without_hints
from core.domain.prompt.options import OptionName
from core.domain.prompt.quotes import QUOTE_MARKS
from core.domain.prompt.received import fold

if TYPE_CHECKING:
    from core.domain.prompt.model import Options, Prompt


def render(prompt: Prompt) -> str:
    """Write a parsed prompt as canonical text, so that parsing it gives an equal Prompt.

    Words come first, unless `--no` holds quotation marks that an unpaired one in the words could pair
    with: then options come first, and another option keeps the words out of `--no`.
    """
    options = without_hints(prompt)
    avoid = _avoid(options)
    others = " ".join(_others(options))
    has_quotes_to_avoid = not QUOTE_MARKS.isdisjoint(fold(avoid))
    ordered = (
        (avoid, others, prompt.words) if has_quotes_to_avoid and others else (prompt.words, others, avoid)
    )
    return " ".join(piece for piece in ordered if piece)


def _others(options: Options) -> list[str]:
    flags = {OptionName.DRAFT: options.is_draft, OptionName.TRANSPARENT: options.is_transparent is True}
    valued = {
        OptionName.RATIO: options.ratio,
        OptionName.SIZE: options.tier or options.exact_size,
        OptionName.QUALITY: options.quality,
        OptionName.COUNT: options.count,
        OptionName.FORMAT: options.output_format,
    }
    written = [f"--{name.value} {value}" for name, value in valued.items() if value is not None]
    return written + [f"--{name.value}" for name, is_set in flags.items() if is_set]


def _avoid(options: Options) -> str:
    """Write `--no a, b`; a first thing that begins with a sign of assignment gets one before it to lose."""
    if not options.avoid:
        return ""
    sign = " =" if fold(options.avoid[0]).startswith(("=", ":")) else ""
    return f"--{OptionName.AVOID.value}{sign} {', '.join(options.avoid)}"

"""The options of a prompt as data: how each is spelled, what it takes, what people write instead.

Owns names and aliases. Must never learn what an option's value means (`values.py`) nor what it costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.domain.prompt.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping


class OptionName(StrEnum):
    """An option by the name that is rendered; the value is what stands after the two dashes."""

    RATIO = "ar"
    SIZE = "size"
    QUALITY = "quality"
    DRAFT = "draft"
    COUNT = "n"
    TRANSPARENT = "transparent"
    FORMAT = "format"
    AVOID = "no"
    SEED = "seed"
    SCENES = "scenes"
    WEB = "web"
    REFERENCE = "ref"
    KIT = "kit"
    PRIVATE = "private"


class Takes(StrEnum):
    """What follows an option's name."""

    NOTHING = "nothing"
    ONE_WORD = "one_word"
    WORDS = "words"


class Ability(StrEnum):
    """Whether an option does something yet."""

    WORKS = "works"
    NOT_YET = "not_yet"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class OptionKind:
    """One option: its name, what it takes, and a value that would be right, to be shown."""

    name: OptionName
    takes: Takes
    ability: Ability = Ability.WORKS
    example: str = ""


_KINDS: Final = (
    OptionKind(OptionName.RATIO, Takes.ONE_WORD, example="16:9"),
    OptionKind(OptionName.SIZE, Takes.ONE_WORD, example="2k"),
    OptionKind(OptionName.QUALITY, Takes.ONE_WORD, example="high"),
    OptionKind(OptionName.DRAFT, Takes.NOTHING),
    OptionKind(OptionName.COUNT, Takes.ONE_WORD, example="4"),
    OptionKind(OptionName.TRANSPARENT, Takes.NOTHING),
    OptionKind(OptionName.FORMAT, Takes.ONE_WORD, example="png"),
    OptionKind(OptionName.AVOID, Takes.WORDS, example="text"),
    OptionKind(OptionName.SEED, Takes.ONE_WORD, Ability.NEVER),
    OptionKind(OptionName.SCENES, Takes.WORDS, Ability.NOT_YET),
    OptionKind(OptionName.WEB, Takes.NOTHING, Ability.NOT_YET),
    OptionKind(OptionName.REFERENCE, Takes.ONE_WORD, Ability.NOT_YET),
    OptionKind(OptionName.KIT, Takes.ONE_WORD, Ability.NOT_YET),
    OptionKind(OptionName.PRIVATE, Takes.NOTHING, Ability.NOT_YET),
)

_ALIASES: Final = MappingProxyType({"aspect": OptionName.RATIO, "q": OptionName.QUALITY})

OPTIONS: Final[Mapping[str, OptionKind]] = MappingProxyType(
    {kind.name.value: kind for kind in _KINDS}
    | {alias: kind for alias, name in _ALIASES.items() for kind in _KINDS if kind.name is name}
)
"""Every spelling that is understood, in lower case, without its dashes."""

_LIKELY_MEANT: Final = MappingProxyType(
    {
        "ratio": OptionName.RATIO,
        "aspect-ratio": OptionName.RATIO,
        "aspectratio": OptionName.RATIO,
        "resolution": OptionName.SIZE,
        "res": OptionName.SIZE,
        "hd": OptionName.QUALITY,
        "fast": OptionName.DRAFT,
        "count": OptionName.COUNT,
        "num": OptionName.COUNT,
        "images": OptionName.COUNT,
        "alpha": OptionName.TRANSPARENT,
        "bg": OptionName.TRANSPARENT,
        "background": OptionName.TRANSPARENT,
        "ext": OptionName.FORMAT,
        "type": OptionName.FORMAT,
        "negative": OptionName.AVOID,
        "neg": OptionName.AVOID,
        "not": OptionName.AVOID,
        "without": OptionName.AVOID,
        "exclude": OptionName.AVOID,
    }
)
"""What other image tools and habits call an option of ours; refused, with our name offered."""

_OFFERED: Final = tuple(name for name, kind in OPTIONS.items() if kind.ability is Ability.WORKS)
_SHORTEST_STEM: Final = 4
_LONGEST_GLUED_VALUE: Final = 4


def suggested_option(name: str) -> str | None:
    """Offer what somebody who wrote `--name` probably meant, ready to stand in its place.

    A value that was glued to the name is parted from it: `--n4` is offered as `--n 4`.
    """
    stem = name.lower()
    bare = stem.rstrip("0123456789")
    value = stem[len(bare) :]
    if bare in OPTIONS and 0 < len(value) <= _LONGEST_GLUED_VALUE:
        return f"--{bare} {value}"
    if stem in _LIKELY_MEANT:
        return f"--{_LIKELY_MEANT[stem].value}"
    if len(stem) >= _SHORTEST_STEM:
        begun = [offered for offered in _OFFERED if offered.startswith(stem)]
        if len(begun) == 1:
            return f"--{begun[0]}"
    near = nearest(stem, _OFFERED)
    return None if near is None else f"--{near}"

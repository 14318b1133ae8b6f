"""Options that plain words set: a ratio, a size, a transparent background.

Owns the judgement of when words mean an option. It would rather miss a wish than invent one: quoted text is
never read, a time or a score is no ratio, and two different wishes cancel each other. An option that
was given always wins. The words themselves are in `hint_words.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar

from core.domain.generation import OutputFormat
from core.domain.prompt import hint_words
from core.domain.prompt.model import Hint, HintKind
from core.domain.prompt.quotes import without_quotations
from core.domain.prompt.received import UNSPACED, fold
from core.domain.shape import Ratio, Tier
from core.domain.sizing import is_ratio_allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.domain.prompt.model import Options, Prompt

_Value = TypeVar("_Value")

_PLAIN_RATIOS: Final = frozenset(
    {Ratio(16, 9), Ratio(9, 16), Ratio(21, 9), Ratio(4, 3), Ratio(3, 4), Ratio(4, 5), Ratio(5, 4)}
)
"""Ratios that mean a picture's shape on their own. All others need a word beside them that says so."""

_WINDOW: Final = 24
"""How many characters on either side say what a number is about."""

_AFTER_NEGATION: Final = 6
"""How many characters after a phrase a Japanese or Korean "not" may stand."""

_MINUTES_DIGITS: Final = 2

_LETTER: Final = rf"[^\W{UNSPACED}]"
_TWO_NUMBERS: Final = re.compile(
    rf"(?<!{_LETTER})(?<![:./\-])([0-9]{{1,2}}) ?: ?([0-9]{{1,2}})(?!{_LETTER}|[:/]|[.,\-][0-9])"
)
_TIER: Final = re.compile(rf"(?<!{_LETTER})(?<![$€£¥.,:/\-])[24]k(?!{_LETTER}|[+/])")
_CLAUSE_END: Final = r"\s*(?:$|[.,;:!?)。，、；！？،؛]|(?:and|but|und|et|y|e)\b)"
_WORDS: Final = re.compile(r"[\w'.]*[\w']")


def _phrases(phrases: Iterable[str]) -> str:
    """Any of the phrases as whole words; a script without spaces has no borders to keep."""
    alternatives = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return rf"(?<!{_LETTER})(?:{alternatives})(?!{_LETTER})"


_ANYWHERE: Final = _phrases(chain.from_iterable(hint_words.TRANSPARENT_BACKGROUND.values()))
_AT_THE_END: Final = _phrases(chain.from_iterable(hint_words.TRANSPARENT_AT_THE_END.values()))
_TRANSPARENT: Final = re.compile(rf"{_ANYWHERE}|{_AT_THE_END}(?={_CLAUSE_END})")
_ASPECT: Final = re.compile(
    _phrases(chain.from_iterable(hint_words.ASPECT_WORDS.values())) + f"|{'|'.join(hint_words.ASPECT_PIECES)}"
)
_SCORE: Final = re.compile(_phrases(hint_words.SCORE_WORDS) + f"|{'|'.join(hint_words.SCORE_PIECES)}")
_NEGATIONS: Final = frozenset(chain.from_iterable(hint_words.NEGATIONS.values()))
_ARTICLES: Final = frozenset(hint_words.ARTICLES)
_CLOCK_WORDS: Final = frozenset(hint_words.CLOCK_WORDS)
_NOT_A_RESOLUTION: Final = frozenset(hint_words.NOT_A_RESOLUTION)


def with_hints(prompt: Prompt) -> Prompt:
    """Set the options that plain words ask for and nobody gave, and note the words that were read."""
    given = prompt.options
    searched = _lowered(without_quotations(fold(prompt.words)))
    options, hints = given, list[Hint]()
    if given.ratio is None and given.exact_size is None:
        ratio, words = _only_wish(_ratios(searched), prompt.words)
        options = options if ratio is None else replace(options, ratio=ratio)
        hints += [Hint(HintKind.RATIO, words)] if words else []
    if given.tier is None and given.exact_size is None and not given.is_draft:
        tier, words = _only_wish(_tiers(searched), prompt.words)
        options = options if tier is None else replace(options, tier=tier)
        hints += [Hint(HintKind.TIER, words)] if words else []
    if _may_become_transparent(given):
        is_transparent, words = _only_wish(_transparencies(searched), prompt.words)
        options = options if is_transparent is None else replace(options, is_transparent=is_transparent)
        hints += [Hint(HintKind.TRANSPARENT, words)] if words else []
    return replace(prompt, options=options, hints=tuple(hints))


def without_hints(prompt: Prompt) -> Options:
    """Take back from a prompt's options what its hints set: what is left was given as options."""
    options = prompt.options
    for hint in prompt.hints:
        match hint.kind:
            case HintKind.RATIO:
                options = replace(options, ratio=None)
            case HintKind.TIER:
                options = replace(options, tier=None)
            case HintKind.TRANSPARENT:
                options = replace(options, is_transparent=None)
    return options


def _may_become_transparent(given: Options) -> bool:
    return given.is_transparent is None and given.output_format is not OutputFormat.JPEG


def _only_wish(wishes: Iterator[tuple[_Value, int, int]], words: str) -> tuple[_Value | None, str]:
    """Return the wish and the words it was read from, unless two wishes differ."""
    found = list(wishes)
    if len({value for value, _, _ in found}) != 1:
        return None, ""
    value, start, end = found[0]
    return value, words[start:end]


def _lowered(text: str) -> str:
    """In lower case, every character still in its place (İ would become two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _ratios(searched: str) -> Iterator[tuple[Ratio, int, int]]:
    for found in _TWO_NUMBERS.finditer(searched):
        ratio = Ratio(int(found[1]), int(found[2]))
        if is_ratio_allowed(ratio) and _means_a_shape(searched, found, ratio):
            yield ratio, found.start(), found.end()


def _means_a_shape(searched: str, found: re.Match[str], ratio: Ratio) -> bool:
    """Judge two numbers by what stands around them: a picture's shape, or a time or a score."""
    before, after = _around(searched, found)
    if _SCORE.search(before) is not None:
        return False
    if len(found[2]) == _MINUTES_DIGITS and _is_clock(before, after):
        return False
    return ratio in _PLAIN_RATIOS or _ASPECT.search(before) is not None or _ASPECT.search(after) is not None


def _is_clock(before: str, after: str) -> bool:
    if _ASPECT.match(after.lstrip(" -")) is not None:
        return False
    last, first = _WORDS.findall(before)[-1:], _WORDS.findall(after)[:1]
    return not _CLOCK_WORDS.isdisjoint(last + first) or before.rstrip().endswith(hint_words.CLOCK_PIECES)


def _tiers(searched: str) -> Iterator[tuple[Tier, int, int]]:
    for found in _TIER.finditer(searched):
        _, after = _around(searched, found)
        is_thing = not _NOT_A_RESOLUTION.isdisjoint(_WORDS.findall(after)[:1])
        if not is_thing and not after.lstrip().startswith(hint_words.NOT_A_RESOLUTION_PIECES):
            yield Tier(found.group()), found.start(), found.end()


def _transparencies(searched: str) -> Iterator[tuple[bool, int, int]]:
    """Yield the phrases that ask for transparency and are not negated."""
    for found in _TRANSPARENT.finditer(searched):
        before, after = _around(searched, found)
        if not _is_negated(before, after):
            yield True, found.start(), found.end()


def _is_negated(before: str, after: str) -> bool:
    words = _WORDS.findall(before)
    while words and words[-1] in _ARTICLES:
        words.pop()
    return (
        not _NEGATIONS.isdisjoint((*words[-1:], " ".join(words[-2:])))
        or before.rstrip().endswith(hint_words.NEGATIONS_BEFORE)
        or any(negation in after[:_AFTER_NEGATION] for negation in hint_words.NEGATIONS_AFTER)
    )


def _around(searched: str, found: re.Match[str]) -> tuple[str, str]:
    start, end = found.span()
    return searched[max(0, start - _WINDOW) : start], searched[end : end + _WINDOW]

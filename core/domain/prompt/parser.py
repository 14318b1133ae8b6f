"""From a text to a Prompt, or to the Problem that keeps it from being one.

Owns the reading order: one pass from left to right, in time linear in the text. The pieces are beside it:
what an option is (`dashes.py`, `options.py`), what a value means (`values.py`), what is quoted
(`quotes.py`), what plain words set (`hints.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, assert_never

from core.domain.generation import OutputFormat, Quality, Size
from core.domain.prompt.conflicts import Given, conflict_among
from core.domain.prompt.dashes import DASH_RUN, DASHES, TYPOGRAPHIC_DASHES, mark_at
from core.domain.prompt.hints import with_hints
from core.domain.prompt.marks import shortened
from core.domain.prompt.model import Options, Problem, ProblemCode, Prompt, Span
from core.domain.prompt.options import OPTIONS, Ability, OptionName, Takes, suggested_option
from core.domain.prompt.quotes import (
    CLOSERS,
    QUOTE_MARKS,
    QuoteFinder,
    quoted_texts,
    without_quotations,
    without_stray_marks,
)
from core.domain.prompt.received import UNSPACED, receive
from core.domain.prompt.values import BadValue, read_count, read_format, read_quality, read_ratio, read_size
from core.domain.shape import Ratio, Tier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.domain.prompt.dashes import Mark
    from core.domain.prompt.options import OptionKind
    from core.domain.prompt.received import Received

MAX_CHARACTERS: Final = 32_000
"""The longest prompt, in code points (OpenAI image API, November 2026)."""

Value = Ratio | Tier | Size | Quality | OutputFormat | int

_READERS: Final[Mapping[OptionName, Callable[[str], Value | BadValue]]] = MappingProxyType(
    {
        OptionName.RATIO: read_ratio,
        OptionName.SIZE: read_size,
        OptionName.QUALITY: read_quality,
        OptionName.COUNT: read_count,
        OptionName.FORMAT: read_format,
    }
)

_PAUSES: Final = ",;，、；。！？،؛"
_LEADING_PAUSES: Final = re.compile(rf"^[\s{_PAUSES}]+")
_ENDS_A_VALUE: Final = rf"\s{_PAUSES}{''.join(sorted(QUOTE_MARKS))}"
_NOT_AN_OPTION: Final = rf"(?!(?:[{DASHES}]{{2}}|[{TYPOGRAPHIC_DASHES}])[A-Za-z])"

_INTEREST: Final = re.compile(f"[{''.join(CLOSERS)}]|{DASH_RUN.pattern}")
_GAP: Final = re.compile(r"\s*[=:]?\s*")
_VALUE: Final = re.compile(rf"(?:{_NOT_AN_OPTION}[^{_ENDS_A_VALUE}{UNSPACED}])+")
_FOREIGN_VALUE: Final = re.compile(rf"(?:{_NOT_AN_OPTION}[^{_ENDS_A_VALUE}])+")
_SEED: Final = re.compile(r"\s*[=:]?\s*[0-9]*")
_AVOID_SEPARATOR: Final = re.compile("[,，、،]")


def parse_prompt(text: str, *, may_lack_words: bool = False) -> Prompt | Problem:
    """Read a prompt as typed: words, quoted texts, options and hints, or the first thing wrong with it.

    `may_lack_words`: options alone are enough, as in an edit (`--ar 16:9`). Spans count code points of
    `text`. For TOO_LONG the subject is the length, and the span is what is too much.
    """
    return read_prompt(receive(text), may_lack_words=may_lack_words)


def read_prompt(source: Received, start: int = 0, *, may_lack_words: bool = False) -> Prompt | Problem:
    """Read the prompt that begins at `start` of a received text; see `parse_prompt`."""
    if source.original_length > MAX_CHARACTERS:
        surplus = Span(MAX_CHARACTERS, source.original_length)
        return Problem(ProblemCode.TOO_LONG, surplus, subject=str(source.original_length))
    reader = _Reader(source, start)
    problem = reader.read()
    if problem is not None:
        return problem
    words = _joined(reader.pieces)
    options = replace(reader.options, avoid=tuple(reader.avoid))
    # A comma alone asks for nothing, with options or without.
    if not _LEADING_PAUSES.sub("", words) and not (may_lack_words and options != Options()):
        return Problem(ProblemCode.EMPTY, source.span(start, len(source.clean)))
    return with_hints(Prompt(words, quoted_texts(words), options))


def _joined(pieces: list[str]) -> str:
    """Put the pieces between options together with spaces; a comma goes on without one."""
    if len(pieces) == 1:
        return pieces[0].strip()
    words = ""
    for piece in map(str.strip, pieces):
        if not words:
            words = _LEADING_PAUSES.sub("", piece)
        elif piece:
            words += piece if piece[0] in _PAUSES else f" {piece}"
    return words


@dataclass(frozen=True, slots=True)
class _Word:
    """A value as typed: `text` is what is read, up to `end`."""

    start: int
    end: int
    text: str


class _Reader:
    """One pass over a text. After `read`, `pieces`, `avoid` and `options` hold what was found."""

    def __init__(self, source: Received, start: int) -> None:
        self.pieces: list[str] = []
        self.avoid: list[str] = []
        self.options = Options()
        self._source = source
        self._finder = QuoteFinder(source.folded)
        self._given: dict[OptionName, Given] = {}
        self._avoiding: Mark | None = None
        self._text_start = self._fresh_at = self._at = start

    def read(self) -> Problem | None:
        """Read to the end, or to the first problem."""
        folded = self._source.folded
        while (found := _INTEREST.search(folded, self._at)) is not None:
            is_fresh = found.start() == self._fresh_at
            if folded[found.start()] in CLOSERS:
                self._at = self._finder.end(found.start(), is_fresh=is_fresh) or found.end()
                continue
            mark = mark_at(self._source, found.start(), found.end(), is_fresh=is_fresh)
            self._at = found.end()
            problem = None if mark is None else self._take_text(mark.start) or self._take_option(mark)
            if problem is not None:
                return problem
        return self._take_text(len(folded)) or conflict_among(self._given, self.options, self._source)

    def _go_on_at(self, at: int) -> None:
        """Text begins at `at`, with nothing before it that it could be a part of."""
        self._text_start = self._fresh_at = self._at = at

    def _take_text(self, end: int) -> Problem | None:
        """Keep the text since the last option: as words, or as what `--no` is to leave out."""
        text = self._source.clean[self._text_start : end]
        if self._avoiding is None:
            self.pieces.append(text)
            return None
        mark, self._avoiding = self._avoiding, None
        things = _things_to_avoid(text)
        self.avoid += things
        return None if things else self._missing_value(mark, OPTIONS[OptionName.AVOID].example)

    def _take_option(self, mark: Mark) -> Problem | None:
        if mark.kind is None:
            suggestion = suggested_option(mark.name)
            return self._problem(ProblemCode.UNKNOWN_OPTION, mark.start, mark.end, suggestion)
        match mark.kind.ability:
            case Ability.NEVER:
                end = _SEED.match(self._source.folded, mark.end)
                return self._problem(ProblemCode.NO_SEEDS, mark.start, mark.end if end is None else end.end())
            case Ability.NOT_YET:
                return self._problem(ProblemCode.NOT_YET, mark.start, mark.end)
            case Ability.WORKS:
                return self._take_working(mark, mark.kind)
            case _:
                assert_never(mark.kind.ability)

    def _take_working(self, mark: Mark, kind: OptionKind) -> Problem | None:
        match kind.takes:
            case Takes.NOTHING:
                return self._take_flag(mark, kind)
            case Takes.ONE_WORD:
                return self._take_valued(mark, kind)
            case Takes.WORDS:
                self._avoiding = mark
                self._go_on_at(self._after_gap(mark))
                return None
            case _:
                assert_never(kind.takes)

    def _take_flag(self, mark: Mark, kind: OptionKind) -> Problem | None:
        if self._source.folded.startswith("=", mark.end):
            word = self._word(mark)
            end = mark.end + 1 if word is None else word.end
            return self._problem(ProblemCode.BAD_VALUE, mark.start, end, f"--{kind.name.value}")
        problem = self._note(kind.name, mark.start, mark.end)
        if kind.name is OptionName.DRAFT:
            self.options = replace(self.options, is_draft=True)
        else:
            self.options = replace(self.options, is_transparent=True)
        return problem

    def _take_valued(self, mark: Mark, kind: OptionKind) -> Problem | None:
        word = self._word(mark)
        if word is None:
            return self._missing_value(mark, kind.example)
        problem = self._note(kind.name, mark.start, word.end)
        if problem is not None:
            return problem
        value = _READERS[kind.name](word.text)
        if isinstance(value, BadValue):
            end = word.start + len(word.text)
            return self._problem(value.code, word.start, end, value.suggestion)
        self.options = _with_value(self.options, value)
        return None

    def _note(self, name: OptionName, start: int, end: int) -> Problem | None:
        """Remember where an option stood; twice the same is a problem."""
        self._go_on_at(end)
        earlier = self._given.get(name)
        if earlier is not None:
            first = shortened(self._source.clean[earlier.start : earlier.end])
            return replace(self._problem(ProblemCode.REPEATED, start, end), other=first)
        self._given[name] = Given(start, end)
        return None

    def _word(self, mark: Mark) -> _Word | None:
        """Find the one word after an option's name; a full stop behind it belongs to the sentence."""
        folded = self._source.folded
        start = self._after_gap(mark)
        if start == mark.end and not mark.is_short and folded[start : start + 1].isascii():
            return None
        found = _VALUE.match(folded, start) or _FOREIGN_VALUE.match(folded, start)
        if found is None:
            return None
        return _Word(start, found.end(), found.group().rstrip(".!?:") or found.group())

    def _after_gap(self, mark: Mark) -> int:
        gap = _GAP.match(self._source.folded, mark.end)
        return mark.end if gap is None else gap.end()

    def _missing_value(self, mark: Mark, example: str) -> Problem:
        suggestion = f"{self._source.clean[mark.start : mark.end]} {example}"
        return self._problem(ProblemCode.MISSING_VALUE, mark.start, mark.end, suggestion)

    def _problem(self, code: ProblemCode, start: int, end: int, suggestion: str | None = None) -> Problem:
        subject = shortened(self._source.clean[start:end])
        return Problem(code, self._source.span(start, end), subject, suggestion)


def _with_value(options: Options, value: Value) -> Options:
    match value:
        case Ratio():
            return replace(options, ratio=value)
        case Tier():
            return replace(options, tier=value)
        case Size():
            return replace(options, exact_size=value)
        case Quality():
            return replace(options, quality=value)
        case OutputFormat():
            return replace(options, output_format=value)
        case int():
            return replace(options, count=value)
        case _:
            assert_never(value)


def _things_to_avoid(text: str) -> tuple[str, ...]:
    """Part `--no text, "a, b"` at commas outside quotes; stray quotation marks are left out."""
    tidy = without_stray_marks(text)
    ends = [(found.start(), found.end()) for found in _AVOID_SEPARATOR.finditer(without_quotations(tidy))]
    starts = (0, *(end for _, end in ends))
    stops = (*(start for start, _ in ends), len(tidy))
    things = (" ".join(tidy[start:stop].split()) for start, stop in zip(starts, stops, strict=True))
    return tuple(thing for thing in things if thing)

"""Short replies compared as people mean them: without case, accents, and punctuation at the end.

Owns what is left of a phrase before it is looked up, and how a version is named. Must never see the text of a
prompt, which keeps every character.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from typing import TYPE_CHECKING, Final

from core.domain.ids import Letter
from core.domain.prompt.directive_words import PAIR_WORDS, VERSION_ENDINGS, VERSION_NAMES
from core.domain.prompt.model import Target
from core.domain.prompt.received import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_PHRASE: Final = 80
"""A longer reply, in code points, is never a directive's word."""

_ACCENTS: Final = re.compile("[\u0300-\u036f\u064b-\u0652\u0640]")
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_ALEFS: Final = str.maketrans("أإآٱ", "اااا")
_AT_THE_END: Final = frozenset(".!?…,;:)。、،؛؟¿¡~·\"'`*_ ")


def plain(text: str) -> str:
    """Reduce a short text to what is compared: `¡Rückgängig!!` is `ruckgangig`.

    Case, accents, vowel signs, invisible marks, width and alef forms do not count, nor do punctuation and
    emoji at the end. Longer texts than LONGEST_PHRASE come back empty: they are never compared.
    """
    if len(text) > LONGEST_PHRASE:
        return ""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", fold(text)).casefold())
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", _INVISIBLE.sub("", decomposed)))
    return " ".join(_without_ending(bare.translate(_ALEFS)).split()).lstrip("¿¡ ")


def _without_ending(text: str) -> str:
    end = len(text)
    while end and (text[end - 1] in _AT_THE_END or text[end - 1].isspace() or _is_emoji(text[end - 1])):
        end -= 1
    return text[:end]


def _is_emoji(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk"}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


def _version_pattern(names: Iterable[str]) -> str:
    """A version's name, number and maybe letter, as two groups."""
    return rf"(?:{_any_of(names)})\s?([0-9]{{1,6}})\s?(?:{_any_of(VERSION_ENDINGS)})?\s?([a-h])?"


_VERSION: Final = _version_pattern(map(plain, VERSION_NAMES))
_WHOLE_VERSION: Final = re.compile(_VERSION)
_TWO_VERSIONS: Final = re.compile(
    rf"{_VERSION}(?:[\s,&+/-]*(?:{_any_of(map(plain, PAIR_WORDS))})?[\s,&+/-]*{_VERSION})?"
)
_VERSION_BEFORE_EDIT: Final = re.compile(
    rf"\s*{_version_pattern(chain(VERSION_NAMES, map(plain, VERSION_NAMES)))}\s*:\s*(?=\S)", re.IGNORECASE
)


def target_from(phrase: str) -> Target | None:
    """Read a plain phrase that names a version and nothing else: `v2`, `version 2 b`, `第2版`."""
    found = _WHOLE_VERSION.fullmatch(phrase)
    return None if found is None else _target(found[1], found[2])


def targets_from(phrase: str) -> tuple[Target, Target | None] | None:
    """Read a plain phrase that names one version or two: `v1 v3`, `v1 and v3`, `v1とv3`."""
    found = _TWO_VERSIONS.fullmatch(phrase)
    if found is None:
        return None
    return _target(found[1], found[2]), None if found[3] is None else _target(found[3], found[4])


def target_before(folded: str) -> tuple[Target, int] | None:
    """Read the version that an edit names first (`v2: make the sky green`), and where its words begin."""
    found = _VERSION_BEFORE_EDIT.match(folded)
    return None if found is None else (_target(found[1], found[2]), found.end())


def _target(number: str, letter: str | None) -> Target:
    return Target(int(number), None if letter is None else Letter(letter.lower()))

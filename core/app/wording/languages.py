"""Which languages there are, and which one a locale means.

Owns the list. A locale is the platform's tag: `zh-TW`, `pt-BR`, `es-419`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.arabic import SENTENCES as ARABIC
from core.app.wording.chinese_simplified import SENTENCES as CHINESE_SIMPLIFIED
from core.app.wording.chinese_traditional import SENTENCES as CHINESE_TRADITIONAL
from core.app.wording.english import SENTENCES as ENGLISH
from core.app.wording.french import SENTENCES as FRENCH
from core.app.wording.german import SENTENCES as GERMAN
from core.app.wording.japanese import SENTENCES as JAPANESE
from core.app.wording.korean import SENTENCES as KOREAN
from core.app.wording.portuguese import SENTENCES as PORTUGUESE
from core.app.wording.spanish import SENTENCES as SPANISH

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": ENGLISH,
        "zh-Hans": CHINESE_SIMPLIFIED,
        "zh-Hant": CHINESE_TRADITIONAL,
        "ja": JAPANESE,
        "ko": KOREAN,
        "es": SPANISH,
        "de": GERMAN,
        "fr": FRENCH,
        "pt": PORTUGUESE,
        "ar": ARABIC,
    }
)
"""Every language by its tag, with its sentences."""

# What a Chinese tag says of its script, the script's own name before the region.
_SCRIPTS: Final[Mapping[str, str]] = MappingProxyType(
    {"hans": "zh-Hans", "hant": "zh-Hant", "tw": "zh-Hant", "hk": "zh-Hant", "mo": "zh-Hant"}
)
_CHINESE: Final[Mapping[str, str]] = MappingProxyType({"zh": "zh-Hans", "cmn": "zh-Hans", "yue": "zh-Hant"})


RIGHT_TO_LEFT: Final = frozenset({"ar"})
"""Those that are written from right to left."""


def is_spoken(locale: str) -> bool:
    """Whether there are sentences in that locale's own language, and not only English instead."""
    return language_of(locale) != "en" or locale.partition("-")[0].partition("_")[0].lower() == "en"


def language_of(locale: str) -> str:
    """Find the language that a locale means: `zh-TW` is `zh-Hant`, `pt-BR` is `pt`; unknown ones are `en`.

    Case does not count, `_` is as good as `-`, and what Unix adds (`de_DE.UTF-8@euro`) is left out.
    """
    tag = locale.partition(".")[0].partition("@")[0].strip().replace("_", "-").lower()
    language, *subtags = tag.split("-")
    if language in _CHINESE:
        return next((_SCRIPTS[one] for one in subtags if one in _SCRIPTS), _CHINESE[language])
    return language if language in CATALOGUES else "en"

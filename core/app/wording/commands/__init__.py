"""What stands on a platform's own commands and menus, in every language: names, descriptions, choices.

Owns these texts; they are apart from the others because a platform is told them once, before anybody asks
anything. Names are one word in small letters, at most 32; descriptions have at most 100 characters (Discord,
2026-08). `/imagine` is called so in every language: people know it by that name, and every text speaks of it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.commands.arabic import TEXTS as ARABIC
from core.app.wording.commands.chinese_simplified import TEXTS as CHINESE_SIMPLIFIED
from core.app.wording.commands.chinese_traditional import TEXTS as CHINESE_TRADITIONAL
from core.app.wording.commands.english import TEXTS as ENGLISH
from core.app.wording.commands.french import TEXTS as FRENCH
from core.app.wording.commands.german import TEXTS as GERMAN
from core.app.wording.commands.japanese import TEXTS as JAPANESE
from core.app.wording.commands.korean import TEXTS as KOREAN
from core.app.wording.commands.portuguese import TEXTS as PORTUGUESE
from core.app.wording.commands.spanish import TEXTS as SPANISH

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
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
"""By language; each has all of them."""

"""The texts of commands in Discord's languages. Pure.

Owns which of Discord's locales gets which of our languages. The default language stands under its own key
too, because a locale without one falls back to a related locale before it falls back to the default
(Discord, 2026-08). discord.py 2.7.1 knows no Arabic, Discord does; so payloads are written here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from core.app.wording.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en-US": "en",
        "en-GB": "en",
        "zh-CN": "zh-Hans",
        "zh-TW": "zh-Hant",
        "ja": "ja",
        "ko": "ko",
        "es-ES": "es",
        "es-419": "es",
        "de": "de",
        "fr": "fr",
        "pt-BR": "pt",
        "ar": "ar",
    }
)
"""Discord's locales, and the language of ours that each is given."""


def localised(key: str, code: str, *, suffix: str = "") -> dict[str, Any]:
    """A text under that key, and the same in every language beside it."""
    texts = {locale: f"{COMMANDS[language][code]}{suffix}" for locale, language in LOCALES.items()}
    return {key: texts["en-US"], f"{key}_localizations": texts}

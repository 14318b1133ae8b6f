"""What stands on the web page itself, in every language: buttons, hints, what its API refuses.

Owns these texts; they are apart from the others because the page says them by itself, most of them without
asking the server. `page_…` is handed to the page with the page, `refused_…` is said by its API. What both of
them and a platform say is not written twice: `handed_over.py` lists what the page is given of the others.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.page.arabic import TEXTS as ARABIC
from core.app.wording.page.chinese_simplified import TEXTS as CHINESE_SIMPLIFIED
from core.app.wording.page.chinese_traditional import TEXTS as CHINESE_TRADITIONAL
from core.app.wording.page.english import TEXTS as ENGLISH
from core.app.wording.page.examples import EXAMPLES
from core.app.wording.page.french import TEXTS as FRENCH
from core.app.wording.page.german import TEXTS as GERMAN
from core.app.wording.page.japanese import TEXTS as JAPANESE
from core.app.wording.page.korean import TEXTS as KOREAN
from core.app.wording.page.portuguese import TEXTS as PORTUGUESE
from core.app.wording.page.spanish import TEXTS as SPANISH

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EXAMPLES", "PAGE"]

PAGE: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
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

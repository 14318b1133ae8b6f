"""The words that the web page needs at hand, in one visitor's language.

Owns which they are. The page fills their values in by itself; a sentence that counts comes with its variant
for one, where the language has it.
"""

from __future__ import annotations

from typing import Final

from core.app.wording import template
from core.app.wording.languages import language_of
from core.app.wording.page import PAGE
from core.domain.quota import Period, ScopeKind

_SAID_ELSEWHERE_TOO: Final = (
    "about_gallery",
    "about_help",
    "about_imagine",
    "about_quota",
    "about_usage",
    "button_edit",
    "caption_ai",
    "caption_seconds",
    "refused_picture_too_large",
    *(f"whose_{scope}_{period}" for scope in ScopeKind for period in Period),
)


def page_words(locale: str) -> dict[str, str]:
    """All of them by their names, values not filled in."""
    own = {code for code in PAGE[language_of(locale)] if code.startswith("page_")}
    return {code: template(code, locale) for code in sorted(own.union(_SAID_ELSEWHERE_TOO))}

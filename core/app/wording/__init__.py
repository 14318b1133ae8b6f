"""Every sentence a person can read, in one place per language.

Owns the filling in of values. A language that lacks a sentence falls back to English; a test lists what is
missing where. Must never take a value for a template: what people wrote is shown, not interpreted.
"""

from __future__ import annotations

from core.app.wording import english
from core.app.wording.amounts import dollars, megabytes
from core.app.wording.commands import COMMANDS
from core.app.wording.cutting import shorten
from core.app.wording.direction import contained, side_by_side
from core.app.wording.forms import FORMS
from core.app.wording.languages import CATALOGUES, language_of
from core.app.wording.moments import moment
from core.app.wording.page import PAGE
from core.app.wording.plurals import numbered

__all__ = [
    "dollars",
    "has_sentence",
    "language_of",
    "megabytes",
    "moment",
    "sentence",
    "shorten",
    "side_by_side",
    "template",
]


def template(code: str, locale: str) -> str:
    """Find the sentence before its values are filled in, in English where the language has none."""
    return _template((code,), locale)


def has_sentence(code: str) -> bool:
    """Whether there is a sentence of that name."""
    return any(
        code in catalogue for catalogue in (english.SENTENCES, FORMS["en"], COMMANDS["en"], PAGE["en"])
    )


def sentence(code: str, locale: str, /, **values: str | int) -> str:
    """Fill the sentence's values in; one that is missing shows as nothing rather than as a fault.

    Each value goes in once and as it is: braces in it mean nothing. Where the sentence counts, its variant
    for that number is taken.
    """
    shown = {
        name: contained(value) if isinstance(value, str) else str(value) for name, value in values.items()
    }
    return _template((numbered(code, values), code), locale).format_map(_Lenient({"code": code, **shown}))


def _template(codes: tuple[str, ...], locale: str) -> str:
    """Take the first of the names that there is: the language's own before English."""
    language = language_of(locale)
    own = CATALOGUES[language]
    others = (FORMS.get(language, {}), COMMANDS[language], PAGE[language], english.SENTENCES, FORMS["en"])
    for catalogue in (own, *others):
        for code in codes:
            if code in catalogue:
                return catalogue[code]
    return own["unknown"]


class _Lenient(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""

"""What words to the bot about itself ask for: `quota`, `usage 7`, `settings`.

Owns the reading of what follows such a command. A word that is not known is a problem with the nearest one.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.domain.prompt.directives import spoken
from core.domain.prompt.model import (
    Forget,
    Gallery,
    Help,
    Problem,
    ProblemCode,
    Quota,
    Service,
    Settings,
    Usage,
)
from core.domain.prompt.phrases import plain
from core.domain.prompt.received import receive
from core.domain.prompt.service_words import DAY_WORDS, SERVICE_SYNONYMS, ServiceWord
from core.domain.prompt.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.domain.prompt.received import Received

USUAL_DAYS: Final = 30
MOST_DAYS: Final = 366
"""How far back `usage` looks, a leap year at most."""

_LONGEST_SUBJECT: Final = 40

_MEANINGS: Final[Mapping[ServiceWord, Service]] = MappingProxyType(
    {
        ServiceWord.USAGE: Usage(USUAL_DAYS),
        ServiceWord.GALLERY: Gallery(),
        ServiceWord.SETTINGS: Settings(),
    }
)
_WORDS: Final[Mapping[str, ServiceWord]] = MappingProxyType(
    {
        plain(phrase): word
        for language in SERVICE_SYNONYMS.values()
        for word, phrases in language.items()
        for phrase in phrases
    }
)
_NAMES: Final = ("quota", "usage", "history", "settings", "help")
"""What is offered to who mistypes a word, in the spelling that works everywhere."""

_UNITS: Final = "|".join(sorted(map(plain, DAY_WORDS), key=len, reverse=True))
_DAYS: Final = re.compile(rf"(?P<word>\D+?)\s*(?P<days>[0-9]{{1,9}})\s*(?:{_UNITS})?")


def parse_service(text: str) -> Service | Problem:
    """Read words to the bot about itself; none at all ask for help."""
    source = receive(text)
    phrase = plain(source.clean.strip())
    if not source.clean.strip():
        return Help()
    return _known(phrase) or _usage(phrase, source) or _unknown(phrase, source)


def _known(phrase: str) -> Service | None:
    word = _WORDS.get(phrase)
    if word is not None:
        return _MEANINGS[word]
    # Words that replies in a thread have too: the same words mean the same everywhere.
    shared = spoken(phrase)
    return shared if isinstance(shared, Quota | Help | Forget) else None


def _usage(phrase: str, source: Received) -> Usage | Problem | None:
    found = _DAYS.fullmatch(phrase)
    if found is None or _WORDS.get(found["word"].strip()) is not ServiceWord.USAGE:
        return None
    days = int(found["days"])
    if not 1 <= days <= MOST_DAYS:
        span = source.span(0, len(source.clean))
        return Problem(ProblemCode.BAD_DAYS, span, subject=found["days"], suggestion=str(USUAL_DAYS))
    return Usage(days)


def _unknown(phrase: str, source: Received) -> Problem:
    first = phrase.split(maxsplit=1)[0] if phrase else ""
    subject = source.clean.strip()
    shown = subject if len(subject) <= _LONGEST_SUBJECT else f"{subject[: _LONGEST_SUBJECT - 1]}…"
    span = source.span(0, len(source.clean))
    return Problem(ProblemCode.UNKNOWN_SERVICE, span, subject=shown, suggestion=nearest(first, _NAMES))

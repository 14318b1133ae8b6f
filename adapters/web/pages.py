"""The two pages, in their visitor's language.

Owns what is filled into the files in `static/`: names in double braces. Everything the page says later by
itself comes with it, as data. Must never learn who the visitor is.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.responses import HTMLResponse

from adapters.web.memory import STUDIO
from core.app.wording import language_of, sentence
from core.app.wording.handed_over import page_words
from core.app.wording.languages import RIGHT_TO_LEFT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

STATIC: Final = Path(__file__).parent / "static"
FRESH: Final = {"Cache-Control": "no-cache"}

_HEADERS: Final = FRESH | {"Vary": "Accept-Language"}
_GAP: Final = re.compile(r"\{\{(\w+)\}\}")
_INSIDE_SCRIPT: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""What could end the script that holds the words, as JSON spells it otherwise."""

_PROBLEMS: Final = frozenset({"wrong_password", "too_many_tries"})
"""Why the form of the password came back: the only words that are taken from its address."""


class Pages:
    """Reads the files once and fills them in for whoever comes."""

    def __init__(self) -> None:
        """Read them."""
        self._index = (STATIC / "index.html").read_text("utf-8")
        self._login = (STATIC / "login.html").read_text("utf-8")

    def index(self, locale: str) -> Response:
        """The page."""
        return _filled(self._index, locale, {"words": _as_data(page_words(locale))})

    def login(self, locale: str, problem: str) -> Response:
        """The form of the password, with the reason why it came back, where there is one."""
        why = sentence(f"refused_{problem}", locale) if problem in _PROBLEMS else ""
        return _filled(self._login, locale, {"problem": html.escape(why)})


def _filled(page: str, locale: str, more: Mapping[str, str]) -> Response:
    language = language_of(locale)
    given = {"lang": language, "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr", **more}

    def value(gap: re.Match[str]) -> str:
        name = gap[1]
        return given[name] if name in given else html.escape(sentence(name, locale, channel=STUDIO))

    return HTMLResponse(_GAP.sub(value, page), headers=_HEADERS | {"Content-Language": language})


def _as_data(words: Mapping[str, str]) -> str:
    return json.dumps(words, ensure_ascii=False).translate(_INSIDE_SCRIPT)

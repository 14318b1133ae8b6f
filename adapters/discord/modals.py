"""The forms "New picture" and "Edit this picture", as Discord shows them. Pure.

Owns their fields, which are five at most (Discord, 2026-08); what has none is said in words, as an option.
What the fields may hold comes from the core; what was typed is judged there too. A form knows by itself where
it belongs (`Errand`, in its custom id), so that it can be sent after a restart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from core.app.wording import sentence, shorten
from core.domain.prompt.values import QUALITIES
from core.domain.shape import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Json = dict[str, Any]

MAX_TITLE: Final = 45
MAX_LABEL: Final = 45
MAX_HINT: Final = 100
MAX_WORDS: Final = 4000
MAX_FILES: Final = 10
"""Discord's (2026-08): letters of a title, a label and what stands below it; of a text; files of a field."""

RATIOS: Final = ("1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9", "3:1")
LABEL, TEXT_INPUT, CHOICE, FILES = 18, 4, 3, 19
_LINE, _LINES = 1, 2
_ERRAND: Final = re.compile(r"v\d+:(?:edit:(?P<subject>[^:]*)|new):(?P<message>\d{1,20})?", re.ASCII)


class Field(StrEnum):
    """The fields, by their custom ids."""

    WORDS = "words"
    RATIO = "ratio"
    SIZE = "size"
    QUALITY = "quality"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Errand:
    """What a form is for. `subject` names the version that is edited (`v3b`); None makes a new picture.

    `message` is where that version is shown, or whose pictures a new one starts from; empty for none.
    """

    message: str = ""
    subject: str | None = None

    @property
    def custom_id(self) -> str:
        """As a form carries it: at most 100 letters, read by every later version."""
        what = "new" if self.subject is None else f"edit:{self.subject}"
        return f"v1:{what}:{self.message}"


def read_errand(custom_id: str) -> Errand | None:
    """What a form is for, or None for something that we did not write."""
    found = _ERRAND.fullmatch(custom_id)
    return None if found is None else Errand(found["message"] or "", found["subject"])


def picture_form(errand: Errand, locale: str) -> Json:
    """The form for a new picture, or for an edit where the errand names a version."""
    is_edit = errand.subject is not None
    hint = sentence("form_words_edit" if is_edit else "form_words_new", locale)
    words = text_input(Field.WORDS, is_long=True, is_required=not is_edit, hint=hint, most=MAX_WORDS)
    files = {
        "type": FILES,
        "custom_id": Field.FILES.value,
        "min_values": 0,
        "max_values": MAX_FILES,
        "required": False,
    }
    fields = [
        labelled(sentence("form_change" if is_edit else "form_words", locale), words),
        _list(Field.RATIO, locale, [(one, one) for one in RATIOS]),
        _list(Field.SIZE, locale, [(one.value, one.value.upper()) for one in Tier]),
        _list(Field.QUALITY, locale, [(one, sentence(f"quality_{one}", locale)) for one in QUALITIES]),
        labelled(sentence("form_files", locale), files),
    ]
    return form(errand.custom_id, sentence("form_edit" if is_edit else "form_new", locale), fields)


def form(custom_id: str, title: str, fields: Sequence[Json]) -> Json:
    """A form with these fields."""
    return {"custom_id": custom_id, "title": shorten(title, MAX_TITLE), "components": list(fields)}


def labelled(label: str, field: Json, *, hint: str = "") -> Json:
    """A field with what stands above and below it."""
    below = {"description": shorten(hint, MAX_HINT)} if hint else {}
    return {"type": LABEL, "label": shorten(label, MAX_LABEL), **below, "component": field}


def text_input(  # noqa: PLR0913 - what Discord's text field has
    name: str, *, is_required: bool, is_long: bool = False, hint: str = "", value: str = "", most: int = 100
) -> Json:
    """A field to type into."""
    return {
        "type": TEXT_INPUT,
        "custom_id": str(name),
        "style": _LINES if is_long else _LINE,
        "required": is_required,
        "max_length": most,
        **({"placeholder": shorten(hint, MAX_HINT)} if hint else {}),
        **({"value": value} if value else {}),
    }


def choice(
    name: str,
    entries: Iterable[tuple[str, str]],
    *,
    chosen: str = "",
    hint: str = "",
    is_required: bool = False,
) -> Json:
    """A list to choose one entry from."""
    options = [
        {"value": value, "label": shorten(label, MAX_HINT), **({"default": True} if value == chosen else {})}
        for value, label in entries
    ]
    return {
        "type": CHOICE,
        "custom_id": str(name),
        "options": options,
        "min_values": 1 if is_required else 0,
        "max_values": 1,
        "required": is_required,
        **({"placeholder": shorten(hint, MAX_HINT)} if hint else {}),
    }


def _list(name: Field, locale: str, entries: Iterable[tuple[str, str]]) -> Json:
    usual = sentence("form_unchanged", locale)
    return labelled(sentence(f"form_{name.value}", locale), choice(name, entries, hint=usual))

"""The rules of forms.

A title, one to five labels, what may stand in a label; and reading a submitted form's values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.bits import Part
from tests.fakes.discord_server.components import (
    MOST_LETTERS,
    SELECTS,
    check_ids,
    check_options,
    check_select,
    spread,
    walk,
)
from tests.fakes.discord_server.refusals import at_most, between, invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.discord_server.world import Json

TOP = frozenset({Part.ROW, Part.TEXT_DISPLAY, Part.LABEL})
IN_LABEL = SELECTS | {
    Part.TEXT_INPUT,
    Part.FILE_UPLOAD,
    Part.RADIO_GROUP,
    Part.CHECKBOX_GROUP,
    Part.CHECKBOX,
}


def check_modal(modal: Json) -> None:
    """Refuse with 50035 a form that Discord would not open."""
    between("data.title", str(modal.get("title", "")), 1, 45)
    between("data.custom_id", str(modal.get("custom_id", "")), 1, 100)
    components = modal.get("components") or []
    if not 1 <= len(components) <= 5:
        invalid("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    for index, component in enumerate(components):
        path = f"data.components.{index}"
        if component.get("type") not in TOP:
            invalid(f"{path}.type", "UNION_TYPE_CHOICES", "A form holds labels, text displays and rows.")
        if component["type"] == Part.LABEL:
            _check_label(path, component)
        elif component["type"] == Part.ROW:
            _check_row(path, component)
        else:
            between(f"{path}.content", str(component.get("content", "")), 1, MOST_LETTERS)
    everything = list(walk(components, "data.components"))
    for path, component in everything:
        if check := CHECKS.get(component["type"]):
            check(path, component)
    check_ids(everything)


def _check_label(path: str, label: Json) -> None:
    between(f"{path}.label", str(label.get("label", "")), 1, 45)
    at_most(f"{path}.description", label.get("description") or "", 100)
    if (label.get("component") or {}).get("type") not in IN_LABEL:
        invalid(f"{path}.component", "UNION_TYPE_CHOICES", "A label holds one input.")


def _check_row(path: str, row: Json) -> None:
    inner = row.get("components") or []
    if len(inner) != 1 or inner[0].get("type") != Part.TEXT_INPUT:
        invalid(f"{path}.components", "BASE_TYPE_BAD_LENGTH", "A row in a form holds one text input.")
    between(f"{path}.components.0.label", str(inner[0].get("label") or ""), 1, 45)


def _check_text_input(path: str, text: Json) -> None:
    if text.get("style") not in {1, 2}:
        invalid(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of (1, 2).")
    at_most(f"{path}.placeholder", text.get("placeholder") or "", 100)
    at_most(f"{path}.value", text.get("value") or "", text.get("max_length") or 4000)
    if not 0 <= (text.get("min_length") or 0) <= 4000 or not 1 <= (text.get("max_length") or 4000) <= 4000:
        invalid(f"{path}.max_length", "NUMBER_TYPE_MAX", "Lengths lie in 0 to 4000.")


def _check_upload(path: str, upload: Json) -> None:
    low, high = spread(upload)
    if not (0 <= low <= 10 and 1 <= high <= 10 and low <= high):
        invalid(f"{path}.max_values", "NUMBER_TYPE_MAX", "min_values and max_values lie in 0 to 10.")


def _check_group(most: int, least: int) -> Callable[[str, Json], None]:
    def check(path: str, group: Json) -> None:
        options = group.get("options") or []
        if not least <= len(options) <= most:
            invalid(
                f"{path}.options", "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."
            )
        check_options(path, options)

    return check


CHECKS: dict[int, Callable[[str, Json], None]] = {
    Part.TEXT_INPUT: _check_text_input,
    Part.FILE_UPLOAD: _check_upload,
    Part.RADIO_GROUP: _check_group(10, 2),
    Part.CHECKBOX_GROUP: _check_group(10, 1),
    **dict.fromkeys(SELECTS, check_select),
}

"""What stands in the fields of a form that was sent, and what is wrong with one of them. Pure.

Owns how Slack writes that down. Must never learn what a field is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from adapters.platforms.payload import inner, text

if TYPE_CHECKING:
    from adapters.platforms.payload import Payload

NOTHING: Final = "-"
"""The value of a list's entry that chooses nothing; Slack takes no empty one."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with a field, by its name and the name of the sentence."""

    field: str
    code: str


class Values:
    """The fields of one view. Each block has one field, and both have the same name."""

    def __init__(self, view: Payload) -> None:
        self._values = inner(inner(view, "state"), "values")

    def found(self, field: str) -> Payload:
        """The field as Slack sends it."""
        return inner(inner(self._values, field), field)

    def picked(self, field: str, key: str) -> str:
        """The person or place that was picked; `key` is Slack's name of what holds it."""
        return text(self.found(field), key)

    def typed(self, field: str) -> str:
        """What was typed."""
        return text(self.found(field), "value").strip()

    def chosen(self, field: str) -> str | None:
        """What was chosen from a list, or None where nothing was."""
        value = text(inner(self.found(field), "selected_option"), "value")
        return value if value not in {"", NOTHING} else None

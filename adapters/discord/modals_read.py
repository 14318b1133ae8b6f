"""A form that was sent, into its values; a message's menu, into what it opens. Pure.

Owns how Discord writes down what stands in fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.discord.modals import Field
from adapters.discord.read import attachments_of, press_of
from adapters.discord.words import words_typed
from adapters.platforms.payload import Payload, inner, objects, text, texts
from core.domain.prompt.chosen import Chosen, with_chosen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adapters.discord.asked import Asked
    from core.app.inbound import Attachment, Press
    from core.domain.card import Act


def components(payload: Payload) -> Iterator[Payload]:
    """Every component of a message or a form, and those within others, from top to bottom."""
    for key in ("components", "component", "accessory"):
        found = [inner(payload, key)] if key != "components" else objects(payload, key)
        for one in found:
            if one:
                yield one
                yield from components(one)


class Values:
    """What stands in a form's fields."""

    def __init__(self, asked: Asked) -> None:
        self._fields = {
            text(one, "custom_id"): one for one in components(asked.data) if text(one, "custom_id")
        }
        self._resolved = inner(asked.data, "resolved")

    def typed(self, name: str) -> str:
        """What was typed."""
        return text(self._fields.get(name, {}), "value").strip()

    def several(self, name: str) -> tuple[str, ...]:
        """What was chosen from a list."""
        return texts(self._fields.get(name, {}), "values")

    def chosen(self, name: str) -> str | None:
        """The one entry that was chosen, or None."""
        return next(iter(self.several(name)), None)

    def files(self, name: str) -> tuple[Attachment, ...]:
        """What was uploaded, in the order in which it was added."""
        files = inner(self._resolved, "attachments")
        return attachments_of(inner(files, one) for one in self.several(name))

    def kind_of(self, one: str) -> str:
        """Whether an id that was chosen among people and roles is a member's or a role's."""
        return "role" if one in inner(self._resolved, "roles") else "member"


def words_of_form(values: Values) -> str:
    """The wish of a form for a picture, with what was chosen beside it."""
    chosen = Chosen(
        ratio=values.chosen(Field.RATIO),
        size=values.chosen(Field.SIZE),
        quality=values.chosen(Field.QUALITY),
    )
    return with_chosen(words_typed(values.typed(Field.WORDS)), chosen)


def target_of(asked: Asked) -> Payload:
    """The message in whose menu something was chosen."""
    messages = inner(inner(asked.data, "resolved"), "messages")
    return inner(messages, text(asked.data, "target_id"))


def press_in(message: Payload, act: Act) -> Press | None:
    """The button of that act on a message, or the entry of a menu."""
    names = (
        text(one, key)
        for part in components(message)
        for one, key in ((part, "custom_id"), *((option, "value") for option in objects(part, "options")))
    )
    return next((press for name in names if (press := press_of(name)) is not None and press.act is act), None)


def pictures_in(message: Payload) -> tuple[Attachment, ...]:
    """The pictures of a message. What is no picture after all, the core says when it has looked."""
    files = [
        one
        for one in objects(message, "attachments")
        if text(one, "content_type").partition("/")[0] in {"", "image"}
    ]
    return attachments_of(files, channel=text(message, "channel_id"), message=text(message, "id"))

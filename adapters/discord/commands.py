"""The commands and menus, as Discord is told them. Pure.

Owns the one table from which they are registered and by which they are heard. Texts in all languages stand in
the wording. Limits are Discord's (2026-08): names 32, descriptions 100, 25 options, 8000 letters a command.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, Final

from adapters.discord.localisation import localised
from core.domain.generation import OutputFormat
from core.domain.prompt.values import MAX_COUNT, QUALITIES
from core.domain.shape import Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = dict[str, Any]

MAX_WORDS: Final = 6000
"""Characters of a text option. The most that Discord takes anywhere."""

IMAGES: Final = 4


class Type(IntEnum):
    """Kinds of options."""

    SUBCOMMAND = 1
    TEXT = 3
    NUMBER = 4
    FILE = 11


class Command(StrEnum):
    """The commands, by their names."""

    IMAGINE = "imagine"
    EDIT = "edit"
    QUOTA = "quota"
    GALLERY = "gallery"
    SETTINGS = "settings"
    HELP = "help"
    FORGET = "forget"


class Menu(StrEnum):
    """The entries in the menu of a message, by their names."""

    EDIT = "Edit this picture"
    REFERENCE = "Use as reference"
    WHY = "Why does it look so?"


class Setting(StrEnum):
    """What can be done with settings: the subcommands of `/settings`."""

    SHOW = "show"
    USAGE = "usage"
    LIMIT = "limit"
    MORE = "more"
    SERVER = "server"


SERVICES: Final = {
    Command.QUOTA: "quota",
    Command.GALLERY: "history",
    Command.HELP: "help",
}
"""The words to the bot about itself that stand behind a command without options."""

FORGETTABLE: Final = {
    "forget this": "choice_forget_this",
    "forget thread": "choice_forget_thread",
    "forget me": "choice_forget_me",
}

_EVERYWHERE: Final[Json] = {"contexts": [0, 1, 2], "integration_types": [0, 1]}
"""In servers, with the bot alone, and between people; installed by a server or by a person."""

_IN_SERVERS: Final[Json] = {"contexts": [0], "integration_types": [0]}
_CHAT, _OF_MESSAGES = 1, 3


@dataclass(frozen=True, slots=True)
class Option:
    """A typed field of a command. `code` names its texts; `more` is what Discord needs besides."""

    type: Type
    code: str
    more: Json
    name: str = ""

    @property
    def payload(self) -> Json:
        """As Discord is told it."""
        number = self.name.removeprefix(self.code)
        return {
            "type": int(self.type),
            **localised("name", f"name_{self.code}", suffix=number),
            **localised("description", f"about_{self.code}"),
            **self.more,
        }


def _choices(listed: Sequence[tuple[str, str, str]]) -> Json:
    """Choices: the value, the label, and the name of its text where it has one."""
    return {
        "choices": [
            {**(localised("name", code) if code else {"name": label}), "value": value}
            for value, label, code in listed
        ]
    }


def _picture_options() -> list[Option]:
    return [
        Option(Type.TEXT, "aspect", {"autocomplete": True, "max_length": 32}),
        Option(Type.TEXT, "size", _choices([(one.value, one.value.upper(), "") for one in Tier])),
        Option(Type.TEXT, "quality", _choices([(one, "", f"choice_quality_{one}") for one in QUALITIES])),
        Option(Type.NUMBER, "count", {"min_value": 1, "max_value": MAX_COUNT}),
        Option(Type.TEXT, "background", _choices([("transparent", "", "choice_transparent")])),
        Option(Type.TEXT, "format", _choices([(one.value, one.value.upper(), "") for one in OutputFormat])),
        *(Option(Type.FILE, "image", {}, f"image{at}") for at in range(1, IMAGES + 1)),
    ]


def payload() -> list[Json]:
    """All of them, as Discord is told them."""
    return [*(_command(one, options, place) for one, options, place in _table()), *map(_menu, Menu)]


def _table() -> list[tuple[Command, list[Json], Json]]:
    words: Json = {"required": True, "min_length": 1, "max_length": MAX_WORDS}
    version: Json = {"autocomplete": True, "max_length": 16}
    forgettable = _choices([(value, "", code) for value, code in FORGETTABLE.items()])
    pictures = [option.payload for option in _picture_options()]
    return [
        (Command.IMAGINE, [Option(Type.TEXT, "prompt", words).payload, *pictures], _EVERYWHERE),
        (
            Command.EDIT,
            [
                Option(Type.TEXT, "change", words).payload,
                Option(Type.TEXT, "version", version).payload,
                *pictures,
            ],
            _EVERYWHERE,
        ),
        (Command.QUOTA, [], _EVERYWHERE),
        (Command.GALLERY, [], _EVERYWHERE),
        (Command.SETTINGS, [_subcommand(one) for one in Setting], _IN_SERVERS),
        (Command.HELP, [], _EVERYWHERE),
        (Command.FORGET, [Option(Type.TEXT, "what", {"required": True, **forgettable}).payload], _EVERYWHERE),
    ]


def _command(command: Command, options: list[Json], place: Json) -> Json:
    name = (
        {"name": command.value} if command is Command.IMAGINE else localised("name", f"name_{command.value}")
    )
    return {
        "type": _CHAT,
        **name,
        **localised("description", f"about_{command.value}"),
        "options": options,
        **place,
    }


def _subcommand(setting: Setting) -> Json:
    days = Option(Type.NUMBER, "days", {"min_value": 1, "max_value": 366})
    return {
        "type": int(Type.SUBCOMMAND),
        **localised("name", f"name_{setting.value}"),
        **localised("description", f"about_{setting.value}"),
        "options": [days.payload] if setting is Setting.USAGE else [],
    }


def _menu(menu: Menu) -> Json:
    return {"type": _OF_MESSAGES, **localised("name", f"menu_{menu.name.lower()}"), **_EVERYWHERE}


def fingerprint(application: str) -> str:
    """A short name of what that application is told, by which a change is seen."""
    written = json.dumps([application, payload()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()

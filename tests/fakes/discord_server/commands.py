"""Application commands: their limits, and the routes that register them.

Limits of Discord, 2026-08: names 32, descriptions 100, 25 options and choices, 8000 characters a command
counted with each text's longest localisation, 100 + 15 + 15 commands, 200 creations a guild and day.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.fakes.discord_server.bits import Option
from tests.fakes.discord_server.refusals import between, invalid, refuse

if TYPE_CHECKING:
    from tests.fakes.discord_server.asks import Call
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.world import Json

LOCALES = frozenset(
    {
        *(
            "id",
            "da",
            "de",
            "en-GB",
            "en-US",
            "es-ES",
            "es-419",
            "fr",
            "hr",
            "it",
            "lt",
            "hu",
            "nl",
            "no",
            "pl",
        ),
        *("pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja"),
        *("zh-TW", "ko", "ar", "he"),
    }
)
"""As the OpenAPI file of 2026-07 lists them; discord.py 2.7.1 knows neither Arabic nor Hebrew."""
CHAT_INPUT, USER, MESSAGE, ENTRY_POINT = 1, 2, 3, 4
MOST = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15, ENTRY_POINT: 1}
MOST_LETTERS = 8000
MOST_CREATED_A_DAY = 200
NAME = re.compile(r"^[-_'\w]{1,32}$", re.UNICODE)
"""Discord also allows Devanagari and Thai marks, which `\\w` mostly covers."""


def check_commands(commands: list[Json]) -> None:
    """Refuse a whole list of commands that Discord would not take."""
    kinds = Counter(int(command.get("type") or CHAT_INPUT) for command in commands)
    for kind, number in kinds.items():
        if number > MOST[kind]:
            refuse(30032)
    names = Counter((command.get("type") or CHAT_INPUT, command.get("name")) for command in commands)
    for index, command in enumerate(commands):
        if names[command.get("type") or CHAT_INPUT, command.get("name")] > 1:
            told = "Application command names must be unique"
            invalid(f"{index}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", told)
        check_command(command, f"{index}")


def check_command(command: Json, path: str = "") -> None:
    """Refuse one command that Discord would not take."""
    kind = int(command.get("type") or CHAT_INPUT)
    _check_name(command, path, is_slash=kind == CHAT_INPUT)
    if kind == CHAT_INPUT:
        _check_description(command, path)
        _check_options(command.get("options") or [], path)
    elif command.get("description") or command.get("options"):
        invalid(f"{path}.description", "APPLICATION_COMMAND_INVALID_DESCRIPTION", "Menus have none.")
    if letters(command) > MOST_LETTERS:
        told = f"Command exceeds maximum size ({MOST_LETTERS})"
        invalid(path, "APPLICATION_COMMAND_TOO_LARGE", told)


def _check_name(thing: Json, path: str, *, is_slash: bool) -> None:
    names = {"name": thing.get("name"), **_localised(thing, "name", path)}
    for where, name in names.items():
        text = str(name or "")
        between(f"{path}.{where}", text, 1, 32)
        if is_slash and (not NAME.match(text) or text != text.lower()):
            invalid(f"{path}.{where}", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_description(thing: Json, path: str) -> None:
    texts = {"description": thing.get("description"), **_localised(thing, "description", path)}
    for where, text in texts.items():
        between(f"{path}.{where}", str(text or ""), 1, 100)


def _localised(thing: Json, name: str, path: str) -> dict[str, Any]:
    found = thing.get(f"{name}_localizations") or {}
    for locale in found:
        if locale not in LOCALES:
            where = f"{path}.{name}_localizations.{locale}"
            invalid(where, "ENUM_TYPE_COERCE", f'Value "{locale}" is not a valid enum value.')
    return {f"{name}_localizations.{locale}": text for locale, text in found.items()}


def _check_options(options: list[Json], path: str, depth: int = 0) -> None:
    if len(options) > 25:
        invalid(f"{path}.options", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 25 in length.")
    names = [option.get("name") for option in options]
    if len(set(names)) != len(names):
        invalid(f"{path}.options", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique")
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        told = "Required options must be placed before non-required options"
        invalid(f"{path}.options", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", told)
    for index, option in enumerate(options):
        here = f"{path}.options.{index}"
        _check_name(option, here, is_slash=True)
        _check_description(option, here)
        _check_values(option, here)
        if option.get("type") in {Option.SUB_COMMAND, Option.SUB_COMMAND_GROUP}:
            if depth > 1:
                invalid(here, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Groups do not nest.")
            _check_options(option.get("options") or [], here, depth + 1)


def _check_values(option: Json, path: str) -> None:
    choices = option.get("choices") or []
    if len(choices) > 25:
        invalid(f"{path}.choices", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 25 in length.")
    if choices and option.get("autocomplete"):
        told = "Autocomplete and choices exclude each other"
        invalid(f"{path}.autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", told)
    for index, choice in enumerate(choices):
        between(f"{path}.choices.{index}.name", str(choice.get("name") or ""), 1, 100)
        for where, text in _localised(choice, "name", f"{path}.choices.{index}").items():
            between(f"{path}.choices.{index}.{where}", str(text), 1, 100)
        if option.get("type") == Option.STRING:
            between(f"{path}.choices.{index}.value", str(choice.get("value") or ""), 1, 100)
    for name, low, high in (("min_length", 0, 6000), ("max_length", 1, 6000)):
        if option.get(name) is not None and not low <= option[name] <= high:
            invalid(f"{path}.{name}", "NUMBER_TYPE_MAX", f"{name} lies in {low} to {high}.")


def letters(thing: Json) -> int:
    """Characters of a command as Discord counts them: each text by its longest localisation."""
    total = 0
    for name in ("name", "description"):
        texts = [thing.get(name) or "", *(thing.get(f"{name}_localizations") or {}).values()]
        total += max(len(str(text)) for text in texts)
    for choice in thing.get("choices") or []:
        names = [choice.get("name") or "", *(choice.get("name_localizations") or {}).values()]
        total += max(len(str(name)) for name in names) + len(str(choice.get("value", "")))
    return total + sum(letters(option) for option in thing.get("options") or [])


# --- routes ------------------------------------------------------------------------------------------


def _home(discord: Discord, call: Call) -> tuple[int | None, dict[int, Json]]:
    guild_id = call.id("guild_id") if "guild_id" in call.params else None
    if guild_id is not None:
        discord.world.guild(guild_id)
    return guild_id, discord.commands.setdefault(guild_id, {})


def overwrite(discord: Discord, call: Call) -> list[Json]:
    """PUT the whole list; who keeps name and type keeps the id."""
    guild_id, known = _home(discord, call)
    commands: list[Json] = call.body or []
    check_commands(commands)
    ids = {(one["type"], one["name"]): number for number, one in known.items()}
    fresh: dict[int, Json] = {}
    for command in commands:
        number = ids.get((int(command.get("type") or CHAT_INPUT), command["name"]))
        if number is None:
            number = _count_creation(discord)
        fresh[number] = _stored(discord, command, number, guild_id)
    discord.commands[guild_id] = fresh
    return list(fresh.values())


def create(discord: Discord, call: Call) -> Json:
    """POST one command; the same name and type replaces."""
    guild_id, known = _home(discord, call)
    command = call.fields
    others = [one for one in known.values() if one["name"] != command.get("name")]
    check_commands([*others, command])
    number = _count_creation(discord)
    known[number] = _stored(discord, command, number, guild_id)
    return known[number]


def listed(discord: Discord, call: Call) -> list[Json]:
    """GET all commands."""
    return list(_home(discord, call)[1].values())


def change(discord: Discord, call: Call) -> Json:
    """PATCH one command."""
    guild_id, known = _home(discord, call)
    number = call.id("command_id")
    if number not in known:
        refuse(10063)
    merged = known[number] | call.fields
    check_command(merged)
    known[number] = _stored(discord, merged, number, guild_id)
    return known[number]


def one(discord: Discord, call: Call) -> Json:
    """GET one command."""
    return _home(discord, call)[1].get(call.id("command_id")) or refuse(10063)


def remove(discord: Discord, call: Call) -> None:
    """DELETE one command."""
    known = _home(discord, call)[1]
    if known.pop(call.id("command_id"), None) is None:
        refuse(10063)


def _count_creation(discord: Discord) -> int:
    discord.switches.commands_made_today += 1
    if discord.switches.commands_made_today > MOST_CREATED_A_DAY:
        refuse(30034)
    return discord.world.new_id()


def _stored(discord: Discord, command: Json, number: int, guild_id: int | None) -> Json:
    found: Json = {
        "default_member_permissions": None,
        "nsfw": False,
        "contexts": None,
        "dm_permission": True,
        "description": "",
        "options": [],
        **command,
        "id": str(number),
        "application_id": str(discord.world.bot.id),
        "version": str(discord.world.new_id()),
        "type": int(command.get("type") or CHAT_INPUT),
        "integration_types": command.get("integration_types") or [0, 1],
    }
    if found["default_member_permissions"] is not None:
        found["default_member_permissions"] = str(found["default_member_permissions"])
    if guild_id is not None:
        found["guild_id"] = str(guild_id)
    return found

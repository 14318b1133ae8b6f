"""The commands as Discord is told them: in every language within its rules, and heard as they are told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from adapters.discord.commands import Command, Menu, Setting, fingerprint, payload
from adapters.discord.localisation import LOCALES, localised
from adapters.discord.registering import register
from core.app.wording.commands import COMMANDS
from core.app.wording.languages import CATALOGUES
from tests.fakes.discord_server.commands import check_commands, letters
from tests.fakes.discord_server.schema import schema_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.adapters.discord.discord_ears import Ears

MOST_LETTERS = 8000


def things(commands: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Commands, their options and their choices."""
    for one in commands:
        yield one
        yield from things(one.get("options") or [])
        yield from one.get("choices") or []


def test_discord_takes_them_all() -> None:
    """Names, descriptions and lengths keep Discord's rules in every language."""
    check_commands(payload())
    assert all(letters(one) <= MOST_LETTERS for one in payload())


def test_the_published_schema_takes_them(specs_if_there: Path | None) -> None:
    """The same by Discord's own OpenAPI file."""
    if specs_if_there is None:
        pytest.skip("INKTHREAD_SPECS names no folder with schemas")
    schema = schema_at(specs_if_there / "discord" / "openapi.json")
    assert schema.judge("PUT", "/applications/{application_id}/commands", payload()) is None


def test_every_language_is_told() -> None:
    """Each of our languages stands under one of Discord's, the default under its own key too."""
    assert set(LOCALES.values()) == set(CATALOGUES) == set(COMMANDS)
    for one in things(payload()):
        for key in ("name", "description"):
            if f"{key}_localizations" in one:
                assert set(one[f"{key}_localizations"]) == set(LOCALES)
                assert one[f"{key}_localizations"]["en-US"] == one[key]


def test_no_language_lacks_a_text() -> None:
    """Nobody meets an English description."""
    english = COMMANDS["en"]
    for language, texts in COMMANDS.items():
        assert texts.keys() == english.keys(), language
        same = {code for code in texts if code.startswith(("about", "said")) and texts[code] == english[code]}
        assert language == "en" or same == set()


def test_names_within_a_command_differ_in_every_language() -> None:
    """Two options of one name could not be told apart."""
    for command in payload():
        options = command.get("options") or []
        for locale in LOCALES:
            names = [one["name_localizations"][locale] for one in options]
            assert len(set(names)) == len(names), (command["name"], locale)
    for locale in LOCALES:
        names = [(one.get("name_localizations") or {}).get(locale, one["name"]) for one in payload()]
        assert len(set(names)) == len(names), locale


def test_what_is_told_is_heard() -> None:
    """The names of the table are those that Discord sends back."""
    told = {one["name"] for one in payload()}
    assert told == {*(one.value for one in Command), *(one.value for one in Menu)}
    (settings,) = [one for one in payload() if one["name"] == Command.SETTINGS]
    assert {one["name"] for one in settings["options"]} == {one.value for one in Setting}


def test_imagine_has_one_name() -> None:
    """Every text speaks of `/imagine`, so it is called so everywhere."""
    (imagine,) = [one for one in payload() if one["name"] == Command.IMAGINE]
    assert "name_localizations" not in imagine
    assert localised("name", "name_quota")["name_localizations"]["ar"] == COMMANDS["ar"]["name_quota"]


def test_a_change_is_seen() -> None:
    """The fingerprint names the application and the payload, and nothing that changes by itself."""
    assert fingerprint("1") == fingerprint("1") != fingerprint("2")
    assert len(json.dumps(payload())) > len(fingerprint("1"))


async def test_commands_are_told_when_they_have_changed(ears: Ears) -> None:
    """Once at the first start; again only for other commands, and after a refusal."""
    route = "PUT /applications/{application_id}/commands"
    fake, notes, rest = ears.fake, ears.parts.notes, ears.parts.outlet.rest
    application = str(fake.world.bot.id)
    assert len(fake.calls_to(route)) == 1
    assert await register(rest, notes, application, ears.reports)
    assert len(fake.calls_to(route)) == 1
    await notes.put(f"commands:{application}", "those of another version")
    fake.faults.add("PUT /applications/*/commands", "50001")
    assert not await register(rest, notes, application, ears.reports)
    assert await register(rest, notes, application, ears.reports)
    assert len(fake.calls_to(route)) == 3


async def test_commands_that_somebody_else_has_changed(ears: Ears) -> None:
    """Another version with the same application, or another program: the next start tells ours again."""
    application = str(ears.fake.world.bot.id)
    rest, notes = ears.parts.outlet.rest, ears.parts.notes
    assert await register(rest, notes, application, ears.reports)
    told = ears.fake.discord.commands[None]
    told.pop(next(iter(told)))
    assert await register(rest, notes, application, ears.reports)
    assert len(ears.fake.discord.commands[None]) == len(payload())

"""The fake keeps the limits of commands, and offers people only what Discord's client would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.discord_server import NotOffered, Permission
from tests.fakes.discord_server.commands import LOCALES, letters

if TYPE_CHECKING:
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.plain import Plain, Reply
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.world import Json


def command(**more: object) -> Json:
    """A slash command."""
    return {"name": "a", "description": "a", **more}


def option(**more: object) -> Json:
    """A text option."""
    return {"type": 3, "name": "a", "description": "a", **more}


def choice(name: str = "a", value: object = "a", **more: object) -> Json:
    """A choice."""
    return {"name": name, "value": value, **more}


async def _put(plain: Plain, *commands: Json) -> Reply:
    return await plain.ask("PUT", f"/applications/{plain.fake.world.bot.id}/commands", list(commands))


REFUSED: dict[str, tuple[list[Json], str]] = {
    "a long name": ([command(name="x" * 33)], "0.name"),
    "a capital letter": ([command(name="Imagine")], "0.name"),
    "a space": ([command(name="two words")], "0.name"),
    "no description": ([{"name": "a"}], "0.description"),
    "a long description": ([command(description="x" * 101)], "0.description"),
    "a long localised description": (
        [command(description_localizations={"de": "x" * 101})],
        "0.description_localizations.de",
    ),
    "a localised capital": ([command(name_localizations={"de": "Bild"})], "0.name_localizations.de"),
    "an unknown locale": ([command(name_localizations={"de-DE": "bild"})], "0.name_localizations.de-DE"),
    "the same name twice": ([command(), command()], "0.name"),
    "a menu with a description": ([{"name": "Edit", "type": 3, "description": "x"}], "0.description"),
    "twenty-six options": ([command(options=[option(name=f"o{n}") for n in range(26)])], "0.options"),
    "the same option twice": ([command(options=[option(), option()])], "0.options"),
    "a required option behind others": (
        [command(options=[option(), option(name="b", required=True)])],
        "0.options",
    ),
    "an option without description": ([command(options=[option(description="")])], "0.options.0.description"),
    "twenty-six choices": (
        [command(options=[option(choices=[choice(f"{n}", f"{n}") for n in range(26)])])],
        "0.options.0.choices",
    ),
    "a long choice": ([command(options=[option(choices=[choice("x" * 101)])])], "0.options.0.choices.0.name"),
    "a long localised choice": (
        [command(options=[option(choices=[choice(name_localizations={"de": "x" * 101})])])],
        "0.options.0.choices.0.name_localizations.de",
    ),
    "a long value": (
        [command(options=[option(choices=[choice(value="x" * 101)])])],
        "0.options.0.choices.0.value",
    ),
    "choices that complete": (
        [command(options=[option(choices=[choice()], autocomplete=True)])],
        "0.options.0.autocomplete",
    ),
    "a text of 6001": ([command(options=[option(max_length=6001)])], "0.options.0.max_length"),
    "8001 letters": (
        [
            command(
                options=[
                    option(
                        name=f"o{n:02}",
                        description="x" * 100,
                        choices=[choice("y" * 30, f"{m:02}".ljust(30, "z")) for m in range(5)],
                    )
                    for n in range(20)
                ]
            )
        ],
        "0",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_refused(plain: Plain, name: str) -> None:
    """Each limit of commands."""
    commands, fault = REFUSED[name]
    reply = await _put(plain, *commands)
    assert reply.told == (400, 50035)
    assert reply.fault == fault


async def test_how_many(plain: Plain) -> None:
    """A hundred commands, fifteen menus of each kind, two hundred creations a day."""
    menus = [{"name": f"Menu {n}", "type": 3} for n in range(16)]
    many = [command(name=f"c{n}") for n in range(101)]

    assert (await _put(plain, *menus)).told == (400, 30032)
    assert (await _put(plain, *many)).told == (400, 30032)
    assert (await _put(plain, *many[:100], *menus[:15])).status == 200
    assert (await _put(plain, *[command(name=f"d{n}") for n in range(100)])).told == (429, 30034)


def test_letters_are_counted_with_the_longest_localisation() -> None:
    """Each text counts by its longest language, and a choice's value counts too."""
    localised = {"de": "längere", "fr": "ab"}
    told = command(description_localizations=localised, options=[option(choices=[choice("abc", "de")])])
    assert letters(told) == len("a") + len("längere") + len("aa") + len("abc") + len("de")
    assert len(LOCALES) == 34


async def test_who_keeps_the_name_keeps_the_id(plain: Plain) -> None:
    """Overwriting keeps ids; single commands are made, read, changed and deleted."""
    home = f"/applications/{plain.fake.world.bot.id}/commands"
    (first,) = (await _put(plain, command())).body
    (again,) = (await _put(plain, command(description="b"))).body
    other = await plain.post(home, command(name="b"))
    path = f"{home}/{other.body['id']}"
    changed = await plain.patch(path, {"description": "c"})

    assert (first["id"], again["description"]) == (again["id"], "b")
    assert changed.body["description"] == (await plain.get(path)).body["description"] == "c"
    assert (await plain.patch(path, {"description": ""})).told == (400, 50035)
    assert len((await plain.get(home)).body) == 2
    assert (await plain.ask("DELETE", path)).status == 204
    assert (await plain.ask("DELETE", path)).told == (404, 10063)
    assert (await plain.get(path)).told == (404, 10063)
    assert (await plain.patch(path, {})).told == (404, 10063)


async def test_commands_of_a_guild(plain: Plain, studio: Studio) -> None:
    """They are offered there at once and nowhere else."""
    home = f"/applications/{plain.fake.world.bot.id}/guilds/{studio.guild.id}/commands"
    await plain.ask("PUT", home, [command()])
    other = studio.fake.world.add_guild("Other")
    channel = studio.fake.world.add_channel(other, "x")
    studio.fake.join(other, studio.ada)

    assert studio.fake.slash(studio.channel, studio.ada, "a").payload["data"]["guild_id"] == str(
        studio.guild.id
    )
    with pytest.raises(NotOffered, match="registered no command"):
        studio.fake.slash(channel, studio.ada, "a")
    assert (await plain.get("/applications/1/guilds/2/commands")).told == (404, 10004)


IMPOSSIBLE: dict[str, tuple[str, Json]] = {
    "wants": ("imagine", {}),
    "has no option": ("imagine", {"prompt": "x", "nonsense": 1}),
    "takes 1 to 4": ("imagine", {"prompt": "x", "count": 5}),
    "takes None to 2000": ("imagine", {"prompt": "x" * 2001}),
    "offers": ("imagine", {"prompt": "x", "quality": "medium"}),
    "registered no command": ("draw", {}),
    "may not use": ("settings role", {"role": 1}),
}


@pytest.mark.usefixtures("commands")
@pytest.mark.parametrize("why", IMPOSSIBLE)
def test_what_a_person_cannot_call(studio: Studio, why: str) -> None:
    """Options are checked before anything is sent, as Discord's client does."""
    name, options = IMPOSSIBLE[why]
    with pytest.raises(NotOffered, match=why):
        studio.fake.slash(studio.channel, studio.ada, name, options)


@pytest.mark.usefixtures("commands")
def test_what_a_call_resolves_to(fake: FakeDiscord, studio: Studio) -> None:
    """Attachments, people, roles and channels come resolved; subcommands nest."""
    picture = fake.slash(
        studio.channel,
        studio.ada,
        "imagine",
        {"prompt": "x", "for": studio.ben},
        {"image1": ("a.png", b"bytes")},
    ).payload["data"]
    managers = fake.add_role(studio.guild, "managers", Permission.MANAGE_GUILD)
    fake.give(studio.guild, studio.ada, managers)
    setting = fake.slash(
        studio.channel, studio.ada, "settings role", {"role": managers, "where": studio.channel}
    ).payload["data"]

    ((file_id, file),) = picture["resolved"]["attachments"].items()
    assert {one["name"]: one["value"] for one in picture["options"]}["image1"] == file_id
    assert (file["filename"], file["ephemeral"], file["size"]) == ("a.png", True, 5)
    assert picture["resolved"]["members"][str(studio.ben.id)]["roles"] == []
    assert setting["options"][0]["name"] == "role"
    assert setting["options"][0]["options"][0]["value"] == str(managers.id)
    assert list(setting["resolved"]) == ["roles", "channels"]


@pytest.mark.usefixtures("commands")
def test_where_commands_are_offered(fake: FakeDiscord, studio: Studio) -> None:
    """Contexts, archived threads, the right to use commands, and membership decide."""
    thread = fake.open_thread(studio.channel, studio.ada)
    fake.archive(thread)
    with pytest.raises(NotOffered, match="archived"):
        studio.imagine(thread)
    with pytest.raises(NotOffered, match="context 1"):
        fake.slash(fake.dm(studio.ada), studio.ada, "settings role", {"role": 1})
    with pytest.raises(NotOffered, match="does not complete"):
        fake.autocomplete(studio.channel, studio.ada, "imagine", "prompt", "x")
    fake.deny(studio.channel, studio.guild, Permission.USE_APPLICATION_COMMANDS)
    with pytest.raises(NotOffered, match="may not use"):
        studio.imagine()
    fake.leave(studio.guild, studio.ben)
    with pytest.raises(NotOffered):
        fake.slash(studio.channel, studio.ben, "imagine", {"prompt": "x"})


@pytest.mark.usefixtures("commands")
def test_menus(fake: FakeDiscord, studio: Studio) -> None:
    """A message's menu brings the whole message, whatever the intents; a person's menu brings the person."""
    message = fake.say(studio.channel, studio.ben, "look", files=[b"x"])
    edit = fake.menu(message, studio.ada, "Edit this picture").payload["data"]
    quota = fake.user_menu(studio.channel, studio.ada, studio.ben, "Quota of").payload["data"]

    assert edit["target_id"] == str(message.id)
    assert edit["resolved"]["messages"][str(message.id)]["content"] == "look"
    assert quota["resolved"]["users"][str(studio.ben.id)]["username"] == "ben"

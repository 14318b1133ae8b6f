"""What people do on Discord reaches the desk once, and is acknowledged in time, whatever happens."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from adapters.discord.rest import Route
from core.app.errors import StorageUnavailable
from core.app.inbound import InboundKind, ReceiptKind, Reception
from core.domain.card import Act
from tests.adapters.discord.discord_road import LIMIT_S

if TYPE_CHECKING:
    from tests.adapters.discord.discord_ears import Ears
    from tests.fakes.discord_server.studio import Studio


async def test_a_command_with_everything(ears: Ears, home: Studio) -> None:
    """Typed options become options behind the words; attachments keep their order."""
    options = {
        "prompt": "a lighthouse",
        "aspect": "16:9",
        "size": "2k",
        "quality": "high",
        "count": 3,
        "background": "transparent",
        "format": "webp",
    }
    files = {"image1": ("one.png", b"1"), "image3": ("three.png", b"3")}
    asked = await ears.fake.slash(home.channel, home.ada, "imagine", options, files).acknowledged()
    heard = await ears.heard()
    assert heard.kind is InboundKind.COMMAND
    assert heard.text == "a lighthouse --ar 16:9 --size 2k --quality high --n 3 --format webp --transparent"
    assert [one.file_name for one in heard.attachments] == ["one.png", "three.png"]
    assert (heard.channel, heard.thread) == (str(home.channel.id), None)
    assert heard.person.id == f"discord:{home.guild.id}:{home.ada.id}"
    assert asked.original is not None
    assert heard.is_addressed


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("quota", {}, "quota"),
        ("gallery", {}, "history"),
        ("help", {}, "help"),
        ("settings show", {}, "settings"),
        ("settings usage", {"days": 7}, "usage 7"),
        ("settings usage", {}, "usage"),
        ("forget", {"what": "forget me"}, "forget me"),
    ],
)
async def test_words_to_the_bot_itself(
    ears: Ears, home: Studio, command: str, options: dict[str, object], words: str
) -> None:
    """They are answered to the person alone."""
    await ears.fake.slash(home.channel, home.ada, command, options).acknowledged()
    heard = await ears.heard()
    assert (heard.kind, heard.text) == (InboundKind.SERVICE, words)
    assert [one.is_private for one in ears.fake.channel_view(home.channel, home.ada)] == [True]


async def test_where_nothing_can_be_edited(ears: Ears, home: Studio) -> None:
    """`/edit` in a channel spends nothing and says where it can be used."""
    await ears.fake.slash(home.channel, home.ada, "edit", {"change": "make it red"}).acknowledged()
    assert ears.desk.inbounds == []
    assert "no picture of mine here" in ears.fake.ephemerals(home.ada)[-1].text


async def test_a_failing_store_is_told(ears: Ears, home: Studio) -> None:
    """Nothing is left thinking; the person reads that nothing was spent, the operator why."""
    ears.desk.fault = StorageUnavailable("no disk")
    await ears.fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"}).acknowledged()
    assert "Nothing was spent" in ears.fake.ephemerals(home.ada)[-1].text
    assert ears.reports.faults[0][0] == "discord_not_taken"


async def test_a_slow_store_is_acknowledged_first(ears: Ears, home: Studio) -> None:
    """After a second the person sees that it is being worked on; what fails then is told all the same."""
    gate = asyncio.Event()
    desk = ears.desk

    async def slow(inbound: object) -> Reception:
        del inbound
        await gate.wait()
        msg = "no disk"
        raise StorageUnavailable(msg)

    desk.receive = slow  # type: ignore[method-assign]  # a desk that takes its time
    asked = await ears.fake.slash(home.channel, home.ada, "imagine", {"prompt": "x"}).acknowledged()
    assert asked.original is not None
    gate.set()
    await ears.fake.until(lambda: bool(ears.fake.ephemerals(home.ada)), LIMIT_S)
    assert ears.fake.channel_view(home.channel) == []


async def test_a_wish_that_joins_another(ears: Ears, home: Studio) -> None:
    """Its own "thinking" goes away, since the picture comes in the other's message."""
    ears.desk.answer = Reception(ReceiptKind.REPEATED)
    await ears.fake.slash(home.channel, home.ada, "imagine", {"prompt": "a lighthouse"}).acknowledged()
    await ears.fake.until(lambda: ears.fake.channel_view(home.channel) == [], LIMIT_S)


async def test_the_first_answer_is_repeated_until_it_is_heard(ears: Ears, home: Studio) -> None:
    """A reset and a server's error cost a moment, not the interaction."""
    ears.fake.faults.add("POST /interactions/*/callback", "reset", "502")
    asked = await ears.fake.slash(home.channel, home.ada, "quota").acknowledged()
    assert asked.is_acknowledged


async def test_talk_is_not_heard(ears: Ears, home: Studio) -> None:
    """What people say to each other in a channel never reaches the core; a mention does."""
    fake = ears.fake
    fake.say(home.channel, home.ada, "nice weather")
    mine = fake.say(home.channel, home.ben, "hello")
    fake.say(home.channel, home.ada, "indeed", reply_to=mine)
    fake.say(home.channel, home.ada, f"<@{fake.world.bot.id}>, a lighthouse")
    heard = await ears.heard()
    assert (heard.kind, heard.text, heard.is_addressed) == (InboundKind.MESSAGE, "a lighthouse", True)
    assert len(ears.desk.inbounds) == 1


async def test_messages_that_change_and_go(ears: Ears, home: Studio) -> None:
    """Other words and a deletion are told with the message that they are about."""
    fake = ears.fake
    said = fake.say(home.channel, home.ada, f"<@{fake.world.bot.id}> a lighthouse")
    first = await ears.heard()
    fake.edit(said, f"<@{fake.world.bot.id}> a windmill")
    second = await ears.heard(2)
    fake.delete(said)
    third = await ears.heard(3)
    assert (second.kind, second.text, second.source) == (InboundKind.REVISED, "a windmill", first.source)
    assert (third.kind, third.source, third.person.id) == (
        InboundKind.WITHDRAWN,
        first.source,
        first.person.id,
    )
    other = fake.say(home.channel, home.ada, "talk")
    fake.delete(other)
    await fake.slash(home.channel, home.ada, "help").acknowledged()
    assert [one.kind for one in ears.desk.inbounds[3:]] == [InboundKind.SERVICE]


async def test_what_is_said_keeps_its_order(ears: Ears, home: Studio) -> None:
    """Ten messages in a row arrive in a row."""
    here = ears.fake.dm(home.ada)
    for number in range(10):
        ears.fake.say(here, home.ada, f"word {number}")
    await ears.heard(10)
    assert [one.text for one in ears.desk.inbounds] == [f"word {number}" for number in range(10)]


async def test_who_somebody_is(ears: Ears, home: Studio) -> None:
    """A message takes its language from the person's last interaction, rights from the server's roles."""
    fake = ears.fake
    await ears.parts.notes.put(f"locale:discord:{home.guild.id}:{home.ben.id}", "ja")
    mention = f"<@{fake.world.bot.id}> a lighthouse"
    fake.say(home.channel, home.ada, mention)
    assert (await ears.heard()).person.locale == "en-US"
    fake.say(home.channel, home.ben, mention)
    ben = await ears.heard(2)
    assert (ben.person.locale, ben.person.is_admin, ben.person.name) == ("ja", False, "ben")
    owner = fake.world.users[home.guild.owner_id]
    fake.join(home.guild, owner)
    fake.say(home.channel, owner, mention)
    assert (await ears.heard(3)).person.is_admin


async def test_an_old_button(ears: Ears, home: Studio) -> None:
    """A button of an earlier version does what it says, one of an unknown kind says what to do instead."""
    fake, rest = ears.fake, ears.parts.outlet.rest
    buttons = [
        {"type": 2, "style": 2, "label": "Old", "custom_id": "v0:undo:v3"},
        {"type": 2, "style": 2, "label": "Newer", "custom_id": "v9:undo:v3"},
        {"type": 2, "style": 2, "label": "Strange", "custom_id": "v1:dance:v3"},
    ]
    body = {"flags": 1 << 15, "components": [{"type": 1, "components": buttons}]}
    where = Route("POST", "/channels/{channel_id}/messages", {"channel_id": str(home.channel.id)})
    sent = await rest.ask(where, body)
    message = fake.world.channels[home.channel.id].messages[int(sent["id"])]
    await fake.press(message, home.ada, "Old").acknowledged()
    await fake.press(message, home.ada, "Newer").acknowledged()
    await fake.press(message, home.ada, "Strange").acknowledged()
    presses = [one.press for one in ears.desk.inbounds]
    assert [(one.act, one.subject) for one in presses if one is not None] == [(Act.UNDO, "v3")] * 2
    assert "another version" in fake.ephemerals(home.ada)[-1].text


@pytest.mark.parametrize(
    ("typed", "offered"), [("16", ["16", "16:9"]), ("", ["1:1"]), ("7:5", ["7:5"]), ("tall", ["tall"])]
)
async def test_shapes_are_offered(ears: Ears, home: Studio, typed: str, offered: list[str]) -> None:
    """What begins like it, and what was typed itself."""
    asked = await ears.fake.autocomplete(
        home.channel, home.ada, "imagine", "aspect", typed, options={"prompt": "x"}
    ).acknowledged()
    assert asked.choices is not None
    assert [one["value"] for one in asked.choices][: len(offered)] == offered


async def test_nothing_secret_is_stored_readable(ears: Ears, home: Studio) -> None:
    """The interaction's token stands in no Inbound as it is."""
    asked = await ears.fake.slash(home.channel, home.ada, "quota").acknowledged()
    heard = await ears.heard()
    assert heard.context
    assert asked.token not in repr(heard)

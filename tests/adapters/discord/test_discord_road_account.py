"""The bot about itself on Discord: what is left, made, set and forgotten, told to one person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.wording import sentence
from tests.adapters.discord.discord_road import LIMIT_S, picture_of

if TYPE_CHECKING:
    from tests.adapters.discord.discord_road import Road
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.views import Shown
    from tests.fakes.discord_server.world import Channel, User


def told(road: Road, user: User, words: str) -> list[Shown]:
    """What only that person sees and that says these words."""
    return [one for one in road.fake.ephemerals(user) if words in one.text]


async def test_what_is_left_and_what_was_made(road: Road, home: Studio) -> None:
    """The answer fills the "thinking" that only the person sees."""
    fake, ada = road.fake, home.ada
    await road.imagine(home.channel, ada, "a lighthouse")
    fake.slash(home.channel, ada, "quota")
    await fake.until(lambda: bool(told(road, ada, "9999")), LIMIT_S)
    fake.slash(home.channel, ada, "gallery")
    await fake.until(lambda: any(one.pictures for one in fake.ephemerals(ada)), LIMIT_S)
    fake.slash(home.channel, ada, "help")
    await fake.until(lambda: bool(told(road, ada, "/imagine")), LIMIT_S)
    fake.slash(home.channel, ada, "settings show")
    await fake.until(lambda: bool(told(road, ada, "UTC")), LIMIT_S)
    assert not any(one.is_thinking for one in fake.ephemerals(ada))
    assert fake.ephemerals(home.ben) == []


async def test_a_limit_that_an_admin_sets_holds(road: Road, home: Studio) -> None:
    """One picture a day for the channel: the second is refused before anything is spent."""
    fake, ada = road.fake, home.ada
    owner = fake.join(home.guild, fake.world.users[home.guild.owner_id])
    opened = await fake.slash(home.channel, owner, "settings limit").acknowledged()
    fake.submit(opened, {"channel": [home.channel.id], "metric": ["pictures:day"], "amount": "1"})
    await fake.until(lambda: bool(told(road, owner, "Done")), LIMIT_S)
    await road.imagine(home.channel, ada, "a lighthouse")
    fake.slash(home.channel, ada, "imagine", {"prompt": "a windmill"})
    await fake.until(
        lambda: not any(one.is_thinking for one in fake.channel_view(home.channel, ada)), LIMIT_S
    )
    await fake.until(lambda: len(fake.channel_view(home.channel, ada)) > 1, LIMIT_S)
    assert len(road.engine.calls) == 1
    assert road.fake.pings == []


async def test_an_edit_by_command(road: Road, home: Studio) -> None:
    """In the thread `/edit` changes the last version, or the one that is named."""
    fake, ada = road.fake, home.ada
    root = await road.imagine(home.channel, ada, "a lighthouse")
    thread = await road.thread_at(root)
    known = {one.message.id for one in fake.channel_view(thread)}
    fake.slash(thread, ada, "edit", {"change": "make it stormy", "quality": "low"})
    second = await road.next_picture(thread, known)
    assert road.engine.calls[1].inputs[0].content == picture_of(root)
    known |= {second.message.id}
    offered = await fake.autocomplete(
        thread, ada, "edit", "version", "", options={"change": "x"}
    ).acknowledged()
    assert [one["value"] for one in offered.choices or []] == ["v2", "v1"]
    fake.slash(thread, ada, "edit", {"change": "in snow", "version": "v1"})
    await road.next_picture(thread, known)
    assert road.engine.calls[2].inputs[0].content == picture_of(root)
    await fake.slash(thread, ada, "edit", {"change": "in fog", "version": "the old one"}).acknowledged()
    assert told(road, ada, "the old one")


async def test_forgetting_asks_back(road: Road, home: Studio) -> None:
    """Nothing goes before the person has said so once more, by a button that only they see."""
    fake, ada = road.fake, home.ada
    root = await road.imagine(home.channel, ada, "a lighthouse")
    thread = await road.thread_at(root)
    fake.slash(thread, ada, "forget", {"what": "forget thread"})
    await fake.until(lambda: any(one.labels for one in fake.ephemerals(ada)), LIMIT_S)
    (asked,) = [one for one in fake.ephemerals(ada) if one.labels]
    assert road.pictures(home.channel)
    fake.press(asked.message, ada, asked.labels[0])
    assert "a lighthouse" in thread.name
    await fake.until(lambda: road.pictures(home.channel) == [], LIMIT_S)
    await fake.until(lambda: thread.name == sentence("forgotten", "en"), LIMIT_S)


async def test_someone_elses_button(road: Road, home: Studio) -> None:
    """Nobody spends another person's money; they are told, alone."""
    fake = road.fake
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    await fake.press(root.message, home.ben, "Again").acknowledged()
    await fake.until(lambda: bool(fake.ephemerals(home.ben)), LIMIT_S)
    assert len(road.engine.calls) == 1
    assert fake.ephemerals(home.ada) == []


async def test_taking_a_wish_back(road: Road, home: Studio) -> None:
    """A reply that is deleted before its turn comes is not made, however soon that is."""
    fake, ada = road.fake, home.ada
    root = await road.imagine(home.channel, ada, "a lighthouse")
    thread = await road.thread_at(root)
    gate = road.engine.hold()
    fake.say(thread, ada, "make it stormy")
    await fake.until(lambda: len(road.engine.calls) == 2, LIMIT_S)
    waiting = fake.say(thread, ada, "at night")
    fake.delete(waiting)
    fake.say(thread, ada, "in fog")
    await fake.until(
        lambda: "in fog" in fake.channel_view(thread)[-1].text and _has_cancel(road, thread), LIMIT_S
    )
    gate.set()
    road.engine.gate = None
    await fake.until(lambda: len(road.pictures(thread)) == 2, LIMIT_S)
    await road.rest(root)
    assert ["at night" in call.plan.prompt for call in road.engine.calls] == [False] * 3


def _has_cancel(road: Road, thread: Channel) -> bool:
    return "Cancel" in road.fake.channel_view(thread)[-1].labels

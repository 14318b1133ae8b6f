"""From a command on Discord to a picture to edits of it; only Discord and the engine are stand-ins."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image as Pillow

from tests.adapters.discord.discord_road import picture_of

if TYPE_CHECKING:
    from tests.adapters.discord.discord_road import Road
    from tests.fakes.discord_server.studio import Studio

EDITS = ("stormy", "at night", "with a red umbrella", "from above", "in fog", "in snow", "older", "wider",
         "with gulls", "calm again")  # fmt: skip


def png(shade: int) -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Pillow.new("RGB", (32, 32), (shade, shade, shade)).save(buffer, "PNG")
    return buffer.getvalue()


async def test_replies_are_edits_of_the_last_picture(road: Road, home: Studio) -> None:
    """Each edit starts from exactly the bytes that people saw last."""
    root = await road.imagine(home.channel, home.ada, "a lighthouse at dusk", aspect="16:9")
    thread = await road.thread_at(root)
    last = picture_of(root)
    for number, words in enumerate(EDITS, start=1):
        seen = await road.reply(thread, home.ada, f"make it {words}")
        (base, *references) = road.engine.calls[number].inputs
        assert (base.content, references) == (last, [])
        last = picture_of(seen)
    assert len(road.engine.calls) == len(EDITS) + 1
    assert len(road.pictures(home.channel)) == 1
    assert len(road.pictures(thread)) == len(EDITS)
    assert road.fake.pings == []


async def test_a_reply_to_a_picture_branches_from_it(road: Road, home: Studio) -> None:
    """The picture that was answered is the base, whatever came after it, also the one in the channel."""
    root = await road.imagine(home.channel, home.ada, "a lighthouse")
    thread = await road.thread_at(root)
    second = await road.reply(thread, home.ada, "make it stormy")
    await road.reply(thread, home.ada, "at night")
    branch = await road.reply(thread, home.ada, "make it snow", reply_to=second.message)
    assert road.engine.calls[3].inputs[0].content == picture_of(second)
    assert "v4" in branch.text
    assert "v2" in branch.text

    known = {one.message.id for one in road.fake.channel_view(thread)}
    road.fake.say(home.channel, home.ada, "in fog", reply_to=root.message)
    await road.next_picture(thread, known)
    assert road.engine.calls[4].inputs[0].content == picture_of(root)


async def test_pictures_go_along_with_a_command_and_a_reply(road: Road, home: Studio) -> None:
    """Attachment options and files of a reply are references, beside the picture that is changed."""
    root = await road.imagine(home.channel, home.ada, "in this style", image1=png(1), image2=png(2))
    assert len(road.engine.calls[0].inputs) == 2
    thread = await road.thread_at(root)
    await road.reply(thread, home.ada, "with this hat", files=[png(3)])
    base, hat = road.engine.calls[1].inputs
    assert base.content == picture_of(root)
    assert Pillow.open(io.BytesIO(hat.content)).getpixel((0, 0)) == (3, 3, 3)


async def test_buttons_menus_and_forms(road: Road, home: Studio) -> None:
    """Again, undo and the form of "Edit…", each from the message that it stands on."""
    fake, ada = road.fake, home.ada
    root = await road.imagine(home.channel, ada, "a lighthouse")
    thread = await road.thread_at(root)
    second = await road.reply(thread, ada, "make it stormy")

    known = {one.message.id for one in fake.channel_view(thread)}
    await fake.press(second.message, ada, "Undo").acknowledged()
    await fake.until(
        lambda: any("v1" in one.text for one in fake.channel_view(thread, ada) if one.message.id not in known)
    )
    third = await road.reply(thread, ada, "at night")
    assert road.engine.calls[2].inputs[0].content == picture_of(root)

    opened = await fake.press(root.message, ada, "Edit…").acknowledged()
    known = {one.message.id for one in fake.channel_view(thread)}
    fake.submit(opened, {"words": "in fog", "ratio": ["1:1"]}, {"files": [png(9)]})
    await road.next_picture(thread, known)
    assert road.engine.calls[3].inputs[0].content == picture_of(root)
    assert len(road.engine.calls[3].inputs) == 2
    assert road.engine.calls[3].plan.size.width == road.engine.calls[3].plan.size.height

    opened = await fake.menu(third.message, ada, "Edit this picture").acknowledged()
    known = {one.message.id for one in fake.channel_view(thread)}
    fake.submit(opened, {"words": "in snow"})
    await road.next_picture(thread, known)
    assert road.engine.calls[4].inputs[0].content == picture_of(third)
    assert [one for one in fake.channel_view(thread, ada) if one.is_thinking] == []


async def test_other_peoples_pictures(road: Road, home: Studio) -> None:
    """A menu makes a new picture from what somebody else posted."""
    fake, ben = road.fake, home.ben
    posted = fake.say(home.channel, home.ada, "my cat", files=[png(7)])
    opened = await fake.menu(posted, ben, "Use as reference").acknowledged()
    known = {one.message.id for one in fake.channel_view(home.channel)}
    fake.submit(opened, {"words": "as a knight"})
    await road.next_picture(home.channel, known)
    (cat,) = road.engine.calls[0].inputs
    assert Pillow.open(io.BytesIO(cat.content)).getpixel((0, 0)) == (7, 7, 7)


async def test_why(road: Road, home: Studio) -> None:
    """The menu tells how a picture came to be, and for others' messages that it is none of ours."""
    fake, ada = road.fake, home.ada
    root = await road.imagine(home.channel, ada, "a lighthouse")
    thread = await road.thread_at(root)
    before = len(fake.channel_view(thread))
    await fake.menu(root.message, ada, "Why does it look so?").acknowledged()
    await fake.until(lambda: len(fake.channel_view(thread)) > before)
    assert "a lighthouse" in fake.channel_view(thread)[-1].text
    await fake.until(lambda: not [one for one in fake.ephemerals(ada) if one.is_thinking])

    posted = fake.say(home.channel, home.ben, "hello")
    asked = await fake.menu(posted, ada, "Why does it look so?").acknowledged()
    assert asked.original is not None
    assert "no picture of mine" in fake.ephemerals(ada)[-1].text


async def test_alone_with_the_bot(road: Road, home: Studio) -> None:
    """In a direct message plain words go on from the last picture, and need no thread."""
    fake, ada = road.fake, home.ada
    here = fake.dm(ada)
    root = await road.imagine(here, ada, "a lighthouse")
    second = await road.reply(here, ada, "make it stormy")
    assert road.engine.calls[1].inputs[0].content == picture_of(root)
    await road.reply(here, ada, "in snow", reply_to=root.message)
    assert road.engine.calls[2].inputs[0].content == picture_of(root)
    assert second.message.channel_id == here.id


async def test_a_mention_begins_a_picture(road: Road, home: Studio) -> None:
    """Who names the bot in a channel asks for a picture there."""
    fake = road.fake
    known: set[int] = set()
    fake.say(home.channel, home.ada, f"<@{fake.world.bot.id}> a lighthouse --ar 16:9")
    seen = await road.next_picture(home.channel, known)
    thread = await road.thread_at(seen)
    await road.reply(thread, home.ben, "make it stormy")
    assert road.engine.calls[1].inputs[0].content == picture_of(seen)


async def test_where_a_person_brought_the_app_along(road: Road, home: Studio) -> None:
    """Without the bot there are no threads and no replies: buttons and forms do it all."""
    fake, ada = road.fake, home.ada
    guild = fake.world.add_guild("Elsewhere", has_bot=False)
    channel = fake.world.add_channel(guild, "talk")
    fake.join(guild, ada)
    root = await road.imagine(channel, ada, "a lighthouse")
    opened = await fake.press(root.message, ada, "Edit…").acknowledged()
    known = {one.message.id for one in fake.channel_view(channel, ada)}
    fake.submit(opened, {"words": "make it stormy"})
    second = await road.next_picture(channel, known)
    assert road.engine.calls[1].inputs[0].content == picture_of(root)
    opened = await fake.press(second.message, ada, "Edit…").acknowledged()
    known = {one.message.id for one in fake.channel_view(channel, ada)}
    fake.submit(opened, {"words": "at night"})
    await road.next_picture(channel, known)
    assert road.engine.calls[2].inputs[0].content == picture_of(second)

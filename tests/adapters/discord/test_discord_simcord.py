"""What simcord, a Discord that others wrote, says of the whole program.

Only it and the engine are stand-ins. It judges by rules of its own whether a command, a form or a message is
one that Discord takes, who may press what, what a bot without an intent gets to read, and when a token ends;
a call that it refuses or does not know fails the test. What it cannot judge (3.2.1), our own fake does:

    sizes of uploads        it takes 30 MiB and tells a limit of 25; so a 413 is put in its mouth here
    the end of a token      it answers 404/10015 where Discord says 401/50027 (2026-08)
    rate limits             it has none
    nonces                  it does not look at them, nor at the app's token: the bridge checks that
    threads                 it always posts that one was made
    resuming, compression   it has no gateway: the bridge's is a plain one
    user installs           it knows servers and direct messages only
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import aiohttp
import pytest
from PIL import Image as Pillow
from simcord.backend.models import AllowedMentions

from tests.adapters.discord.discord_judged import open_judged, open_town
from tests.fakes.discord_server import TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from simcord import ChannelHandle, InteractionResult

    from tests.adapters.discord.discord_judged import Seen, Town


@pytest.fixture
async def town(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Town]:
    """A simcord with a server in it, which must have nothing to complain of at the end."""
    async with open_town(tmp_path, sqlite_url) as opened:
        yield opened


def png(shade: int) -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Pillow.new("RGB", (32, 32), (shade, shade, shade)).save(buffer, "PNG")
    return buffer.getvalue()


def shade_of(content: bytes) -> object:
    """The colour of a picture's corner."""
    return Pillow.open(io.BytesIO(content)).getpixel((0, 0))


async def test_from_a_command_to_a_picture_to_edits_in_its_thread(town: Town) -> None:
    """A deferred answer becomes the picture, a thread hangs on it, and words in there edit the last one."""
    async with open_judged(town) as judged:
        root = await judged.imagine("a lighthouse at dusk", aspect="16:9")
        thread = town.thread_of(root)
        second = await judged.reply(thread, "make it stormy")
        await judged.reply(thread, "at night")
        branch = await judged.reply(thread, "make it snow", to=second)
    _, stormy, night, snow = judged.engine.calls
    assert stormy.inputs[0].content == root.picture
    assert night.inputs[0].content == snow.inputs[0].content == second.picture
    assert "v4" in branch.text
    callback = next(one for one in town.bridge.env.http_requests if one.path.endswith("/callback"))
    assert callback.json == {"type": 5}
    assert root.message.flags.components_v2
    assert root.alt_texts == ("AI-generated picture: a lighthouse at dusk --ar 16:9",)
    assert "a lighthouse at dusk" in str(thread.name)


async def test_a_notice_does_not_get_lost_before_the_first_picture(town: Town) -> None:
    """Whoever sends a picture along for the first time is told once what becomes of it, and gets theirs."""
    async with open_judged(town) as judged:
        asked = await town.ada.slash(
            town.channel, "imagine", prompt="a knight", image1=("hat.png", png(3)), count=2, quality="low"
        )
        root = await judged.picture(town.channel, set())

        def told() -> list[str]:
            direct = [one.text for one in town.seen(town.ada.user.dm_channel)]
            return [one for one in [*direct, *_texts(asked)] if "hidden data are removed" in one]

        await town.bridge.until(told)
    (call,) = judged.engine.calls
    assert [shade_of(one.content) for one in call.inputs] == [(3, 3, 3)]
    assert len(root.pictures) == 2
    assert len(told()) == 1
    town.excuse_follow_up()


async def test_without_the_content_of_messages(town: Town) -> None:
    """Without the intent a mention and a ping are heard, and a quiet reply is answered with how to be."""
    town.bridge.grant(message_content=False)
    async with open_judged(town) as judged:
        bot = town.bridge.env.backend.bot_user.id
        root = await judged.imagine("a lighthouse")
        thread = town.thread_of(root)
        second = await judged.reply(thread, f"<@{bot}> make it stormy")
        say_quietly(town, thread, "add a red hat", to=second)
        await town.bridge.until(
            lambda: any("cannot read plain replies" in one.text for one in town.seen(thread))
        )
        third = await judged.reply(thread, "at night", to=second)
        await judged.reply(thread, "in fog", to=third)
    assert "CENSORED" in town.bridge.env.transcript()
    _, stormy, night, fog = judged.engine.calls
    assert stormy.inputs[0].content == root.picture
    assert night.inputs[0].content == second.picture
    assert fog.inputs[0].content == third.picture


def _texts(asked: InteractionResult) -> list[str]:
    return [str(one.components) for one in asked.followups]


def say_quietly(town: Town, thread: ChannelHandle, words: str, *, to: Seen) -> None:
    """Ada answers a message with the ping turned off, as her client lets her."""
    town.bridge.env.backend.create_message(
        thread.id,
        town.ada.id,
        words,
        reference={"message_id": str(to.message.id)},
        allowed_mentions=AllowedMentions(replied_user=False),
    )


async def test_buttons_work_after_a_restart(town: Town) -> None:
    """A button on an old picture does what it says, in a program that never saw the message."""
    async with open_judged(town) as before:
        root = await before.imagine("a lighthouse")
    async with open_judged(town) as judged:
        thread, known = town.thread_of(root), before.ids(town.thread_of(root))
        await town.ada.click(root.message, label="Again")
        await judged.picture(thread, known)
        (again,) = judged.engine.calls
    assert again.plan.prompt == before.engine.calls[0].plan.prompt
    registered = [one for one in town.bridge.env.http_requests if one.method == "PUT"]
    assert len(registered) == 1, "commands that have not changed are told once"


async def test_a_form_with_a_file(town: Town) -> None:
    """The button "Edit…" opens a form; its words, choices and file make an edit, by whoever sent it."""
    async with open_judged(town) as judged:
        root = await judged.imagine("a lighthouse")
        thread, known = town.thread_of(root), judged.ids(town.thread_of(root))
        opened = await judged.form(await town.ben.click(root.message, label="Edit…"))
        wish = {"words": "in fog", "ratio": ["1:1"], "files": [("hat.png", png(9))]}
        await town.ben.submit_modal(opened, wish)
        await judged.picture(thread, known)
    edit = judged.engine.calls[1]
    assert edit.inputs[0].content == root.picture
    assert shade_of(edit.inputs[1].content) == (9, 9, 9)
    assert edit.plan.size.width == edit.plan.size.height


async def test_menus_of_messages(town: Town) -> None:
    """Menus edit a picture, start from somebody's own, and tell why one looks as it does."""
    async with open_judged(town) as judged:
        root = await judged.imagine("a lighthouse")
        thread, known = town.thread_of(root), judged.ids(town.thread_of(root))
        opened = await judged.form(
            await town.ada.context_menu(town.channel, "Edit this picture", root.message)
        )
        await town.ada.submit_modal(opened, {"words": "in snow"})
        await judged.picture(thread, known)

        posted = await town.ben.send(town.channel, "my cat", attachments=[("cat.png", png(7))])
        known = judged.ids(town.channel)
        opened = await judged.form(await town.ada.context_menu(town.channel, "Use as reference", posted))
        await town.ada.submit_modal(opened, {"words": "as a knight"})
        await judged.picture(town.channel, known)

        asked = await town.ben.context_menu(town.channel, "Why does it look so?", posted)
        await town.bridge.until(lambda: asked.response)
    assert asked.response is not None
    assert asked.response.ephemeral
    assert "no picture of mine" in asked.response.content
    town.excuse_follow_up()
    _, snow, knight = judged.engine.calls
    assert snow.inputs[0].content == root.picture
    assert [shade_of(one.content) for one in knight.inputs] == [(7, 7, 7)]


async def test_a_picture_that_is_too_large_is_made_to_fit(town: Town) -> None:
    """When Discord says 413 the same picture comes in another form, paid once."""
    async with open_judged(town) as judged:
        root = await judged.imagine("a lighthouse")
        thread = town.thread_of(root)
        gate, known = judged.engine.hold(), judged.ids(thread)
        await town.ada.send(thread, "make it stormy")
        await town.bridge.until(lambda: any("Making" in one.text for one in town.seen(thread)))
        await town.bridge.until(lambda: len(judged.engine.calls) == 2)
        await judged.parts.studio.background.settle()
        town.bridge.env.inject_error(
            "PATCH", "/channels/*/messages/*", status=413, code=40005, message="Request entity too large"
        )
        gate.set()
        fitted = await judged.picture(thread, known)
    (complaint,) = town.bridge.complaints
    assert complaint.status == 413
    town.bridge.complaints.clear()
    assert fitted.picture[8:12] == b"WEBP"
    assert len(judged.engine.calls) == 2


async def test_a_picture_that_comes_after_the_token_has_ended(town: Town) -> None:
    """Seventeen minutes later the bot itself posts the picture, and the thread goes on from it."""
    async with open_judged(town, is_at_work=False) as judged:
        asked = await town.ada.slash(town.channel, "imagine", prompt="a lighthouse")
        await town.bridge.until(lambda: asked.acknowledged)
        town.bridge.hours.advance(17 * 60)
        judged.may_work.set()
        root = await judged.picture(town.channel, set())
        thread = town.thread_of(root)
        await judged.reply(thread, "make it stormy")
    assert asked.response is None or asked.response.id != root.message.id
    assert judged.engine.calls[1].inputs[0].content == root.picture


async def test_alone_with_the_bot(town: Town) -> None:
    """In a direct message a command makes a picture, and plain words go on from it."""
    async with open_judged(town) as judged:
        ada = town.ada.user
        here = ada.dm_channel
        await ada.slash("imagine", prompt="a lighthouse")
        root = await judged.picture(here, set())
        await ada.send_dm("make it stormy")
        await judged.picture(here, {root.message.id})
    assert judged.engine.calls[1].inputs[0].content == root.picture


async def test_what_it_does_not_know_is_a_complaint(town: Town) -> None:
    """Each of these fails a test that does not expect it: an unknown path, an unknown field, no token."""
    bridge = town.bridge
    headers = {"Authorization": f"Bot {TOKEN}"}
    path = f"{bridge.api_url}/channels/{town.channel.id}/messages"
    async with aiohttp.ClientSession() as session:
        for address, sent, body in (
            (f"{bridge.api_url}/nowhere", headers, None),
            (path, headers, {"content": "hello", "frobnicate": 1}),
            (path, headers, {"content": ""}),
            (path, {}, {"content": "hello"}),
        ):
            async with session.post(address, json=body, headers=sent) as answer:
                assert not answer.ok
    assert [one.status for one in bridge.complaints] == [501, 501, 400, 401]
    bridge.complaints.clear()

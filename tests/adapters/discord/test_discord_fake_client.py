"""discord.py, unmodified, against the fake: the road that the program goes, and what the network does."""

from __future__ import annotations

import asyncio
import contextlib
import io
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import app_commands, ui
from PIL import Image

from tests.fakes.discord_server import TOKEN, FakeDiscord
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    import re
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.discord_server.studio import Studio

    Asked = discord.Interaction[Any]
else:
    Asked = discord.Interaction


def png(colour: str) -> bytes:
    """A picture."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "PNG")
    return file.getvalue()


class EditButton(ui.DynamicItem[ui.Button[Any]], template=r"v1:edit:(?P<turn>\w+)"):
    """A button that outlives the process."""

    def __init__(self, turn: str) -> None:
        super().__init__(ui.Button(label="Edit…", custom_id=f"v1:edit:{turn}"))
        self.turn = turn

    @classmethod
    async def from_custom_id(cls, asked: Asked, item: ui.Item[Any], match: re.Match[str]) -> EditButton:
        """Made again from what Discord remembers."""
        del asked, item
        return cls(match["turn"])

    async def callback(self, asked: Asked) -> None:
        """Opens the form."""
        await asked.response.send_modal(EditForm(self.turn))


class EditForm(ui.Modal, title="Edit"):
    """A text and files."""

    what: ui.Label[Any] = ui.Label(text="What", component=ui.TextInput(custom_id="what"))
    files: ui.Label[Any] = ui.Label(
        text="References", component=ui.FileUpload(custom_id="refs", required=False, max_values=4)
    )

    def __init__(self, turn: str) -> None:
        super().__init__(custom_id=f"v1:form:{turn}")

    async def on_submit(self, asked: Asked) -> None:
        """Says what was asked for."""
        assert isinstance(self.what.component, ui.TextInput)
        assert isinstance(self.files.component, ui.FileUpload)
        (file,) = self.files.component.values
        size = len(await file.read())
        await asked.response.send_message(f"{self.what.component.value}: {size}", ephemeral=True)


class Bot(discord.Client):
    """A bot as small as it can be."""

    def __init__(self, *, has_content: bool = True, heartbeat_timeout: float = 60.0) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.message_content = has_content
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.05,
            heartbeat_timeout=heartbeat_timeout,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.heard: list[discord.Message] = []
        self.late: list[int] = []
        self.add_dynamic_items(EditButton)
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)
        self.tree.command(name="imagine", description="Make a picture")(imagine)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No waiting between two IDENTIFYs."""

    async def setup_hook(self) -> None:
        """Commands are registered once."""
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        """Replies are edits."""
        self.heard.append(message)
        if message.author.bot or not message.content.startswith("make"):
            return
        picture = discord.File(io.BytesIO(png("blue")), "v2.png", description="blue")
        view = ui.LayoutView(timeout=None)
        item = discord.MediaGalleryItem("attachment://v2.png", description="blue")
        view.add_item(ui.MediaGallery(item))
        await message.reply(view=view, file=picture, mention_author=False, nonce=str(message.id))


async def imagine(asked: Asked, prompt: app_commands.Range[str, 1, 2000]) -> None:
    """Defer, edit with a picture, make a thread."""
    bot: Bot = asked.client
    try:
        await asked.response.defer(thinking=True)
    except discord.NotFound as refused:
        bot.late.append(refused.code)
        return
    view = ui.LayoutView(timeout=None)
    item = discord.MediaGalleryItem("attachment://v1.png", description="a lighthouse")
    view.add_item(ui.Container(ui.TextDisplay(prompt), ui.MediaGallery(item)))
    view.add_item(ui.ActionRow(EditButton("7")))
    picture = discord.File(io.BytesIO(png("red")), "v1.png", description="a lighthouse")
    message = await asked.edit_original_response(view=view, attachments=[picture])
    thread = await message.create_thread(name=prompt[:100])
    await thread.send("Reply here to edit.", nonce="hint")


@pytest.fixture
async def fake(specs_if_there: Path | None) -> AsyncIterator[FakeDiscord]:
    """A fake on the real clock, held to the schema where it is there."""
    async with FakeDiscord(specs=specs_if_there).running() as running:
        running.switches.identify_every_s = 0
        running.rest.judges_itself = True
        with running.redirecting():
            yield running
        assert running.violations == []


@contextlib.asynccontextmanager
async def online(fake: FakeDiscord, bot: Bot | None = None) -> AsyncIterator[Bot]:
    """A bot that is connected."""
    bot = bot or Bot()
    known = fake.gateway.counts.identifies
    running = asyncio.create_task(bot.start(TOKEN))
    try:
        await fake.until(lambda: running.done() or fake.gateway.counts.identifies > known)
        await asyncio.wait_for(bot.wait_until_ready(), PATIENCE_S)
        yield bot
    finally:
        await bot.close()
        await asyncio.wait({running})


async def _thread_is_made(fake: FakeDiscord, studio: Studio) -> None:
    def is_made() -> bool:
        return any(one.has_thread for one in fake.channel_view(studio.channel))

    await fake.until(is_made)
    message = fake.channel_view(studio.channel)[-1].message
    await fake.until(lambda: len(fake.thread_view(message)) == 1)


async def test_the_whole_road(fake: FakeDiscord, studio: Studio) -> None:
    """Deferred, edited with a picture, a thread, a reply with a picture; nobody is pinged."""
    async with online(fake):
        asked = await fake.slash(
            studio.channel, studio.ada, "imagine", {"prompt": "@everyone a lighthouse"}
        ).acknowledged()
        await _thread_is_made(fake, studio)
        (shown,) = fake.channel_view(studio.channel)
        thread = fake.thread_of(shown.message)
        fake.say(thread, studio.ada, "make it blue")
        await fake.until(lambda: len(fake.thread_view(thread)) == 3)
        last = fake.thread_view(thread)[-1]

    assert (shown.text, shown.labels, shown.is_thinking) == ("@everyone a lighthouse", ["Edit…"], False)
    assert [(one.content, one.alt_text) for one in shown.pictures] == [(png("red"), "a lighthouse")]
    assert [(one.content, one.alt_text) for one in last.pictures] == [(png("blue"), "blue")]
    assert last.replies_to is not None
    assert fake.pings == []
    assert len(fake.ack_latencies()) == 1
    assert asked.answer == 5


async def test_buttons_after_a_restart_and_forms(fake: FakeDiscord, studio: Studio) -> None:
    """An old button is pressed in a new process, its form filled in, and only one person sees the answer."""
    async with online(fake):
        fake.slash(studio.channel, studio.ada, "imagine", {"prompt": "a lighthouse"})
        await _thread_is_made(fake, studio)
    message = fake.channel_view(studio.channel)[-1].message
    async with online(fake):
        pressed = await fake.press(message, studio.ben, "Edit…").acknowledged()
        (opened,) = fake.open_modals(studio.ben)
        sent = await fake.submit(opened, {"what": "greener"}, {"refs": [png("green")]}).acknowledged()

    assert opened is pressed
    assert sent.original is not None
    assert [one.text for one in fake.ephemerals(studio.ben)] == [f"greener: {len(png('green'))}"]
    assert fake.ephemerals(studio.ada) == []


@pytest.mark.parametrize("cut", ["abort", "ask_to_reconnect", "close"])
async def test_resuming(fake: FakeDiscord, studio: Studio, cut: str) -> None:
    """However the connection ends, the library resumes and hears what it missed."""
    async with online(fake) as bot:
        if cut == "close":
            await fake.gateway.close(4009)
        else:
            getattr(fake.gateway, cut)()
        fake.say(studio.channel, studio.ada, "meanwhile")
        await fake.until(lambda: fake.gateway.counts.resumes == 1 and bool(bot.heard))

    assert [message.content for message in bot.heard] == ["meanwhile"]
    assert fake.gateway.counts.identifies == 1


async def test_a_lost_session(fake: FakeDiscord, studio: Studio) -> None:
    """What cannot be resumed is identified anew, and the guild is known again."""
    async with online(fake) as bot:
        fake.gateway.forget()
        fake.gateway.abort()
        await fake.until(lambda: fake.gateway.counts.identifies == 2)
        fake.say(studio.channel, studio.ada, "again")
        await fake.until(lambda: bool(bot.heard))
    assert (fake.gateway.counts.resumes, bot.heard[0].content) == (1, "again")


async def test_a_dead_connection(fake: FakeDiscord, studio: Studio) -> None:
    """Where nothing is heard any more the library closes and resumes."""
    async with online(fake, Bot(heartbeat_timeout=0.3)) as bot:
        fake.gateway.go_silent()
        fake.say(studio.channel, studio.ada, "unheard until then")
        await fake.until(lambda: bool(bot.heard))
    assert bot.heard[0].content == "unheard until then"
    assert fake.gateway.counts.resumes >= 1


async def test_an_interaction_that_is_replayed_too_late(fake: FakeDiscord, studio: Studio) -> None:
    """Delivered once more after its three seconds, the deferral is refused and the bot lives on."""
    async with online(fake) as bot:
        fake.slash(studio.channel, studio.ada, "imagine", {"prompt": "a lighthouse"})
        await _thread_is_made(fake, studio)
        late = fake.slash(studio.channel, studio.ada, "imagine", {"prompt": "late"})
        late.asked_at = late.asked_at.replace(year=2020)
        await fake.until(lambda: bool(bot.late))
    assert bot.late == [10062]
    assert not late.is_acknowledged


async def test_without_the_intent_words_are_hidden(fake: FakeDiscord, studio: Studio) -> None:
    """The library hears that somebody wrote, and not what; asking for too much is fatal."""
    fake.switches.content_intent = False
    async with online(fake, Bot(has_content=False)) as bot:
        fake.say(studio.channel, studio.ada, "secret")
        await fake.until(lambda: bool(bot.heard))
    assert bot.heard[0].content == ""
    greedy = Bot()
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await asyncio.wait_for(greedy.start(TOKEN), PATIENCE_S)
    await greedy.close()


async def test_limits_are_waited_for(fake: FakeDiscord, studio: Studio) -> None:
    """The library waits before a bucket is empty, and after a 429 with Via."""
    fake.limits.table["POST /channels/{channel_id}/messages"] = (2, 0.05)
    async with online(fake) as bot:
        # The library is ready when guilds have not come for a moment, also where they are still on their way.
        await fake.until(lambda: bot.get_channel(studio.channel.id) is not None)
        channel = bot.get_channel(studio.channel.id)
        assert isinstance(channel, discord.TextChannel)
        await asyncio.gather(*[channel.send(str(number)) for number in range(6)])
        hits = fake.limits.hits
        fake.faults.add("POST /channels/*/messages", "429:0.01")
        await channel.send("after a 429")
    assert hits <= 1
    assert len(fake.channel_view(studio.channel)) == 7

"""Making, changing and deleting messages, whoever asks: a bot's route, an interaction's response or a person.

Owns the rules that hold for every message; who may post where is asked before, in `access.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.fakes.discord_server.bits import SETTABLE_FLAGS, Flag, Wire
from tests.fakes.discord_server.components import check_components
from tests.fakes.discord_server.core import Ping, Violation
from tests.fakes.discord_server.files import attach
from tests.fakes.discord_server.mentions import check_allowed, settle_mentions
from tests.fakes.discord_server.payloads import thread_json
from tests.fakes.discord_server.refusals import at_most, invalid, refuse
from tests.fakes.discord_server.resolving import resolve, shown_files
from tests.fakes.discord_server.world import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes.discord_server.asks import SentFile
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.world import Channel, Json

MOST_CONTENT = 2000
MOST_EMBEDS = 10
MOST_EMBED_LETTERS = 6000
MOST_NONCE = 25
FORBIDDEN_WITH_V2 = ("content", "embeds", "poll", "sticker_ids", "stickers")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to stand in a message: the body's fields, and the files beside it."""

    fields: Json
    files: Sequence[SentFile] = ()

    @property
    def flags(self) -> Flag:
        """The flags asked for."""
        return Flag(int(self.fields.get("flags") or 0))


def create(discord: Discord, channel: Channel, message: Message, draft: Draft, limit: int) -> Message:
    """Fill a new message, keep it, ping, and tell the gateway."""
    _check_draft(draft, is_v2=Flag.IS_COMPONENTS_V2 in draft.flags)
    message.flags |= draft.flags & SETTABLE_FLAGS
    fill(discord, message, draft, limit)
    if not (
        message.content or message.embeds or message.files or message.components or draft.fields.get("poll")
    ):
        refuse(50006)
    return publish(discord, channel, message, draft.fields.get("allowed_mentions"))


def publish(discord: Discord, channel: Channel, message: Message, allowed: Wire = None) -> Message:
    """Keep a message, wake an archived thread, ping, and tell."""
    discord.world.keep(message)
    if message.nonce is not None:
        discord.nonces[message.author_id, message.nonce] = message
    pinged = settle_mentions(discord.world, message, allowed)
    if message.visible_to is None and Flag.SUPPRESS_NOTIFICATIONS not in message.flags:
        discord.pings.extend(Ping(user, message.id, channel.id) for user in pinged)
    if channel.is_archived and message.visible_to is None:
        channel.is_archived = False
        discord.tell("THREAD_UPDATE", channel, thread_json(discord.world, channel))
    if channel.is_thread and message.author_id not in channel.member_ids:
        channel.member_ids.append(message.author_id)
    discord.tell_message("MESSAGE_CREATE", message)
    return message


def edit(discord: Discord, message: Message, draft: Draft, limit: int) -> Message:
    """Change a message of the bot; what the body does not name stays."""
    is_v2 = message.is_v2 or Flag.IS_COMPONENTS_V2 in draft.flags
    if message.is_v2 and draft.fields.get("flags") is not None and Flag.IS_COMPONENTS_V2 not in draft.flags:
        invalid("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", "The flag cannot be removed.")
    _check_draft(draft, is_v2=is_v2)
    if is_v2 and not message.is_v2:
        _check_conversion(message, draft.fields)
    before = message.flags
    asked = draft.flags & (Flag.SUPPRESS_EMBEDS | Flag.IS_COMPONENTS_V2)
    message.flags = (message.flags | asked) & ~Flag.LOADING
    try:
        fill(discord, message, draft, limit)
    except Exception:
        message.flags = before
        raise
    message.edited_at = discord.now()
    settle_mentions(discord.world, message, draft.fields.get("allowed_mentions"))
    discord.tell_message("MESSAGE_UPDATE", message)
    return message


def delete(discord: Discord, message: Message) -> None:
    """Take a message away. Its thread stays."""
    message.is_deleted = True
    channel = discord.world.channels[message.channel_id]
    data: Json = {"id": str(message.id), "channel_id": str(message.channel_id)}
    if channel.guild_id is not None:
        data["guild_id"] = str(channel.guild_id)
    if message.visible_to is None:
        discord.tell("MESSAGE_DELETE", channel, data)
    discord.touch()


def fill(discord: Discord, message: Message, draft: Draft, limit: int) -> None:
    """Write content, files and components into a message, all or nothing."""
    fields = draft.fields
    files = attach(
        discord.world,
        message.channel_id,
        draft.files,
        fields.get("attachments"),
        limit=limit,
        before=message.files,
    )
    components = message.components
    if "components" in fields:
        components = resolve(fields["components"] or [], files, discord.address)
    if message.is_v2:
        _note_unseen(discord, components, files)
    if "content" in fields:
        message.content = fields["content"] or ""
    if "embeds" in fields:
        message.embeds = fields["embeds"] or []
    message.files, message.components = files, components


def _note_unseen(discord: Discord, components: list[Json], files: Sequence[Any]) -> None:
    """Discord refuses no file that is shown nowhere, but nobody sees it (component reference, 2026-08)."""
    seen = {file.id for file in shown_files(components, files)}
    discord.violations.extend(
        Violation("message", f"attachment {file.name} is shown nowhere")
        for file in files
        if file.id not in seen
    )


def _check_draft(draft: Draft, *, is_v2: bool) -> None:
    fields = draft.fields
    if is_v2:
        for name in FORBIDDEN_WITH_V2:
            if fields.get(name):
                told = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                invalid(name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", told)
    at_most("content", fields.get("content") or "", MOST_CONTENT)
    _check_embeds(fields.get("embeds") or [])
    if fields.get("components"):
        check_components(fields["components"], is_v2=is_v2)
    if fields.get("nonce") is not None:
        at_most("nonce", str(fields["nonce"]), MOST_NONCE)
    if fields.get("allowed_mentions"):
        check_allowed(fields["allowed_mentions"])


def _check_embeds(embeds: list[Json]) -> None:
    if len(embeds) > MOST_EMBEDS:
        invalid("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    letters = 0
    for index, embed in enumerate(embeds):
        at_most(f"embeds.{index}.title", embed.get("title") or "", 256)
        at_most(f"embeds.{index}.description", embed.get("description") or "", 4096)
        letters += len(embed.get("title") or "") + len(embed.get("description") or "")
    if letters > MOST_EMBED_LETTERS:
        invalid("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def _check_conversion(message: Message, fields: Json) -> None:
    for name, old in (("content", message.content), ("embeds", message.embeds)):
        if old and name not in fields:
            told = f"The '{name}' of the message has to be nulled to use MessageFlags.IS_COMPONENTS_V2"
            invalid(name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", told)


def check_old_edit(discord: Discord, message: Message) -> None:
    """The separate cap on edits of messages older than an hour (30046)."""
    now = discord.now()
    if now - message.created_at <= timedelta(hours=1):
        return
    recent = [at for at in discord.old_edits.get(message.channel_id, []) if now - at < timedelta(hours=1)]
    if len(recent) >= discord.switches.old_edits_cap:
        refuse(30046)
    discord.old_edits[message.channel_id] = [*recent, now]


def same_nonce(discord: Discord, author_id: int, fields: Json) -> Message | None:
    """The message that this author sent with this nonce in the past few minutes.

    Where uniqueness is enforced.
    """
    if not fields.get("enforce_nonce") or fields.get("nonce") is None:
        return None
    oldest = discord.now() - timedelta(seconds=discord.switches.nonce_lives_s)
    found = discord.nonces.get((author_id, str(fields["nonce"])))
    return found if found is not None and found.created_at >= oldest else None


def new_message(
    discord: Discord,
    channel: Channel,
    author_id: int,
    **more: Any,  # noqa: ANN401 - fields of the dataclass
) -> Message:
    """An empty message of now."""
    return Message(discord.world.new_id(), channel.id, author_id, discord.now(), **more)

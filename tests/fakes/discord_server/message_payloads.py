"""Messages and files, written as Discord writes them: with addresses that end. Pure: state in, JSON out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tests.fakes.discord_server.bits import Flag
from tests.fakes.discord_server.components import walk
from tests.fakes.discord_server.payloads import bare_member_json, thread_json, user_json
from tests.fakes.discord_server.resolving import copied, media_of

if TYPE_CHECKING:
    from tests.fakes.discord_server.world import Channel, File, Json, Message, World

ADDRESS_LIVES_S = 24 * 3600


def file_json(world: World, file: File, origin: str) -> Json:
    """An attachment; its address is signed and ends after a day."""
    folder = "ephemeral-attachments" if file.is_passing else "attachments"
    path = f"{folder}/{file.channel_id}/{file.id}/{file.name}?{signature(world, file)}"
    found: Json = {
        "id": str(file.id),
        "filename": file.name,
        "size": len(file.content),
        "url": f"{origin}/{path}",
        "proxy_url": f"{origin}/{path}",
        "content_type": file.content_type,
        "flags": (1 << 3) if file.is_spoiler else 0,
    }
    if file.width is not None:
        found |= {"width": file.width, "height": file.height}
    if file.description is not None:
        found["description"] = file.description
    if file.is_passing:
        found["ephemeral"] = True
    return found


def message_json(world: World, message: Message, origin: str, *, is_deep: bool = True) -> Json:
    """A message, uncensored, with the one it replies to."""
    channel = world.channels[message.channel_id]
    found: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel_id),
        "type": message.kind,
        "author": user_json(world.users[message.author_id]),
        "content": message.content,
        "timestamp": message.created_at.isoformat(),
        "edited_timestamp": None if message.edited_at is None else message.edited_at.isoformat(),
        "tts": False,
        "pinned": False,
        "flags": int(message.flags),
        "attachments": [file_json(world, file, origin) for file in message.files],
        "embeds": message.embeds,
        "components": _components_json(world, message, origin),
        "mentions": [user_json(world.users[user]) for user in message.mentions],
        "mention_roles": [str(role) for role in message.mention_roles],
        "mention_everyone": message.mention_everyone,
    }
    if message.reactions:
        found["reactions"] = [_reaction_json(world, name, who) for name, who in message.reactions.items()]
    if message.nonce is not None:
        found["nonce"] = message.nonce
    if message.interaction is not None:
        found |= {"interaction_metadata": message.interaction}
    if message.token is not None:
        found |= {"application_id": str(world.bot.id), "webhook_id": str(world.bot.id)}
    if Flag.HAS_THREAD in message.flags and message.id in world.channels:
        found["thread"] = thread_json(world, world.channels[message.id])
    if message.reference is not None:
        found |= _reference_json(world, channel, message.reference, origin, is_deep=is_deep)
    return found


def signature(world: World, file: File) -> str:
    """What makes an address valid until a second of Unix time, in hexadecimal."""
    ends = int(world.now().timestamp()) + ADDRESS_LIVES_S
    return f"ex={ends:x}&is={ends - ADDRESS_LIVES_S:x}&hm={digest(file, ends)}"


def digest(file: File, ends: int) -> str:
    """The signature itself."""
    return hashlib.sha256(f"{file.id} {ends}".encode()).hexdigest()


def _components_json(world: World, message: Message, origin: str) -> list[Json]:
    """The components with fresh addresses."""
    found: list[Json] = copied(message.components)
    files = {str(file.id): file for file in message.files}
    for _, component in walk(found):
        for media in media_of(component):
            file = files.get(str(media.get("attachment_id")))
            if file is not None:
                media["url"] = media["proxy_url"] = file_json(world, file, origin)["url"]
    return found


def _reaction_json(world: World, name: str, who: list[int]) -> Json:
    return {
        "emoji": {"id": None, "name": name},
        "count": len(who),
        "count_details": {"burst": 0, "normal": len(who)},
        "me": world.bot.id in who,
        "me_burst": False,
        "burst_me": False,
        "burst_count": 0,
        "burst_colors": [],
    }


def _reference_json(
    world: World, channel: Channel, reference: tuple[int, int], origin: str, *, is_deep: bool
) -> Json:
    channel_id, message_id = reference
    found: Json = {"type": 0, "channel_id": str(channel_id), "message_id": str(message_id)}
    if channel.guild_id is not None:
        found["guild_id"] = str(channel.guild_id)
    place = world.channels.get(channel_id)
    original = place.messages.get(message_id) if place else None
    if not is_deep:
        return {"message_reference": found}
    if original is None or original.is_deleted:
        return {"message_reference": found, "referenced_message": None}
    return {
        "message_reference": found,
        "referenced_message": message_json(world, original, origin, is_deep=False),
    }


def message_event_json(world: World, message: Message, origin: str) -> Json:
    """A message as the gateway brings it: with its guild and its author's membership."""
    found = message_json(world, message, origin)
    channel = world.channels[message.channel_id]
    found["channel_type"] = int(channel.kind)
    guild = world.guild_of(channel)
    if guild is not None:
        found["guild_id"] = str(guild.id)
        if message.author_id in guild.members and message.token is None:
            found["member"] = bare_member_json(guild, guild.members[message.author_id])
    return found

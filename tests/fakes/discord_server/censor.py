"""What a bot without the MESSAGE_CONTENT intent is told: everything but the words, with Discord's exceptions.

Exceptions (Discord, 2026-08; the reply rule: discord-api-docs issue 5395): the bot's own messages, private
conversations, messages that mention the bot, and replies that ping it under a regular message of the bot. A
reply to what an interaction answered does not count, though it pings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.mentions import USER, words_of

if TYPE_CHECKING:
    from tests.fakes.discord_server.world import Json, Message, World

HIDDEN: dict[str, object] = {"content": "", "embeds": [], "attachments": [], "components": []}


def is_readable(world: World, message: Message) -> bool:
    """Whether a message is an exception."""
    bot = world.bot.id
    if message.author_id == bot or world.channels[message.channel_id].guild_id is None:
        return True
    if any(int(found) == bot for found in USER.findall(words_of(message))):
        return True
    if bot not in message.mentions or message.reference is None:
        return False
    channel_id, message_id = message.reference
    original = world.channels[channel_id].messages.get(message_id)
    return original is not None and original.interaction is None


def censor(world: World, message: Message, data: Json) -> Json:
    """The message's JSON without what the bot may not read, also of the message replied to."""
    found = dict(data)
    if not is_readable(world, message):
        found |= HIDDEN
        found.pop("poll", None)
    if found.get("referenced_message") and message.reference is not None:
        channel_id, message_id = message.reference
        original = world.channels[channel_id].messages[message_id]
        found["referenced_message"] = censor(world, original, found["referenced_message"])
    return found

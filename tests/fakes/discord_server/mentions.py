"""Who is pinged by a message.

What its words name, as far as `allowed_mentions` and permissions let it through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.fakes.discord_server.access import permissions
from tests.fakes.discord_server.bits import Permission, Wire
from tests.fakes.discord_server.refusals import invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.discord_server.world import Channel, Json, Message, World

USER = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(?:everyone|here)")
EVERYTHING: Json = {"parse": ["users", "roles", "everyone"], "replied_user": True}


def words_of(message: Message) -> str:
    """All text that can ping: the content, and the text displays of newer components."""
    return "\n".join([message.content, *_texts(message.components)])


def _texts(components: list[Json]) -> Iterator[str]:
    for component in components:
        if component.get("type") == 10:
            yield str(component.get("content", ""))
        yield from _texts(component.get("components") or [])


def check_allowed(allowed: Json) -> None:
    """The rule that `parse` and a list of the same kind exclude each other."""
    for name in ("users", "roles"):
        if name in (allowed.get("parse") or []) and allowed.get(name):
            where = "allowed_mentions"
            invalid(where, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", f'parse:["{name}"] and {name}: [ids]')


def settle_mentions(world: World, message: Message, allowed: Wire = None) -> list[int]:
    """Write who is mentioned into the message; returns whom it pings.

    Without `allowed` everything pings that may; a user's own message is written that way.
    """
    rule: Json = EVERYTHING if allowed is None else allowed
    channel = world.channels[message.channel_id]
    words = words_of(message)
    users = [int(found) for found in USER.findall(words) if int(found) in world.users]
    named = _permitted(users, rule, "users")
    if message.reference is not None and rule.get("replied_user", allowed is None):
        named += _replied_to(world, message)
    message.mentions = list(dict.fromkeys(named))
    message.mention_roles = _permitted(
        [int(found) for found in ROLE.findall(words) if _pingable(world, channel, message, int(found))],
        rule,
        "roles",
    )
    message.mention_everyone = (
        bool(EVERYONE.search(words))
        and "everyone" in (rule.get("parse") or [])
        and _may_ping_all(world, channel, message.author_id)
    )
    return _pinged(world, channel, message)


def _permitted(found: list[int], rule: Json, name: str) -> list[int]:
    if name in (rule.get("parse") or []):
        return found
    chosen = {int(one) for one in rule.get(name) or []}
    return [one for one in found if one in chosen]


def _replied_to(world: World, message: Message) -> list[int]:
    assert message.reference is not None
    channel_id, message_id = message.reference
    original = world.channels[channel_id].messages.get(message_id)
    return [] if original is None or original.author_id == message.author_id else [original.author_id]


def _pingable(world: World, channel: Channel, message: Message, role_id: int) -> bool:
    guild = world.guild_of(channel)
    role = guild.roles.get(role_id) if guild else None
    return role is not None and (role.is_mentionable or _may_ping_all(world, channel, message.author_id))


def _may_ping_all(world: World, channel: Channel, author_id: int) -> bool:
    return channel.guild_id is not None and Permission.MENTION_EVERYONE in permissions(
        world, author_id, channel
    )


def _pinged(world: World, channel: Channel, message: Message) -> list[int]:
    guild = world.guild_of(channel)
    found = list(message.mentions)
    if guild is not None:
        roles = set(message.mention_roles)
        found += [
            member.user_id
            for member in guild.members.values()
            if message.mention_everyone or roles & set(member.role_ids)
        ]
    return [one for one in dict.fromkeys(found) if one != message.author_id]

"""An interaction's life: asked, acknowledged in three seconds, a token of fifteen minutes, what it made.

Owns these deadlines and which response may answer what. `webhooks.py` serves the token's routes.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.fakes.discord_server.access import permissions
from tests.fakes.discord_server.bits import TOKEN_LIVES_S, Answer, Ask, Flag, Permission, Wire
from tests.fakes.discord_server.modals import check_modal
from tests.fakes.discord_server.posting import Draft, create, edit, new_message
from tests.fakes.discord_server.refusals import at_most, between, invalid, refuse
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tests.fakes.discord_server.asks import SentFile
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.world import Channel, Json, Message

MESSAGE_KIND = {(Ask.COMMAND, 1): 20, (Ask.COMMAND, 2): 23, (Ask.COMMAND, 3): 23}
"""By the interaction's type and the command's type."""
ON_COMPONENTS = frozenset({Answer.DEFERRED_UPDATE, Answer.UPDATE})
PLAIN = frozenset({Answer.MESSAGE, Answer.DEFERRED_MESSAGE})
ALLOWED: dict[Ask, frozenset[Answer]] = {
    Ask.COMMAND: PLAIN | {Answer.MODAL, Answer.LAUNCH_ACTIVITY},
    Ask.COMPONENT: PLAIN | ON_COMPONENTS | {Answer.MODAL, Answer.LAUNCH_ACTIVITY},
    Ask.AUTOCOMPLETE: frozenset({Answer.CHOICES}),
    Ask.MODAL_SUBMIT: PLAIN,
}
"""A form opened by a component may also be answered by changing that message."""
MOST_FOLLOWUPS = 5
"""Only where the app was installed by the person and not by the guild."""


@dataclass(slots=True)
class Interaction:
    """One interaction, as the platform remembers it."""

    id: int
    token: str
    kind: Ask
    user_id: int
    channel_id: int
    guild_id: int | None
    asked_at: datetime
    asked_s: float
    """Real seconds of a monotonic clock, for latencies."""
    command_kind: int = 1
    is_user_install: bool = False
    payload: Json = field(default_factory=dict)
    source: Message | None = None
    """The message whose component was used, also behind a form."""
    answer: Answer | None = None
    ack_latency_s: float | None = None
    own_lag_s: float = 0.0
    """How late this server itself was meanwhile, at worst."""
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    http_status: int | None = None
    """What the app's own address answered, where interactions go over HTTP."""
    opened_by: Interaction | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_acknowledged(self) -> bool:
        """Whether it was answered in time."""
        return self.answer is not None

    async def acknowledged(self, timeout_s: float = PATIENCE_S) -> Interaction:
        """Wait until it was answered; fails after real seconds."""
        async with asyncio.timeout(timeout_s):
            await self.done.wait()
        return self


def new_interaction(
    discord: Discord,
    kind: Ask,
    user_id: int,
    channel: Channel,
    **more: Any,  # noqa: ANN401 - fields of the dataclass
) -> Interaction:
    """A new interaction of now, known to the platform."""
    token = secrets.token_urlsafe(120)
    interaction = Interaction(
        discord.world.new_id(),
        token,
        kind,
        user_id,
        channel.id,
        channel.guild_id,
        discord.now(),
        time.perf_counter(),
        **more,
    )
    discord.interactions[interaction.id] = interaction
    discord.tokens[token] = interaction
    return interaction


def by_token(discord: Discord, token: str) -> Interaction:
    """The interaction of a webhook token.

    10015 unknown or not acknowledged, 50027 or 10015 after 15 minutes.
    """
    found = discord.tokens.get(token)
    if found is None:
        refuse(10015)
    if discord.now() - found.asked_at >= timedelta(seconds=TOKEN_LIVES_S):
        refuse(50027 if discord.switches.expired_token == "401" else 10015)
    if not found.is_acknowledged:
        refuse(10015)
    return found


def acknowledge(
    discord: Discord, interaction: Interaction, body: Json, files: Sequence[SentFile]
) -> Message | None:
    """Take the first and only response; returns the message it made or changed."""
    if interaction.answer is not None:
        refuse(40060)
    if discord.now() - interaction.asked_at > timedelta(seconds=discord.switches.answer_within_s):
        refuse(10062)
    answer = _answer(interaction, body)
    data: Json = body.get("data") or {}
    message = _carry_out(discord, interaction, answer, data, files)
    interaction.answer = answer
    interaction.ack_latency_s = time.perf_counter() - interaction.asked_s
    interaction.done.set()
    discord.touch()
    return message


def _answer(interaction: Interaction, body: Json) -> Answer:
    allowed = ALLOWED[interaction.kind]
    if interaction.kind is Ask.MODAL_SUBMIT and interaction.source is not None:
        allowed |= ON_COMPONENTS
    kind = body.get("type")
    if kind not in allowed:
        listed = ", ".join(str(int(one)) for one in sorted(allowed))
        invalid("type", "BASE_TYPE_CHOICES", f"Value must be one of ({listed}).")
    return Answer(kind)


def _carry_out(
    discord: Discord, interaction: Interaction, answer: Answer, data: Json, files: Sequence[SentFile]
) -> Message | None:
    match answer:
        case Answer.MESSAGE:
            interaction.original = _respond(discord, interaction, Draft(data, files))
        case Answer.DEFERRED_MESSAGE:
            interaction.original = _think(discord, interaction, data)
        case Answer.DEFERRED_UPDATE | Answer.UPDATE:
            assert interaction.source is not None
            interaction.original = interaction.source
            if answer is Answer.UPDATE:
                channel = discord.world.channels[interaction.channel_id]
                limit = discord.real_limit(channel, interaction.user_id)
                edit(discord, interaction.source, Draft(data, files), limit)
        case Answer.CHOICES:
            interaction.choices = _check_choices(data.get("choices"))
        case Answer.MODAL:
            check_modal(data)
            interaction.modal = data
        case Answer.PONG | Answer.LAUNCH_ACTIVITY:
            pass
    return interaction.original


def respond(discord: Discord, interaction: Interaction, draft: Draft, *, is_ephemeral: bool) -> Message:
    """A new message made with the interaction's token."""
    channel = discord.world.channel(interaction.channel_id)
    message = _blank(discord, interaction, channel)
    if is_ephemeral or must_be_ephemeral(discord, interaction):
        message.visible_to = interaction.user_id
        message.flags |= Flag.EPHEMERAL
    return create(discord, channel, message, draft, discord.real_limit(channel, interaction.user_id))


def _respond(discord: Discord, interaction: Interaction, draft: Draft) -> Message:
    return respond(discord, interaction, draft, is_ephemeral=Flag.EPHEMERAL in draft.flags)


def _think(discord: Discord, interaction: Interaction, data: Json) -> Message:
    flags = Flag(int(data.get("flags") or 0))
    if flags & ~Flag.EPHEMERAL or set(data) - {"flags"}:
        invalid("data.flags", "BASE_TYPE_CHOICES", "Only EPHEMERAL may be set while deferring.")
    channel = discord.world.channel(interaction.channel_id)
    message = _blank(discord, interaction, channel)
    message.flags |= Flag.LOADING
    if Flag.EPHEMERAL in flags or must_be_ephemeral(discord, interaction):
        message.visible_to = interaction.user_id
        message.flags |= Flag.EPHEMERAL
    discord.world.keep(message)
    discord.tell_message("MESSAGE_CREATE", message)
    return message


def _blank(discord: Discord, interaction: Interaction, channel: Channel) -> Message:
    message = new_message(discord, channel, discord.world.bot.id, token=interaction.token)
    message.kind = MESSAGE_KIND.get((interaction.kind, interaction.command_kind), 0)
    if interaction.source is not None and interaction.source.visible_to is None:
        message.kind, message.reference = 19, (channel.id, interaction.source.id)
    message.interaction = metadata(discord, interaction)
    return message


def metadata(discord: Discord, interaction: Interaction) -> Json:
    """The `interaction_metadata` of messages that it made."""
    user = discord.world.users[interaction.user_id]
    return {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "user": {
            "id": str(user.id),
            "username": user.name,
            "discriminator": "0",
            "avatar": None,
            "global_name": user.name,
            "public_flags": 0,
            "flags": 0,
            "banner": None,
            "accent_color": None,
            "avatar_decoration_data": None,
            "primary_guild": None,
        },
        "authorizing_integration_owners": owners(interaction),
    } | _origin(discord, interaction)


def _origin(discord: Discord, interaction: Interaction) -> Json:
    """Which message or interaction it came from."""
    if interaction.kind is Ask.COMPONENT and interaction.source is not None:
        return {"interacted_message_id": str(interaction.source.id)}
    if interaction.kind is Ask.MODAL_SUBMIT and interaction.opened_by is not None:
        return {"triggering_interaction_metadata": metadata(discord, interaction.opened_by)}
    return {}


def owners(interaction: Interaction) -> dict[str, str]:
    """Who installed the app where this was asked: "0" the guild, "1" the person."""
    if interaction.is_user_install:
        return {"1": str(interaction.user_id)}
    return {"0": str(interaction.guild_id or 0)}


def must_be_ephemeral(discord: Discord, interaction: Interaction) -> bool:
    """A person's own app may not be seen by others where USE_EXTERNAL_APPS is denied."""
    if not interaction.is_user_install or interaction.guild_id is None:
        return False
    channel = discord.world.channels[interaction.channel_id]
    return Permission.USE_EXTERNAL_APPS not in permissions(discord.world, interaction.user_id, channel)


def _check_choices(choices: Wire) -> list[Json]:
    if not isinstance(choices, list) or len(choices) > 25:
        invalid("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for index, choice in enumerate(choices):
        between(f"data.choices.{index}.name", str(choice.get("name", "")), 1, 100)
        if isinstance(choice.get("value"), str):
            at_most(f"data.choices.{index}.value", choice["value"], 100)
    return choices

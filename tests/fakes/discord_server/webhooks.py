"""The routes of an interaction: its callback, its original response and its follow-ups.

The bot's token is not asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.bits import Answer, Flag
from tests.fakes.discord_server.interactions import (
    MOST_FOLLOWUPS,
    acknowledge,
    by_token,
    respond,
)
from tests.fakes.discord_server.posting import Draft, delete, edit
from tests.fakes.discord_server.refusals import refuse

if TYPE_CHECKING:
    from tests.fakes.discord_server.asks import Call
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.interactions import Interaction
    from tests.fakes.discord_server.world import Json, Message

TRUE = frozenset({"1", "true", "True"})


def callback(discord: Discord, call: Call) -> Json | None:
    """POST /interactions/{id}/{token}/callback."""
    interaction = discord.interactions.get(call.id("interaction_id"))
    if interaction is None or interaction.token != call.params["interaction_token"]:
        refuse(10062)
    message = acknowledge(discord, interaction, call.fields, call.files)
    if call.query.get("with_response") not in TRUE:
        return None
    return callback_json(discord, interaction, message)


def callback_json(discord: Discord, interaction: Interaction, message: Message | None) -> Json:
    """What `with_response` brings."""
    told: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    found: Json = {"interaction": told}
    if message is not None:
        told |= {
            "response_message_id": str(message.id),
            "response_message_loading": Flag.LOADING in message.flags,
            "response_message_ephemeral": message.visible_to is not None,
        }
    answer = interaction.answer
    if answer in {Answer.MESSAGE, Answer.UPDATE} and message is not None:
        found["resource"] = {"type": int(answer), "message": discord.show(message)}
    return found


def show(discord: Discord, call: Call) -> Json:
    """GET a message of the token."""
    return discord.show(_message(discord, call)[1])


def change(discord: Discord, call: Call) -> Json:
    """PATCH a message of the token."""
    interaction, message = _message(discord, call)
    channel = discord.world.channel(message.channel_id)
    limit = discord.real_limit(channel, interaction.user_id)
    return discord.show(edit(discord, message, Draft(call.fields, call.files), limit))


def remove(discord: Discord, call: Call) -> None:
    """DELETE a message of the token."""
    delete(discord, _message(discord, call)[1])


def follow_up(discord: Discord, call: Call) -> Json:
    """POST another message.

    The first one after a deferral still fills that in, as it always did (deprecated).
    """
    interaction = by_token(discord, call.params["webhook_token"])
    draft = Draft(call.fields, call.files)
    original = interaction.original
    if original is not None and Flag.LOADING in original.flags and not original.is_deleted:
        discord.deprecations.append(f"{call.name}: the first follow-up filled in the deferred response")
        channel = discord.world.channel(original.channel_id)
        return discord.show(edit(discord, original, draft, discord.real_limit(channel, interaction.user_id)))
    if interaction.is_user_install and len(interaction.followups) >= MOST_FOLLOWUPS:
        refuse(40094)
    message = respond(discord, interaction, draft, is_ephemeral=Flag.EPHEMERAL in draft.flags)
    interaction.followups.append(message)
    return discord.show(message)


def _message(discord: Discord, call: Call) -> tuple[Interaction, Message]:
    interaction = by_token(discord, call.params["webhook_token"])
    name = call.params["message_id"]
    if name == "@original":
        message = interaction.original
    else:
        known = [*interaction.followups, *([interaction.original] if interaction.original else [])]
        message = next((one for one in known if str(one.id) == name), None)
    if message is None or message.is_deleted:
        refuse(10008)
    discord.world.channel(message.channel_id)
    return interaction, message

"""Who may do what: tokens, scopes, membership and ownership, each with the code Slack answers with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack_server.refusals import refuse
from tests.fakes.slack_server.things import Channel, Message, Room, Team, Token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.fakes.slack_server.asks import Ask

KIND = {Room.PUBLIC: "channels", Room.PRIVATE: "groups", Room.IM: "im", Room.MPIM: "mpim"}
"""The family of scopes that a conversation belongs to."""


def check_token(ask: Ask) -> None:
    """Find out whose call this is; every way in which a token can be no good has its own code."""
    if not ask.bearer:
        refuse("not_authed")
    token = ask.world.tokens.get(ask.bearer)
    if token is None:
        refuse("invalid_auth")
    if token.error:
        refuse(token.error)
    if token.expires_at is not None and token.expires_at <= ask.world.now():
        refuse("token_expired")
    ask.token = token
    ask.team_record = _team_of(ask, token)


def _team_of(ask: Ask, token: Token) -> Team | None:
    """The token's workspace; one for a whole organisation works where the call's arguments point to."""
    if not token.enterprise:
        return ask.world.teams.get(token.team)
    inside = [team for team in ask.world.teams.values() if team.enterprise == token.enterprise]
    place = ask.text("channel") or ask.text("channel_id")
    named = {ask.text("team_id"), ask.text("user_id"), ask.text("user")} - {""}
    for team in inside:
        if place in team.channels or named & ({team.id} | team.users.keys()):
            return team
    return inside[0]


def check_scopes(ask: Ask, any_of: Iterable[str]) -> None:
    """One of these scopes is enough; none of them named is always enough."""
    wanted = tuple(any_of)
    has = ask.token.scopes if ask.token else frozenset()
    if wanted and not has & set(wanted):
        refuse("missing_scope", needed=wanted[0], provided=",".join(sorted(has)))


def visible_channel(ask: Ask, channel_id: str) -> Channel:
    """The conversation, if the bot can see that it exists: public ones, and those it is in."""
    channel = ask.team.channels.get(channel_id)
    if channel is None:
        refuse("channel_not_found")
    if channel.room is not Room.PUBLIC and ask.team.bot_user not in channel.members:
        refuse("channel_not_found")
    return channel


def writable_channel(ask: Ask, channel_id: str) -> Channel:
    """The conversation, if the bot may post there. A user's id opens the direct messages with them."""
    if channel_id in ask.team.users:
        return ask.world.im_with(ask.team.id, channel_id)
    channel = visible_channel(ask, channel_id)
    if channel.is_archived:
        refuse("is_archived")
    may_shout = ask.token is not None and "chat:write.public" in ask.token.scopes
    if ask.team.bot_user not in channel.members and not may_shout:
        refuse("not_in_channel")
    return channel


def own_message(ask: Ask, channel: Channel, ts: str, *, code: str) -> Message:
    """A message of the bot's own in that conversation."""
    message = channel.messages.get(ts)
    if message is None:
        refuse("message_not_found")
    if message.bot_id != ask.team.bot_id:
        refuse(code)
    return message

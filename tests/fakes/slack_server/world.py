"""Everything there is: workspaces, tokens, files, and the switches that make the platform misbehave.

Owns the minting of ids and timestamps. Knows no HTTP; what happened and who must be told of it lies in
`outbox` until the service sends it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.slack_server.limits import Buckets, Rates
from tests.fakes.slack_server.things import (
    ALL_SCOPES,
    Channel,
    File,
    Group,
    Json,
    Message,
    Room,
    Team,
    Token,
    User,
    View,
)

if TYPE_CHECKING:
    from core.app.ports import Clock

APP_ID = "A0INKTHREAD"
APP_TOKEN = "xapp-1-A0INKTHREAD-1-test"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
CLIENT_ID = "111.222"
CLIENT_SECRET = "shh-not-a-secret"

RESPONSE_URL_LIFE_S = 1800

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class Switches:
    """What a test may change about the platform while it runs."""

    ready_after_s: float | None = 0.05
    """From completion to a file's being ready; None is never."""
    share_after_s: float = 0.05
    """From completion to the message of a shared file's appearing."""
    rates: Rates = field(default_factory=Rates)
    trigger_life_s: float = 3.0
    sends_own_messages: bool = True
    """Whether the app hears of its own messages, as Slack lets it."""
    subscribed: frozenset[str] = frozenset(
        {
            *("app_mention", "message.channels", "message.groups", "message.im", "message.mpim"),
            *("app_home_opened", "app_uninstalled", "tokens_revoked", "member_joined_channel"),
            *("agent_session_stopped", "file_shared"),
        }
    )
    upload_answers: deque[int] = field(default_factory=deque)
    """HTTP states of the next uploads, which succeed all the same (408 is the one seen in the wild)."""
    faults: dict[str, deque[str]] = field(default_factory=dict)
    """Error codes, or HTTP states such as `500`, that the next calls of a method meet."""


@dataclass(slots=True)
class Happened:
    """An event somebody must be told of."""

    team: str
    event: Json
    scope: str


@dataclass(slots=True)
class PendingShare:
    """A file's message that is still to appear."""

    at: float
    channel: str
    message: Message


@dataclass(slots=True)
class Trigger:
    """Leave to open one view."""

    id: str
    team: str
    user: str
    ends_at: float
    is_used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """A place to answer: five times within half an hour."""

    key: str
    team: str
    channel: str
    user: str
    ends_at: float
    message_ts: str = ""
    thread_ts: str = ""
    uses: int = 0


class World:
    """The state of one fake Slack."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.switches = Switches()
        self.buckets = Buckets()
        self.teams: dict[str, Team] = {}
        self.tokens: dict[str, Token] = {
            APP_TOKEN: Token(APP_TOKEN, "", frozenset({"connections:write"}), is_app=True)
        }
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.codes: dict[str, Json] = {}
        self.refresh_tokens: dict[str, str] = {}
        self.outbox: deque[Happened] = deque()
        self.pending_shares: list[PendingShare] = []
        self.origin = ""
        self._numbers: dict[str, int] = {}
        self._last_ts_us = 0

    # --- time and names --------------------------------------------------------------------------

    def now(self) -> float:
        """Seconds since 1970 on the injected clock."""
        return self.clock.now().timestamp()

    def new_ts(self) -> str:
        """A message's timestamp: later than every one before."""
        self._last_ts_us = max(self._last_ts_us + 100, round(self.now() * 1_000_000))
        return f"{self._last_ts_us // 1_000_000}.{self._last_ts_us % 1_000_000:06d}"

    def new_id(self, letter: str) -> str:
        """An id such as `C00000001`, of the length and letters Slack's have."""
        number = self._numbers[letter] = self._numbers.get(letter, 0) + 1
        digits = ""
        while number:
            number, digit = divmod(number, 36)
            digits = DIGITS[digit] + digits
        return f"{letter}{digits:0>8}"

    # --- workspaces ------------------------------------------------------------------------------

    def add_team(
        self,
        domain: str = "",
        *,
        scopes: frozenset[str] = ALL_SCOPES,
        enterprise: str = "",
        is_installed: bool = True,
        is_rotating: bool = False,
    ) -> Team:
        """A workspace with our app's bot; `is_installed` False leaves it for an OAuth install."""
        team_id = self.new_id("T")
        domain = domain or f"studio-{team_id.lstrip('T0').lower()}"
        bot_user, bot_id = self.new_id("U"), self.new_id("B")
        token = f"xoxb-{team_id}-1"
        team = Team(team_id, domain, domain.title(), bot_user, bot_id, token, scopes, enterprise)
        team.is_installed, team.is_rotating = is_installed, is_rotating
        team.users[bot_user] = User(bot_user, team_id, "inkthread", "Inkthread", is_bot=True)
        self.teams[team_id] = team
        if is_installed:
            self.tokens[token] = Token(token, team_id, scopes)
        return team

    def add_user(self, team: str, name: str, **facts: Any) -> User:  # noqa: ANN401 - fields of User
        """A person; `facts` are fields of User."""
        user = User(self.new_id("U"), team, name, name.title(), **facts)
        self.teams[team].users[user.id] = user
        return user

    def add_channel(
        self,
        team: str,
        name: str,
        *,
        room: Room = Room.PUBLIC,
        members: tuple[str, ...] = (),
        has_bot: bool = True,
    ) -> Channel:
        """A conversation with these people, and the bot unless told otherwise."""
        letter = {Room.PUBLIC: "C", Room.PRIVATE: "C", Room.IM: "D", Room.MPIM: "C"}[room]
        here = self.teams[team]
        everybody = {*members, *([here.bot_user] if has_bot else [])}
        channel = Channel(self.new_id(letter), team, name, room, everybody)
        here.channels[channel.id] = channel
        return channel

    def add_group(self, team: str, handle: str, users: tuple[str, ...] = ()) -> Group:
        """A user group."""
        group = Group(self.new_id("S"), team, handle, list(users))
        self.teams[team].groups[group.id] = group
        return group

    def channel(self, channel_id: str) -> Channel:
        """The conversation with that id, whatever workspace it is in; KeyError where there is none."""
        for team in self.teams.values():
            if channel_id in team.channels:
                return team.channels[channel_id]
        raise KeyError(channel_id)

    def im_with(self, team: str, *users: str) -> Channel:
        """The bot's conversation with these people alone; made when first asked for."""
        here = self.teams[team]
        everybody = {*users, here.bot_user}
        room = Room.IM if len(users) == 1 else Room.MPIM
        for channel in here.channels.values():
            if channel.room is room and channel.members == everybody:
                return channel
        return self.add_channel(team, "", room=room, members=users)

    # --- what lasts a while ----------------------------------------------------------------------

    def new_trigger(self, team: str, user: str) -> str:
        """A fresh `trigger_id`."""
        name = f"{self.new_id('').lower()}.{team.lower()}.trigger"
        self.triggers[name] = Trigger(name, team, user, self.now() + self.switches.trigger_life_s)
        return name

    def new_response_url(
        self, kind: str, channel: Channel, user: str, *, message_ts: str = "", thread_ts: str = ""
    ) -> str:
        """A fresh `response_url`, good for five uses within thirty minutes."""
        key = f"{kind}/{channel.team}/{self.new_id('')}/secret{self.new_id('r')}"
        ends_at = self.now() + RESPONSE_URL_LIFE_S
        self.response_urls[key] = ResponseUrl(
            key, channel.team, channel.id, user, ends_at, message_ts, thread_ts
        )
        return f"{self.origin}/response/{key}"

    def tell(self, team: str, event: Json, scope: str) -> None:
        """Let the app hear of something, if it subscribed to it under that name."""
        if scope in self.switches.subscribed or scope == "":
            self.outbox.append(Happened(team, event, scope))

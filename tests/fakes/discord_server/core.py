"""What every route and verb shares: the world, the switches, the records, and the ear that events go to.

Owns no rule. `Switches` is all that a test may turn.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from tests.fakes.discord_server.bits import ACK_WITHIN_S, REQUEST_LIMIT
from tests.fakes.discord_server.files import limit_of, told_limit
from tests.fakes.discord_server.message_payloads import file_json, message_event_json, message_json
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.fakes.discord_server.asks import Call
    from tests.fakes.discord_server.interactions import Interaction
    from tests.fakes.discord_server.world import Channel, File, Json, Message, World

LOOK_EVERY_S = 0.01
"""What the bot itself did is told to nobody; it is looked for again after this."""


@dataclass(slots=True)
class Switches:
    """What a test may turn. Times are of the clock given, unless they say otherwise."""

    answer_within_s: float = ACK_WITHIN_S
    """How long an interaction waits for its first answer."""
    expired_token: Literal["401", "404"] = "401"
    """In the wild 401/50027; documented and simcord's: 404/10015."""
    real_file_limit: int | None = None
    """Bytes a file that are truly accepted, whatever the tier says."""
    told_file_limit: int | None = None
    """The `attachment_size_limit` told, whatever is true: the lying variant."""
    request_limit: int = REQUEST_LIMIT
    nonce_lives_s: float = 300.0
    """How long "a few minutes" are."""
    old_edits_cap: int = 30
    """Edits of messages older than an hour, a channel and hour; Discord publishes no number."""
    content_intent: bool = True
    """Whether MESSAGE_CONTENT is granted in the developer portal."""
    other_privileged: bool = False
    """Whether the two other privileged intents are granted."""
    recommended_shards: int = 1
    identifies_left: int = 1000
    max_concurrency: int = 1
    identify_every_s: float = 5.0
    """Real seconds between two IDENTIFYs of one concurrency bucket."""
    commands_made_today: int = 0


@dataclass(frozen=True, slots=True)
class Ping:
    """One person's phone rang."""

    user_id: int
    message_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that breaks the published schema or a rule that Discord would not refuse."""

    call: str
    what: str


class Ear(Protocol):
    """Where events go: the gateway."""

    def tell(self, event: str, place: Channel | None, data: Json, *, message: Message | None = None) -> None:
        """Send to every session that may hear it."""


@dataclass(slots=True)
class Discord:
    """The platform's insides."""

    now: Callable[[], datetime]
    world: World
    switches: Switches = field(default_factory=Switches)
    origin: str = ""
    pings: list[Ping] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    deprecations: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    interactions: dict[int, Interaction] = field(default_factory=dict)
    tokens: dict[str, Interaction] = field(default_factory=dict)
    nonces: dict[tuple[int, str], Message] = field(default_factory=dict)
    typing: list[tuple[int, datetime]] = field(default_factory=list)
    commands: dict[int | None, dict[int, Json]] = field(default_factory=dict)
    """By guild; None holds the global ones."""
    app_emojis: dict[int, str] = field(default_factory=dict)
    ear: Ear | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    old_edits: dict[int, list[datetime]] = field(default_factory=dict)

    @property
    def gateway_url(self) -> str:
        """Where the gateway listens."""
        return self.origin.replace("http://", "ws://", 1) + "/gw"

    def touch(self) -> None:
        """Wake whoever waits for something to have happened."""
        self.changed.set()

    def tell(self, event: str, place: Channel | None, data: Json, *, message: Message | None = None) -> None:
        """Send an event to the gateway."""
        if self.ear is not None:
            self.ear.tell(event, place, data, message=message)
        self.touch()

    def tell_message(self, event: str, message: Message) -> None:
        """Send a message's event; what only one person sees is told to nobody else."""
        self.touch()
        if message.visible_to is None:
            channel = self.world.channels[message.channel_id]
            self.tell(event, channel, message_event_json(self.world, message, self.origin), message=message)

    def show(self, message: Message) -> Json:
        """A message as REST routes bring it."""
        return message_json(self.world, message, self.origin)

    def address(self, file: File) -> str:
        """Where a file's bytes are."""
        return str(file_json(self.world, file, self.origin)["url"])

    def real_limit(self, channel: Channel, user_id: int | None = None) -> int:
        """Bytes a file that are accepted; in an interaction also the person's own limit counts."""
        if self.switches.real_file_limit is not None:
            return self.switches.real_file_limit
        if user_id is None:
            return limit_of(self.world, channel)
        return told_limit(self.world, channel, user_id)

    def told_limit(self, channel: Channel, user_id: int) -> int:
        """The `attachment_size_limit` of an interaction."""
        if self.switches.told_file_limit is not None:
            return self.switches.told_file_limit
        return told_limit(self.world, channel, user_id)

    async def until(self, is_so: Callable[[], bool], timeout_s: float = PATIENCE_S) -> None:
        """Wait until something is so, here or in the bot; fails after real seconds."""
        async with asyncio.timeout(timeout_s):
            while not is_so():
                self.changed.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY_S):
                        await self.changed.wait()

"""Discord's gateway: hears what happens, over as many shards as Discord asks for.

Owns the connection's life; how long it stays away stands in `beginnings.py`. discord.py resumes, reconnects
and notices dead connections by itself. It is given events to hand on as they came: no message,
member or view is built or kept, so nothing grows with what people say (ADR 28). Must never learn what an
event means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, assert_never

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.state import AutoShardedConnectionState
from discord.voice_client import VoiceClient

from adapters.discord.asked import HAS_THREADS
from adapters.discord.beginnings import (
    IDENTIFY_EVERY_S,
    Ending,
    IdentifyPace,
    Pauses,
    SessionsSpent,
    ending_of,
)
from adapters.discord.read import Us
from adapters.platforms.monotonic import MonotonicTime

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence

    from adapters.discord.listeners import Listeners
    from adapters.platforms.payload import Payload
    from core.app.ports import Clock
    from core.app.reports import Reports


def redirect(api_url: str, gateway_url: str | None) -> None:
    """Send discord.py elsewhere, for the whole process: it has no setting for one client (2.7.1).

    Only the gateway's own calls go through it; all others have their address from the settings.
    """
    Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


class _State(AutoShardedConnectionState[Any]):
    """Hands the events that we hear on as they came. The library finds these methods by their names."""

    def parse_interaction_create(self, data: Any) -> None:  # noqa: ANN401 - the library's payload
        self.dispatch("asked", data)

    def parse_message_create(self, data: Any) -> None:  # noqa: ANN401 - the same
        self.dispatch("said", data)

    def parse_message_update(self, data: Any) -> None:  # noqa: ANN401 - the same
        self.dispatch("changed", data)

    def parse_message_delete(self, data: Any) -> None:  # noqa: ANN401 - the same
        self.dispatch("taken_back", data)

    def parse_message_delete_bulk(self, data: Any) -> None:  # noqa: ANN401 - the same
        for message in data.get("ids") or ():
            self.dispatch("taken_back", {**data, "id": message})

    def parse_ready(self, data: Any) -> None:  # noqa: ANN401 - the same
        super().parse_ready(data)
        self.dispatch("servers_listed", data)

    def parse_guild_delete(self, data: Any) -> None:  # noqa: ANN401 - the same
        super().parse_guild_delete(data)
        # Discord tells of its own outages in the same way, with a word more.
        if not data.get("unavailable"):
            self.dispatch("sent_away", data)

    def parse_channel_delete(self, data: Any) -> None:  # noqa: ANN401 - the same
        super().parse_channel_delete(data)
        self.dispatch("place_gone", data)

    def parse_thread_delete(self, data: Any) -> None:  # noqa: ANN401 - the same
        super().parse_thread_delete(data)
        self.dispatch("place_gone", data)


class GatewayClient(discord.AutoShardedClient):
    """One run of discord.py's client."""

    def __init__(
        self,
        listeners: Listeners,
        pace: IdentifyPace,
        *,
        sees_content: bool,
        address: str | None,
        **options: Any,  # noqa: ANN401 - the library's
    ) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.message_content = sees_content
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            **options,
        )
        self._ears = listeners
        self._pace = pace
        self._address = None if address is None else yarl.URL(address)
        self._connect = self.http.ws_connect
        self.http.ws_connect = self._paced  # type: ignore[method-assign]  # the library has no hook for it
        self._launching: set[int] = set()
        self._refusal: SessionsSpent | None = None
        self.on_login: Callable[[str], Awaitable[None]] | None = None

    def _get_state(self, **options: Any) -> AutoShardedConnectionState[Any]:  # noqa: ANN401 - the library's
        return _State(
            dispatch=self.dispatch, handlers=self._handlers, hooks=self._hooks, http=self.http, **options
        )

    async def setup_hook(self) -> None:
        """We are logged in and not connected yet."""
        if self.user is not None:
            self._ears.us = Us(str(self.user.id))
        self._pace.learn(await self.fetch_session_start_limits())
        if self.on_login is not None:
            await self.on_login(str(self.application_id))

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard, by way of a proxy where there is one.

        The library calls this again from within when it fails, without an end, and each call stays open: the
        second one ends the run, and whoever runs it waits longer each time.
        """
        if shard_id in self._launching:
            raise self._refusal or ConnectionError(f"shard {shard_id} cannot be connected")
        self._launching.add(shard_id)
        await super().launch_shard(self._address or gateway, shard_id, initial=initial)
        self._launching.discard(shard_id)

    async def _paced(self, url: str, **options: Any) -> Any:  # noqa: ANN401 - the library's
        await self._pace.connect(self.shard_count or 1)
        return await self._connect(url, **options)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for the shard's turn; without this the library waits five seconds between any two."""
        del initial
        try:
            await self._pace.admit(shard_id or 0)
        except SessionsSpent as spent:
            self._refusal = spent
            raise

    async def on_asked(self, payload: Payload) -> None:
        """An interaction."""
        await self._ears.interaction(payload)

    async def on_said(self, payload: Payload) -> None:
        """A new message."""
        await self._ears.message(payload)

    async def on_changed(self, payload: Payload) -> None:
        """Other words in a message."""
        await self._ears.changed(payload)

    async def on_taken_back(self, payload: Payload) -> None:
        """A message is gone."""
        await self._ears.deleted(payload)

    async def on_servers_listed(self, payload: Payload) -> None:
        """A shard begins anew, and is told where we are."""
        self._ears.departures.listed(payload)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server has taken us in."""
        self._ears.departures.joined(self._ears.us.user, str(guild.id))

    async def on_sent_away(self, payload: Payload) -> None:
        """A server has removed us."""
        self._ears.departures.left(payload)

    async def on_place_gone(self, payload: Payload) -> None:
        """A channel or thread was deleted."""
        self._ears.departures.gone(payload)


@dataclass(frozen=True, slots=True)
class Line:
    """How to connect. `address` is a proxy's; `options` are discord.py's own, as tests need them."""

    token: str = field(repr=False)
    sees_content: bool = True
    address: str | None = None
    identify_every_s: float = IDENTIFY_EVERY_S
    options: Mapping[str, Any] = field(default_factory=dict)


class Gateway:
    """Keeps a client running; answers what is known of servers. Implements `Guilds`."""

    def __init__(self, line: Line, *, clock: Clock, reports: Reports) -> None:
        self._line = line
        self._clock = clock
        self._now_s = MonotonicTime(clock).now_s
        self._reports = reports
        self._pace = IdentifyPace(clock, every_s=line.identify_every_s)
        self._pauses = Pauses()
        self._is_refused = False
        self._client: GatewayClient | None = None
        self.sees_content = line.sees_content
        self.on_login: Callable[[str], Awaitable[None]] | None = None

    async def run(self, listeners: Listeners) -> None:
        """Be connected until cancelled; whatever ends it, it begins anew after a while."""
        while True:
            client, began_s = self._made(listeners), self._now_s()
            self._client = client
            error = await _ended(client, self._line.token)
            if isinstance(error, discord.PrivilegedIntentsRequired) and self.sees_content:
                self._do_without_content()
                continue
            again_s = self._pauses.after(error, self._now_s() - began_s)
            self._say(error, again_s)
            await self._clock.sleep(again_s)

    def _say(self, error: Exception | None, again_s: float) -> None:
        ending = ending_of(error)
        self._is_refused = ending is Ending.REFUSED
        match ending:
            case Ending.REFUSED:
                note = "Nothing is heard on Discord. `inkthread doctor` says more."
                self._reports.warning("discord_token_refused", note=note, again_s=again_s)
            case Ending.SPENT:
                note = "Discord allows no further connection until then; something ended each at once."
                self._reports.warning("discord_sessions_spent", note=note, again_s=again_s)
            case Ending.TROUBLE if error is None:
                self._reports.warning("discord_disconnected", again_s=again_s)
            case Ending.TROUBLE:
                self._reports.fault("discord_not_connected", error, again_s=again_s)
            case _:
                assert_never(ending)

    async def _logged_in(self, application: str) -> None:
        if self._is_refused:
            self._is_refused = False
            self._reports.info("discord_token_accepted")
        if self.on_login is not None:
            await self.on_login(application)

    def _made(self, listeners: Listeners) -> GatewayClient:
        listeners.sees_content(is_seen=self.sees_content)
        VoiceClient.warn_nacl = VoiceClient.warn_dave = False
        client = GatewayClient(
            listeners,
            self._pace,
            sees_content=self.sees_content,
            address=self._line.address,
            **self._line.options,
        )
        client.on_login = self._logged_in
        return client

    def _do_without_content(self) -> None:
        """Close code 4014: the application may not have what was asked for."""
        self._reports.warning(
            "discord_intent_not_granted",
            intent="message content",
            note="Turn on Bot > Privileged Gateway Intents > Message Content Intent at "
            "https://discord.com/developers/applications and start again, or set "
            "DISCORD_MESSAGE_CONTENT=false. Until then people answer with a ping, a mention or a button.",
        )
        self.sees_content = False

    @property
    def is_ready(self) -> bool:
        """Whether the servers are known."""
        return self._client is not None and self._client.is_ready()

    # --- servers ---

    def is_plain(self, guild: str, channel: str) -> bool | None:
        """Whether that is a channel and no thread; None for one that is not known."""
        found = self._guild(guild)
        known = None if found is None else found.get_channel_or_thread(int(channel))
        return None if known is None else known.type.value in HAS_THREADS

    def is_ours(self, guild: str, thread: str) -> bool:
        """Whether that is a thread which we have made."""
        found = self._guild(guild)
        known = None if found is None else found.get_thread(int(thread))
        us = None if self._client is None else self._client.user
        return known is not None and us is not None and known.owner_id == us.id

    def is_admin(self, guild: str, user: str, roles: Sequence[str]) -> bool:
        """Whether a member with those roles may manage the server."""
        found = self._guild(guild)
        if found is None:
            return False
        held = [found.default_role, *(found.get_role(int(one)) for one in roles)]
        rights = [one.permissions for one in held if one is not None]
        return found.owner_id == int(user) or any(one.manage_guild or one.administrator for one in rights)

    def locale(self, guild: str) -> str:
        """The server's language."""
        found = self._guild(guild)
        return "en" if found is None else found.preferred_locale.value

    def our_roles(self, guild: str) -> frozenset[str]:
        """The roles that Discord made for us alone."""
        found = self._guild(guild)
        role = None if found is None else found.self_role
        return frozenset() if role is None else frozenset({str(role.id)})

    def permissions(self, guild: str, channel: str) -> int | None:
        """What we may do in that channel or thread; a thread has the rights of what it hangs on."""
        found = self._guild(guild)
        place = None if found is None else found.get_channel_or_thread(int(channel))
        home = place.parent if isinstance(place, discord.Thread) else place
        # Although its type does not say so, the library does not know us before Discord has told.
        me: discord.Member | None = None if found is None else found.me
        if home is None or me is None:
            return None
        # The channel's own sum also takes away what cannot be used where nobody may write; in its threads
        # one may.
        return discord.abc.GuildChannel.permissions_for(home, me).value

    def file_limit(self, guild: str) -> int | None:
        """How many bytes a file may have there, by the server's boosts."""
        found = self._guild(guild)
        return None if found is None else found.filesize_limit

    def _guild(self, guild: str) -> discord.Guild | None:
        return None if self._client is None else self._client.get_guild(int(guild))


async def _ended(client: GatewayClient, token: str) -> Exception | None:
    """Be connected as long as it lasts; what ended it, None when Discord closed it in good order."""
    try:
        error = await _fault_of(client.start(token))
    finally:
        closing = await _fault_of(client.close())
    return error or closing


async def _fault_of(work: Coroutine[object, object, None]) -> Exception | None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody would notice a bot that gave up
        return error
    return None

"""Interactions over HTTP: signed with Ed25519, posted to the app's address, its answer taken as the response.

Owns the posting; `ed25519.py` the signature. The app is an address, or an ASGI application in this process.
"""

from __future__ import annotations

import json
import ssl
import time
from typing import TYPE_CHECKING

import httpx

from tests.fakes.discord_server.core import Violation
from tests.fakes.discord_server.ed25519 import SigningKey
from tests.fakes.discord_server.interactions import acknowledge
from tests.fakes.discord_server.refusals import Refused
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from tests.fakes.discord_server.bits import Wire
    from tests.fakes.discord_server.core import Discord
    from tests.fakes.discord_server.interactions import Interaction
    from tests.fakes.discord_server.world import Json

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loading real ones takes 50 ms, and nothing here is encrypted."""
PING: Json = {"type": 1, "version": 1, "token": "unused", "id": "1"}


class Doorstep:
    """Posts to the address that the app gave in the developer portal."""

    def __init__(self, discord: Discord, url: str, application: Wire = None) -> None:
        self.discord = discord
        self.url = url
        self.key = SigningKey(b"inkthread fake discord signs it.")
        transport = None if application is None else httpx.ASGITransport(app=application)
        self._http = httpx.AsyncClient(transport=transport, timeout=PATIENCE_S, verify=NO_CERTIFICATES)

    async def post(self, body: Json, *, is_signed_right: bool = True, timestamp: str = "") -> httpx.Response:
        """POST one interaction, rightly or wrongly signed."""
        raw = json.dumps(body).encode()
        at = timestamp or str(int(time.time()))
        signature = self.key.sign(at.encode() + raw)
        if not is_signed_right:
            signature = bytes([signature[0] ^ 1]) + signature[1:]
        headers = {
            "content-type": "application/json",
            "user-agent": "Discord-Interactions/1.0 (+https://discord.com)",
            "x-signature-ed25519": signature.hex(),
            "x-signature-timestamp": at,
        }
        return await self._http.post(self.url, content=raw, headers=headers)

    async def is_accepted(self) -> bool:
        """What the portal checks before it takes an address.

        PING is answered 1, and bad signatures with 401.
        """
        ping = PING | {"application_id": str(self.discord.world.bot.id)}
        good = await self.post(ping)
        bad = await self.post(ping, is_signed_right=False)
        return good.status_code == 200 and good.json() == {"type": 1} and bad.status_code == 401

    async def deliver(self, interaction: Interaction) -> None:
        """POST an interaction and take an answer in the body as its response.

        202 says that one comes by callback.
        """
        answer = await self.post(interaction.payload)
        interaction.http_status = answer.status_code
        if answer.status_code == 200 and not interaction.is_acknowledged:
            try:
                acknowledge(self.discord, interaction, answer.json(), ())
            except Refused as refused:
                self.discord.violations.append(Violation("the answer's body", str(refused)))
        self.discord.touch()

    async def aclose(self) -> None:
        """Hang up."""
        await self._http.aclose()

"""Fetches the files that people sent, from Discord's CDN and from nowhere else.

Owns the download: no token goes along, since the address is signed; an address that has ended is had anew
from the message that shows the file; what is too large stops on its way. Must never learn what a file is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import aiohttp

from adapters.discord.errors import Trouble
from adapters.discord.refs import is_snowflake, read_file_ref
from adapters.discord.rest import Route
from core.app.ports import AttachmentFault

if TYPE_CHECKING:
    from adapters.discord.refs import FileRef
    from adapters.discord.rest import Rest
    from core.app.inbound import Attachment

HOSTS: Final = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
TIMEOUT: Final = aiohttp.ClientTimeout(total=90, connect=8, sock_read=30)

_CHUNK: Final = 1 << 16
_CODES: Final = {401: "forbidden", 403: "gone", 404: "gone", 410: "gone"}
"""The CDN answers 403 or 404 to an address that has ended (2026-08)."""


class Fetching:
    """Fetches from Discord."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    async def fetch(self, attachment: Attachment, *, max_bytes: int) -> bytes | AttachmentFault:
        """The bytes of a file, or why they are not to be had: gone, too_large, forbidden, unreachable."""
        file = read_file_ref(attachment.ref)
        if file is None:
            return AttachmentFault("gone", attachment.file_name)
        found = await self._tried(file.url, max_bytes)
        if found == "gone" and (fresh := await self._fresh(file)):
            found = await self._tried(fresh, max_bytes)
        return AttachmentFault(found, attachment.file_name) if isinstance(found, str) else found

    async def _tried(self, address: str, max_bytes: int) -> bytes | str:
        try:
            return await self._download(address, max_bytes)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
            return "unreachable"

    async def _fresh(self, file: FileRef) -> str:
        """A new address of the file, from the message that shows it; empty where there is none."""
        if not (is_snowflake(file.channel) and is_snowflake(file.message)):
            return ""
        ids = {"channel_id": file.channel, "message_id": file.message}
        answer = await self._rest.ask(Route("GET", "/channels/{channel_id}/messages/{message_id}", ids))
        if isinstance(answer, Trouble) or not isinstance(answer, dict):
            return ""
        files = answer.get("attachments") or []
        return next((str(one.get("url", "")) for one in files if str(one.get("id")) == file.id), "")

    async def _download(self, address: str, max_bytes: int) -> bytes | str:
        if not self._is_discord(address):
            return "forbidden"
        async with self._rest.session.get(address, allow_redirects=False, timeout=TIMEOUT) as response:
            if not response.ok or response.status >= 300:  # noqa: PLR2004 - redirects: the CDN has none
                return _CODES.get(response.status, "unreachable")
            if response.content_length is not None and response.content_length > max_bytes:
                return "too_large"
            content = bytearray()
            async for chunk in response.content.iter_chunked(_CHUNK):
                content += chunk
                if len(content) > max_bytes:
                    return "too_large"
            return bytes(content)

    def _is_discord(self, address: str) -> bool:
        """Whether that is Discord's CDN over https, or the very server that plays Discord."""
        parts = urlsplit(address)
        if parts.netloc and parts.netloc == urlsplit(self._rest.base_url).netloc:
            return True
        return parts.scheme == "https" and parts.netloc in HOSTS

"""Fetches the files that people sent.

Owns the download: the token goes to Slack's own hosts and nowhere else, looked at again at each redirect;
what is too large stops on its way; a sign-in page is not a file. Must never learn what a file is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

import aiohttp

from adapters.slack.errors import Trouble
from adapters.slack.refs import read_file_ref
from core.app.ports import AttachmentFault

if TYPE_CHECKING:
    from adapters.slack.client import SlackApi
    from adapters.slack.refs import FileRef
    from core.app.inbound import Attachment
    from core.domain.ids import WorkspaceId

SLACK_HOSTS: Final = (".slack.com", ".slack-gov.com")
MAX_REDIRECTS: Final = 4
TIMEOUT: Final = aiohttp.ClientTimeout(total=90, connect=8, sock_read=30)

_CHUNK: Final = 1 << 16
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_CODES: Final = {401: "forbidden", 403: "forbidden", 404: "gone", 410: "gone"}
_NOT_OURS: Final = {"external": "forbidden", "hidden_by_limit": "forbidden", "tombstone": "gone"}
"""Slack's words for files that it does not have, hides for want of a plan, or has deleted (2026-11)."""

_GONE: Final = frozenset({"file_not_found", "file_deleted"})
_HTML: Final = (b"<!doctype html", b"<html")


class Fetching:
    """Fetches from Slack."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._own = urlsplit(api.base_url)

    async def fetch(self, attachment: Attachment, *, max_bytes: int) -> bytes | AttachmentFault:
        """The bytes of a file, or why they are not to be had: gone, too_large, forbidden, unreachable."""
        file = read_file_ref(attachment.ref)
        if file is None:
            return AttachmentFault("gone", attachment.file_name)
        address = await self._address(file)
        if address.startswith("!"):
            return AttachmentFault(address[1:], attachment.file_name)
        try:
            found = await self._download(file.workspace, address, max_bytes)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
            found = "unreachable"
        return AttachmentFault(found, attachment.file_name) if isinstance(found, str) else found

    async def _address(self, file: FileRef) -> str:
        """Where the bytes are; behind an exclamation mark, why there are none."""
        if file.mode in _NOT_OURS:
            return f"!{_NOT_OURS[file.mode]}"
        if file.url and not file.needs_asking:
            return file.url
        answer = await self._api.read(file.workspace, "files.info", file=file.id)
        if isinstance(answer, Trouble):
            if answer.code in _GONE:
                return "!gone"
            return "!unreachable" if answer.fault.is_passing else "!forbidden"
        told = answer.get("file", {})
        if told.get("mode") in _NOT_OURS:
            return f"!{_NOT_OURS[told['mode']]}"
        return str(told.get("url_private_download") or told.get("url_private") or "!gone")

    async def _download(self, workspace: WorkspaceId, address: str, max_bytes: int) -> bytes | str:
        token = await self._api.token(workspace)
        if token is None:
            return "forbidden"
        headers = {"Authorization": f"Bearer {token}"}
        for _ in range(MAX_REDIRECTS + 1):
            if not self._is_slack(address):
                return "forbidden"
            async with self._api.session.get(
                address, headers=headers, allow_redirects=False, timeout=TIMEOUT
            ) as response:
                if response.status in _REDIRECTS:
                    address = urljoin(address, response.headers.get("Location", ""))
                    continue
                return await _content(response, max_bytes)
        return "forbidden"

    def _is_slack(self, address: str) -> bool:
        """Whether the token may go there: to Slack over https, or to the very server that plays Slack."""
        parts = urlsplit(address)
        if (parts.scheme, parts.netloc) == (self._own.scheme, self._own.netloc):
            return True
        host = parts.hostname or ""
        return parts.scheme == "https" and host.endswith(SLACK_HOSTS)


async def _content(response: aiohttp.ClientResponse, max_bytes: int) -> bytes | str:
    if not response.ok:
        return _CODES.get(response.status, "unreachable")
    if response.content_type == "text/html":
        # Without the scope files:read Slack answers with its sign-in page and 200 (2026-11).
        return "forbidden"
    if response.content_length is not None and response.content_length > max_bytes:
        return "too_large"
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > max_bytes:
            return "too_large"
    if bytes(content[:64]).lstrip().lower().startswith(_HTML):
        return "forbidden"
    return bytes(content)

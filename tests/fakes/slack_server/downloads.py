"""What stands behind `url_private`: bytes for those with the right token, a sign-in page for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.slack_server.things import Stage

if TYPE_CHECKING:
    from tests.fakes.slack_server.world import World

SIGN_IN = (
    "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to Slack</body></html>"
)


def serve_download(world: World, request: web.Request, file_id: str) -> web.Response:
    """Answer one download. What a token may not see is a web page with HTTP 200 (slack.md 6.1)."""
    file = world.files.get(file_id)
    if file is None or file.stage is Stage.DELETED:
        return web.Response(text="File not found", status=404)
    if file.moved_to:
        return web.Response(status=302, headers={"Location": file.moved_to})
    token = world.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
    is_allowed = (
        token is not None
        and not token.error
        and "files:read" in token.scopes
        and (token.team == file.team or file.access == "check_file_info")
    )
    if not is_allowed or file.is_page:
        return web.Response(text=SIGN_IN, content_type="text/html")
    return web.Response(body=file.content, content_type=file.real_mimetype)

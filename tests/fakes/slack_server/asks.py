"""A call of a method as it came: arguments from the query, a form or JSON, and the token.

Slack takes arguments from wherever the SDK puts them, POST or GET; the few methods that do not read a JSON
body are named here. Judges nothing else.
"""

from __future__ import annotations

import base64
import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.slack_server.refusals import refuse, refuse_arguments

if TYPE_CHECKING:
    from aiohttp import web

    from tests.fakes.slack_server.things import Json, Team, Token
    from tests.fakes.slack_server.world import World

DEAF_TO_JSON = frozenset(
    {
        *("files.getUploadURLExternal", "files.info", "users.info", "users.conversations", "team.info"),
        *("conversations.info", "conversations.members", "conversations.history", "conversations.replies"),
        *("usergroups.list", "usergroups.users.list", "oauth.v2.access", "chat.getPermalink"),
    }
)
"""Their JSON body is not read: the arguments are missing then. Method pages, 2026; for the upload URL the
page says otherwise since 2026, but the refusal was still seen live (Octember/earshot#10)."""

NESTED = frozenset({"blocks", "attachments", "metadata", "files", "view", "file_ids", "loading_messages"})
"""Arguments that are JSON even where they travel in a form or a query."""


@dataclass(slots=True)
class Ask:
    """One call. Its workspace and token are known once the token was looked at."""

    world: World
    method: str
    args: Json
    bearer: str
    basic: tuple[str, str] = ("", "")
    is_json: bool = False
    token: Token | None = field(default=None, repr=False)
    team_record: Team | None = field(default=None, repr=False)

    @property
    def team(self) -> Team:
        """The workspace whose token this is."""
        if self.team_record is None:
            refuse("not_allowed_token_type")
        return self.team_record

    def text(self, name: str, default: str = "") -> str:
        """A word or text; refuses what is none."""
        value = self.args.get(name)
        if value is None:
            return default
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            refuse_arguments(f"must provide a string [json-pointer:/{name}]")
        return value

    def needed(self, name: str) -> str:
        """A text that must be there."""
        value = self.text(name)
        if not value:
            refuse_arguments(f"missing required field: {name}")
        return value

    def number(self, name: str, default: int) -> int:
        """A whole number, also where it travels as text."""
        value = self.args.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            refuse_arguments(f"must provide an integer [json-pointer:/{name}]")

    def flag(self, name: str) -> bool:
        """A yes or no, in any of the forms that Slack takes."""
        return str(self.args.get(name, "")).lower() in {"1", "true"}

    def nested(self, name: str, kind: type[list[Any] | dict[str, Any]]) -> Any:  # noqa: ANN401 - JSON
        """A list or an object, or None where it was left out."""
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, kind):
            refuse("invalid_blocks_format" if name == "blocks" else "invalid_arguments")
        return value


async def read_ask(world: World, request: web.Request) -> Ask:
    """Read a request, whatever it holds."""
    method = request.match_info["method"]
    args: Json = dict(request.query)
    kind = request.content_type
    is_json = kind == "application/json"
    if is_json and method not in DEAF_TO_JSON:
        args |= await _json_body(request)
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    for name in NESTED & args.keys():
        if isinstance(args[name], str):
            with contextlib.suppress(ValueError):
                args[name] = json.loads(args[name])
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    bearer = credentials if scheme == "Bearer" else str(args.pop("token", ""))
    return Ask(world, method, args, bearer, _basic(credentials) if scheme == "Basic" else ("", ""), is_json)


async def _json_body(request: web.Request) -> Json:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        refuse("invalid_json")
    if not isinstance(body, dict):
        refuse("json_not_object")
    return {name: value for name, value in body.items() if value is not None}


def _basic(credentials: str) -> tuple[str, str]:
    name, _, secret = base64.b64decode(credentials).decode().partition(":")
    return name, secret

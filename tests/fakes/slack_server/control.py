"""The fake from another process: verbs by POST, looks by GET, everything as JSON; bytes as base64.

`POST /control/NAME` with `{"args": [...], "kwargs": {...}}` calls what is in `ALLOWED`.
"""

from __future__ import annotations

import base64
import dataclasses
import inspect
import json
from enum import Enum
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack_server.crowd import populate, rush
from tests.fakes.slack_server.things import Room

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.slack_server.running import FakeSlack
    from tests.fakes.slack_server.things import Channel, Json, View


class Control:
    """What a test in another process may do with a fake."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self._allowed: dict[str, Callable[..., Any]] = {
            "add_team": slack.world.add_team,
            "add_user": slack.world.add_user,
            "add_channel": self.add_channel,
            "add_group": slack.world.add_group,
            "add_file": self.add_file,
            "populate": lambda teams, channels=1: populate(slack, teams, channels),
            "rush": self.rush,
            "set": self.set,
            "fail": slack.fail,
            "hold": lambda method: slack.hold(method).is_set(),
            "let_go": slack.let_go,
            "use_request_url": slack.use_request_url,
            "until_connected": slack.sockets.until_connected,
            "refresh": slack.sockets.refresh,
            "drop": slack.sockets.drop,
            "slash": slack.slash,
            "message": slack.message,
            "press": slack.press,
            "shortcut_on": slack.shortcut_on,
            "global_shortcut": slack.global_shortcut,
            "submit": self.submit,
            "open_home": slack.open_home,
            "stop_session": slack.stop_session,
            "uninstall": slack.uninstall,
            "revoke": slack.revoke,
            "remove_bot": slack.remove_bot,
            "channel_view": slack.channel_view,
            "thread_view": slack.thread_view,
            "whispers": slack.whispers,
            "forms": slack.forms,
            "home": slack.home,
            "calls": self.calls,
            "unexpected": lambda: slack.unexpected,
            "crashes": lambda: [repr(crash) for crash in slack.crashes],
            "ratelimited": lambda: slack.ratelimited,
        }

    async def answer(self, request: web.Request) -> web.Response:
        """Do one thing, and say what came of it."""
        asked: Json = await request.json()
        done = self._allowed[request.match_info["name"]](*asked.get("args", []), **asked.get("kwargs", {}))
        if inspect.isawaitable(done):
            done = await done
        return web.json_response(plain(done), dumps=json.dumps)

    def add_channel(
        self, team: str, name: str, room: str = "channel", members: tuple[str, ...] = ()
    ) -> Channel:
        """A conversation; `room` as in events."""
        return self.slack.world.add_channel(team, name, room=Room(room), members=tuple(members))

    def add_file(self, user: str, name: str, content: str) -> str:
        """A person's file; its bytes in base64."""
        return self.slack.add_file(user, name, base64.b64decode(content))

    async def submit(self, user: str, values: dict[str, Json] | None = None) -> object:
        """Send the topmost form of a person."""
        form: View = self.slack.forms(user)[-1]
        return await self.slack.submit(form, values)

    async def rush(self, pairs: list[list[str]], **how: Any) -> object:  # noqa: ANN401 - the arguments of `rush`
        """A rush over pairs that `populate` told."""
        return await rush(self.slack, [(person, channel) for person, channel in pairs], **how)

    def set(self, name: str, value: float | bool | None) -> None:  # noqa: FBT001 - a switch's value
        """Set a switch, or with the name `rates` whether rates are kept."""
        if name == "rates":
            self.slack.switches.rates = dataclasses.replace(self.slack.switches.rates, is_kept=bool(value))
        else:
            setattr(self.slack.switches, name, value)

    def calls(self, method: str = "") -> list[Json]:
        """Method, workspace, outcome and time of every call, without its arguments."""
        return [
            {"method": call.method, "team": call.team, "outcome": call.outcome, "at": call.at}
            for call in self.slack.calls
            if method in {"", call.method}
        ]


def plain(value: object) -> object:
    """Anything as JSON: records by their public fields, bytes in base64."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [field.name for field in dataclasses.fields(value) if not field.name.startswith("_")]
        return {name: plain(getattr(value, name)) for name in fields}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value

"""The server told and read over HTTP, for tests whose bot or fake runs in another process.

`POST /control/do` takes `{"verb": "slash", "args": [...], "kwargs": {...}}`; messages are written
`{"message": id}`, bytes `{"base64": …}`. `GET /control/report` gives counts, latencies and violations.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.discord_server.choosing import NotOffered
from tests.fakes.discord_server.crowd import rush

if TYPE_CHECKING:
    from tests.fakes.discord_server.bits import Wire
    from tests.fakes.discord_server.running import FakeDiscord
    from tests.fakes.discord_server.views import Shown
    from tests.fakes.discord_server.world import Json

VERBS = frozenset({"slash", "autocomplete", "menu", "press", "submit", "say", "edit", "delete"})
TROUBLE = frozenset({"ask_to_reconnect", "invalidate", "forget", "abort", "go_silent", "hear_again"})


class Control:
    """The routes."""

    def __init__(self, fake: FakeDiscord) -> None:
        self.fake = fake

    def add_to(self, application: web.Application) -> None:
        """Put the routes into an application."""
        application.router.add_post("/control/do", self._do)
        application.router.add_post("/control/make", self._make)
        application.router.add_post("/control/rush", self._rush)
        application.router.add_post("/control/gateway", self._gateway)
        application.router.add_post("/control/faults", self._faults)
        application.router.add_post("/control/switch", self._switch)
        application.router.add_get("/control/report", self._report)
        application.router.add_get("/control/view/{channel}", self._view)
        application.router.add_get("/control/interactions", self._interactions)

    async def _do(self, request: web.Request) -> web.Response:
        told = await request.json()
        if told["verb"] not in VERBS:
            return web.json_response({"error": "no such verb"}, status=404)
        args = [self._read(one) for one in told.get("args", [])]
        kwargs = {name: self._read(one) for name, one in told.get("kwargs", {}).items()}
        try:
            done = getattr(self.fake, told["verb"])(*args, **kwargs)
        except NotOffered as refused:
            return web.json_response({"error": str(refused)}, status=409)
        return web.json_response({"id": None if done is None else str(done.id)})

    def _read(self, value: Wire) -> Wire:
        if isinstance(value, list):
            return [self._read(one) for one in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"base64"}:
            return base64.b64decode(value["base64"])
        if set(value) == {"message"}:
            number = int(value["message"])
            return next(one for one in self.fake.world.all_messages() if one.id == number)
        if set(value) == {"interaction"}:
            return self.fake.discord.interactions[int(value["interaction"])]
        return {name: self._read(one) for name, one in value.items()}

    async def _make(self, request: web.Request) -> web.Response:
        """`{"guild": name, "channels": n, "users": n, "tier": t}` makes one of each and gives their ids."""
        told = await request.json()
        world = self.fake.world
        guild = world.add_guild(str(told.get("guild", "Studio")), tier=int(told.get("tier", 0)))
        channels = [world.add_channel(guild, f"art-{index}") for index in range(int(told.get("channels", 1)))]
        users = [self.fake.join(guild, f"person {index}") for index in range(int(told.get("users", 1)))]
        found = {"channels": [str(one.id) for one in channels], "users": [str(one.id) for one in users]}
        return web.json_response({"guild": str(guild.id), **found})

    async def _rush(self, request: web.Request) -> web.Response:
        """`{"pairs": [[user, channel], …], "commands": n, "over_s": s}`; answers with a `Rush`."""
        told = await request.json()
        pairs = [(int(user), int(channel)) for user, channel in told["pairs"]]
        went = await rush(self.fake, pairs, commands=int(told["commands"]), over_s=float(told["over_s"]))
        return web.json_response(asdict(went))

    async def _gateway(self, request: web.Request) -> web.Response:
        """`{"do": "abort"}` and the like break connections; `{"close": 4009}` closes with a code."""
        told = await request.json()
        if "close" in told:
            await self.fake.gateway.close(int(told["close"]))
        elif told.get("do") in TROUBLE:
            getattr(self.fake.gateway, told["do"])(**told.get("kwargs", {}))
        else:
            return web.json_response({"error": "no such trouble"}, status=404)
        return web.json_response({})

    async def _faults(self, request: web.Request) -> web.Response:
        """`{"route": "POST /channels/*/messages", "steps": ["502"]}`."""
        told = await request.json()
        self.fake.faults.add(told["route"], *told["steps"])
        return web.json_response({})

    async def _switch(self, request: web.Request) -> web.Response:
        """Sets fields of `Switches`."""
        for name, value in (await request.json()).items():
            setattr(self.fake.discord.switches, name, value)
        return web.json_response({})

    async def _report(self, request: web.Request) -> web.Response:
        del request
        fake = self.fake
        return web.json_response(
            {
                "calls": [{"name": one.name, "status": one.status, "code": one.code} for one in fake.calls],
                "ack_latencies_s": fake.ack_latencies(),
                "unanswered": sum(not one.is_acknowledged for one in fake.interactions),
                "violations": [f"{one.call}: {one.what}" for one in fake.violations],
                "pings": len(fake.pings),
                "worst_lag_s": fake.lag.worst(),
                "rate_limited": fake.limits.hits,
                "is_ready": fake.gateway.is_ready,
            }
        )

    async def _view(self, request: web.Request) -> web.Response:
        user = request.query.get("user")
        seen = self.fake.channel_view(int(request.match_info["channel"]), int(user) if user else None)
        return web.json_response([_shown(one) for one in seen])

    async def _interactions(self, request: web.Request) -> web.Response:
        del request
        return web.json_response(
            [
                {
                    "id": str(one.id),
                    "kind": int(one.kind),
                    "answer": one.answer and int(one.answer),
                    "ack_latency_s": one.ack_latency_s,
                    "modal": one.modal,
                    "choices": one.choices,
                    "original": one.original and str(one.original.id),
                }
                for one in self.fake.interactions
            ]
        )


def _shown(one: Shown) -> Json:
    return {
        "id": str(one.message.id),
        "author": one.author,
        "text": one.text,
        "pictures": [
            {"name": two.name, "sha256": hashlib.sha256(two.content).hexdigest(), "alt_text": two.alt_text}
            for two in one.pictures
        ],
        "buttons": [{"label": two.label, "custom_id": two.custom_id} for two in one.buttons],
        "is_thinking": one.is_thinking,
        "is_private": one.is_private,
        "replies_to": one.replies_to and str(one.replies_to),
        "has_thread": one.has_thread,
    }

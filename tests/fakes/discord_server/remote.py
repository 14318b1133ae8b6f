"""A fake that runs on another loop or in another process, spoken to over HTTP.

See `control.py` for what it takes.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import httpx

from tests.fakes.discord_server.doorstep import NO_CERTIFICATES
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.fakes.discord_server.bits import Wire

    Json = dict[str, Any]


class Remote:
    """The verbs by ids. Bytes anywhere in the arguments are packed; a message is `Remote.message(id)`."""

    def __init__(self, origin: str) -> None:
        self._http = httpx.AsyncClient(base_url=origin, timeout=PATIENCE_S, verify=NO_CERTIFICATES)

    @staticmethod
    def message(message_id: str) -> Json:
        """How a message is named in an argument."""
        return {"message": message_id}

    @staticmethod
    def interaction(interaction_id: str) -> Json:
        """How an interaction is named in an argument."""
        return {"interaction": interaction_id}

    async def make(self, **wanted: object) -> Json:
        """A guild with channels and people: `guild`, `channels`, `users`, `tier`; returns their ids."""
        return await self._post("/control/make", wanted)

    async def do(self, verb: str, *args: object, **kwargs: object) -> str:
        """One verb; returns the id of the interaction or message it made."""
        told = {"verb": verb, "args": _packed(list(args)), "kwargs": _packed(kwargs)}
        return str((await self._post("/control/do", told))["id"])

    async def rush(self, pairs: Sequence[tuple[str, str]], *, commands: int, over_s: float) -> Json:
        """Many commands, everybody (user, channel) in turn; how they were answered, as `crowd.Rush`."""
        told = {"pairs": [list(one) for one in pairs], "commands": commands, "over_s": over_s}
        return await self._post("/control/rush", told)

    async def trouble(self, what: str, **kwargs: object) -> None:
        """A way for the gateway to go wrong, such as `abort`."""
        await self._post("/control/gateway", {"do": what, "kwargs": kwargs})

    async def close(self, code: int) -> None:
        """The gateway closes with a code."""
        await self._post("/control/gateway", {"close": code})

    async def faults(self, route: str, *steps: str) -> None:
        """Steps as in `faults.py`."""
        await self._post("/control/faults", {"route": route, "steps": list(steps)})

    async def switch(self, **fields: object) -> None:
        """Fields of `Switches`."""
        await self._post("/control/switch", fields)

    async def report(self) -> Json:
        """Counts, latencies, violations."""
        return dict((await self._http.get("/control/report")).json())

    async def interactions(self) -> list[Json]:
        """Every interaction and what became of it."""
        return list((await self._http.get("/control/interactions")).json())

    async def view(self, channel: str, user: str | None = None) -> list[Json]:
        """What stands in a channel; pictures by their SHA-256."""
        query: Mapping[str, str] = {} if user is None else {"user": user}
        return list((await self._http.get(f"/control/view/{channel}", params=query)).json())

    async def aclose(self) -> None:
        """Hang up."""
        await self._http.aclose()

    async def _post(self, path: str, body: object) -> Json:
        answer = await self._http.post(path, json=body)
        found: Json = answer.json()
        if answer.status_code != 200:
            raise AssertionError(found.get("error", answer.text))
        return found


def _packed(value: Wire) -> Wire:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {name: _packed(inner) for name, inner in value.items()}
    return [_packed(inner) for inner in value] if isinstance(value, list | tuple) else value

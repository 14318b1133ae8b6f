"""The endpoints: rules first, then the bill, then the answer, or what a script does instead of it."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import json
import time
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fakes.openai_server.answers import Work, answer_json, completed_events, error_event, partial_events
from tests.fakes.openai_server.asks import Ask, read_ask
from tests.fakes.openai_server.bill import Bill, Charge
from tests.fakes.openai_server.costs import costs_page
from tests.fakes.openai_server.models import LISTED_ONLY, LIVING
from tests.fakes.openai_server.rules import Refused, check, refuse
from tests.fakes.openai_server.scripts import Reply, Scripts, refusal, stream_refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request


class Service:
    """The state of one server, and its application."""

    def __init__(
        self, *, bill: Bill, key: str, admin_key: str, latency_s: float, hang_up: Callable[[Request], None]
    ) -> None:
        self.bill = bill
        self.scripts = Scripts()
        self.asks: list[Ask] = []
        self.latency_s = latency_s
        self._key = key
        self._admin_key = admin_key
        self._hang_up = hang_up
        self._kept: dict[str, tuple[bytes, str]] = {}
        self._next_number = 0
        self.application = Starlette(
            routes=[
                Route("/v1/images/generations", self._generations, methods=["POST"]),
                Route("/v1/images/edits", self._edits, methods=["POST"]),
                Route("/v1/models", self._models),
                Route("/v1/models/{model}", self._model),
                Route("/v1/organization/costs", self._costs),
                Route("/files/{name}", self._file),
                Route("/away", self._away),
                Route("/control/bill", self._control_bill),
                Route("/control/asks", self._control_asks),
                Route("/control/script", self._control_script, methods=["POST"]),
                Route("/control/reset", self._control_reset, methods=["POST"]),
            ],
        )

    def reset(self) -> None:
        """Forget what was asked, billed and queued."""
        self.bill.clear()
        self.scripts.clear()
        self.asks.clear()
        self._kept.clear()

    # --- what the API offers --------------------------------------------------------------------

    async def _generations(self, request: Request) -> Response:
        return await self._make(request, "generation")

    async def _edits(self, request: Request) -> Response:
        return await self._make(request, "edit")

    async def _make(self, request: Request, kind: str) -> Response:
        self._next_number += 1
        ask = await read_ask(request, self._next_number)
        self.asks.append(ask)
        reply = self.scripts.next_reply()
        if reply is None:
            try:
                self._authorise(request)
                return await self._serve(request, ask, kind)
            except Refused as refused:
                reply = Reply(refused.status, refused.as_json())
        return self._stamped(ask, _plain(reply))

    async def _serve(self, request: Request, ask: Ask, kind: str) -> Response:
        job = check(ask, kind)
        faults = self.scripts.next_faults(ask.prompt)
        work = Work(
            job,
            faults,
            f"{ask.number} {_digest(ask)}",
            lambda content, shape: self._keep(request, content, shape),
        )
        refused = refusal(faults)
        if job.is_stream and "no_stream" in faults:
            refused = stream_refused()
        if refused is not None:
            if faults.get("moderated") == "output":
                self._charge(ask, work, "moderated_output")
            return self._stamped(ask, _plain(refused))
        return self._stamped(ask, await self._deliver(request, ask, work))

    async def _deliver(self, request: Request, ask: Ask, work: Work) -> Response:
        """From here on the work is billed, whoever is still there to receive it."""
        outcome = next((SILENCES[name] for name in work.faults if name in SILENCES), "delivered")
        self._charge(ask, work, outcome)
        await asyncio.sleep(self.latency_s + float(work.faults.get("slow", "0")))
        if "hang" in work.faults:
            await _wait_for_departure(request)
        if "drop_before_answer" in work.faults:
            self._hang_up(request)
            return Response()
        if "not_json" in work.faults:
            return Response("<html>busy</html>", media_type="text/html")
        if work.job.is_stream and "ignore_stream" not in work.faults:
            return StreamingResponse(self._events(request, work), media_type="text/event-stream")
        body = await asyncio.to_thread(answer_json, work)
        if "drop" in work.faults or "eof" in work.faults:
            return StreamingResponse(self._half(request, body), media_type="application/json")
        return StreamingResponse(_in_pieces(body), media_type="application/json")

    async def _events(self, request: Request, work: Work) -> AsyncIterator[bytes]:
        for frame in partial_events(work):
            yield frame
            await asyncio.sleep(self.latency_s / 4)
        if "drop" in work.faults:
            yield b"event: image_generation.com"
            await asyncio.sleep(0.02)
            self._hang_up(request)
        elif "error_event" in work.faults:
            yield error_event(work.faults["error_event"])
        elif "eof" not in work.faults:
            for frame in completed_events(work):
                async for piece in _in_pieces(frame):
                    yield piece

    async def _half(self, request: Request, body: bytes) -> AsyncIterator[bytes]:
        yield body[: len(body) // 2]
        await asyncio.sleep(0.02)
        self._hang_up(request)

    async def _models(self, request: Request) -> Response:
        self._authorise(request)
        return JSONResponse({"object": "list", "data": [_listed(name) for name in (*LIVING, *LISTED_ONLY)]})

    async def _model(self, request: Request) -> Response:
        name = request.path_params["model"]
        reply = self.scripts.next_reply()
        try:
            self._authorise(request)
            if name not in LIVING and name not in LISTED_ONLY:
                refuse(f"The model '{name}' does not exist.", "model", "model_not_found", status=404)
        except Refused as refused:
            return JSONResponse(refused.as_json(), refused.status)
        return _plain(reply) if reply is not None else JSONResponse(_listed(name))

    async def _costs(self, request: Request) -> Response:
        reply = self.scripts.next_reply()
        if reply is not None:
            return _plain(reply)
        try:
            self._authorise(request, self._admin_key)
            return JSONResponse(costs_page(request.query_params, self.bill.lines()))
        except Refused as refused:
            return JSONResponse(refused.as_json(), refused.status)

    async def _file(self, request: Request) -> Response:
        reply = self.scripts.next_reply()
        if reply is not None:
            return _plain(reply)
        content, shape = self._kept[request.path_params["name"]]
        return Response(content, media_type=f"image/{shape}")

    async def _away(self, request: Request) -> Response:
        return Response(status_code=302, headers={"location": request.query_params["to"]})

    # --- what only tests use ---------------------------------------------------------------------

    async def _control_bill(self, _: Request) -> Response:
        return JSONResponse([dataclasses.asdict(line) for line in self.bill.lines()])

    async def _control_asks(self, _: Request) -> Response:
        return JSONResponse([_summary(ask) for ask in self.asks])

    async def _control_script(self, request: Request) -> Response:
        """Takes a list: strings as in `Scripts.add`, objects as the fields of a Reply."""
        steps = [step if isinstance(step, str) else Reply(**step) for step in await request.json()]
        self.scripts.add(*steps)
        return JSONResponse({"queued": len(steps)})

    async def _control_reset(self, _: Request) -> Response:
        self.reset()
        return JSONResponse({})

    # --- parts -----------------------------------------------------------------------------------

    def _authorise(self, request: Request, key: str | None = None) -> None:
        if request.headers.get("authorization") != f"Bearer {key or self._key}":
            refuse("Incorrect API key provided.", code="invalid_api_key", status=401)

    def _charge(self, ask: Ask, work: Work, outcome: str) -> None:
        cost = work.used().cost_micros
        job = work.job
        self.bill.book(Charge(ask.attempt_key, cost, job.kind, job.model, work.made, outcome, at=time.time()))

    def _keep(self, request: Request, content: bytes, shape: str) -> str:
        name = f"{len(self._kept)}.{shape}"
        self._kept[name] = (content, shape)
        return f"http://{request.headers['host']}/files/{name}"

    def _stamped(self, ask: Ask, response: Response) -> Response:
        response.headers.setdefault("x-request-id", f"req_{ask.number:08d}")
        return response


SILENCES = {
    "hang": "hung",
    "drop": "dropped",
    "drop_before_answer": "dropped",
    "eof": "cut",
    "error_event": "error_event",
}


async def _wait_for_departure(request: Request) -> None:
    while not await request.is_disconnected():  # noqa: ASYNC110 - the server tells it in no other way
        await asyncio.sleep(0.01)


async def _in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 262_144):
        yield body[start : start + 262_144]


def _plain(reply: Reply) -> Response:
    if isinstance(reply.body, str):
        return Response(reply.body, reply.status, reply.headers)
    return JSONResponse(reply.body, reply.status, reply.headers)


def _listed(name: str) -> dict[str, object]:
    shutdown = LISTED_ONLY.get(name) or (LIVING[name].shutdown_date if name in LIVING else None)
    day = shutdown.isoformat() if shutdown else None
    return {
        "id": name,
        "object": "model",
        "created": 1_780_000_000,
        "owned_by": "system",
        "shutdown_date": day,
    }


def _digest(ask: Ask) -> str:
    parts = hashlib.sha256(json.dumps(ask.fields, sort_keys=True).encode())
    for file in ask.files:
        parts.update(hashlib.sha256(file.content).digest())
    return parts.hexdigest()


def _summary(ask: Ask) -> dict[str, object]:
    files = [
        {
            "field": file.field,
            "content_type": file.content_type,
            "size_bytes": len(file.content),
            "sha256": hashlib.sha256(file.content).hexdigest(),
        }
        for file in ask.files
    ]
    return {
        "number": ask.number,
        "path": ask.path,
        "attempt_key": ask.attempt_key,
        "fields": ask.fields,
        "files": files,
    }

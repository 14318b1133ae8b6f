"""What the server is told to do wrong: by a marker in the prompt, or by a queue that a test fills.

A marker is `[[name]]` or `[[name:value]]`; several may stand in one prompt. `server.script("name:value", …)`
means the same for the next request, whatever its prompt.

    refusals    moderated:input  moderated:output  moderated:unknown  moderated:bare
                rate_limited:SECONDS  out_of_money  overloaded  unverified  http:STATUS
    silence     slow:SECONDS  hang  drop_before_answer  drop  eof
    streams     error_event:CODE  fewer_partials  no_stream  ignore_stream
    answers     no_usage  url  wrong_label  data_prefix  fewer_pictures  no_picture  not_json
                heavy  other_size
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field

from tests.fakes.openai_server.rules import USER_ERROR

MARKER = re.compile(r"\[\[([a-z_]+)(?::([^\]]*))?\]\]")

NAMES = frozenset(
    {
        *("moderated", "rate_limited", "out_of_money", "overloaded", "unverified", "http"),
        *("slow", "hang", "drop_before_answer", "drop", "eof"),
        *("error_event", "fewer_partials", "no_stream", "ignore_stream"),
        *("no_usage", "url", "wrong_label", "data_prefix", "fewer_pictures", "no_picture", "not_json"),
        *("heavy", "other_size"),
    }
)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer given word for word, before any rule is looked at."""

    status: int
    body: object = ""
    headers: dict[str, str] = field(default_factory=dict)


Scripted = Reply | tuple[tuple[str, str], ...]


class Scripts:
    """The queue of what to do with the next requests."""

    def __init__(self) -> None:
        self._queue: deque[Scripted] = deque()

    def add(self, *steps: str | Reply) -> None:
        """Queue one step a request; a string may hold several, separated by spaces."""
        for step in steps:
            self._queue.append(step if isinstance(step, Reply) else _parse(step))

    def clear(self) -> None:
        """Forget what is queued."""
        self._queue.clear()

    def next_reply(self) -> Reply | None:
        """The word-for-word answer that is due, if one is."""
        if self._queue and isinstance(self._queue[0], Reply):
            reply = self._queue.popleft()
            return reply if isinstance(reply, Reply) else None
        return None

    def next_faults(self, prompt: str) -> dict[str, str]:
        """What is wrong with the request at hand: what is queued, and what its prompt says."""
        faults = {name: value or "" for name, value in MARKER.findall(prompt) if name in NAMES}
        if self._queue and not isinstance(self._queue[0], Reply):
            queued = self._queue.popleft()
            if not isinstance(queued, Reply):
                faults.update(queued)
        return faults


def _parse(step: str) -> tuple[tuple[str, str], ...]:
    faults = []
    for word in step.split():
        name, _, value = word.partition(":")
        if name not in NAMES:
            told = f"no such fault: {name}"
            raise ValueError(told)
        faults.append((name, value))
    return tuple(faults)


def refusal(faults: dict[str, str]) -> Reply | None:
    """The refusal that the faults ask for, as the API words it; None where they ask for none."""
    for name, value in faults.items():
        if name in REFUSALS:
            return REFUSALS[name](value)
    return None


def _moderated(stage: str) -> Reply:
    message = "Your request was rejected by the safety system. safety_violations=[violence, self-harm]."
    error: dict[str, object] = {
        "message": message,
        "type": USER_ERROR,
        "param": None,
        "code": "moderation_blocked",
    }
    if stage != "bare":
        error["moderation_details"] = {"moderation_stage": stage, "categories": ["violence", "self-harm"]}
    return Reply(400, {"error": error})


def _rate_limited(seconds: str) -> Reply:
    wait = seconds or "12"
    message = f"Rate limit reached for gpt-image on input-images per min: try again in {wait}s."
    error = {"message": message, "type": "input-images", "param": None, "code": "rate_limit_exceeded"}
    return Reply(429, {"error": error}, {"retry-after": wait})


def _out_of_money(code: str) -> Reply:
    error = {
        "message": "You exceeded your current quota.",
        "type": "insufficient_quota",
        "param": None,
        "code": code or "credit_balance_exhausted",
    }
    return Reply(429, {"error": error})


def _overloaded(code: str) -> Reply:
    error = {
        "message": "The engine is overloaded.",
        "type": "service_unavailable_error",
        "param": None,
        "code": code or "server_is_overloaded",
    }
    return Reply(503, {"error": error}, {"retry-after": "3"})


def _unverified(_: str) -> Reply:
    message = "Your organization must be verified to use this model. It can take up to 15 minutes."
    return Reply(
        403, {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}}
    )


def _http(status: str) -> Reply:
    return Reply(int(status), f"<html><body>{status}</body></html>", {"content-type": "text/html"})


def stream_refused() -> Reply:
    """The refusal of a model that cannot stream."""
    message = "This model does not support streaming."
    error = {
        "message": message,
        "type": "invalid_request_error",
        "param": "stream",
        "code": "unsupported_parameter",
    }
    return Reply(400, {"error": error})


REFUSALS = {
    "moderated": _moderated,
    "rate_limited": _rate_limited,
    "out_of_money": _out_of_money,
    "overloaded": _overloaded,
    "unverified": _unverified,
    "http": _http,
}

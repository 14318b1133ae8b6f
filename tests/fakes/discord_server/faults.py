"""What the server is told to do wrong with the next requests of a route.

`faults.add("POST /channels/*/messages", "502", "reset", …)`: one step a request, taken in order. A route is a
method and a template in which `*` stands for anything. Steps:

    429:SECONDS          rate limited with Via and a body that says when
    429-shared:SECONDS   the same, shared scope        429-global:SECONDS   the same, for everything
    429-bare             without Via: Cloudflare's page
    413 500 502 503 504  that status, with a page      CODE (five digits and more)  that JSON code
    reset                the connection is reset in the middle of the request's body; nothing was done
    reset_after          it is reset after the work was done, before the answer
    slow:SECONDS         answered late                 hang                 never answered
    pass                 nothing is wrong with this one
"""

from __future__ import annotations

import fnmatch
from collections import deque
from dataclasses import dataclass, field

from tests.fakes.discord_server.refusals import TABLE

PLAIN = frozenset({"429-bare", "reset", "reset_after", "hang", "pass", "413", "500", "502", "503", "504"})
WITH_SECONDS = frozenset({"429", "429-shared", "429-global", "slow"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One step."""

    name: str
    seconds: float = 0.0

    @property
    def code(self) -> int | None:
        """The JSON code to refuse with, where the step is one."""
        return int(self.name) if self.name.isdigit() and int(self.name) in TABLE else None


@dataclass(slots=True)
class Faults:
    """The steps that wait, by route."""

    _waiting: list[tuple[str, deque[Fault]]] = field(default_factory=list)

    def add(self, route: str, *steps: str) -> None:
        """Queue steps; a mistyped one fails at once."""
        self._waiting.append((route, deque(_parse(step) for step in steps)))

    def clear(self) -> None:
        """Forget all steps."""
        self._waiting.clear()

    def next(self, name: str) -> Fault | None:
        """The step that is due for a request such as `POST /channels/{channel_id}/messages`."""
        for route, steps in self._waiting:
            if steps and fnmatch.fnmatchcase(name, route):
                return steps.popleft()
        return None


def _parse(step: str) -> Fault:
    name, _, value = step.partition(":")
    is_code = name.isdigit() and int(name) in TABLE
    if name in WITH_SECONDS:
        return Fault(name, float(value or 0.05))
    if name in PLAIN or is_code:
        return Fault(name)
    told = f"no such fault: {step}"
    raise ValueError(told)

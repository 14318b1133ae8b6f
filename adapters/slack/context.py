"""What an Inbound carries so that it can be answered even where the app may not post: its response address.

Owns the form of `Inbound.context`. The address is a secret, since whoever has it can write into the
conversation without a token: it is stored sealed and used only while Slack honours it, thirty minutes and
five answers (Slack, 2026-11). The count is left to Slack, which refuses the sixth; the time is kept here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from adapters.sealing import Seal
    from core.app.ports import Clock

LIVES_S: Final = 30 * 60
_MARGIN_S: Final = 20
"""An address so close to its end is left alone: the answer may take that long to arrive."""


@dataclass(frozen=True, slots=True)
class ResponseAddress:
    """Where one person can be answered; `url` is never shown."""

    url: str = field(repr=False)
    user: str


class Contexts:
    """Writes and reads contexts."""

    def __init__(self, seal: Seal, clock: Clock) -> None:
        self._seal = seal
        self._clock = clock

    def close(self, response_url: str, user: str) -> str:
        """The context of an Inbound that came with a response address, just now, from that user."""
        if not response_url:
            return ""
        ends_s = int(self._clock.now().timestamp()) + LIVES_S
        return self._seal.close(json.dumps([response_url, user, ends_s]))

    def open(self, context: str, *, user: str) -> ResponseAddress | None:
        """The address, while it lives and if it answers that very user; to anybody else it says nothing."""
        text = self._seal.open(context) if context else None
        match json.loads(text) if text is not None else None:
            case [str(url), str(asked), int(ends_s)] if asked == user and ends_s - _MARGIN_S > self._now_s():
                return ResponseAddress(url, asked)
            case _:
                return None

    def _now_s(self) -> float:
        return self._clock.now().timestamp()

"""The addresses: what one is about is sealed into it, with its end.

Owns their form and how long they live. Must never look anything up.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.app.ports import Links
from core.domain.ids import BlobKey, WorkspaceId

if TYPE_CHECKING:
    from adapters.sealing import Seal
    from core.app.ports import Clock

PATH: Final = "/downloads/"
LIVES_S: Final = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address is about."""

    workspace: WorkspaceId
    blob: BlobKey
    file_name: str
    ends_at_s: int


class SealedLinks(Links):
    """Makes and reads addresses. `public_url` is where people reach this installation."""

    def __init__(self, seal: Seal, clock: Clock, *, public_url: str) -> None:
        self._seal = seal
        self._clock = clock
        self._home = public_url.rstrip("/")

    def original(self, workspace: WorkspaceId, blob: BlobKey, file_name: str) -> str:
        """An address of those bytes, for a week."""
        ends_at_s = int(self._clock.now().timestamp()) + LIVES_S
        return f"{self._home}{PATH}{self._seal.close(json.dumps([workspace, blob, file_name, ends_at_s]))}"

    def read(self, sealed: str) -> Wanted | None:
        """What the end of an address is about; None for what was never one. It may be over (`is_over`)."""
        text = self._seal.open(sealed)
        match json.loads(text) if text is not None else None:
            case [str(workspace), str(blob), str(file_name), int(ends_at_s)]:
                return Wanted(WorkspaceId(workspace), BlobKey(blob), file_name, ends_at_s)
            case _:
                return None

    def is_over(self, wanted: Wanted) -> bool:
        """Whether the address has ended."""
        return self._clock.now().timestamp() >= wanted.ends_at_s

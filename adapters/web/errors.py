"""What can go wrong on the web platform: as answers of the API, and as faults of the surface.

Owns which refusals there are, and the map from broken storage to a SurfaceFault. Their sentences stand in
the wording; what became of a person's wish is said by the core, through the surface.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from core.app.errors import Conflict, InkthreadError, StorageFault
from core.app.ports import SurfaceFault, SurfaceFaultKind
from core.app.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_UPLOAD_BYTES = 50_000_000
MAX_UPLOADS_A_MESSAGE = 16
MAX_UNUSED_UPLOADS = 48
"""Of a person: the oldest that no message shows makes room for one more."""

BUSY_RETRY_S = 0.5
UNREACHABLE_RETRY_S = 5.0


class Code(StrEnum):
    """What is wrong with a request, as programs read it."""

    BAD_REQUEST = "bad_request"
    NOT_JSON = "not_json"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    UNKNOWN_COMMAND = "unknown_command"
    TOO_MANY_UPLOADS = "too_many_uploads"
    UPLOAD_GONE = "upload_gone"
    NO_PERSON = "no_person"
    NO_ENTRY = "no_entry"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a code, not a password
    TOO_MANY_TRIES = "too_many_tries"
    FOREIGN_ORIGIN = "foreign_origin"
    FOREIGN_HOST = "foreign_host"
    NOT_FOUND = "not_found"
    NO_NAME = "no_name"
    BUSY = "busy"
    CROWDED = "crowded"
    STORAGE = "storage"
    TOO_MANY_STREAMS = "too_many_streams"
    STARTING = "starting"
    BROKEN = "broken"
    PICTURE_TOO_LARGE = "picture_too_large"
    STALLED = "stalled"
    NOT_A_PICTURE = "not_a_picture"
    UNSUPPORTED_FORMAT = "unsupported_format"
    ANIMATED = "animated"
    TOO_MANY_PIXELS = "too_many_pixels"
    TRUNCATED = "truncated"


class Refusal(Exception):  # noqa: N818 - an answer to the caller, not a fault of ours
    """The answer that a request gets instead of what it asked for. `retry_after_s` invites the same again."""

    def __init__(self, code: Code, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.status = STATUS[code]
        self.retry_after_s = _RETRY_AFTER_S.get(code)
        self._values = values

    def said_in(self, locale: str) -> str:
        """The sentence for it, in that language."""
        return sentence(f"refused_{self.code}", locale, **self._values)


def refusal(code: Code, **values: str | int) -> Refusal:
    """The refusal with that code, and what its sentence is filled in with."""
    return Refusal(code, **values)


STATUS: Mapping[Code, int] = {
    Code.BAD_REQUEST: 400,
    Code.NOT_JSON: 415,
    Code.TOO_LARGE: 413,
    Code.EMPTY: 422,
    Code.UNKNOWN_COMMAND: 422,
    Code.TOO_MANY_UPLOADS: 422,
    Code.UPLOAD_GONE: 422,
    Code.NO_PERSON: 401,
    Code.NO_ENTRY: 401,
    Code.WRONG_PASSWORD: 401,
    Code.TOO_MANY_TRIES: 429,
    Code.FOREIGN_ORIGIN: 403,
    Code.FOREIGN_HOST: 421,
    Code.NOT_FOUND: 404,
    Code.NO_NAME: 422,
    Code.BUSY: 503,
    Code.CROWDED: 503,
    Code.STORAGE: 503,
    Code.TOO_MANY_STREAMS: 429,
    Code.STARTING: 503,
    Code.BROKEN: 500,
    Code.PICTURE_TOO_LARGE: 413,
    Code.STALLED: 408,
    Code.NOT_A_PICTURE: 422,
    Code.UNSUPPORTED_FORMAT: 422,
    Code.ANIMATED: 422,
    Code.TOO_MANY_PIXELS: 422,
    Code.TRUNCATED: 422,
}
"""What each is in HTTP."""

_RETRY_AFTER_S = {
    Code.BUSY: 1,
    Code.CROWDED: 2,
    Code.STORAGE: 5,
    Code.TOO_MANY_TRIES: 60,
    Code.STARTING: 2,
    Code.BROKEN: 5,
}


def refusal_of(fault: InkthreadError) -> Refusal:
    """What the API answers when the application's storage fails."""
    return refusal(Code.BUSY if isinstance(fault, Conflict) else Code.STORAGE)


def surface_fault_of(fault: InkthreadError) -> SurfaceFault:
    """What the surface reports when our own storage fails; both kinds pass."""
    match fault:
        case Conflict():
            return SurfaceFault(SurfaceFaultKind.BUSY, BUSY_RETRY_S, "another writer was first")
        case StorageFault():
            return SurfaceFault(SurfaceFaultKind.UNREACHABLE, UNREACHABLE_RETRY_S, type(fault).__name__)
        case _:
            raise fault

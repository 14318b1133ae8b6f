"""What can go wrong on the web platform: as answers of the API, and as faults of the surface.

Owns the sentences that the API says itself, and the map from broken storage to a SurfaceFault. What
became of a person's wish is said by the core, through the surface.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from core.app.errors import Conflict, InkthreadError, StorageFault
from core.app.ports import SurfaceFault, SurfaceFaultKind

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

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status, _ = REFUSALS[code]
        self.retry_after_s = _RETRY_AFTER_S.get(code)


def refusal(code: Code, **values: str | int) -> Refusal:
    """The refusal with that code, its sentence filled in."""
    _, sentence = REFUSALS[code]
    return Refusal(code, sentence.format_map(values))


REFUSALS: Mapping[Code, tuple[int, str]] = {
    Code.BAD_REQUEST: (400, "This request is not understood: {what}."),
    Code.NOT_JSON: (415, "Send JSON, with Content-Type: application/json."),
    Code.TOO_LARGE: (413, "This request is too large. A message has at most {limit:,} characters."),
    Code.EMPTY: (422, "There is nothing in this message. Write a few words or add a picture."),
    Code.UNKNOWN_COMMAND: (422, "There is no command {command}. Type / to see those that there are."),
    Code.TOO_MANY_UPLOADS: (
        422,
        "At most {limit} pictures go with one message; this one has {count}. Remove some.",
    ),
    Code.UPLOAD_GONE: (422, "A picture of this message is no longer here. Remove it and add it again."),
    Code.NO_PERSON: (401, "Open the page first: it gives you a name."),
    Code.NO_ENTRY: (401, "This studio wants its password first: open /login."),
    Code.WRONG_PASSWORD: (401, "That is not the password."),
    Code.TOO_MANY_TRIES: (429, "Too many tries. Wait a minute, then try again."),
    Code.FOREIGN_ORIGIN: (403, "This request came from another site and was not carried out."),
    Code.FOREIGN_HOST: (
        421,
        "This address is not one of this server's. Open it by the address its start named.",
    ),
    Code.NOT_FOUND: (404, "There is nothing here, or it is not yours to see."),
    Code.NO_NAME: (422, "A name has 1 to {limit} visible characters."),
    Code.BUSY: (503, "Somebody else is writing just now. Try again in a moment."),
    Code.STORAGE: (
        503,
        "The server cannot write or read its data just now. Nothing you sent is lost: try again soon.",
    ),
    Code.TOO_MANY_STREAMS: (429, "Too many tabs of this page are open. Close some."),
    Code.STARTING: (503, "Not ready yet."),
    Code.BROKEN: (500, "Something went wrong on the server. What you sent is kept on this page: try again."),
    Code.PICTURE_TOO_LARGE: (413, "{name} is larger than 50 MB. Send a smaller copy."),
    Code.STALLED: (408, "{name} stopped arriving half-way. Send it again."),
    Code.NOT_A_PICTURE: (422, "{name} is not a picture. Send a PNG, JPEG or WebP file."),
    Code.UNSUPPORTED_FORMAT: (
        422,
        "{name} is in a format that cannot be read here. Send a PNG, JPEG or WebP file.",
    ),
    Code.ANIMATED: (422, "{name} is animated. Send one still picture of it."),
    Code.TOO_MANY_PIXELS: (422, "{name} has too many pixels. Send a smaller copy."),
    Code.TRUNCATED: (422, "{name} is incomplete: its end is missing. Send it again from the original."),
}

_RETRY_AFTER_S = {Code.BUSY: 1, Code.STORAGE: 5, Code.TOO_MANY_TRIES: 60, Code.STARTING: 2, Code.BROKEN: 5}


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

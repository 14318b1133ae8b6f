"""What a server says when it refuses, read into one shape however it is spelt.

Owns the error envelope and its variants: an object or a string, codes that are numbers, bodies that are
not JSON, details that a relay dropped. Must never decide what a refusal means; `verdicts.py` does.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from adapters.openai_images.retry_after import retry_after_s

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_LONGEST_MESSAGE: Final = 400
_VIOLATIONS: Final = re.compile(r"safety_violations=\[([^\]]{0,300})\]")
_PREFIX: Final = re.compile(r".*[./:]")
"""Some gateways write `openai.insufficient_quota` or `error:rate_limit_exceeded`."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A refusal. Empty strings and None stand for what was not said; `status` is None inside a stream."""

    status: int | None
    code: str = ""
    type: str = ""
    param: str = ""
    message: str = ""
    stage: str | None = None
    categories: tuple[str, ...] = ()
    retry_after_s: float | None = None
    request_id: str | None = None

    def __str__(self) -> str:
        """One line for the log."""
        said = {"status": self.status, "code": self.code, "type": self.type, "param": self.param}
        facts = " ".join(f"{name}={value}" for name, value in said.items() if value)
        return f"{facts}: {self.message[:_LONGEST_MESSAGE]}"


def read_complaint(
    body: object, *, status: int | None, headers: Mapping[str, str], now: datetime
) -> Complaint:
    """Read a refusal from a parsed body, or from text. `headers` has lower-case names."""
    error = _error_in(body)
    message = _text(error.get("message")) or _text(error.get("detail"))
    stage, categories = _moderation(error, message)
    return Complaint(
        status=status,
        code=_bare(_text(error.get("code"))),
        type=_bare(_text(error.get("type"))),
        param=_text(error.get("param")),
        message=message,
        stage=stage,
        categories=categories,
        retry_after_s=retry_after_s(headers, message, now),
        request_id=headers.get("x-request-id"),
    )


def parse_body(content: bytes) -> object:
    """The body as JSON, or as text where it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode(errors="replace")


def _error_in(body: object) -> Mapping[str, object]:
    """The part of a body that describes the error."""
    if not isinstance(body, dict):
        return {"message": body}
    error = body.get("error", body)
    return error if isinstance(error, dict) else {"message": error}


def _text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _bare(name: str) -> str:
    return _PREFIX.sub("", name.strip()).lower()


def _moderation(error: Mapping[str, object], message: str) -> tuple[str | None, tuple[str, ...]]:
    """The stage and the categories; where a relay dropped them, the message still lists the categories."""
    details = error.get("moderation_details")
    if isinstance(details, dict):
        named = details.get("categories")
        stage = details.get("moderation_stage")
        categories = tuple(str(one) for one in named) if isinstance(named, list) else ()
        return (stage if isinstance(stage, str) else None), categories
    listed = _VIOLATIONS.search(message)
    found = [one.strip() for one in listed[1].split(",")] if listed else []
    return None, tuple(one for one in found if one)

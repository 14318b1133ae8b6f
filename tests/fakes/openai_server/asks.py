"""What a client sent, as received: recorded for assertions, and read into plain fields.

Owns the reading of JSON and multipart bodies. Judges nothing; `rules.py` does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile

if TYPE_CHECKING:
    from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file of a multipart body, its bytes exactly as they came."""

    field: str
    file_name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `fields` are the values as sent: typed in JSON, strings in a form."""

    number: int
    method: str
    path: str
    headers: dict[str, str]
    fields: dict[str, Any] = field(default_factory=dict)
    files: tuple[SentFile, ...] = ()
    is_readable: bool = True

    @property
    def attempt_key(self) -> str:
        """What the client calls this call."""
        return self.headers.get("x-client-request-id", "")

    @property
    def prompt(self) -> str:
        """The words, or nothing where there are none."""
        words = self.fields.get("prompt", "")
        return words if isinstance(words, str) else ""

    @property
    def inputs(self) -> tuple[SentFile, ...]:
        """The pictures to edit, in order."""
        return tuple(file for file in self.files if file.field in {"image", "image[]"})

    @property
    def mask(self) -> SentFile | None:
        """The mask, where one was sent."""
        return next((file for file in self.files if file.field == "mask"), None)


async def read_ask(request: Request, number: int) -> Ask:
    """Read the whole request, whatever it holds."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    kind = headers.get("content-type", "").partition(";")[0]
    ask = Ask(number, request.method, request.url.path, headers)
    if kind == "multipart/form-data":
        return await _read_form(request, ask)
    return _read_json(await request.body(), ask)


def _read_json(body: bytes, ask: Ask) -> Ask:
    try:
        fields = json.loads(body) if body else {}
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        return Ask(ask.number, ask.method, ask.path, ask.headers, is_readable=False)
    return Ask(ask.number, ask.method, ask.path, ask.headers, fields)


async def _read_form(request: Request, ask: Ask) -> Ask:
    fields: dict[str, Any] = {}
    files: list[SentFile] = []
    async with request.form(max_files=64, max_fields=64) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                content = await value.read()
                files.append(SentFile(name, value.filename or "", value.content_type or "", content))
            else:
                fields[name] = value
    return Ask(ask.number, ask.method, ask.path, ask.headers, fields, tuple(files))

"""Large JSON answers, read away from the event loop and without holding the interpreter for long.

A 4K picture makes a body of 30 MB, nearly all of it one base64 string. The string is cut out before the
JSON is parsed, and decoded in slices, because a single call over all of it would keep every other thread
waiting for 100 ms and more. Owns that, and must never learn what an answer means.
"""

from __future__ import annotations

import binascii
import io
import json
import re
from typing import Final

_KEY: Final = b'"b64_json"'
_VALUE_START: Final = re.compile(rb'\s*:\s*"')
_CUT: Final = "cut-out-picture"
_SLICE_CHARS: Final = 256 * 1024
"""Base64 characters decoded at a time, a multiple of four: under a millisecond each."""


def read_document(body: bytearray) -> dict[str, object] | None:
    """Parse a JSON object; None for anything else. Values named `b64_json` come back as bytes, or None.

    Takes as long as the body is large: call it in a thread.
    """
    skeleton, texts = _cut_out(body)
    try:
        document = json.loads(skeleton, object_hook=lambda found: _put_back(found, texts))
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def decode_picture(text: memoryview | bytes) -> bytes | None:
    """Decode base64 as it stood in a JSON string, with or without a `data:` prefix; None where it is none."""
    try:
        return _decoded(memoryview(text)) or None
    except ValueError:
        pass
    try:
        return _decoded(memoryview(_tidied(bytes(text)))) or None
    except ValueError:
        return None


def _decoded(text: memoryview) -> bytes:
    """Decode strict base64, slice by slice; raises ValueError. The parts are never copied together."""
    whole = io.BytesIO()
    for start in range(0, len(text), _SLICE_CHARS):
        whole.write(binascii.a2b_base64(text[start : start + _SLICE_CHARS], strict_mode=True))
    return whole.getvalue()


def _tidied(text: bytes) -> bytes:
    """The text without a `data:` prefix, escapes or line breaks, and padded; raises ValueError."""
    if text.startswith(b"data:"):
        text = text[text.find(b",") + 1 :]
    if b"\\" in text:
        text = str(json.loads(b'"' + text + b'"')).encode()
    text = text.translate(None, b" \t\r\n")
    return text + b"=" * (-len(text) % 4)


def _cut_out(body: bytearray) -> tuple[bytes, list[memoryview]]:
    view = memoryview(body)
    kept: list[memoryview | bytes] = []
    texts: list[memoryview] = []
    position = 0
    while (key := body.find(_KEY, position)) >= 0:
        after_key = key + len(_KEY)
        opening = _VALUE_START.match(body, after_key)
        closing = body.find(b'"', opening.end()) if opening else -1
        if opening is None or closing < 0:
            kept.append(view[position:after_key])
            position = after_key
            continue
        kept += (view[position:after_key], b':{"%s":%d}' % (_CUT.encode(), len(texts)))
        texts.append(view[opening.end() : closing])
        position = closing + 1
    kept.append(view[position:])
    return b"".join(kept), texts


def _put_back(found: dict[str, object], texts: list[memoryview]) -> object:
    index = found.get(_CUT)
    if len(found) != 1 or not isinstance(index, int) or not 0 <= index < len(texts):
        return found
    return decode_picture(texts[index])

"""Server-sent events out of pieces of bytes, for frames of many megabytes.

Owns the framing only: `data:` with and without a blank, several data lines, frames cut anywhere. Bytes
are gathered without copying what has come before. Must never learn what an event means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_LONGEST_NAME: Final = 256


@dataclass(slots=True)
class Event:
    """One event: its name, empty where none was given, and its data."""

    name: str = ""
    data: bytearray = field(default_factory=bytearray, repr=False)

    @property
    def is_end(self) -> bool:
        """Whether this is the mark that some servers put at the end."""
        return self.data[:6] == b"[DONE]"


class EventSplitter:
    """Feed it what arrives, in order; it hands back the events that are complete."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._event = Event()
        self._has_data = False

    def feed(self, chunk: bytes) -> list[Event]:
        """Take the next bytes."""
        finished: list[Event] = []
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            self._line += chunk[start:end]
            start = end + 1
            finished += self._end_line()
        self._line += chunk[start:]
        return finished

    def finish(self) -> list[Event]:
        """Take the end of the stream; some servers leave out the last blank line."""
        return self._end_line() + self._end_event()

    def _end_line(self) -> list[Event]:
        line, self._line = self._line, bytearray()
        if line.endswith(b"\r"):
            del line[-1:]
        if not line:
            return self._end_event()
        if line.startswith(b"data:"):
            self._add_data(line)
        elif line.startswith(b"event:") and len(line) <= _LONGEST_NAME:
            self._event.name = line[6:].strip().decode(errors="replace")
        return []

    def _add_data(self, line: bytearray) -> None:
        del line[: 6 if line.startswith(b"data: ") else 5]
        if self._has_data:
            self._event.data += b"\n"
            self._event.data += line
        else:
            self._event.data = line
        self._has_data = True

    def _end_event(self) -> list[Event]:
        event, self._event = self._event, Event()
        had_data, self._has_data = self._has_data, False
        return [event] if had_data else []

"""The neutral message: what every surface can show in its own way.

Owns the shape of a message. Must never learn a platform's markup, nor load bytes: a Picture
names a blob, and the surface's adapter fetches what it needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.domain.generation import OutputFormat, Size
    from core.domain.ids import BlobKey, ChannelRef, Letter, ThreadRef


class Tone(StrEnum):
    """How a line is meant, so that each surface can dress it."""

    BODY = "body"
    TITLE = "title"
    QUIET = "quiet"
    WARNING = "warning"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Link:
    """A thread of ours that a line speaks of, for a surface that can lead there."""

    channel: ChannelRef
    thread: ThreadRef


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of text. Plain words: the renderer escapes them, markup in them is shown as typed.

    `link` is where a surface may let it lead; the text says enough without. `address` is a web address of our
    own that the line is for: a surface that makes no links shows it (`spelled_out`).
    """

    text: str
    tone: Tone = Tone.BODY
    link: Link | None = None
    address: str = ""

    @property
    def spelled_out(self) -> str:
        """The text, and the address behind it."""
        return f"{self.text} {self.address}" if self.address else self.text


class Act(StrEnum):
    """What a button does; the second half of its value names the turn or revision it is about.

    DELETE (`v3`) asks back whether that version is to be forgotten. CONFIRM carries out what its subject
    names.
    """

    EDIT = "edit"
    AGAIN = "again"
    UNDO = "undo"
    REDO = "redo"
    FINAL = "final"
    USE = "use"
    GO_TO = "goto"
    COMPARE = "compare"
    HISTORY = "history"
    ORIGINAL = "original"
    WHY = "why"
    CANCEL = "cancel"
    TRY_AGAIN = "try_again"
    CONFIRM = "confirm"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `subject` is what it is about: a turn's id, `v3`, `v3b`.

    `spends` marks buttons that cost money, which only the asker (or whom the workspace allows)
    may press. `in_more` asks the surface to tuck it away under "More".
    """

    act: Act
    label: str
    subject: str = ""
    spends: bool = False
    in_more: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a message: where its bytes are and how to describe it."""

    blob: BlobKey
    format: OutputFormat
    size: Size
    size_bytes: int
    alt_text: str
    file_name: str
    letter: Letter | None = None
    original: BlobKey | None = None
    """Where the unchanged bytes are when this one was re-encoded to fit the platform."""


class CardKind(StrEnum):
    """What a message is, for a surface that shows kinds differently."""

    PLACEHOLDER = "placeholder"
    RESULT = "result"
    FAILURE = "failure"
    NOTICE = "notice"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Card:
    """A message. `text` is the plain fallback for notifications and screen readers."""

    kind: CardKind
    text: str
    lines: tuple[Line, ...] = ()
    pictures: tuple[Picture, ...] = ()
    buttons: tuple[Button, ...] = ()
    caption: str = ""
    revision: int | None = None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a turn is: its place in the queue, or the stage and the seconds since it began.

    `preview` names a blob-less preview by its index; the bytes go through `Surface.progress`.
    """

    stage: str
    ahead: int = 0
    started_at_s: float | None = field(default=None)
    expected_s: float | None = field(default=None)

"""What a person asked for, once parsed: values that cannot be wrong.

Owns the types of the grammar. The parser, the compiler and the words of each language live
beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Prompts are stored: whoever reads them back looks these annotations up at run time.
from core.domain.generation import OutputFormat, Quality, Size  # noqa: TC001
from core.domain.ids import Letter  # noqa: TC001
from core.domain.shape import Ratio, Tier  # noqa: TC001


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a prompt; None is "not said", so that an edit can keep its base's value."""

    ratio: Ratio | None = None
    tier: Tier | None = None
    exact_size: Size | None = None
    quality: Quality | None = None
    is_draft: bool = False
    count: int | None = None
    is_transparent: bool | None = None
    output_format: OutputFormat | None = None
    avoid: tuple[str, ...] = ()


class HintKind(StrEnum):
    """Options that plain words can set."""

    RATIO = "ratio"
    TIER = "tier"
    TRANSPARENT = "transparent"


@dataclass(frozen=True, slots=True)
class Hint:
    """An option taken from plain words; the caption says so. `words` is what was read."""

    kind: HintKind
    words: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """Words and options, parsed.

    `words` is the prompt as typed without its options, quoted text still in it in its own quotes.
    `quoted` is each quoted text in order, without its quotes. `options` already hold what the `hints` set.
    """

    words: str
    quoted: tuple[str, ...] = ()
    options: Options = Options()
    hints: tuple[Hint, ...] = ()


class ProblemCode(StrEnum):
    """Why a prompt was refused before anything was spent."""

    EMPTY = "prompt_empty"
    TOO_LONG = "prompt_too_long"
    UNKNOWN_OPTION = "prompt_unknown_option"
    MISSING_VALUE = "prompt_missing_value"
    BAD_VALUE = "prompt_bad_value"
    BAD_RATIO = "prompt_bad_ratio"
    BAD_SIZE = "prompt_bad_size"
    BAD_COUNT = "prompt_bad_count"
    CONFLICT = "prompt_conflict"
    REPEATED = "prompt_repeated_option"
    NO_SEEDS = "prompt_no_seeds"
    NOT_YET = "prompt_not_yet"
    UNKNOWN_SERVICE = "prompt_unknown_service"
    BAD_DAYS = "prompt_bad_days"


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the text as received, in code points: start inclusive, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal to parse: a value, with the place pointed at and the nearest right spelling.

    `subject` is the offending text, `other` the option it conflicts with or repeats, both shortened in the
    middle where they are long. `suggestion` is what the person probably meant (None where nothing is near):
    put in the place of the span, it is right.
    """

    code: ProblemCode
    span: Span
    subject: str = ""
    suggestion: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A revision named by a person, such as `v2` or candidate b of it (`v2b`)."""

    revision: int
    letter: Letter | None = None


# What an Inbound turned out to ask for. One class a directive; `Directive` is their union.


@dataclass(frozen=True, slots=True)
class Generate:
    """Make a new picture."""

    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Edit:
    """Change a picture: the head, or `target` where one is named (a branch)."""

    prompt: Prompt
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """The same request once more."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Move the head one step back; free."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Move the head one step forward; free."""


@dataclass(frozen=True, slots=True)
class GoTo:
    """Make `target` the head; free."""

    target: Target


@dataclass(frozen=True, slots=True)
class Use:
    """Of several pictures, go on with this one."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class Final:
    """Render the head again at high quality, or larger; nothing else changes."""

    tier: Tier | None = None


@dataclass(frozen=True, slots=True)
class Compare:
    """Two revisions side by side; without targets the head and its parent."""

    left: Target | None = None
    right: Target | None = None


@dataclass(frozen=True, slots=True)
class History:
    """A strip of all revisions."""


@dataclass(frozen=True, slots=True)
class Show:
    """Post the head again."""


@dataclass(frozen=True, slots=True)
class Why:
    """Say how the head came to be."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop what this person has running or waiting here."""


@dataclass(frozen=True, slots=True)
class Close:
    """Replies are no longer edits here."""


class ForgetWhat(StrEnum):
    """How much is to be forgotten: one version, a whole thread, or all that one person asked for."""

    THIS = "this"
    THREAD = "thread"
    ME = "me"


@dataclass(frozen=True, slots=True)
class Forget:
    """Ask back whether pictures, words and messages are to go. THIS: `target`, else the head."""

    what: ForgetWhat
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """The table of what can be said."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left for this person, and when it is back."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Who spent what in the last days; for admins."""

    days: int


@dataclass(frozen=True, slots=True)
class Gallery:
    """This person's latest pictures."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the workspace has decided, and who may decide it."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """A known wish whose ability is not built; answered plainly."""

    what: str


@dataclass(frozen=True, slots=True)
class Talk:
    """People talking; nothing happens."""


Directive = (
    Generate
    | Edit
    | Again
    | Undo
    | Redo
    | GoTo
    | Use
    | Final
    | Compare
    | History
    | Show
    | Why
    | Cancel
    | Close
    | Forget
    | Help
    | Quota
    | NotYet
    | Talk
)

Service = Quota | Usage | Gallery | Settings | Forget | Help
"""What words to the bot about itself can ask for."""

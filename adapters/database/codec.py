"""Values of the core as plain JSON and back, equal to what they were.

Owns how a value is spelled inside a document. Must never learn which column keeps it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pydantic import TypeAdapter

from core.app import audit, records
from core.app.inbound import Inbound
from core.app.records import Ask, FormerZone, Saying
from core.domain import card, ids
from core.domain.events import Ticket
from core.domain.fair_share import Level, Tags
from core.domain.generation import Failure, GenerationPlan
from core.domain.lineage import Head
from core.domain.quota import Allowance

if TYPE_CHECKING:
    from core.app.audit import Change

Value = TypeVar("Value")


class Codec(Protocol[Value]):
    """Both ways between a value and plain JSON."""

    def encode(self, value: Value) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """Spell it."""
        ...

    def decode(self, document: Any) -> Value:  # noqa: ANN401 - the same
        """Read it. Raises pydantic.ValidationError for what was never written by `encode`."""
        ...


class Plain(Generic[Value]):
    """One type, spelled field by field. Fields that a later version adds need a default."""

    def __init__(self, kind: Any, **names: Any) -> None:  # noqa: ANN401 - a type expression and what it names
        self._adapter: TypeAdapter[Value] = TypeAdapter(kind)
        if names:
            # The module keeps its annotations' imports for type checkers only, so they are handed in here.
            self._adapter.rebuild(force=True, _types_namespace=names)

    def encode(self, value: Value) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """Spell it."""
        return self._adapter.dump_python(value, mode="json")

    def decode(self, document: Any) -> Value:  # noqa: ANN401 - the same
        """Read it."""
        return self._adapter.validate_python(document)


class Tagged(Generic[Value]):
    """One of several classes, told apart by a `kind`: fields alone would not tell two of them apart."""

    def __init__(self, kinds: dict[str, type[Any]]) -> None:
        self._adapters: dict[str, TypeAdapter[Value]] = {
            name: TypeAdapter(kind) for name, kind in kinds.items()
        }
        self._names = {kind: name for name, kind in kinds.items()}

    def encode(self, value: Value) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """Spell it with its kind."""
        name = self._names[type(value)]
        return {"kind": name, **self._adapters[name].dump_python(value, mode="json")}

    def decode(self, document: Any) -> Value:  # noqa: ANN401 - the same
        """Read it by its kind."""
        fields = {name: value for name, value in document.items() if name != "kind"}
        return self._adapters[document["kind"]].validate_python(fields)


class _Shares:
    """The fair share's tags. They hold read-only mappings, which pydantic cannot spell."""

    def encode(self, value: Tags) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """Spell them."""
        actors = {workspace: self._level(level) for workspace, level in value.actors.items()}
        return {"workspaces": self._level(value.workspaces), "actors": actors}

    def decode(self, document: Any) -> Tags:  # noqa: ANN401 - the same
        """Read them."""
        actors = {ids.WorkspaceId(key): Level(**level) for key, level in document["actors"].items()}
        return Tags(Level(**document["workspaces"]), actors)

    @staticmethod
    def _level(level: Level) -> dict[str, Any]:
        return {"virtual_time": level.virtual_time, "finish": dict(level.finish)}


ASK: Codec[Ask] = Plain(Ask)
PLAN: Codec[GenerationPlan] = Plain(GenerationPlan)
FAILURE: Codec[Failure] = Plain(Failure)
HEAD: Codec[Head] = Plain(Head)
HEADS: Codec[tuple[Head, ...]] = Plain(tuple[Head, ...])
TICKET: Codec[Ticket] = Plain(Ticket)
TICKETS: Codec[tuple[Ticket, ...]] = Plain(tuple[Ticket, ...])
TURN_IDS: Codec[tuple[ids.TurnId, ...]] = Plain(tuple[ids.TurnId, ...])
THREAD_IDS: Codec[tuple[ids.ThreadId, ...]] = Plain(tuple[ids.ThreadId, ...])
MESSAGE_IDS: Codec[tuple[ids.MessageId, ...]] = Plain(tuple[ids.MessageId, ...])
BLOB_KEYS: Codec[tuple[ids.BlobKey, ...]] = Plain(tuple[ids.BlobKey, ...])
NUMBERS: Codec[tuple[int, ...]] = Plain(tuple[int, ...])
WINDOWS: Codec[tuple[tuple[Allowance, datetime], ...]] = Plain(tuple[tuple[Allowance, datetime], ...])
TAGS: Codec[Tags] = _Shares()
INBOUND: Codec[Inbound] = Plain(
    Inbound, Act=card.Act, **{name: kind for name, kind in vars(ids).items() if not name.startswith("_")}
)
SAYING: Codec[Saying] = Tagged(
    {
        "turn": records.TurnSaying,
        "notice": records.NoticeSaying,
        "show": records.ShowSaying,
        "compare": records.CompareSaying,
        "history": records.HistorySaying,
        "why": records.WhySaying,
        "original": records.OriginalSaying,
        "quota": records.QuotaSaying,
        "usage": records.UsageSaying,
        "gallery": records.GallerySaying,
        "settings": records.SettingsSaying,
    }
)
ACTOR_IDS: Codec[tuple[ids.ActorId, ...]] = Plain(tuple[ids.ActorId, ...])
FORMER_ZONES: Codec[tuple[FormerZone, ...]] = Plain(tuple[FormerZone, ...])
CHANGE: Codec[Change] = Tagged(
    {
        "allowance": audit.AllowanceChanged,
        "grant": audit.Granted,
        "zone": audit.ZoneChanged,
        "openness": audit.OpennessChanged,
        "admin_named": audit.AdminNamed,
        "admin_dropped": audit.AdminDropped,
    }
)

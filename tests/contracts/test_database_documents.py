"""What is kept as a document comes back equal, whatever people wrote."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.database import codec, tables
from core.app import records
from core.app.audit import AuditLine
from core.app.inbound import Inbound
from core.domain.events import Ticket
from core.domain.generation import Failure, GenerationPlan
from core.domain.lineage import Head
from core.domain.prompt.model import Options
from core.domain.quota import Entry
from core.domain.shape import Ratio
from core.domain.thread_state import EditThread

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from sqlalchemy import Table

# JSON cannot tell 1.0 from a NaN that a person never sends; text may hold anything at all.
ANYTHING = {
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: st.text(st.characters(), max_size=12),
    Options: st.builds(Options, ratio=st.none() | st.builds(Ratio, st.integers(1, 9), st.integers(1, 9))),
}
for kind, strategy in ANYTHING.items():
    st.register_type_strategy(kind, strategy)

SAYINGS = st.one_of(
    st.just(records.TurnSaying()),
    st.builds(
        records.NoticeSaying,
        st.text(max_size=8),
        st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(), max_size=3),
    ),
    *(
        st.builds(kind, st.builds(Head, st.integers(1, 9), st.sampled_from("abcdefgh")))
        for kind in (records.ShowSaying, records.OriginalSaying)
    ),
    st.builds(records.HistorySaying, st.integers(1, 99)),
    st.builds(records.WhySaying, st.integers(1, 99)),
    st.builds(records.QuotaSaying),
    st.builds(records.UsageSaying, st.integers(1, 99)),
    st.just(records.GallerySaying()),
    st.builds(records.SettingsSaying),
)


def _through_json(spelling: codec.Codec[Any], value: object) -> object:
    return spelling.decode(json.loads(json.dumps(spelling.encode(value))))


@given(st.builds(records.Ask))
def test_an_ask_survives(value: records.Ask) -> None:
    """Prompts keep every character and every option."""
    assert _through_json(codec.ASK, value) == value


@given(st.builds(GenerationPlan), st.builds(Failure))
def test_plans_and_failures_survive(plan: GenerationPlan, failure: Failure) -> None:
    """What was sent to the engine and what it answered."""
    assert _through_json(codec.PLAN, plan) == plan
    assert _through_json(codec.FAILURE, failure) == failure


@given(SAYINGS)
def test_sayings_survive_with_their_kind(saying: records.Saying) -> None:
    """Two kinds with equal fields are still told apart."""
    back = _through_json(codec.SAYING, saying)
    assert back == saying
    assert type(back) is type(saying)


@given(st.lists(st.builds(Ticket, base=st.none()), max_size=3).map(tuple))
def test_tickets_survive(tickets: tuple[Ticket, ...]) -> None:
    """Who waits in a thread, in order."""
    assert _through_json(codec.TICKETS, tickets) == tickets


@pytest.mark.parametrize(
    ("record", "table", "elsewhere"),
    [
        (records.WorkspaceRecord, tables.WORKSPACE, set()),
        (records.ActorRecord, tables.ACTOR, set()),
        (records.ThreadRecord, tables.THREAD, {"machine"}),
        (EditThread, tables.THREAD, {"revisions"}),
        (records.TurnRecord, tables.TURN, {"pictures"}),
        (records.AttemptRecord, tables.ATTEMPT, set()),
        (records.MessageRecord, tables.MESSAGE, set()),
        (records.PictureRecord, tables.PICTURE, {"size"}),
        (Entry, tables.ENTRY, set()),
        (AuditLine, tables.AUDIT, set()),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_every_field_of_a_record_has_its_column(
    record: type[DataclassInstance], table: Table, elsewhere: set[str]
) -> None:
    """Who adds a field to a record is told here that it needs a column and a migration."""
    assert {field.name for field in fields(record)} - elsewhere <= set(table.c.keys())


def test_an_inbound_of_a_later_version_is_still_read() -> None:
    """Fields that are not known are ignored, fields that are missing have their defaults."""
    written = {
        "delivery_key": "d1",
        "platform": "web",
        "kind": "message",
        "person": {"id": "a", "workspace": "w", "name": "Ada", "unheard_of": 1},
        "channel": "studio",
        "unheard_of": {"x": []},
    }
    read = codec.INBOUND.decode(written)
    assert isinstance(read, Inbound)
    assert (read.person.name, read.text) == ("Ada", "")

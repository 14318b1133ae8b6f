"""Records to fill a database with. Owns examples, not expectations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.app.inbound import Attachment, Inbound, InboundKind, Person
from core.app.records import (
    Ask,
    AskKind,
    AttemptRecord,
    MessageRecord,
    PictureRecord,
    Stage,
    ThreadRecord,
    TurnRecord,
    TurnSaying,
)
from core.domain.generation import OutputFormat, Size
from core.domain.ids import (
    ActorId,
    AttemptId,
    BlobKey,
    ChannelRef,
    MessageId,
    Micros,
    Platform,
    ThreadId,
    ThreadRef,
    TurnId,
    WorkspaceId,
)
from core.domain.prompt.model import Prompt
from core.domain.thread_state import EditThread

if TYPE_CHECKING:
    from core.app.repositories import Database

WORKSPACE = WorkspaceId("web:demo")
CHANNEL = ChannelRef("studio")
ADA = ActorId("web:demo:ada")
BEN = ActorId("web:demo:ben")
LONG_AGO = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def inbound(key: str = "d1", *attachments: str) -> Inbound:
    """Something Ada said."""
    return Inbound(
        delivery_key=key,
        platform=Platform.WEB,
        kind=InboundKind.MESSAGE,
        person=Person(ADA, WORKSPACE, "Ada", roles=("painters",)),
        channel=CHANNEL,
        text="a cat",
        attachments=tuple(Attachment(ref, "cat.png", 7) for ref in attachments),
    )


def thread(name: str = "t1", **changes: object) -> ThreadRecord:
    """A thread in which nothing was asked yet."""
    fields: dict[str, Any] = {
        "id": ThreadId(name),
        "workspace": WORKSPACE,
        "platform": Platform.WEB,
        "channel": CHANNEL,
        "starter": ADA,
        "machine": EditThread(),
        "created_at": LONG_AGO,
        "ref": ThreadRef(f"root-{name}"),
        **changes,
    }
    return ThreadRecord(**fields)


def ask(*references: str) -> Ask:
    """A wish for a cat."""
    return Ask(AskKind.GENERATE, "a cat", Prompt("a cat"), tuple(map(BlobKey, references)))


def turn(name: str = "u1", **changes: object) -> TurnRecord:
    """Ada's wish, queued."""
    fields: dict[str, Any] = {
        "id": TurnId(name),
        "thread": ThreadId("t1"),
        "workspace": WORKSPACE,
        "actor": ADA,
        "position": int(name.lstrip("u")),
        "stage": Stage.QUEUED,
        "ask": ask(),
        "locale": "en",
        "created_at": LONG_AGO,
        "message": MessageId(f"m-{name}"),
        **changes,
    }
    return TurnRecord(**fields)


def attempt(name: str = "a1", **changes: object) -> AttemptRecord:
    """A call that was just made for the first turn."""
    fields: dict[str, Any] = {
        "id": AttemptId(name),
        "turn": TurnId("u1"),
        "workspace": WORKSPACE,
        "ordinal": int(name.lstrip("a")),
        "engine": "sandbox",
        "model": "sandbox",
        "request_hash": "hash",
        "images": 2,
        "estimate": Micros(5_000),
        "started_at": LONG_AGO,
        **changes,
    }
    return AttemptRecord(**fields)


def message(name: str = "m1", **changes: object) -> MessageRecord:
    """A placeholder that was not posted yet."""
    fields: dict[str, Any] = {
        "id": MessageId(name),
        "workspace": WORKSPACE,
        "platform": Platform.WEB,
        "channel": CHANNEL,
        "saying": TurnSaying(),
        "locale": "en",
        "created_at": LONG_AGO,
        **changes,
    }
    return MessageRecord(**fields)


def picture(name: str = "p1") -> PictureRecord:
    """A small picture."""
    return PictureRecord(BlobKey(f"{WORKSPACE}/{name}"), WORKSPACE, OutputFormat.PNG, Size(64, 32), 999)


async def store(database: Database, *turns: TurnRecord, threads: int = 1) -> None:
    """Put threads t1, t2, … and those turns into the database."""
    async with database.unit() as unit:
        for number in range(1, threads + 1):
            await unit.threads.add(thread(f"t{number}"))
        for each in turns:
            await unit.turns.add(each)
        await unit.commit()

"""What the engine is asked with: the plan, the bytes of its inputs, and a name that stands for the person.

Owns everything that has to be read before a call, and that the answer can be kept. Nothing is sent from here.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from core.app.errors import StorageFault
from core.app.outside import look
from core.domain.generation import GenerationRequest, Image
from core.domain.ids import BlobKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.outside import Outside
    from core.app.records import AttemptRecord, PictureRecord, TurnRecord
    from core.app.repositories import UnitOfWork


async def inputs_of(outside: Outside, turn: TurnRecord) -> list[PictureRecord]:
    """Which pictures go along, the base first. Raises the StorageFault family."""
    return await look(outside.database, lambda unit: _inputs(unit, turn))


async def request_of(
    outside: Outside, turn: TurnRecord, attempt: AttemptRecord, known: Sequence[PictureRecord]
) -> GenerationRequest:
    """The request of that attempt, its inputs read. Raises the StorageFault family."""
    if turn.plan is None:
        msg = f"turn {turn.id} has no plan"
        raise LookupError(msg)
    inputs = [await _image(outside, picture) for picture in known]
    return GenerationRequest(
        plan=turn.plan,
        inputs=tuple(inputs),
        actor_key=_actor_key(outside, turn),
        attempt_key=attempt.id,
    )


async def check_storage(outside: Outside, turn: TurnRecord) -> None:
    """Store a little. Before money is spent: a full or read-only store would lose what was paid for.

    Raises the StorageFault family.
    """
    key = BlobKey(f"{turn.workspace}/{hashlib.sha256(b'room?').hexdigest()}")
    await outside.blobs.put(key, b"room?", is_lasting=False)


async def _inputs(unit: UnitOfWork, turn: TurnRecord) -> list[PictureRecord]:
    """The base, if there is one, and the references."""
    found: list[PictureRecord] = []
    if turn.base is not None:
        made_by = await unit.threads.revision_turn(turn.thread, turn.base.revision)
        found += [] if made_by is None else [made_by.pictures[ord(turn.base.letter) - ord("a")]]
    for blob in turn.ask.references:
        picture = await unit.pictures.get(blob)
        if picture is None:
            msg = f"no picture is known as {blob}"
            raise StorageFault(msg)
        found.append(picture)
    return found


async def _image(outside: Outside, picture: PictureRecord) -> Image:
    content = await outside.blobs.get(picture.blob)
    image = Image(content, picture.format, picture.size, has_alpha=picture.has_alpha)
    # Models read the colours that lie hidden under alpha 0 (reported for OpenAI, 2026-11).
    return await outside.pictures.flatten(image) if image.has_alpha else image


def _actor_key(outside: Outside, turn: TurnRecord) -> str:
    return hmac.new(outside.policy.actor_key_secret, turn.actor.encode(), hashlib.sha256).hexdigest()

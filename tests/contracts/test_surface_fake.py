"""The FakeSurface keeps every promise of a Surface."""

from __future__ import annotations

import pytest

from core.app.inbound import Attachment
from core.app.ports import SurfaceFault, SurfaceFaultKind
from core.domain.ids import ActorId
from tests.contracts.surface_contract import CHANNEL, Subject, SurfaceContract
from tests.fakes.surface import FakeSurface


@pytest.fixture
def subject() -> Subject:
    """A fake platform."""
    surface = FakeSurface()

    async def texts_for(person: ActorId) -> list[str]:
        return [one.card.text for one in surface.messages.values() if one.private_to in {None, person}]

    async def attach(content: bytes) -> Attachment:
        surface.files["file-1"] = content
        return Attachment("file-1", "cat.png", len(content))

    def break_down() -> None:
        surface.fault = SurfaceFault(SurfaceFaultKind.UNREACHABLE)

    return Subject(surface, CHANNEL, ActorId("one"), ActorId("two"), texts_for, attach, break_down)


class TestFakeSurface(SurfaceContract):
    """The contract, run against the fake."""

"""The original file is the very bytes, or a way to them, and never another encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.app.ports import SurfaceFault, SurfaceFaultKind
from core.app.wording import sentence
from core.domain.card import Act
from tests.app.app_surface import WatchedSurface
from tests.app.app_world import World
from tests.fakes.studio_world import GENEROUS, WORKSPACE

if TYPE_CHECKING:
    from core.domain.ids import BlobKey, WorkspaceId


class Addresses:
    """Addresses that say what they are about."""

    def original(self, workspace: WorkspaceId, blob: BlobKey, file_name: str) -> str:
        """One of a picture."""
        return f"https://ink.example/{workspace}/{blob}/{file_name}"


@pytest.mark.parametrize("links", [Addresses(), None])
async def test_an_original_goes_as_it_is_or_not_at_all(links: Addresses | None) -> None:
    """Where it does not pass, an address of the very bytes is given, or it is said how they are had."""
    here = World(policy=GENEROUS, surface=WatchedSurface(), links=links)
    await here.imagine("a lighthouse")
    await here.settle()
    here.surface.refuses_pictures.append(SurfaceFault(SurfaceFaultKind.TOO_LARGE, limit_bytes=50))
    await here.press(here.root.thread, Act.ORIGINAL, "v1")
    await here.settle()
    (picture,) = here.root.card.pictures
    card = here.standing[-1].card
    assert card.pictures == ()
    assert "0.1 MB" in card.text
    if links is None:
        assert picture.blob.rpartition("/")[2] in card.text
        assert all(not line.address for line in card.lines)
    else:
        address = f"https://ink.example/{WORKSPACE}/{picture.blob}/{picture.file_name}"
        assert card.lines[1].spelled_out == f"{sentence('original_link', 'en')} {address}"
    await here.press(here.root.thread, Act.ORIGINAL, "v1")
    await here.settle()
    assert here.standing[-1].card.pictures[0].blob == picture.blob

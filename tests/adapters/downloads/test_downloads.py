"""An original is fetched by an address that nobody can make, change, or use for ever."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx
import pytest

from adapters.downloads import Downloads, SealedLinks
from adapters.downloads.links import LIVES_S
from adapters.sealing import Seal
from core.app.records import PictureRecord
from core.app.wording import sentence
from core.domain.generation import OutputFormat, Size
from core.domain.ids import BlobKey, WorkspaceId
from tests.fakes.blobs import FakeBlobs
from tests.fakes.clock import FakeClock
from tests.fakes.reports import FakeReports

HOME = "https://ink.example"
HERE, ELSEWHERE = WorkspaceId("discord:1"), WorkspaceId("discord:2")
BLOB = BlobKey("discord:1/abc")
CONTENT = b"the very bytes"


class Desk:
    """Knows the one picture, of one workspace."""

    async def picture(self, workspace: WorkspaceId, blob: str) -> PictureRecord | None:
        """The picture."""
        record = PictureRecord(BLOB, HERE, OutputFormat.PNG, Size(16, 16), len(CONTENT))
        return record if (workspace, blob) == (HERE, BLOB) else None


@dataclass
class Scene:
    """Somebody with a browser, and links to give them."""

    clock: FakeClock = field(default_factory=FakeClock)
    blobs: FakeBlobs = field(default_factory=FakeBlobs)
    reports: FakeReports = field(default_factory=FakeReports)

    def __post_init__(self) -> None:
        self.links = SealedLinks(Seal([b"a key"], purpose="downloads"), self.clock, public_url=f"{HOME}/")
        self.app = Downloads(self.links, Desk(), self.blobs, self.reports).asgi()  # type: ignore[arg-type]  # all that is asked

    async def get(self, address: str, **headers: str) -> httpx.Response:
        """Follow a link."""
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app)) as http:
            return await http.get(address, headers=headers)


@pytest.fixture
async def here() -> Scene:
    """A picture that was made, and nothing else."""
    scene = Scene()
    await scene.blobs.put(BLOB, CONTENT)
    return scene


async def test_a_link_gives_the_very_bytes(here: Scene) -> None:
    """Under the picture's name, and nobody on the way may keep them or learn of the address."""
    address = here.links.original(HERE, BLOB, "inkthread v1 “雨”.png")
    assert address.startswith(f"{HOME}/downloads/")
    assert "discord" not in address
    answer = await here.get(address)
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''inkthread%20v1")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_a_link_waits_for_a_store_that_is_away(here: Scene) -> None:
    """The reader is asked to come back, and the operator is told; the link stays good."""
    address = here.links.original(HERE, BLOB, "v1.png")
    here.blobs.is_away = True
    answer = await here.get(address)
    assert (answer.status_code, answer.text) == (503, sentence("download_later", "en"))
    assert [what for what, _ in here.reports.faults] == ["download_failed"]
    here.blobs.is_away = False
    assert (await here.get(address)).status_code == 200


async def test_a_link_ends(here: Scene) -> None:
    """After a week, and it says so in the reader's language."""
    address = here.links.original(HERE, BLOB, "v1.png")
    here.clock.advance(LIVES_S - 1)
    assert (await here.get(address)).status_code == 200
    here.clock.advance(1)
    answer = await here.get(address, **{"Accept-Language": "de-DE,de;q=0.9"})
    assert (answer.status_code, answer.text) == (410, sentence("download_over", "de"))


@pytest.mark.parametrize("change", [lambda a: a[:-6] + "AAAA==", lambda _: f"{HOME}/downloads/x"])
async def test_a_link_that_was_changed_leads_nowhere(here: Scene, change: object) -> None:
    """What it is about is sealed."""
    answer = await here.get(change(here.links.original(HERE, BLOB, "v1.png")))  # type: ignore[operator]
    assert (answer.status_code, answer.text) == (404, sentence("download_unknown", "en"))


async def test_another_key_opens_nothing(here: Scene) -> None:
    """As after the operator has changed it; a key for other things opens nothing either."""
    other = SealedLinks(Seal([b"a key"], purpose="discord"), here.clock, public_url=HOME)
    assert (await here.get(other.original(HERE, BLOB, "v1.png"))).status_code == 404


async def test_what_was_forgotten_is_gone_here_too(here: Scene) -> None:
    """The row or the bytes: one of them gone is enough."""
    address = here.links.original(HERE, BLOB, "v1.png")
    await here.blobs.delete(BLOB)
    assert (await here.get(address)).status_code == 404
    assert (await here.get(here.links.original(ELSEWHERE, BLOB, "v1.png"))).status_code == 404

"""One person does everything, others see it, and then that person is forgotten: what is left, table by table.

The page, the core, SQLite and a real folder of blobs; the engine and what draws sheets are fakes. The list of
what stays is the one in docs/privacy.md: whatever keeps a person's id somewhere else makes this test fail.
"""

from __future__ import annotations

import io
import json
import sqlite3
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx
from PIL import Image as Pillow

from adapters.web.memory import WORKSPACE
from bots.settings import Settings
from bots.web_bot import web_app
from bots.wiring import open_parts
from core.app.inbound import Person
from core.app.views import WorkspaceChange
from core.app.wording import sentence
from core.domain.generation import Failure, FailureKind, OutputFormat
from core.domain.ids import ActorId, Platform
from core.domain.quota import Metric, Period, Scope, ScopeKind
from tests.fakes.charts import FakeCharts
from tests.fakes.engine import FakeEngine
from tests.fakes.queue import FakeQueue
from tests.fakes.tools import FakeTools

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bots.wiring import Parts
    from core.app.outside import Outside
    from core.app.ports import PictureProblem, PictureTools, Surface
    from core.domain.generation import Image

NAME: Final = "Zoe Zimmermann"
WORD: Final = "zanzibar"
FILE: Final = "zoes-holiday.png"
MARKS: Final = (NAME, WORD, FILE)
ROOM: Final = b"room?"
"""What is written to try whether there is room for a picture."""

IDS_STAY: Final = {
    "actor.id",
    "admin_alert.subject",
    "allowance.scope_key",
    "audit_line.actor",
    "audit_line.change",
    "counter.scope_key",
    "edit_thread.starter",
    "engine_gate.tags",
    "inbox.delivery_key",
    "ledger_entry.actor",
    "reservation.actor",
    "reservation.windows",
    "surface_message.private_to",
    "surface_message.saying",
    "turn.actor",
    "web_message.author",
    "web_message.key",
    "web_message.private_to",
    "workspace.named_admins",
}
"""Where the person's id stays, without a name or a word beside it; docs/privacy.md says why."""


@dataclass
class Visitor:
    """Somebody with the page open."""

    client: httpx.AsyncClient
    id: ActorId
    keys: count[int] = field(default_factory=count)

    async def post(self, path: str, **body: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Do something."""
        key = f"key-{next(self.keys):06}"
        answer = await self.client.post(path, json={"key": key, **body})
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def sees(self) -> list[dict[str, Any]]:
        """All that stands for this person: the channel and each of its threads."""
        seen: list[dict[str, Any]] = (await self.client.get("/api/state")).json()["messages"]
        for root in [one for one in seen if one["replies"]]:
            seen += (await self.client.get(f"/api/threads/{root['id']}")).json()["messages"]
        return seen

    async def everything(self) -> str:
        """All that the page tells this person, as text."""
        others = [(await self.client.get(path)).text for path in ("/api/gallery", "/api/me", "/api/quota")]
        return json.dumps(await self.sees()) + "".join(others)


@dataclass
class House:
    """The program, and who is at it."""

    parts: Parts
    engine: FakeEngine
    queue: FakeQueue
    folder: Path
    database: Path

    async def settle(self) -> None:
        """Let everything happen that would happen now."""
        while True:
            await self.parts.studio.background.settle()
            due = self.queue.due(self.parts.clock.now())
            if not due:
                return
            for turn in due:
                await self.parts.turns.handle(turn)

    async def say(self, who: Visitor, text: str, **more: Any) -> str:  # noqa: ANN401 - JSON
        """Say it, and wait for what comes of it; the message's id."""
        told = await who.post("/api/messages", text=text, **more)
        await self.settle()
        return str(told["message"]["id"])

    async def press(self, who: Visitor, message: str, act: str, subject: str) -> None:
        """Press a button."""
        await who.post("/api/presses", message=message, act=act, subject=subject)
        await self.settle()

    def rows(self) -> list[tuple[str, str]]:
        """Every cell of every table, as text, by `table.column`."""
        cells = []
        with sqlite3.connect(self.database) as connection:
            connection.row_factory = sqlite3.Row
            names = [
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            ]
            for name in names:
                for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - our own tables
                    cells += [(f"{name}.{column}", str(row[column])) for column in row.keys()]  # noqa: SIM118 - a Row
        connection.close()
        return cells

    def blobs(self) -> dict[str, bytes]:
        """Every file in the blob store."""
        found = {path.name: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        return {name: content for name, content in found.items() if content != ROOM}


class QuickTools(FakeTools):
    """Strips foreign files of what they tell, as the real ones do; sheets and copies are only different."""

    def __init__(self, real: PictureTools) -> None:
        self._real = real

    async def normalise(self, content: bytes, *, file_name: str) -> Image | PictureProblem:
        """As the real ones do."""
        return await self._real.normalise(content, file_name=file_name)

    async def refit(self, image: Image, *, max_bytes: int, formats: frozenset[OutputFormat]) -> Image:
        """Another copy for each picture."""
        del max_bytes, formats
        return replace(image, content=b"a copy" + image.content[-40:], format=OutputFormat.WEBP)


class SmallScreen:
    """The page, as if it took only small pictures: each is shown by a copy."""

    def __init__(self, page: Surface) -> None:
        self._page = page
        self.limits = replace(page.limits, max_file_bytes=900, formats=frozenset({OutputFormat.WEBP}))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the page has
        return getattr(self._page, name)


@asynccontextmanager
async def house(folder: Path, database_url: str) -> AsyncIterator[House]:
    """The whole program in this process; nothing runs by itself but what is begun at once."""
    engine, queue = FakeEngine(previews=1), FakeQueue()

    def around(outside: Outside) -> Outside:
        page: Any = SmallScreen(outside.surfaces[Platform.WEB])
        return replace(
            outside,
            engine=engine,
            queue=queue,
            surfaces={Platform.WEB: page},
            pictures=QuickTools(outside.pictures),
            charts=FakeCharts(),
        )

    settings = Settings(
        _env_file=None,
        database_url=database_url,
        storage_url=f"file://{folder}/pictures",
        image_model="sandbox",
    )
    async with open_parts(settings, around=around) as parts:
        file = Path(database_url.removeprefix("sqlite:///"))
        yield House(parts, engine, queue, folder / "pictures", file)


async def enter(house: House, stack: AsyncExitStack, name: str) -> Visitor:
    """Somebody opens the page and says what they are called."""
    transport = httpx.ASGITransport(web_app(house.parts).asgi)
    client = httpx.AsyncClient(transport=transport, base_url="http://localhost")
    await stack.enter_async_context(client)
    client.headers.update({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})
    await client.get("/")
    await client.post("/api/me", json={"name": name})
    with sqlite3.connect(house.database) as connection:
        (actor,) = connection.execute("SELECT actor FROM web_person WHERE name = ?", (name,)).fetchone()
    connection.close()
    return Visitor(client, ActorId(actor))


def holiday() -> bytes:
    """A photo that tells where it was taken, and by whom."""
    exif = Pillow.Exif()
    exif[270], exif[315] = f"a day in {WORD}", NAME
    out = io.BytesIO()
    Pillow.new("RGB", (64, 48), (9, 99, 199)).save(out, "PNG", exif=exif)
    return out.getvalue()


async def does_everything(house: House, zoe: Visitor) -> str:
    """What one can do here; the thread in which it was done."""
    upload = await zoe.client.post("/api/uploads", params={"name": FILE}, content=holiday())
    await house.say(zoe, f'/imagine a sign "{WORD}" --ar 16:9', attachments=[upload.json()["id"]])
    thread = str((await zoe.sees())[-1]["id"])
    for words in (f"add a {WORD}", "undo", "compare v1 v2", "history", "why"):
        await house.say(zoe, words, thread=thread)
    for words in ("/history", "/usage 7", f"/imagine {WORD} --nonsense"):
        await house.say(zoe, words)
    await house.say(zoe, f"// {WORD} is talk", thread=thread)
    hers = Scope(ScopeKind.ACTOR, zoe.id)
    person = Person(zoe.id, WORKSPACE, NAME, is_admin=True)
    await house.parts.studio.set_allowance(person, hers, Metric.PICTURES, Period.WEEK, 50)
    await house.parts.studio.grant(person, hers, Metric.PICTURES, 3)
    house.engine.script.extend([Failure(FailureKind.MODERATED, detail=WORD, stage="input")] * 3)
    for number in range(3):
        await house.say(zoe, f"/imagine {WORD} {number}")
    await house.say(zoe, f"/imagine {WORD} again")
    return thread


async def others_see_it(house: House, ann: Visitor, zoe: Visitor, thread: str) -> None:
    """Another admin, who asks about all of it, repeats some, and starts to have it forgotten."""
    for words in ("again", "history", "compare", "make it rain"):
        await house.say(ann, words, thread=thread)
    await house.press(ann, thread, "again", "v1")
    admin, zoes = Person(ann.id, WORKSPACE, "Ann", is_admin=True), zoe.id
    await house.parts.studio.change_workspace(admin, WorkspaceChange(named_admins=(zoes,)))
    for words in ("/usage 7", "/settings", "/history"):
        await house.say(ann, words)
    await house.say(ann, "forget thread", thread=thread)


async def confirm(house: House, who: Visitor) -> None:
    """Press the button of the last question."""
    asked = [
        one
        for one in await who.sees()
        if any(b["act"] == "confirm" for b in (one["card"] or {}).get("buttons", ()))
    ]
    question = max(asked, key=lambda one: one["seq"])
    (button,) = question["card"]["buttons"]
    await house.press(who, question["id"], button["act"], button["subject"])


async def test_nothing_of_a_forgotten_person_is_left_but_what_the_list_says(
    tmp_path: Path, sqlite_url: str
) -> None:
    """Every table, every blob and all that anybody is shown is searched for name, words and file."""
    async with house(tmp_path, sqlite_url) as here, AsyncExitStack() as stack:
        ann = await enter(here, stack, "Ann")
        await here.say(ann, "/imagine a lighthouse")
        zoe = await enter(here, stack, NAME)
        thread = await does_everything(here, zoe)
        await others_see_it(here, ann, zoe, thread)
        before = Counter(mark for mark in MARKS for _, cell in here.rows() if mark in cell)
        assert set(before) == set(MARKS), "each leaves traces, or finding none would mean nothing"
        told = await ann.everything()
        assert [mark for mark in MARKS if mark not in told] == []
        theirs = set(here.blobs())

        await here.say(zoe, "/forget me")
        await confirm(here, zoe)

        left = [(where, cell) for where, cell in here.rows() if any(mark in cell for mark in MARKS)]
        assert left == []
        ids = {where for where, cell in here.rows() if zoe.id in cell}
        assert ids - IDS_STAY == set()
        assert IDS_STAY - ids == set(), "the list says more than is true"
        for visitor in (ann, zoe):
            told = await visitor.everything()
            assert [mark for mark in MARKS if mark in told] == []
        receipt = [one["card"]["text"] for one in await zoe.sees() if one["card"]]
        assert any(text.startswith("Forgotten.") for text in receipt)
        assert sentence("person_unnamed", "en") in await ann.everything()

        blobs = here.blobs()
        known = {cell.rpartition("/")[2] for where, cell in here.rows() if where == "picture.blob"}
        copies = {cell.rpartition("/")[2] for where, cell in here.rows() if where == "picture_copy.blob"}
        assert set(blobs) - known - copies == set()
        assert len(theirs - set(blobs)) > 8
        needles = [mark.encode() for mark in MARKS]
        assert [name for name, content in blobs.items() if any(needle in content for needle in needles)] == []

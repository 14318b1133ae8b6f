"""A world that does not play along: starts are refused in a sentence, turns are told and cost nothing."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import socket
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from core.domain.quota import EntryKind
from tests.fakes.openai_server import KEY
from tests.fakes.openai_server.running import FakeOpenAI
from tests.ports import free_port
from tests.road.road_house import (
    Demo,
    can_mount_alone,
    living,
    person_at,
    read_only,
    small_disk,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.domain.quota import Entry
    from tests.road.conftest import Told

WRONG_KEY = "sk-wrong-9876543210abcdef"

needs_mounts = pytest.mark.skipif(
    not can_mount_alone(), reason="no mounts of one's own here: needs root, or user namespaces"
)


def check_nothing_spent(entries: list[Entry]) -> None:
    """Every hold was given back, and nothing else stands in the ledger."""
    holds = [entry.reservation for entry in entries if entry.kind is EntryKind.HOLD]
    back = [entry.reservation for entry in entries if entry.kind is EntryKind.RELEASE]
    assert sorted(map(str, holds)) == sorted(map(str, back))
    assert len(entries) == len(holds) + len(back)


# --- what refuses to start ---


def test_a_data_folder_that_is_a_file(command: Callable[..., Told], tmp_path: Path) -> None:
    """What stands where the folder should be is named, and what to do."""
    (tmp_path / "data").write_text("not a folder")
    told = command("demo", "--no-browser", DATABASE_URL=f"sqlite:///{tmp_path}/data/ink.sqlite3")
    assert told.is_one_sentence_of_refusal
    assert f"{tmp_path}/data cannot be written" in told.err
    assert "name another one in DATABASE_URL" in told.err


def test_a_pictures_folder_that_is_a_file(command: Callable[..., Told], tmp_path: Path) -> None:
    """The storage is opened before the first person waits for it."""
    (tmp_path / "pictures").write_text("not a folder")
    told = command("demo", "--no-browser", STORAGE_URL=f"file://{tmp_path}/pictures")
    assert told.is_one_sentence_of_refusal
    assert "STORAGE_URL" in told.err
    assert f"{tmp_path}/pictures" in told.err


@needs_mounts
def test_a_read_only_data_folder(tmp_path: Path) -> None:
    """Nobody, not even root, can write there: the start is refused in one sentence."""
    data = tmp_path / "data"
    data.mkdir()
    demo = Demo(tmp_path, wrapped_in=read_only(data))
    demo.launch()
    assert demo.process is not None
    assert demo.process.wait(40) == 1
    assert f"inkthread: The data folder {data} cannot be written (Read-only file system)." in demo.log()
    assert "Traceback" not in demo.log()


@pytest.mark.parametrize("name", ["demo", "serve", "migrate", "doctor", "quota", "usage"])
def test_a_database_from_a_later_version(command: Callable[..., Told], tmp_path: Path, name: str) -> None:
    """No command touches it; each says what to install."""
    file = tmp_path / ".inkthread" / "inkthread.sqlite3"
    assert command("migrate").code == 0
    with contextlib.closing(sqlite3.connect(file)) as database, database:
        database.execute("update inkthread_version set version_num = '9999'")
    before = file.read_bytes()
    told = command(name)
    assert told.code == 1
    assert "written by a later version of Inkthread" in told.out + told.err
    assert "Install that version" in told.out + told.err
    assert "Traceback" not in told.err
    assert file.read_bytes() == before


def test_a_file_that_is_no_database(command: Callable[..., Told], tmp_path: Path) -> None:
    """Rubbish in the database's place is left as it is, and named."""
    file = tmp_path / "ink.sqlite3"
    file.write_bytes(b"rubbish " * 1000)
    told = command("demo", "--no-browser", DATABASE_URL=f"sqlite:///{file}")
    assert told.is_one_sentence_of_refusal
    assert "damaged" in told.err
    assert file.read_bytes() == b"rubbish " * 1000


def test_a_postgres_that_is_not_there(command: Callable[..., Told]) -> None:
    """The address is to be checked; its password is not repeated."""
    url = f"postgresql://ink:hunter2hunter2@127.0.0.1:{free_port()}/ink"
    for name in ("serve", "worker", "migrate", "usage"):
        told = command(name, DATABASE_URL=url, ENCRYPTION_KEY="a test")
        assert told.code == 1
        assert "DATABASE_URL" in told.err
        assert "hunter2" not in told.err + told.out


def test_a_port_in_use(command: Callable[..., Told]) -> None:
    """The port is named, and nothing claims before that Inkthread is running."""
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        told = command("demo", "--no-browser", PORT=str(port))
    assert told.is_one_sentence_of_refusal
    assert f"127.0.0.1:{port} (Address already in use). Set PORT to a free one" in told.err
    assert "is running" not in told.out


@pytest.mark.parametrize("name", ["demo", "serve"])
def test_a_page_open_to_everybody(command: Callable[..., Told], name: str) -> None:
    """Beyond this machine the page wants a password, before anything is opened."""
    told = command(name, HOST="0.0.0.0")  # noqa: S104 - it must be refused
    assert told.is_one_sentence_of_refusal
    assert "Set WEB_PASSWORD, or leave HOST at 127.0.0.1" in told.err


def test_a_worker_on_sqlite(command: Callable[..., Told]) -> None:
    """SQLite has its worker in the server; the way to more is named."""
    told = command("worker")
    assert told.is_one_sentence_of_refusal
    assert "set DATABASE_URL to a Postgres" in told.err


def test_a_demo_on_postgres(command: Callable[..., Told]) -> None:
    """The demo needs nothing; who has a Postgres wants `serve`."""
    told = command("demo", DATABASE_URL="postgresql://ink:pw@db/ink")
    assert told.is_one_sentence_of_refusal
    assert "inkthread serve" in told.err


def test_wrong_settings_are_all_named_and_never_repeated(command: Callable[..., Told]) -> None:
    """Each wrong setting has its line and its rule; no value is told, for it may be a misplaced secret."""
    wrong = {
        "PORT": "sk-in-the-wrong-line",
        "ENGINE_CONCURRENCY": "0",
        "ENGINE_IMAGES_PER_MINUTE": "many",
        "LOG_FORMAT": "hunter2-log",
        "PICTURES_PER_PERSON_PER_DAY": "1.5",
        "MONTHLY_BUDGET_USD": "nan",
        "TIME_ZONE": "hunter2-zone",
    }
    told = command("doctor", WEB_PASSWORD="hunter2-password", OPENAI_API_KEY=WRONG_KEY, **wrong)
    assert told.is_one_sentence_of_refusal
    for name in wrong:
        assert f"\n  {name} " in told.err
    assert "must be a whole number" in told.err
    assert "Europe/Berlin" in told.err
    for secret in ("hunter2", "sk-", "nan\n"):
        assert secret not in told.err.replace("a finite number", "")


def test_a_storage_that_is_unknown(command: Callable[..., Told]) -> None:
    """The kinds that there are are listed; what was written is not repeated, for it may hold a password."""
    told = command("demo", "--no-browser", STORAGE_URL="ftp://ink:hunter2@files/pictures")
    assert told.is_one_sentence_of_refusal
    assert "file://" in told.err
    assert "hunter2" not in told.err


# --- what goes wrong while it runs ---


def test_a_wrong_key(tmp_path: Path) -> None:
    """The person is told whom to ask, nothing is billed or held, and the key is in no log."""
    with FakeOpenAI().running() as server:
        settings = {"OPENAI_API_KEY": WRONG_KEY, "OPENAI_BASE_URL": server.base_url}
        with living(Demo(tmp_path, settings)) as demo, person_at(demo) as ada:
            told = ada.say("/imagine a lighthouse --draft")["card"]
            assert told["kind"] == "failure"
            assert "refused our key" in told["text"]
            assert "Nothing was spent" in told["text"]
            check_nothing_spent(demo.entries())
            assert WRONG_KEY not in demo.log()
            assert "hunter2" not in demo.log()
        assert server.billed_micros == 0


def test_no_network(tmp_path: Path) -> None:
    """First it is tried again by itself, and says so; given up, it says what to check. Nothing is held."""
    settings = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"http://127.0.0.1:{free_port()}/v1"}
    with living(Demo(tmp_path, settings)) as demo, person_at(demo) as ada:
        answer = ada.send("/imagine a lighthouse --draft")
        assert answer.status_code == 202

        def says(words: str) -> bool:
            cards = [one["card"] for one in ada.messages() if one["card"]]
            return any(words in line["text"] for card in cards for line in card["lines"])

        until(lambda: says("tried again by itself"), what="the placeholder to say that it goes on")
        until(lambda: says("could not be reached. Nothing was spent"), what="the end")
        check_nothing_spent(demo.entries())
        assert KEY not in demo.log()


@needs_mounts
def test_a_full_disk(tmp_path: Path) -> None:
    """What cannot be kept is refused in words; with room again, the same message is taken, once."""
    data = tmp_path / "data"
    data.mkdir()
    demo = Demo(tmp_path, wrapped_in=small_disk(data, size_kb=24_000))
    with living(demo) as running, person_at(running) as ada:
        assert running.process is not None
        inside = Path(f"/proc/{running.process.pid}/root{data}")
        thread = ada.say("/imagine a lighthouse --draft")["id"]
        spare = fill(inside)
        wish = {"key": ada.key(), "text": "make it stormy", "thread": thread}
        for path, content in (("/api/messages", json.dumps(wish).encode()), ("/api/uploads", noise())):
            refused = ada.client.post(path, content=content, headers={"Content-Type": "application/json"})
            assert refused.status_code == 503
            assert refused.headers["Retry-After"]
            assert "cannot write or read its data" in refused.json()["error"]["message"]
        for route in ("/api/messages", "/api/uploads"):
            assert re.search(rf"page_request_failed .*route={route}", running.log()), (
                "the operator is not told"
            )
        assert ada.client.get("/").is_success
        assert [one["text"] for one in ada.messages(thread)] == []
        spare.unlink()
        until(lambda: ada.client.post("/api/messages", json=wish).is_success, what="the message to be taken")
        edited = ada.say("make it snow", thread=thread)
        assert edited["card"]["caption"].startswith(("v3 from v2", "v2 from v1")), edited
        words = [one["text"] for one in ada.messages(thread) if one["card"] is None]
        assert words == ["make it stormy", "make it snow"]


@needs_mounts
def test_a_full_disk_for_pictures(tmp_path: Path) -> None:
    """Without room no engine is asked, and nothing spent; a picture that is made already waits for room."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    settings = {"STORAGE_URL": f"file://{pictures}"}
    demo = Demo(tmp_path, settings, wrapped_in=small_disk(pictures, size_kb=4_000))
    with living(demo, pace=0.06) as running, person_at(running) as ada:
        assert running.process is not None
        inside = Path(f"/proc/{running.process.pid}/root{pictures}")
        spare = fill(inside)
        told = ada.say("/imagine a lighthouse --draft")["card"]
        assert told["kind"] == "failure"
        assert "full or cannot be written" in told["text"]
        assert "not counted against you" in told["text"]
        check_nothing_spent(running.entries())
        spare.unlink()
        seq = ada.send("/imagine a kite sandbox:slow --draft").json()["message"]["seq"]
        until(lambda: "'stage': 'generating'" in str(ada.messages()), what="the engine to be asked")
        spare = fill(inside)
        until(lambda: "outcome_not_stored" in running.log(), what="the made picture to find no room")
        spare.unlink()
        assert until(lambda: ada.answer(seq), what="the picture")["card"]["kind"] == "result"


def noise() -> bytes:
    """A picture that no one has seen before, so that it has to be written."""
    file = io.BytesIO()
    Image.frombytes("RGB", (200, 200), os.urandom(120_000)).save(file, "PNG")
    return file.getvalue()


def fill(folder: Path) -> Path:
    """Write until nothing fits any more; the file that is in the way is given back."""
    spare = folder / "spare"
    with spare.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(os.urandom(size))
            except OSError:
                continue
    return spare

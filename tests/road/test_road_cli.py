"""The command, as somebody uses it who has just installed it: each command, what it says, and how it ends."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import pytest
from PIL import Image

from adapters.charts.spending import draw_spending
from bots.settings import Settings, load
from core.app.account_cards import chart_words
from core.app.spending import SpendRow, by_person, days_until
from core.app.wording import dollars
from core.domain.ids import ActorId, Micros, WorkspaceId
from tests.fakes.openai_server import KEY
from tests.forked import ROOT
from tests.patience import PATIENCE_S
from tests.ports import free_port
from tests.road.road_house import COMMAND, Demo, Person, plain_environment, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.fakes.openai_server.running import FakeOpenAI
    from tests.road.conftest import Told

COMMANDS = ("demo", "serve", "worker", "doctor", "migrate", "quota", "usage", "bill")


# --- help ---


def test_help_lists_every_command_and_how_to_begin(command: Callable[..., Told]) -> None:
    """Who types nothing but --help reads what there is and what to do first."""
    told = command("--help")
    assert told.code == 0
    for name in COMMANDS:
        assert re.search(rf"^    {name}  ", told.out, re.MULTILINE)
    assert "To begin: inkthread demo" in " ".join(told.out.split())
    assert "inkthread doctor" in told.out


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_it_does(command: Callable[..., Told], name: str) -> None:
    """Help of a command begins with a sentence."""
    told = command(name, "--help")
    assert told.code == 0
    assert re.search(r"^[A-Z][^\n]+", told.out.split("\n\n")[1])
    assert told.out.split("\n\n")[1].rstrip().endswith(".")


def test_wrong_arguments_end_with_two(command: Callable[..., Told]) -> None:
    """What cannot be understood is told apart from what went wrong."""
    assert command().code == 2
    assert command("paint").code == 2
    told = command("usage", "--days", "many")
    assert told.code == 2
    assert "must be a whole number from 1 to 3660" in told.err


def test_the_version_is_told(command: Callable[..., Told]) -> None:
    """A report of a fault wants it."""
    told = command("--version")
    assert told.code == 0
    assert re.fullmatch(r"inkthread \d+\.\d+\.\d+\n", told.out)


# --- a demo from its start to its end, and what is read of it afterwards ---


def test_a_demo_from_start_to_end(tmp_path: Path, command: Callable[..., Told], server: FakeOpenAI) -> None:
    """It says where to look and what it costs, keeps others out, stops when told; the books say who spent."""
    demo = Demo(tmp_path)
    settings = {
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": server.base_url,
        "PORT": str(demo.port),
        "DATABASE_URL": demo.database_url,
        "STORAGE_URL": f"file://{tmp_path}/data/pictures",
    }
    with started(demo, settings) as process:
        until(
            lambda: f"Inkthread is running:  http://localhost:{demo.port}/" in demo.log(), what="the welcome"
        )
        assert f"gpt-image-2 at {server.base_url}: every picture costs real money" in demo.log()
        assert httpx.get(f"{demo.url}/", timeout=PATIENCE_S).is_success
        second = command("demo", "--no-browser", **{**settings, "PORT": str(free_port())})
        assert second.is_one_sentence_of_refusal
        assert f"Another Inkthread is using {tmp_path}/data" in second.err
        headers = {"Origin": demo.url}
        with httpx.Client(base_url=demo.url, headers=headers, timeout=PATIENCE_S) as client:
            client.get("/")
            client.post("/api/me", json={"key": "key-of-a-name", "name": "Ada $L$ovelace"}).raise_for_status()
            assert Person(client).say("/imagine a lighthouse --draft")["card"]["kind"] == "result"
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
    assert f"Stopped. Everything is kept in {tmp_path}/data" in demo.log()
    check_books(command, demo, tmp_path, server.billed_micros)


@contextlib.contextmanager
def started(demo: Demo, settings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The installed command, as a process."""
    with (demo.folder / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            [str(COMMAND), "demo", "--no-browser"],
            cwd=demo.folder,
            env=plain_environment(demo.folder, **settings),
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE_S)


def check_books(command: Callable[..., Told], demo: Demo, folder: Path, billed_micros: int) -> None:
    """`usage`, its chart and `quota` tell the same as the bill."""
    spent = dollars(billed_micros)
    usage = command("usage", "--plot", str(folder / "chart.png"), DATABASE_URL=demo.database_url)
    assert usage.code == 0, usage.err
    assert re.search(
        rf"^web:demo +Ada \$L\$ovelace +web:demo:\w+ +1 +{re.escape(spent)} ", usage.out, re.MULTILINE
    )
    assert f"Last 30 days: {spent} spent, $0.00 written off" in usage.out
    with Image.open(folder / "chart.png") as chart:
        assert chart.size == (1200, 600)
        assert len(chart.convert("RGB").getcolors(1 << 20) or []) > 10
    quota = command("quota", DATABASE_URL=demo.database_url)
    assert re.search(
        rf"^installation +usd +month +{re.escape(spent)} +\$0.00 +\$50.00 ", quota.out, re.MULTILINE
    )


# --- quota, usage, migrate ---


def test_quota_is_set_and_shown(command: Callable[..., Told]) -> None:
    """What was set stands in the table, beside what counts for everybody."""
    assert command("migrate").code == 0
    told = command("quota", "--set", "installation", "usd", "month", "12.50")
    assert told.code == 0
    assert re.search(r"^installation +usd +month +\$0.00 +\$0.00 +\$12.50 ", told.out, re.MULTILINE)
    command("quota", "--set", "workspace:web:demo", "pictures", "day", "100")
    told = command("quota", "--workspace", "web:demo")
    assert re.search(r"^workspace:web:demo +pictures +day +0 +0 +100 ", told.out, re.MULTILINE)
    assert re.search(r"^installation +usd +month +\$0.00 +\$0.00 +\$12.50 ", told.out, re.MULTILINE)
    assert "20 pictures a day" in told.out


def test_what_the_operator_sets_leaves_the_same_line_as_an_admin_does(
    command: Callable[..., Told], tmp_path: Path
) -> None:
    """Each under the workspace that it concerns, by nobody's name; what concerns all is under none."""
    command("migrate")
    homes = {
        "installation": "",
        "workspace:web:demo": "web:demo",
        "channel:web:demo/studio": "web:demo",
        "role:slack:T1/S2": "slack:T1",
        "actor:slack:T1:U2": "slack:T1",
    }
    for scope in homes:
        assert command("quota", "--set", scope, "pictures", "day", "5").code == 0
    with contextlib.closing(sqlite3.connect(tmp_path / ".inkthread" / "inkthread.sqlite3")) as connection:
        lines = connection.execute("SELECT workspace, actor FROM audit_line ORDER BY number").fetchall()
    assert lines == [(home, "") for home in homes.values()]


@pytest.mark.parametrize(
    ("wish", "told_of"),
    [
        (("planet", "usd", "day", "1"), "'planet' is not a valid"),
        (("workspace", "usd", "day", "1"), "workspace:web:demo"),
        (("installation", "usd", "year", "1"), "day, week or month"),
        (("installation", "euro", "day", "1"), "not 1 euro"),
        (("installation", "pictures", "day", "1.5"), "whole pictures"),
        (("installation", "usd", "day", "nan"), "write a number such as 20 or 12.50"),
        (("installation", "usd", "day", "-3"), "write a number such as 20 or 12.50"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_limit_is_refused_in_words(
    command: Callable[..., Told], wish: tuple[str, ...], told_of: str
) -> None:
    """The part that is wrong is named, and nothing is set."""
    told = command("quota", "--set", *wish)
    assert told.is_one_sentence_of_refusal
    assert told_of in told.err


def test_reading_before_there_is_anything_makes_nothing(command: Callable[..., Told], tmp_path: Path) -> None:
    """Who asks before the first start is told what makes a database; asking made none."""
    for name in ("quota", "usage"):
        told = command(name)
        assert told.is_one_sentence_of_refusal
        assert "`inkthread demo` or `serve` makes it" in told.err
    assert list(tmp_path.iterdir()) == []


def test_migrate_twice_is_once(command: Callable[..., Told]) -> None:
    """The second time there is nothing to do, and no fault."""
    assert command("migrate").code == 0
    told = command("migrate")
    assert told.code == 0
    assert told.out == "The database is at the schema of this version.\n"
    assert command("usage").out == "Nothing was made or spent in the last 30 days.\n"


def test_a_chart_that_cannot_be_drawn_is_refused_in_words(command: Callable[..., Told]) -> None:
    """An unknown kind of file and a folder that is not there are named, without the library's words."""
    command("migrate")
    for name in ("chart.txt", "nowhere/chart.png"):
        told = command("usage", "--plot", name)
        assert told.is_one_sentence_of_refusal
        assert f"could not be drawn to {name} (" in told.err
        assert "Name a png, svg or pdf file" in told.err
        assert "Errno" not in told.err


def test_a_chart_takes_names_as_they_are(tmp_path: Path) -> None:
    """Names are text: no formula, no hidden label, whatever is in them; equal names stay two people."""
    days = days_until(datetime(2026, 11, 23, tzinfo=UTC), 3)
    names = ["$x$ \\frac{", "_hidden", "李雷", "Rose", "Rose", "<b>", "x" * 90, "eighth", "ninth"]
    rows = [
        SpendRow(
            WorkspaceId("w"), ActorId(f"a{n}"), name, days[-1].isoformat(), 1, Micros(900 - n), Micros(5)
        )
        for n, name in enumerate(names)
    ]
    draw_spending(rows, days, tmp_path / "chart.svg", [chart_words(by_person(rows), "en")])
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    for words in ("_hidden", "others", "written off"):
        assert f"<!--  {words} -->" in drawn
    assert drawn.count("<!--  Rose -->") == 2


def test_a_chart_of_the_sandbox_counts_pictures(tmp_path: Path) -> None:
    """Where nothing costs money there is still something to see."""
    days = days_until(datetime(2026, 11, 23, tzinfo=UTC), 3)
    row = SpendRow(WorkspaceId("w"), ActorId("a"), "Rose", days[-1].isoformat(), 7, Micros(0), Micros(0))
    draw_spending([row], days, tmp_path / "chart.svg", [chart_words(by_person([row]), "en")])
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert "<!-- 7 pictures -->" in drawn
    assert "<!--  Rose -->" in drawn
    draw_spending([], days, tmp_path / "empty.svg", [chart_words([], "en")])
    assert "nothing was spent" in (tmp_path / "empty.svg").read_text(encoding="utf-8")


# --- settings in a file ---


def test_the_example_of_settings_works_as_it_is(command: Callable[..., Told], tmp_path: Path) -> None:
    """Copied to .env, it changes nothing: the doctor is content, and every setting has its default."""
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")
    assert command("doctor").code == 0
    assert load() == Settings(_env_file=None)
    (tmp_path / ".env").write_text(f"{(ROOT / '.env.example').read_text()}\nPORT=9\n")
    assert load().port == 9


def test_a_file_of_settings_that_is_no_text(command: Callable[..., Told], tmp_path: Path) -> None:
    """A .env in another encoding is named."""
    (tmp_path / ".env").write_bytes("PORT=9\n".encode("utf-16"))
    told = command("doctor")
    assert told.is_one_sentence_of_refusal
    assert ".env is not text in UTF-8" in told.err


@pytest.mark.parametrize("address", ["inkthread.example.com", "ftp://inkthread.example.com", "https://"])
def test_an_address_that_is_none(command: Callable[..., Told], address: str) -> None:
    """Without https:// before it every link would lead nowhere, and no password would be asked for."""
    told = command("doctor", PUBLIC_URL=address)
    assert told.is_one_sentence_of_refusal
    assert "PUBLIC_URL must begin with https:// or http://" in told.err


def test_an_empty_key_is_no_key(command: Callable[..., Told], tmp_path: Path) -> None:
    """A power cut may leave the file empty; nothing is signed or sealed with nothing."""
    (tmp_path / ".inkthread").mkdir()
    (tmp_path / ".inkthread" / "secret.key").touch()
    told = command("doctor")
    assert told.code == 1
    assert "secret.key is empty" in told.out


def test_nothing_of_the_developer_leaks_in(command: Callable[..., Told]) -> None:
    """These tests see no settings but their own."""
    assert command("doctor").code == 0
    assert "OPENAI_API_KEY" not in os.environ

"""Who may import whom. The contracts stand in pyproject.toml; here they are run, and shown to bite."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

from tests.architecture.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LINT = "import sys; from importlinter.cli import lint_imports_command as run; run()"

# One broken rule for each contract, by the contract's id: file and the import that must not be there.
VIOLATIONS = {
    "layers": ("core/app/studio.py", "import bots.cli"),
    "adapters": ("adapters/blobs/store.py", "import adapters.database.unit"),
    # With the line above this closes a circle.
    "acyclic": ("adapters/database/unit.py", "import adapters.blobs.store"),
    "typeface": ("adapters/web/render.py", "import adapters.typeface.faces"),
    "sealing": ("adapters/web/sessions.py", "import adapters.sealing"),
    "platforms": ("adapters/queues/in_process.py", "import adapters.platforms.payload"),
    "tables": ("bots/wiring.py", "import adapters.database.tables"),
    "web-tables": ("bots/wiring.py", "import adapters.web.tables"),
    "slack-tables": ("bots/wiring.py", "import adapters.slack.tables"),
    "discord-tables": ("bots/wiring.py", "import adapters.discord.tables"),
    "sdk-free-core": ("core/app/turns.py", "import httpx"),
    "pure-domain": ("core/domain/quota.py", "import asyncio"),
}
MODULES = (
    "adapters.database.unit",
    "adapters.database.tables",
    "adapters.web.tables",
    "adapters.slack.tables",
    "adapters.slack.tables_people",
    "adapters.discord.tables",
    "adapters.discord.tables_notes",
    "adapters.typeface.faces",
    "adapters.sealing",
    "adapters.platforms.payload",
    "bots.cli",
)


def contracts() -> list[dict[str, object]]:
    """The contracts as configured."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = config["tool"]["importlinter"]["contracts"]
    return found


def lint_imports(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the packages in a folder."""
    command = [sys.executable, "-c", LINT, "--no-cache", "--no-logo", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=100)


def copy_of_the_rooms(folder: Path) -> None:
    """Empty packages with the real rooms' names, and the real contracts."""
    rooms = [path.relative_to(ROOT) for name in ("adapters", "bots", "core") for path in _packages(name)]
    for room in rooms:
        _module(folder / room / "__init__.py")
    for module in MODULES:
        _module(folder.joinpath(*module.split(".")).with_suffix(".py"))
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(config, encoding="utf-8")


def _packages(name: str) -> list[Path]:
    return [path.parent for path in (ROOT / name).rglob("__init__.py")]


def _module(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_contract_is_kept() -> None:
    """The rooms import only what their place allows."""
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_has_an_example_that_breaks_it() -> None:
    """A contract that nothing can break proves nothing, so each has its violation here."""
    assert {contract["id"] for contract in contracts()} == set(VIOLATIONS)


def test_empty_rooms_break_nothing(tmp_path: Path) -> None:
    """Packages without imports keep every contract, so that what breaks below is the violation's doing."""
    copy_of_the_rooms(tmp_path)
    done = lint_imports(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_notices_what_it_forbids(tmp_path: Path) -> None:
    """One forbidden import for each contract, and each contract is reported broken."""
    copy_of_the_rooms(tmp_path)
    forbidden_in: dict[str, list[str]] = {}
    for place, forbidden in VIOLATIONS.values():
        forbidden_in.setdefault(place, []).append(forbidden)
    for place, lines in forbidden_in.items():
        _module(tmp_path / place, "\n".join(lines) + "\n")
    report = lint_imports(tmp_path).stdout
    unnoticed = [contract["name"] for contract in contracts() if f"{contract['name']} BROKEN" not in report]
    assert not unnoticed, report


def test_a_new_adapter_must_be_given_a_place(tmp_path: Path) -> None:
    """A folder in adapters/ that the contract does not list is reported."""
    copy_of_the_rooms(tmp_path)
    _module(tmp_path / "adapters" / "telepathy" / "__init__.py")
    assert lint_imports(tmp_path, "--contract", "adapters").returncode == 1

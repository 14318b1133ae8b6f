"""Docs that point at things: what they point at is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.architecture.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")
SHELL_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
INLINE_CODE = re.compile(r"`([^`\n]+)`")
MAKE_COMMAND = re.compile(r"^\s*make ([a-z][a-z-]*)", re.MULTILINE)
ADR_SECTIONS = ("Status", "Context", "Decision", "Consequences")
ADRS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))


def page_id(page: Path) -> str:
    """A page's path from the repository's root."""
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file that exists."""
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_commands_in_the_docs_are_targets_of_the_makefile(page: Path) -> None:
    """Every `make …` that a page shows is a target."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    shown = {
        target
        for code in [*SHELL_BLOCK.findall(text), *INLINE_CODE.findall(text)]
        for target in MAKE_COMMAND.findall(code)
    }
    assert shown <= targets


def test_decisions_are_numbered_without_gaps() -> None:
    """The decision records count from 0001 on."""
    assert [int(path.name[:4]) for path in ADRS] == list(range(1, len(ADRS) + 1))


@pytest.mark.parametrize("record", ADRS, ids=page_id)
def test_a_decision_says_why(record: Path) -> None:
    """Every decision record has its number in the title, and status, context, decision and consequences."""
    text = record.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(record.name[:4])}. ")
    assert [section for section in ADR_SECTIONS if f"## {section}\n" not in text] == []


def test_every_decision_is_listed() -> None:
    """The architecture page links each decision record."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [path.name for path in ADRS if f"adr/{path.name}" not in page] == []


def test_the_map_of_the_application_names_each_of_its_files_once() -> None:
    """Whoever looks for something in core/app/ finds its theme first."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = page.partition("### Inside `core/app/`\n")[2].partition("\n## ")[0]
    app = ROOT / "core" / "app"
    files = [path.stem for path in app.iterdir() if path.suffix == ".py" and path.stem != "__init__"]
    rooms = [path.name for path in app.iterdir() if (path / "__init__.py").exists()]
    named = [name for row in drawn.splitlines() if row.startswith("| ") for name in INLINE_CODE.findall(row)]
    assert sorted(named) == sorted([*files, *rooms])

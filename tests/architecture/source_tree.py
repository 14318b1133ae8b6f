"""The repository as the structure tests see it: Python files and what stands in them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("adapters", "bots", "core")
PYTHON_FOLDERS = (*SHIPPED, "tests", "scripts")


@dataclass(frozen=True, slots=True)
class Function:
    """One function or method: its name, where it begins, and how many lines it has."""

    name: str
    line: int
    lines: int


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """Its path from the repository's root, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    def functions(self) -> tuple[Function, ...]:
        """Every function and method, nested ones too."""
        return _functions(self.path, self.text)

    def dotted_names(self) -> Iterator[tuple[int, str]]:
        """Line and full dotted name of everything used, with the file's own imports resolved."""
        tree = ast.parse(self.text)
        known = _imported_names(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute):
                name = _dotted(node)
                if name is not None:
                    head, dot, rest = name.partition(".")
                    yield node.lineno, known.get(head, head) + dot + rest

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and full name of everything imported."""
        for node in ast.walk(ast.parse(self.text)):
            match node:
                case ast.Import(names=names):
                    yield from ((node.lineno, alias.name) for alias in names)
                case ast.ImportFrom(module=str(module), names=names):
                    yield from ((node.lineno, f"{module}.{alias.name}") for alias in names)
                case _:
                    continue


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below the folders, in order; all folders when none is named."""
    found = (path for folder in folders or PYTHON_FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return tuple(_read(path) for path in sorted(found))


@cache
def _read(path: Path) -> Source:
    return Source(path, path.read_text(encoding="utf-8"))


# What is kept of a file is small: the trees of all files are a million objects, which take seconds to keep.
@cache
def _functions(path: Path, text: str) -> tuple[Function, ...]:
    return tuple(
        Function(node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(ast.parse(text, filename=str(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def _dotted(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            head = _dotted(value)
            return None if head is None else f"{head}.{attr}"
        case _:
            return None


def _imported_names(tree: ast.Module) -> dict[str, str]:
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                known.update({alias.asname: alias.name for alias in names if alias.asname})
            case ast.ImportFrom(module=str(module), names=names):
                known.update({alias.asname or alias.name: f"{module}.{alias.name}" for alias in names})
            case _:
                continue
    return known

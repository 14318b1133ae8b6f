"""What may be named where: clocks, chance and ids not in the core, the environment in one file, no mocks."""

from __future__ import annotations

import tomllib

from tests.architecture.source_tree import ROOT, Source, sources

ENVIRONMENT = ("os.environ", "os.getenv", "os.environb")
THE_ONLY_READER = "bots/settings.py"
VAGUE_FILE_NAMES = {"utils.py", "util.py", "helpers.py", "helper.py", "manager.py", "common.py", "misc.py"}
MOCKS = ("unittest.mock", "mock", "pytest_mock")


def banned_in_core() -> tuple[str, ...]:
    """The names that ruff bans, from pyproject.toml, so that there is one list."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return tuple(config["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"])


def is_one_of(name: str, banned: tuple[str, ...]) -> bool:
    """Whether a dotted name is a banned one or lies inside it."""
    return any(name == one or name.startswith(f"{one}.") for one in banned)


def uses(source: Source, banned: tuple[str, ...]) -> list[str]:
    """Where a file uses or imports a banned name."""
    if not any(one.rpartition(".")[2] in source.text for one in banned):
        return []  # whatever it is called there, it has to be imported by its own name
    named = [*source.dotted_names(), *source.imports()]
    return [f"{source.name}:{line} {name}" for line, name in named if is_one_of(name, banned)]


def test_the_core_has_no_clock_no_chance_and_no_environment() -> None:
    """Nothing in the core reads a clock, rolls dice, makes ids or looks at the environment."""
    found = [use for source in sources("core") for use in uses(source, banned_in_core())]
    assert not found, "\n".join(found)


def test_the_ban_has_no_loophole() -> None:
    """No file of the core switches the ban off for itself."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    exempt = [
        pattern
        for pattern, rules in config["tool"]["ruff"]["lint"]["per-file-ignores"].items()
        if "TID251" in rules and pattern.startswith(("core", "**"))
    ]
    silenced = [source.name for source in sources("core") if "TID251" in source.text]
    assert (exempt, silenced) == ([], [])


def test_one_file_reads_the_environment() -> None:
    """Only bots/settings.py reads the environment; everybody else is handed settings."""
    found = [
        use
        for source in sources("adapters", "bots", "core")
        if source.name != THE_ONLY_READER
        for use in uses(source, ENVIRONMENT)
    ]
    assert not found, "\n".join(found)


def test_tests_use_fakes_instead_of_mocks() -> None:
    """No test imports a mocking library: a fake tells more."""
    found = [
        f"{source.name}:{line} {name}"
        for source in sources("tests")
        if "mock" in source.text
        for line, name in source.imports()
        if is_one_of(name, MOCKS)
    ]
    assert not found, "\n".join(found)


def test_file_names_say_what_is_inside() -> None:
    """No file is called utils, helpers, common or manager."""
    assert not [source.name for source in sources() if source.path.name in VAGUE_FILE_NAMES]


def test_banned_names_are_seen_through_every_way_of_importing() -> None:
    """An alias, a from-import and a plain import of a clock are all caught."""
    ways = {
        "import datetime as dt\ndt.datetime.now()": "datetime.datetime.now",
        "from datetime import datetime\ndatetime.now()": "datetime.datetime.now",
        "from time import time as now\nnow()": "time.time",
        "import random": "random",
        "from os import environ": "os.environ",
    }
    for text, name in ways.items():
        source = Source(ROOT / "core" / "example.py", text)
        assert any(name in use for use in uses(source, banned_in_core())), text

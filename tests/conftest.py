"""What every test may ask for, and how a run is dealt out. Owns what belongs to no single area."""

from __future__ import annotations

import gc
import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import HealthCheck, settings

from bots.settings import Settings
from tests.dealing import dealt_out

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

pytest_plugins = ["tests.fixtures_database"]

# What is set on this machine is not meant for the tests: a proxy would stand between them and their servers,
# and settings are those of an Inkthread that runs here.
for _name in list(os.environ):
    if _name.lower().endswith("_proxy") or _name.lower() in Settings.model_fields:
        del os.environ[_name]

# Two cores are shared by everything that runs beside a test: a slow example is not a failure.
settings.register_profile("everyday", deadline=None, max_examples=100)
settings.register_profile(
    "ci", parent=settings.get_profile("everyday"), derandomize=True, print_blob=True, database=None
)
settings.register_profile(
    "thorough",
    parent=settings.get_profile("everyday"),
    max_examples=5_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "everyday"))

# What is logged before a command has set logs up. With rich installed, a trace would be painted with every
# local value for a second.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let each worker begin with its share of the long files: none may be what all wait for in the end.

    `--dist worksteal` gives each worker one piece of the list, all of about the same length.
    """
    workers: int = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers > 1:
        items[:] = dealt_out(items, workers, lambda item: item.path.name)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays: no collector need look at half a million objects."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Where the repository lies."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def specs(project_root: Path) -> Path:
    """The folder with the platforms' published JSON schemas, named by INKTHREAD_SPECS."""
    named = os.environ.get("INKTHREAD_SPECS")
    if not named:
        pytest.skip("INKTHREAD_SPECS does not name a folder with the platforms' schemas")
    folder = (project_root / named).resolve()
    assert folder.is_dir(), f"INKTHREAD_SPECS names {folder}, which is not a folder"
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A Chromium that is installed here; INKTHREAD_BROWSER_REQUIRED=1 turns the skip into a failure."""
    found = next((path for name in _CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found is not None:
        return found
    problem = "no Chromium found: install one (on Debian: apt-get install chromium) to run the browser tests"
    if os.environ.get("INKTHREAD_BROWSER_REQUIRED") == "1":
        pytest.fail(problem)
    pytest.skip(problem)


@pytest.fixture
def own_logs() -> Iterator[None]:
    """Give the logs back as they were: a command sets them up for its process."""
    root = logging.getLogger()
    handlers, level, configured = root.handlers[:], root.level, structlog.get_config()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**configured)

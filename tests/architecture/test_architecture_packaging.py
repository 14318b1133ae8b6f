"""What is locked, what is packaged, and what the container files promise."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.architecture.source_tree import ROOT, SHIPPED

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")
COMPOSE_FILES = ("compose.single.yaml", "compose.several.yaml")
PINNED = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+)", re.MULTILINE)
NOT_OURS = {"__pycache__"}


def pins(lock: str) -> dict[str, set[str]]:
    """The versions that a lock pins, by normalised name; several where platforms differ."""
    found: dict[str, set[str]] = {}
    for match in PINNED.finditer((ROOT / lock).read_text(encoding="utf-8")):
        found.setdefault(match["name"], set()).add(match["version"])
    return found


def project() -> dict[str, Any]:
    """pyproject.toml as data."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def normalised(requirement: str) -> str:
    """The package's name as locks spell it: `discord.py>=2.7` is `discord-py`."""
    name = re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def compose(name: str) -> dict[str, Any]:
    """A compose file as data."""
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / name).read_text(encoding="utf-8"))
    return parsed


def our_services(name: str) -> dict[str, dict[str, Any]]:
    """The services of a compose file that run Inkthread itself."""
    return {key: service for key, service in compose(name)["services"].items() if "build" in service}


def test_everything_the_project_asks_for_is_locked() -> None:
    """Each dependency in pyproject.toml has its pin in the lock that installs it."""
    config = project()
    groups = config["dependency-groups"]
    runtime = [*config["project"]["dependencies"], *groups["build"], *groups["bootstrap"]]
    assert {normalised(one) for one in runtime} <= set(pins("requirements.lock"))
    assert {normalised(one) for one in groups["dev"]} <= set(pins("requirements-dev.lock"))


def test_the_locks_agree_with_each_other() -> None:
    """What is tested is what is shipped: the same versions in every lock."""
    tools = pins("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-uv.lock"):
        assert {name: tools.get(name) for name in pins(lock)} == pins(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_host_is_named(lock: str) -> None:
    """A lock holds pins with sha256 hashes, and says nothing about where packages come from."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"^--|://", text, re.MULTILINE)


def test_the_wheel_brings_everything_that_is_not_code(tmp_path: Path) -> None:
    """A built wheel holds every file of the three packages: pages, styles, fonts and migrations too."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=100)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    ours = {
        path.relative_to(ROOT).as_posix()
        for folder in SHIPPED
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not NOT_OURS.intersection(path.parts)
    }
    assert ours - packed == set()


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_containers_run_without_root_and_on_a_read_only_disk(name: str) -> None:
    """Every service of ours has a read-only root, no capabilities and no way to gain privileges."""
    for service in our_services(name).values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert "/tmp" in service["tmpfs"]  # noqa: S108  (a path inside the container)
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER 10001", dockerfile, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK [^\n]*\\\n[^\n]*/healthz", dockerfile, re.MULTILINE)


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_compose_files_set_only_settings_that_exist(name: str) -> None:
    """What a compose file sets is in .env.example, or an AWS_ name that the object store's client reads."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    known = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE))
    for service in our_services(name).values():
        unknown = {key for key in service["environment"] if not key.startswith("AWS_")} - known
        assert not unknown


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_no_secret_has_a_default(name: str) -> None:
    """A compose file asks for every password and key instead of shipping one."""
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    for secret in re.findall(r"\$\{([A-Z0-9_]+)[^}]*\}", text):
        assert re.search(rf"\$\{{{secret}:\?", text), f"{secret} may be empty"
    assert not re.search(r"(PASSWORD|SECRET|KEY\w*): [^$\s]", text)


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_what_is_published_is_published_on_this_machine_only(name: str) -> None:
    """Ports are bound to loopback: a proxy with TLS belongs in front."""
    published = [port for service in compose(name)["services"].values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)

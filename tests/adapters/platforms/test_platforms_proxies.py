"""Which proxy leads to a platform, as the environment says it."""

from __future__ import annotations

import pytest

from adapters.platforms.proxies import proxy_for

SLACK = "https://slack.com/api/"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of what this machine may have set."""
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_any_there_is_none() -> None:
    """Most machines reach the internet themselves."""
    assert proxy_for(SLACK) is None
    assert proxy_for("") is None


def test_each_scheme_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the login that stands in it."""
    monkeypatch.setenv("HTTPS_PROXY", "http://ink:hush@proxy.example:3128")
    assert proxy_for(SLACK) == "http://ink:hush@proxy.example:3128"
    assert proxy_for("http://slack.com/api/") is None


@pytest.mark.parametrize(
    ("exempt", "address"),
    [
        ("slack.com", SLACK),
        (".slack.com", "https://files.slack.com"),
        ("*", SLACK),
        ("127.0.0.1:8080", "https://127.0.0.1:8080/api"),
    ],
)
def test_some_hosts_are_reached_without(monkeypatch: pytest.MonkeyPatch, exempt: str, address: str) -> None:
    """As NO_PROXY says."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", exempt)
    assert proxy_for(address) is None
    assert proxy_for("https://discord.com/api/v10") == (
        None if exempt == "*" else "http://proxy.example:3128"
    )

"""Which proxy leads to a platform, as the environment says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from adapters.discord.errors import Trouble as DiscordTrouble
from adapters.discord.gateway import GatewayClient, redirect
from adapters.discord.outlet import Needs as DiscordNeeds
from adapters.discord.outlet import open_outlet as open_discord_outlet
from adapters.discord.rest import Route
from adapters.platforms.proxies import proxy_for
from adapters.sealing import Seal
from adapters.slack.client import sdk_client
from adapters.slack.errors import Trouble as SlackTrouble
from adapters.slack.outlet import Needs as SlackNeeds
from adapters.slack.outlet import open_outlet as open_slack_outlet
from bots.discord_bot import DiscordParts, line_of
from bots.settings import Settings
from core.domain.ids import WorkspaceId
from tests.fakes.blobs import FakeBlobs
from tests.fakes.clock import FakeClock
from tests.fakes.discord_platform import open_discord
from tests.fakes.ids import CountingIds
from tests.fakes.proxy import FakeProxy, open_proxy
from tests.fakes.slack_platform import broken_transactions, open_slack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

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


# --- on the wire --------------------------------------------------------------------------------------------

LOGIN = "Basic aW5rOmh1c2g="
"""`ink:hush`, as a proxy wants it."""


@pytest.fixture
async def proxy(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeProxy]:
    """A proxy that the environment names."""
    async with open_proxy() as fake:
        monkeypatch.setenv("HTTP_PROXY", fake.address)
        yield fake


class OneToken:
    """The same token for every workspace of Slack."""

    async def token(self, _workspace: WorkspaceId) -> str:
        """It."""
        return "xoxb-hush"

    async def refused(self, _workspace: WorkspaceId, _token: str, _code: str) -> bool:
        """Nobody asks a real Slack here."""
        return False


async def test_calls_to_slack_go_through_it(proxy: FakeProxy) -> None:
    """Those of the SDK, and those of our own session, which fetches and sends files."""
    parts = (broken_transactions(), Seal([b"key"], purpose="slack"), FakeBlobs(), FakeClock(), CountingIds())
    async with open_slack_outlet(SlackNeeds(OneToken(), *parts, "http://slack.test/api/")) as outlet:
        await outlet.api.call(WorkspaceId("slack:T1"), "users.info", {"user": "U1"})
        async with outlet.api.session.get("http://files.slack.test/boat.png"):
            pass
    wanted = [one.what for one in proxy.asked]
    assert wanted == ["POST http://slack.test/api/users.info", "GET http://files.slack.test/boat.png"]
    assert {one.headers.get("proxy-authorization") for one in proxy.asked} == {LOGIN}


async def test_calls_to_slack_go_around_it(proxy: FakeProxy, tmp_path: Path) -> None:
    """Where NO_PROXY says so; the SDK by itself would not look."""
    with pytest.MonkeyPatch.context() as here:
        here.setenv("HTTPS_PROXY", proxy.address)
        here.setenv("NO_PROXY", "127.0.0.1")
        async with open_slack(tmp_path / "slack.db") as there:
            said = await there.outlet.api.call(there.place.workspace, "users.info", {"user": there.ada.id})
        assert not isinstance(said, SlackTrouble)
        assert sdk_client(SLACK).proxy == proxy.address
    assert proxy.asked == []


async def test_calls_to_discord_go_through_it(proxy: FakeProxy) -> None:
    """With the bot's token for Discord, and the login for the proxy."""
    parts = (broken_transactions(), Seal([b"key"], purpose="discord"), FakeBlobs(), FakeClock())
    async with open_discord_outlet(DiscordNeeds("hush", *parts, "http://discord.test/api/v10")) as outlet:
        await outlet.rest.ask(Route("GET", "/applications/@me"))
    assert [one.what for one in proxy.asked] == ["GET http://discord.test/api/v10/applications/@me"]
    assert proxy.asked[0].headers["proxy-authorization"] == LOGIN
    assert proxy.asked[0].headers["authorization"] == "Bot hush"


async def test_the_gateway_goes_through_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """discord.py looks at no variable by itself."""
    async with open_proxy() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        settings = Settings(_env_file=None)
        redirect(settings.discord_api_url, None)
        unused: Any = None
        line = line_of(DiscordParts("hush", outlet=unused, notes=unused), settings)
        async with GatewayClient(unused, unused, sees_content=True, address=None, **line.options) as client:
            with pytest.raises(aiohttp.ClientHttpProxyError):
                await client.login(line.token)
    assert [one.what for one in proxy.asked] == ["CONNECT discord.com:443"]
    assert proxy.asked[0].headers["proxy-authorization"] == LOGIN


async def test_a_login_for_everybody_in_netrc_is_nobodys_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a file is for other programs; with it, aiohttp would send no request that has a token."""
    (tmp_path / "netrc").write_text("default login ann password hush\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    async with open_slack(tmp_path / "slack.db") as there:
        said = await there.outlet.api.call(there.place.workspace, "users.info", {"user": there.ada.id})
        assert not isinstance(said, SlackTrouble)
    async with open_discord(tmp_path / "discord.db") as there_too:
        told = await there_too.outlet.rest.ask(Route("GET", "/applications/@me"))
        assert not isinstance(told, DiscordTrouble)

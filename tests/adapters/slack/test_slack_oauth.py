"""Installing the app: begun here, finished once, tokens sealed, changed in time, forgotten when it goes."""

from __future__ import annotations

import asyncio
import html
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from slack_sdk.oauth.installation_store.models.installation import Installation
from sqlalchemy import text

from adapters.sealing import Seal
from adapters.slack.client import sdk_client
from adapters.slack.errors import Trouble
from adapters.slack.installations import InstallationStore, Installed
from adapters.slack.oauth import InstalledBySlack, StateInDatabase
from adapters.slack.refs import workspace_id
from adapters.slack.tokens import Single
from tests.adapters.slack.slack_ears import Ears, open_ears
from tests.adapters.slack.slack_installed import ACME, kept
from tests.fakes.clock import FakeClock
from tests.fakes.slack_server.oauth import issue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.slack_server import FakeSlack
    from tests.fakes.slack_server.things import Team

ADDRESS = "https://ink.example"


@pytest.fixture
async def ears(slack: FakeSlack, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Ears]:
    """Listeners over HTTP that no workspace has installed yet."""
    async with open_ears(
        slack,
        tmp_path,
        sqlite_url,
        slack_client_id=slack.client_id,
        slack_client_secret=slack.client_secret,
        public_url=ADDRESS,
    ) as hearing:
        yield hearing


def browser(ears: Ears) -> httpx.AsyncClient:
    """Somebody's browser at our address."""
    assert ears.asgi is not None
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=ears.asgi), base_url=ADDRESS)


async def begun(person: httpx.AsyncClient) -> str:
    """Begin to install: the state, which the browser also keeps as a cookie."""
    page = await person.get("/slack/install")
    assert page.status_code == 200
    state: str = person.cookies["slack-app-oauth-state"]
    assert state in page.text
    return state


async def install(ears: Ears, team: Team, user: str) -> httpx.Response:
    """The whole way: begin here, agree at Slack, come back."""
    async with browser(ears) as person:
        state = await begun(person)
        code = ears.slack.consent(team.id, user)
        return await person.get("/slack/oauth_redirect", params={"code": code, "state": state})


def newcomer(slack: FakeSlack, **facts: object) -> tuple[Team, str, str]:
    """A workspace without our app, somebody in it, and a channel."""
    team = slack.world.add_team("acme", is_installed=False, **facts)  # type: ignore[arg-type]
    ann = slack.world.add_user(team.id, "ann")
    return team, ann.id, slack.world.add_channel(team.id, "pictures", members=(ann.id,)).id


async def test_a_workspace_installs_the_app_and_is_heard(ears: Ears) -> None:
    """From the page to the first command; the token it gave speaks there."""
    team, ann, channel = newcomer(ears.slack)
    answer = await install(ears, team, ann)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert (await ears.slack.slash(ann, channel, "/imagine", "a fox")).is_in_time
    assert ears.last.person.workspace == workspace_id(team.id)
    assert await ears.parts.tokens.token(workspace_id(team.id)) == team.bot_token
    installed = await ears.parts.tokens.installed(team.id)
    assert installed is not None
    assert installed.url == "https://acme.slack.com/"


async def test_the_way_to_slack_asks_for_what_is_needed(ears: Ears) -> None:
    """Our scopes, our address to come back to, a state."""
    async with browser(ears) as person:
        page = await person.get("/slack/install")
    link = html.unescape(page.text.partition('<a href="')[2].partition('"')[0])
    asked = parse_qs(urlsplit(link).query)
    assert asked["redirect_uri"] == [f"{ADDRESS}/slack/oauth_redirect"]
    assert "chat:write" in asked["scope"][0].split(",")
    assert "channels:join" in asked["scope"][0].split(",")


async def test_an_installation_is_kept_though_its_address_is_not_told(ears: Ears) -> None:
    """Slack gave its tokens already, and gives them once; the address is only for links."""
    team, ann, _ = newcomer(ears.slack)
    store = InstalledBySlack(ears.parts.tokens, sdk_client("http://127.0.0.1:9/api/"))
    await store.async_save(Installation(user_id=ann, team_id=team.id, bot_token="xoxb-hush"))
    assert await ears.parts.tokens.token(workspace_id(team.id)) == "xoxb-hush"


async def test_coming_back_twice_or_without_having_begun_installs_nothing(ears: Ears) -> None:
    """A state works once, in the browser that began, and only for ten minutes."""
    team, ann, _ = newcomer(ears.slack)
    async with browser(ears) as person:
        state = await begun(person)
        back = {"code": ears.slack.consent(team.id, ann), "state": state}
        assert (await person.get("/slack/oauth_redirect", params=back)).status_code == 200
        person.cookies.set("slack-app-oauth-state", state)
        again = {"code": ears.slack.consent(team.id, ann), "state": state}
        assert (await person.get("/slack/oauth_redirect", params=again)).status_code == 401
    async with browser(ears) as other:
        elsewhere = {"code": ears.slack.consent(team.id, ann), "state": state}
        assert (await other.get("/slack/oauth_redirect", params=elsewhere)).status_code == 400


async def test_a_workspace_that_has_not_installed_the_app_is_told(ears: Ears) -> None:
    """Nothing reaches the core."""
    _, ann, channel = newcomer(ears.slack)
    delivery = await ears.slack.slash(ann, channel, "/imagine", "a fox")
    assert delivery.is_in_time
    assert ["not installed" in seen.text for seen in ears.slack.whispers(channel, ann)] == [True]
    assert ears.desk.inbounds == []


@pytest.mark.parametrize("how", ["uninstall", "revoke"])
async def test_a_workspace_that_takes_the_app_away_is_forgotten(ears: Ears, how: str) -> None:
    """Its token is deleted, and what was known of its people."""
    team, ann, channel = newcomer(ears.slack)
    await install(ears, team, ann)
    await ears.slack.slash(ann, channel, "/imagine", "a fox")
    for delivery in await getattr(ears.slack, how)(team.id):
        assert delivery.is_in_time
    assert await ears.parts.tokens.token(workspace_id(team.id)) is None
    assert await ears.parts.installations.find(team.id) is None


async def test_an_organisation_installs_for_all_its_workspaces(ears: Ears) -> None:
    """One token; a workspace is found by what its first delivery says of its organisation."""
    team, ann, channel = newcomer(ears.slack, enterprise="E01")
    team.is_org_install = True
    assert (await install(ears, team, ann)).status_code == 200
    assert (await ears.slack.slash(ann, channel, "/imagine", "a fox")).is_in_time
    assert ears.last.person.workspace == workspace_id(team.id)
    assert await ears.parts.tokens.token(workspace_id(team.id)) == team.bot_token


async def organisation(ears: Ears) -> tuple[Team, str, str]:
    """A workspace of an organisation that has our app, somebody there, and a channel."""
    team, ann, channel = newcomer(ears.slack, enterprise="E01")
    team.is_org_install = True
    assert (await install(ears, team, ann)).status_code == 200
    return team, ann, channel


async def test_what_is_said_in_an_organisation_is_said_in_its_workspace(ears: Ears) -> None:
    """Such an event is for the whole organisation, and its envelope alone says where it happened."""
    team, ann, channel = await organisation(ears)
    said = await ears.slack.message(ann, channel, f"<@{team.bot_user}> a fox")
    assert all(one.is_in_time for one in said.deliveries)
    assert ears.last.person.workspace == workspace_id(team.id)
    assert await ears.parts.installations.find(team.id) is not None, "another process finds it, too"


async def test_user_groups_are_those_of_the_workspace(ears: Ears) -> None:
    """An organisation's token has to say of which, or the allowances of groups would hold for nobody."""
    team, ann, channel = await organisation(ears)
    ears.slack.world.add_group(team.id, "designers", (ann,))
    await ears.slack.slash(ann, channel, "/imagine", "a fox")
    (asked,) = await ears.slack.until(lambda: ears.slack.calls_of("usergroups.list"))
    assert asked.args["team_id"] == team.id


async def test_an_organisation_that_takes_the_app_away_is_forgotten(ears: Ears) -> None:
    """With all its workspaces; and when it comes back, they are known again."""
    team, ann, channel = await organisation(ears)
    await ears.slack.slash(ann, channel, "/imagine", "a fox")
    await ears.slack.uninstall(team.id)
    assert await ears.parts.installations.find(team.id, "E01") is None
    assert (await install(ears, team, ann)).status_code == 200
    await ears.slack.slash(ann, channel, "/imagine", "a fox")
    assert await ears.parts.installations.find(team.id) is not None


# --- what is kept -------------------------------------------------------------------------------------------


async def test_tokens_cannot_be_read_in_the_database(sqlite_url: str) -> None:
    """Who has a copy of it has no token, and nothing that is printed shows one."""
    async with kept(sqlite_url) as transactions:
        store = InstallationStore(transactions, Seal([b"key"], purpose="slack"))
        await store.save(replace(ACME, refresh_token="xoxe-hush"), now_ms=1)
        async with transactions.read() as connection:
            rows = (await connection.execute(text("SELECT * FROM slack_installation"))).all()
        assert "hush" not in str(rows)
        found = await store.find("T1")
        assert found is not None
        assert (found.token, found.refresh_token) == ("xoxb-hush", "xoxe-hush")
        assert "hush" not in repr(found)
        assert "hush" not in repr(Single("xoxb-hush"))


async def test_a_new_key_takes_over_from_the_old_one(sqlite_url: str) -> None:
    """With both, the old rows are sealed anew; then the old key is not needed any more."""
    async with kept(sqlite_url) as transactions:
        await InstallationStore(transactions, Seal([b"old"], purpose="slack")).save(ACME, now_ms=1)
        both = InstallationStore(transactions, Seal([b"new", b"old"], purpose="slack"))
        assert await both.seal_anew() == 1
        assert await both.seal_anew() == 0
        found = await InstallationStore(transactions, Seal([b"new"], purpose="slack")).find("T1")
        assert found is not None
        assert found.token == "xoxb-hush"


async def test_without_its_key_an_installation_is_none(sqlite_url: str) -> None:
    """It is asked for again rather than failing each time."""
    async with kept(sqlite_url) as transactions:
        await InstallationStore(transactions, Seal([b"old"], purpose="slack")).save(ACME, now_ms=1)
        other = InstallationStore(transactions, Seal([b"other"], purpose="slack"))
        assert await other.find("T1") is None
        assert await other.seal_anew() == 0


async def test_a_state_runs_out(sqlite_url: str) -> None:
    """After ten minutes it is worth nothing."""
    clock = FakeClock()
    async with kept(sqlite_url) as transactions:
        states = StateInDatabase(transactions, clock)
        fresh, old = await states.async_issue(), await states.async_issue()
        assert await states.async_consume(fresh)
        assert not await states.async_consume(fresh)
        clock.advance(11 * 60)
        assert not await states.async_consume(old)


async def test_workspaces_that_are_asked_for_together_each_get_their_own(sqlite_url: str) -> None:
    """Their own installation, else their organisation's, whether they were linked to it or say so now."""
    async with kept(sqlite_url) as transactions:
        store = InstallationStore(transactions, Seal([b"key"], purpose="slack"))
        await store.save(ACME, now_ms=1)
        await store.save(Installed("", enterprise="E1", token="xoxb-whole"), now_ms=1)
        await store.link("T2", "E1")
        await store.link("T1", "E1")
        places = [("T1", ""), ("T2", ""), ("T3", "E1"), ("T4", ""), ("T5", "E2")]
        found = await asyncio.gather(*(store.find(*place) for place in places))
        tokens = ["xoxb-hush", "xoxb-whole", "xoxb-whole", None, None]
        assert [one.token if one else None for one in found] == tokens


async def test_rotating_tokens_are_changed_at_slack(ears: Ears) -> None:
    """The real exchange, through the real SDK: the first token is about to end, a second one comes."""
    team, ann, _ = newcomer(ears.slack, is_rotating=True)
    await install(ears, team, ann)
    installed = await ears.parts.installations.find(team.id)
    assert installed is not None
    await ears.parts.tokens.save(replace(installed, expires_ms=1))
    token = await ears.parts.tokens.token(workspace_id(team.id))
    assert token == team.bot_token
    assert token != installed.token


async def test_a_process_that_has_an_old_token_takes_the_new_one_at_once(ears: Ears) -> None:
    """The app was taken away and installed again, and another process heard of both."""
    team, ann, _ = newcomer(ears.slack)
    await install(ears, team, ann)
    here = workspace_id(team.id)
    old = await ears.parts.installations.find(team.id)
    assert old is not None
    ears.slack.world.tokens[old.token].error = "account_inactive"
    issue(ears.slack.world, team, ann)
    await ears.parts.installations.save(replace(old, token=team.bot_token), now_ms=1)
    said = await ears.parts.outlet.api.call(here, "users.info", {"user": ann})
    assert not isinstance(said, Trouble)


async def test_a_removal_that_slack_repeats_late_takes_no_new_installation_away(ears: Ears) -> None:
    """We were down when the app was removed, and it was installed again before Slack told us once more."""
    team, ann, _ = newcomer(ears.slack)
    await install(ears, team, ann)
    removals = await ears.slack.uninstall(team.id)
    await install(ears, team, ann)
    for removal in removals:
        removal.payload["event_time"] -= 60
        assert await ears.slack.redeliver(removal, 1)
    assert await ears.parts.tokens.token(workspace_id(team.id)) == team.bot_token

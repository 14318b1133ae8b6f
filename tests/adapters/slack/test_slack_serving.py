"""Slack and the page on one port, in one process, with settings that cannot be misunderstood."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from adapters.logs import configure_logs
from bots.settings import Settings
from bots.slack_bot import distribution_of
from bots.web_bot import check_exposure, together
from core.app.errors import SettingsFault

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp


def settings(**given: object) -> Settings:
    """Settings of nobody's environment."""
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]  # pydantic checks them


def says(word: str) -> ASGIApp:
    """An application that says one word, whatever it is asked."""

    async def answer(_request: Request) -> Response:
        return PlainTextResponse(word)

    return Starlette(routes=[Route("/{rest:path}", answer, methods=["GET", "POST"])])


@pytest.mark.parametrize(
    ("path", "who"),
    [("/slack/events", "slack"), ("/slack/install", "slack"), ("/", "page"), ("/slackers", "page")],
)
async def test_slack_has_its_own_paths_on_the_pages_port(path: str, who: str) -> None:
    """Neither sees the other's requests."""
    app = together(says("page"), {"/slack/": says("slack")})
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="https://ink.example"
    ) as browser:
        assert (await browser.get(path)).text == who


def test_a_page_that_a_proxy_shows_to_others_wants_a_password() -> None:
    """It would let anybody spend, as one on another HOST would."""
    with pytest.raises(SettingsFault, match="Set WEB_PASSWORD"):
        check_exposure(settings(public_url="https://ink.example"))
    check_exposure(settings(public_url="https://ink.example", web_password="a password"))
    check_exposure(settings(public_url="http://localhost:9000"))


def test_people_who_install_the_app_have_to_find_back() -> None:
    """Without an address of ours Slack could not send them."""
    credentials = {"slack_client_id": "1.2", "slack_client_secret": "hush"}
    with pytest.raises(SettingsFault, match="PUBLIC_URL"):
        distribution_of(settings(**credentials))


def test_govslack_has_its_own_door() -> None:
    """Where people agree follows from where the API is."""
    found = distribution_of(
        settings(
            slack_client_id="1.2",
            slack_client_secret="hush",
            public_url="https://ink.example",
            slack_api_url="https://slack-gov.com/api/",
        )
    )
    assert found is not None
    assert found.authorize_url == "https://slack-gov.com/oauth/v2/authorize"


def test_several_keys_seal_and_the_newest_signs() -> None:
    """Newest first; every one of them is masked in the log."""
    made = settings(encryption_key="new, old")
    assert made.encryption_keys() == (b"new", b"old")
    assert made.secret_for_cookies() == b"new"
    assert {"new", "old"} <= set(made.secret_values())


@pytest.mark.usefixtures("own_logs")
def test_what_strangers_send_is_not_written_down() -> None:
    """Bolt would log the whole body of a request whose signature is wrong."""
    configure_logs("console")
    assert not logging.getLogger("slack_bolt").isEnabledFor(logging.INFO)
    assert not logging.getLogger("slack_sdk").isEnabledFor(logging.INFO)

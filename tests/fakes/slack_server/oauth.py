"""oauth.v2.access and what leads to it: codes that a person's consent brings, tokens, and their rotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack_server.refusals import refuse
from tests.fakes.slack_server.things import Json, Token
from tests.fakes.slack_server.world import APP_ID, CLIENT_ID, CLIENT_SECRET

if TYPE_CHECKING:
    from tests.fakes.slack_server.asks import Ask
    from tests.fakes.slack_server.things import Team
    from tests.fakes.slack_server.world import World

CODE_LIFE_S = 600
TOKEN_LIFE_S = 43_200
"""Rotated tokens live twelve hours (slack.md 9)."""


def consent(world: World, team: str, user: str) -> str:
    """A person agrees to the installation: the code that their browser brings back."""
    code = f"code.{world.new_id('')}.{team}"
    world.codes[code] = {"team": team, "user": user, "ends_at": world.now() + CODE_LIFE_S}
    return code


def access(ask: Ask) -> Json:
    """oauth.v2.access: a code for a token, or a refresh token for a fresh one."""
    client = ask.basic if any(ask.basic) else (ask.text("client_id"), ask.text("client_secret"))
    if client[0] != CLIENT_ID:
        refuse("invalid_client_id")
    if client[1] != CLIENT_SECRET:
        refuse("bad_client_secret")
    if ask.text("grant_type") == "refresh_token":
        return _refresh(ask)
    granted = ask.world.codes.pop(ask.text("code"), None)
    if granted is None or granted["ends_at"] <= ask.world.now():
        refuse("invalid_code")
    team = ask.world.teams[granted["team"]]
    team.is_installed = True
    return issue(ask.world, team, granted["user"])


def _refresh(ask: Ask) -> Json:
    """Refresh tokens are good for one use; the token they replace lives on until it ends."""
    team_id = ask.world.refresh_tokens.pop(ask.text("refresh_token"), None)
    if team_id is None:
        refuse("invalid_refresh_token")
    return issue(ask.world, ask.world.teams[team_id], "")


def issue(world: World, team: Team, user: str) -> Json:
    """A new bot token, told in the shape of the method."""
    number = world.new_id("").lower()
    value = f"xoxe.xoxb-1-{team.id}-{number}" if team.is_rotating else f"xoxb-{team.id}-{number}"
    ends_at = world.now() + TOKEN_LIFE_S if team.is_rotating else None
    enterprise = team.enterprise if team.is_org_install else ""
    world.tokens[value] = Token(value, team.id, team.scopes, expires_at=ends_at, enterprise=enterprise)
    team.bot_token = value
    told: Json = {
        "access_token": value,
        "token_type": "bot",
        "scope": ",".join(sorted(team.scopes)),
        "bot_user_id": team.bot_user,
        "app_id": APP_ID,
        "team": None if team.is_org_install else {"id": team.id, "name": team.name},
        "enterprise": {"id": team.enterprise, "name": team.enterprise} if team.enterprise else None,
        "authed_user": {"id": user},
        "is_enterprise_install": team.is_org_install,
    }
    if team.is_rotating:
        refresh = f"xoxe-1-{team.id}-{number}"
        world.refresh_tokens[refresh] = team.id
        told |= {"refresh_token": refresh, "expires_in": TOKEN_LIFE_S}
    return told

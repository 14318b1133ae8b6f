"""auth.*, api.test, users.*, usergroups.*, team.info, bots.info: whose token this is and who is who."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.fakes.slack_server.refusals import refuse
from tests.fakes.slack_server.shapes import bot_json, group_json, user_json

if TYPE_CHECKING:
    from tests.fakes.slack_server.asks import Ask
    from tests.fakes.slack_server.things import Json, User


def api_test(ask: Ask) -> Json:
    """api.test: says back what it was sent, and fails when asked to."""
    if ask.text("error"):
        refuse(ask.text("error"), args=ask.args)
    return {"args": ask.args}


def auth_test(ask: Ask) -> Json:
    """auth.test."""
    team = ask.team
    domain = f"{team.enterprise.lower()}.enterprise" if team.is_org_install else team.domain
    told: Json = {
        "url": f"https://{domain}.slack.com/",
        "team": team.name,
        "user": team.users[team.bot_user].name,
        "team_id": team.id,
        "user_id": team.bot_user,
        "bot_id": team.bot_id,
        "is_enterprise_install": team.is_org_install,
    }
    return told | ({"enterprise_id": team.enterprise} if team.enterprise else {})


def auth_revoke(ask: Ask) -> Json:
    """auth.revoke."""
    if ask.flag("test"):
        return {"revoked": False}
    if ask.token is not None:
        ask.token.error = "token_revoked"
    return {"revoked": True}


def _person(ask: Ask) -> User:
    """Somebody of the workspace, or a stranger from another in a shared conversation (Slack Connect)."""
    name = ask.needed("user")
    if name in ask.team.users:
        return ask.team.users[name]
    rooms = [channel for channel in ask.team.channels.values() if channel.is_shared]
    stranger = next((team.users[name] for team in ask.world.teams.values() if name in team.users), None)
    if stranger is None or not any(name in room.members for room in rooms):
        refuse("user_not_found")
    return replace(stranger, is_stranger=True)


def users_info(ask: Ask) -> Json:
    """users.info."""
    return {"user": user_json(_person(ask), has_locale=ask.flag("include_locale"))}


def users_list(ask: Ask) -> Json:
    """users.list, everybody at once."""
    told = [user_json(user, has_locale=ask.flag("include_locale")) for user in ask.team.users.values()]
    return {"members": told, "response_metadata": {"next_cursor": ""}}


def usergroups_list(ask: Ask) -> Json:
    """usergroups.list; the token of a whole organisation has to say of which workspace."""
    if ask.team.is_org_install and not ask.text("team_id"):
        refuse("missing_argument")
    has_users, has_disabled = ask.flag("include_users"), ask.flag("include_disabled")
    told = [group_json(group) for group in ask.team.groups.values() if has_disabled or not group.is_disabled]
    if not has_users:
        told = [{name: value for name, value in group.items() if name != "users"} for group in told]
    return {"usergroups": told}


def usergroups_users_list(ask: Ask) -> Json:
    """usergroups.users.list."""
    group = ask.team.groups.get(ask.needed("usergroup"))
    if group is None:
        refuse("no_such_subteam")
    return {"users": list(group.users)}


def team_info(ask: Ask) -> Json:
    """team.info."""
    team = ask.team
    return {
        "team": {
            "id": team.id,
            "name": team.name,
            "domain": team.domain,
            "enterprise_id": team.enterprise or None,
        }
    }


def bots_info(ask: Ask) -> Json:
    """bots.info."""
    if ask.text("bot") != ask.team.bot_id:
        refuse("bot_not_found")
    return {"bot": bot_json(ask.team) | {"user_id": ask.team.bot_user}}

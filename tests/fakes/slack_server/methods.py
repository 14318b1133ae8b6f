"""Every method the fake serves: its scopes, its tier and who answers it, as one table.

Tiers and scopes: the methods' pages, 2026-11 (slack.md 8.2 and 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.slack_server import chat, conversations, oauth, people, sessions, uploads, views
from tests.fakes.slack_server.access import check_scopes, check_token
from tests.fakes.slack_server.limits import MINUTE_S
from tests.fakes.slack_server.refusals import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.slack_server.asks import Ask
    from tests.fakes.slack_server.things import Json

    Answer = Callable[[Ask], Json]

NO_TIER = 0


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `scopes` are alternatives; `tier` 0 has its own limit, or none."""

    answer: Answer
    tier: int
    scopes: tuple[str, ...] = ()
    needs_token: bool = True
    is_for_app_token: bool = False


METHODS: dict[str, Method] = {
    "agents.sessions.rename": Method(sessions.session_rename, 3, ("assistant:write", "chat:write")),
    "agents.sessions.setStatus": Method(sessions.session_status, 3, ("assistant:write", "chat:write")),
    "api.test": Method(people.api_test, 4, needs_token=False),
    "assistant.threads.setStatus": Method(sessions.set_status, 4, ("chat:write", "assistant:write")),
    "auth.revoke": Method(people.auth_revoke, 3),
    "auth.test": Method(people.auth_test, NO_TIER),
    "bots.info": Method(people.bots_info, 3, ("users:read",)),
    "chat.delete": Method(chat.delete, 3, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink, NO_TIER),
    "chat.postEphemeral": Method(chat.post_ephemeral, 4, ("chat:write",)),
    "chat.postMessage": Method(chat.post_message, NO_TIER, ("chat:write",)),
    "chat.update": Method(chat.update, 3, ("chat:write",)),
    "conversations.history": Method(conversations.history, 3),
    "conversations.info": Method(conversations.info, 3),
    "conversations.join": Method(conversations.join, 3, ("channels:join",)),
    "conversations.members": Method(conversations.members, 4),
    "conversations.open": Method(conversations.open_direct, 3),
    "conversations.replies": Method(conversations.replies, 3),
    "files.completeUploadExternal": Method(uploads.complete_upload, 4, ("files:write",)),
    "files.delete": Method(uploads.delete, 3, ("files:write",)),
    "files.getUploadURLExternal": Method(uploads.get_upload_url, 4, ("files:write",)),
    "files.info": Method(uploads.info, 4, ("files:read",)),
    "oauth.v2.access": Method(oauth.access, 4, needs_token=False),
    "reactions.add": Method(sessions.add_reaction, 3, ("reactions:write",)),
    "reactions.remove": Method(sessions.remove_reaction, 2, ("reactions:write",)),
    "team.info": Method(people.team_info, 3, ("team:read",)),
    "usergroups.list": Method(people.usergroups_list, 2, ("usergroups:read",)),
    "usergroups.users.list": Method(people.usergroups_users_list, 2, ("usergroups:read",)),
    "users.conversations": Method(conversations.of_user, 3),
    "users.info": Method(people.users_info, 4, ("users:read",)),
    "users.list": Method(people.users_list, 2, ("users:read",)),
    "views.open": Method(views.open_view, 4),
    "views.publish": Method(views.publish_view, 4),
    "views.push": Method(views.push_view, 4),
    "views.update": Method(views.update_view, 4),
}
"""`apps.connections.open` is answered by the sockets themselves."""

APP_METHODS = frozenset({"apps.connections.open"})


def answer(ask: Ask) -> Json:
    """Answer a call by the rules, in Slack's order: method, token, scope, rate, arguments."""
    method = METHODS.get(ask.method)
    if method is None:
        refuse("unknown_method", req_method=ask.method)
    if method.needs_token:
        check_token(ask)
        if ask.token is not None and ask.token.is_app:
            refuse("not_allowed_token_type")
        check_scopes(ask, method.scopes)
    _check_rate(ask, method)
    _meet_fault(ask)
    return method.answer(ask)


def _check_rate(ask: Ask, method: Method) -> None:
    rates = ask.world.switches.rates
    if rates.is_kept and method.tier and ask.team_record is not None:
        key = (ask.method, ask.team.id)
        ask.world.buckets.take(key, rates.tiers[method.tier], MINUTE_S, ask.world.now())


def _meet_fault(ask: Ask) -> None:
    """What a test said should go wrong with the next calls of this method."""
    queue = ask.world.switches.faults.get(ask.method)
    if queue:
        fault = queue.popleft()
        if fault.isdecimal():
            refuse("fatal_error", status=int(fault))
        if fault:
            refuse(fault)

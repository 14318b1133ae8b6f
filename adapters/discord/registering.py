"""Tells Discord our commands, when they have changed.

Owns that nothing is told twice: what was told last is noted, and Discord is asked whether it still has it,
since whoever else has the application's token can change it. New commands are counted (200 a day, 2026-08).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from adapters.discord.commands import fingerprint, payload
from adapters.discord.errors import Trouble
from adapters.discord.rest import Route

if TYPE_CHECKING:
    from adapters.discord.notes import Notes
    from adapters.discord.rest import Rest
    from core.app.reports import Reports

COMMANDS: Final = "/applications/{application_id}/commands"


def noted_key(application: str) -> str:
    """Under which is noted what an application was told."""
    return f"commands:{application}"


async def register(rest: Rest, notes: Notes, application: str, reports: Reports) -> bool:
    """Have our commands on Discord; whether they are there. What fails is tried at the next start."""
    wanted = fingerprint(application)
    if await notes.get(noted_key(application)) == wanted:
        missing = await missing_commands(rest, application)
        if isinstance(missing, Trouble) or not missing:
            return True
    told: Any = payload()
    answer = await rest.ask(Route("PUT", COMMANDS, {"application_id": application}), told)
    if isinstance(answer, Trouble):
        reports.warning("discord_commands_not_registered", code=answer.code, detail=answer.detail)
        return False
    await notes.put(noted_key(application), wanted)
    reports.info("discord_commands_registered", commands=len(told))
    return True


async def missing_commands(rest: Rest, application: str) -> list[str] | Trouble:
    """The names of those of our commands that Discord does not have, or not as they are."""
    route = Route("GET", COMMANDS, {"application_id": application}, {"with_localizations": "true"})
    stand: Any = await rest.ask(route)
    if isinstance(stand, Trouble):
        return stand
    known = {(one.get("name"), one.get("type") or 1): one for one in stand}
    return [one["name"] for one in payload() if not _stands(one, known.get((one["name"], one["type"])))]


def _stands(wanted: dict[str, Any], known: dict[str, Any] | None) -> bool:
    """Whether Discord has a command as it should be, by its texts and its options."""
    if known is None:
        return False
    texts = ("description", "name_localizations", "description_localizations")
    names = [one["name"] for one in wanted.get("options") or ()]
    stand = [one.get("name") for one in known.get("options") or ()]
    return names == stand and all(wanted.get(one) in (known.get(one), None) for one in texts)

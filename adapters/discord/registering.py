"""Tells Discord our commands, when they have changed.

Owns that nothing is told twice: what was told last is noted. New commands are counted (200 a day, 2026-08).
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
        return True
    told: Any = payload()
    answer = await rest.ask(Route("PUT", COMMANDS, {"application_id": application}), told)
    if isinstance(answer, Trouble):
        reports.warning("discord_commands_not_registered", code=answer.code, detail=answer.detail)
        return False
    await notes.put(noted_key(application), wanted)
    reports.info("discord_commands_registered", commands=len(told))
    return True

"""Which workspaces have our app, and the tokens they gave us, sealed.

Owns the rows of installations and the change of the operator's key. Must never put a token into a log, an
error or a repr. When a token is about to run out is the business of `tokens.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from adapters.platforms.coalescing import CoalescedLookup
from adapters.platforms.inserting import put
from adapters.slack.tables_people import SlackInstallationRow, SlackPersonRow, SlackTeamRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import RowMapping

    from adapters.platforms.transactions import Transactions
    from adapters.sealing import Seal

_INSTALLATION = SlackInstallationRow.__table__.c  # type: ignore[attr-defined]  # SQLModel's stubs do not say so
_TEAM = SlackTeamRow.__table__.c  # type: ignore[attr-defined]  # the same
_PERSON = SlackPersonRow.__table__.c  # type: ignore[attr-defined]  # the same


@dataclass(frozen=True, slots=True)
class Installed:
    """Our app in one workspace, or in a whole organisation (`team` is empty then).

    `url` is the workspace's own address (`https://acme.slack.com/`); empty for an organisation, whose
    workspaces each have their own. `expires_ms` and `refresh_token` are there where the app's tokens rotate.
    """

    team: str
    enterprise: str = ""
    name: str = ""
    url: str = ""
    bot_user: str = ""
    bot_id: str = ""
    scopes: tuple[str, ...] = ()
    token: str = field(default="", repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_ms: int | None = None

    @property
    def key(self) -> str:
        """How it is stored: by its workspace, or by its organisation."""
        return self.team or self.enterprise


class InstallationStore:
    """Remembers installations. Its methods raise what the database adapter raises."""

    def __init__(self, transactions: Transactions, seal: Seal) -> None:
        self._transactions = transactions
        self._seal = seal
        self._together = CoalescedLookup(self._look)

    async def save(self, installed: Installed, *, now_ms: int) -> None:
        """Remember an installation, in the place of the one before."""
        refresh = installed.refresh_token
        values = {
            "key": installed.key,
            "team": installed.team,
            "enterprise": installed.enterprise,
            "name": installed.name[:255],
            "url": installed.url[:255],
            "bot_user": installed.bot_user,
            "bot_id": installed.bot_id,
            "scopes": ",".join(installed.scopes),
            "sealed_token": self._seal.close(installed.token),
            "sealed_refresh_token": None if refresh is None else self._seal.close(refresh),
            "expires_ms": installed.expires_ms,
            "refreshing_until_ms": 0,
            "installed_ms": now_ms,
        }
        async with self._transactions.write() as connection:
            await put(connection, SlackInstallationRow, values, "key")

    async def find(self, team: str, enterprise: str = "") -> Installed | None:
        """The installation that speaks in that workspace: its own, else its organisation's."""
        return await self._together.find((team, enterprise))

    async def _look(self, places: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Installed]:
        teams = [team for team, _ in places]
        async with self._transactions.read() as connection:
            linked = select(_TEAM.team, _TEAM.enterprise).where(_TEAM.team.in_(teams))
            links = {row.team: row.enterprise for row in await connection.execute(linked)}
            keys = {*teams, *links.values(), *(enterprise for _, enterprise in places if enterprise)}
            wanted = select(*_INSTALLATION).where(_INSTALLATION.key.in_(sorted(keys)))
            rows = {row["key"]: row for row in (await connection.execute(wanted)).mappings()}
        found = {}
        for team, enterprise in places:
            row = rows.get(team) or rows.get(links.get(team)) or rows.get(enterprise)
            if row is not None and (installed := self._installed(row)) is not None:
                found[team, enterprise] = installed
        return found

    async def everywhere(self) -> list[Installed]:
        """All installations, by name; one whose token no key opens has an empty one."""
        async with self._transactions.read() as connection:
            query = select(*_INSTALLATION).order_by(_INSTALLATION.name, _INSTALLATION.key)
            rows = (await connection.execute(query)).mappings().all()
        return [self._installed(row) or _without_token(row) for row in rows]

    async def link(self, team: str, enterprise: str) -> None:
        """Remember that the workspace is one of an organisation that has our app."""
        async with self._transactions.write() as connection:
            await put(connection, SlackTeamRow, {"team": team, "enterprise": enterprise}, "team")

    async def teams(self, key: str) -> list[str]:
        """The workspaces that an installation speaks for, as far as we have heard of them."""
        async with self._transactions.read() as connection:
            rows = await connection.execute(select(_TEAM.team).where(_TEAM.enterprise == key))
            linked = list(rows.scalars())
        return linked or [key]

    async def is_installed_since(self, key: str, *, since_ms: int) -> bool:
        """Whether the app was installed there, or its tokens renewed, after that time."""
        query = select(_INSTALLATION.installed_ms).where(_INSTALLATION.key == key)
        async with self._transactions.read() as connection:
            installed_ms: int | None = await connection.scalar(query)
        return installed_ms is not None and installed_ms >= since_ms

    async def forget(self, key: str) -> None:
        """Drop an installation, its tokens, and what we know of the people there."""
        teams = await self.teams(key)
        async with self._transactions.write() as connection:
            await connection.execute(delete(SlackInstallationRow).where(_INSTALLATION.key == key))
            await connection.execute(delete(SlackTeamRow).where(_TEAM.enterprise == key))
            await connection.execute(delete(SlackPersonRow).where(_PERSON.team.in_(teams)))

    async def claim_refresh(self, key: str, *, now_ms: int, until_ms: int) -> bool:
        """Whether this process may use the refresh token now; the others keep the token they have."""
        claim = (
            update(SlackInstallationRow)
            .where(_INSTALLATION.key == key, _INSTALLATION.refreshing_until_ms < now_ms)
            .values(refreshing_until_ms=until_ms)
        )
        async with self._transactions.write() as connection:
            return (await connection.execute(claim)).rowcount == 1

    async def seal_anew(self) -> int:
        """Seal with the newest key what older ones sealed; how many rows that were. For each start."""
        async with self._transactions.read() as connection:
            rows = (await connection.execute(select(*_INSTALLATION))).mappings().all()
        old = [row for row in rows if not self._seal.is_current(row["sealed_token"])]
        readable = [row for row in old if self._seal.open(row["sealed_token"]) is not None]
        for row in readable:
            await self._renew(row)
        return len(readable)

    async def _renew(self, row: RowMapping) -> None:
        """Only if it still is what was read: another process may have stored a fresh token meanwhile."""
        fresh = {
            name: self._seal.close(self._seal.open(row[name]) or "")
            for name in ("sealed_token", "sealed_refresh_token")
            if row[name] is not None
        }
        change = (
            update(SlackInstallationRow)
            .where(_INSTALLATION.key == row["key"], _INSTALLATION.sealed_token == row["sealed_token"])
            .values(**fresh)
        )
        async with self._transactions.write() as connection:
            await connection.execute(change)

    def _installed(self, row: RowMapping) -> Installed | None:
        token = self._seal.open(row["sealed_token"])
        if token is None:
            return None
        sealed = row["sealed_refresh_token"]
        refresh = None if sealed is None else self._seal.open(sealed)
        return replace(_without_token(row), token=token, refresh_token=refresh)


def _without_token(row: RowMapping) -> Installed:
    values: dict[str, Any] = {
        name: row[name] for name in ("team", "enterprise", "name", "url", "bot_user", "bot_id", "expires_ms")
    }
    return Installed(**values, scopes=tuple(one for one in row["scopes"].split(",") if one))

"""`inkthread bill`: the ledger against the provider's bill, in the terminal.

Owns the words and the table. What is corrected is decided in the core.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.logs import LogReports
from adapters.system import SystemIds
from bots.money import MICROS_A_DOLLAR, opened, table
from bots.wiring import open_billing, policy_of
from core.app.billing import BillingFault, BillingFaultKind
from core.app.errors import SettingsFault
from core.app.reconciling import Reconciler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bots.settings import Settings
    from core.app.ports import Clock
    from core.domain.reconciling import Verdict

NO_KEY = (
    "OPENAI_ADMIN_KEY is not set. What was really billed stands in the organisation's books, which only an "
    "admin key can read; an owner of the organisation makes one at the provider."
)

WHAT_TO_DO = {
    BillingFaultKind.KEY_REFUSED: "OPENAI_ADMIN_KEY is refused; it must be an admin key.",
    BillingFaultKind.BUSY: "The server wants to be asked less often. Try again in a while.",
    BillingFaultKind.UNREACHABLE: "The server cannot be reached. Check the network and OPENAI_BASE_URL.",
    BillingFaultKind.NOT_OFFERED: "The server at OPENAI_BASE_URL tells no costs. Unset OPENAI_ADMIN_KEY.",
    BillingFaultKind.NOT_UNDERSTOOD: "The server's answer is not understood. Check OPENAI_PROJECT_ID.",
}

GAP = (
    "Days that do not match were left as they are. Does another program use this account? Give Inkthread a "
    "project of its own, and name it in OPENAI_PROJECT_ID. Costs may also arrive late: look again tomorrow."
)


async def reconcile(settings: Settings, clock: Clock) -> tuple[str, bool]:
    """Reconcile the days that are settled; what came of it as text, and whether both sums agree now."""
    async with open_billing(settings) as billing:
        if billing is None:
            raise SettingsFault(NO_KEY)
        async with opened(settings) as database:
            found = await Reconciler(
                database=database,
                billing=billing,
                clock=clock,
                ids=SystemIds(),
                policy=policy_of(settings),
                reports=LogReports(),
            ).run()
    if isinstance(found, BillingFault):
        return f"{WHAT_TO_DO[found.kind]} ({found.detail})", False
    return told(found), all(verdict.is_right for verdict in found)


def told(verdicts: Sequence[Verdict]) -> str:
    """The days as a table, and what to do where some do not match."""
    rows = [
        (
            verdict.day.isoformat(),
            exactly(verdict.billed),
            exactly(verdict.booked),
            exactly(verdict.difference),
            _outcome(verdict),
        )
        for verdict in verdicts
    ]
    text = table(("day (UTC)", "billed", "booked", "difference", "outcome"), rows)
    return text if all(verdict.is_right for verdict in verdicts) else f"{text}\n\n{GAP}"


def exactly(micros: int) -> str:
    """Dollars to the last micro-dollar: a sum that is off by one must not look equal."""
    whole, rest = divmod(abs(micros), MICROS_A_DOLLAR)
    return f"{'-' if micros < 0 else ''}${whole}.{rest:06}"


def _outcome(verdict: Verdict) -> str:
    if verdict.repriced:
        return f"corrected: {_calls(len(verdict.repriced))} that only an estimate was known of"
    if verdict.difference == 0:
        return "equal"
    if verdict.unfinished:
        return f"waits: {_calls(verdict.unfinished)} not booked yet"
    return "does not match"


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count} calls"

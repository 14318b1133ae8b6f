"""The demo as a person starts it, only at a pace that a test can wait for.

`python -m tests.road.brisk`, with the settings in the environment as for `inkthread demo`, and `ROAD_PACE`:
by what the sandbox's seconds are multiplied. An engine out of reach is given up after two seconds, and what
was overlooked is looked for more often. Nothing else differs.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from adapters.logs import configure_logs
from adapters.sandbox_images import SandboxEngine
from bots import running
from bots.settings import load
from core.app.errors import InkthreadError

if TYPE_CHECKING:
    from core.app.outside import Outside


LEASE_S = 30.0
"""As in the program itself: whoever starts on SQLite breaks the leases of the dead, and need not wait."""


def brisk(outside: Outside, pace: float) -> Outside:
    """The same ports, with a sandbox that hurries; another engine is left as it is."""

    async def hurry(seconds: float) -> None:
        await asyncio.sleep(seconds * pace)

    engine = SandboxEngine(pause=hurry) if isinstance(outside.engine, SandboxEngine) else outside.engine
    policy = replace(
        outside.policy,
        lease_s=LEASE_S,
        sending_lease_s=LEASE_S,
        give_up_after_s=2.0,
        sweep_every_s=0.3,
        nudge_again_after_s=0.6,
    )
    return replace(outside, engine=engine, policy=policy)


def main() -> int:
    """Run the demo until it is stopped; what goes wrong at its start is said as the command says it."""
    pace = float(os.environ["ROAD_PACE"])
    try:
        settings = load()
        configure_logs(settings.log_format, secrets=settings.secret_values())
        asyncio.run(
            running.demo(settings, is_browser_wanted=False, around=lambda outside: brisk(outside, pace))
        )
    except InkthreadError as fault:
        sys.stderr.write(f"inkthread: {fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

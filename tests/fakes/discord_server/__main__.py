"""`python -m tests.fakes.discord_server --port 8098`: the fake as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from tests.fakes.discord_server.running import TOKEN, FakeDiscord


async def serve(options: argparse.Namespace) -> None:
    """Serve until the process ends; the first line on standard output is the address."""
    fake = FakeDiscord(port=options.port, specs=options.specs, token=options.token)
    if options.nominal_limits:
        fake.limits.nominal()
    async with fake.running():
        sys.stdout.write(fake.discord.origin + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="tests.fakes.discord_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--specs", type=Path, default=None, help="folder with discord/openapi.json")
    parser.add_argument("--token", default=TOKEN, help="the bot token that is accepted")
    parser.add_argument("--nominal-limits", action="store_true", help="rate limits as seen in the wild")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()

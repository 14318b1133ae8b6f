"""`python -m tests.fakes.slack_server --port 8098`: a fake Slack as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.fakes.slack_server.running import FakeSlack


def main() -> None:
    """Serve until interrupted; the first line on standard output is the origin."""
    parser = argparse.ArgumentParser(prog="tests.fakes.slack_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    options = parser.parse_args()
    asyncio.run(_serve(options.port))


async def _serve(port: int) -> None:
    async with FakeSlack(port=port) as slack:
        sys.stdout.write(slack.origin + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()

"""`python -m tests.fakes.openai_server --port 8099 --bill bill.jsonl --latency-s 3`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.fakes.openai_server.running import KEY, FakeOpenAI


def main() -> None:
    """Serve until interrupted; the first line on standard output is the base URL."""
    parser = argparse.ArgumentParser(prog="tests.fakes.openai_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--bill", type=Path, default=None, help="file that every charge is appended to")
    parser.add_argument("--latency-s", type=float, default=0.0, help="seconds that a picture takes")
    parser.add_argument("--key", default=KEY, help="the API key that is accepted")
    options = parser.parse_args()
    server = FakeOpenAI(
        port=options.port,
        latency_s=options.latency_s,
        bill_file=options.bill,
        key=options.key,
    )
    sys.stdout.write(server.base_url + "\n")
    sys.stdout.flush()
    server.serve()


if __name__ == "__main__":
    main()

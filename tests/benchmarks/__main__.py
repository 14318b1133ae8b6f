"""`python -m tests.benchmarks [--quick] [--only SECTION …]`: measure, print, and write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

import structlog

from tests.benchmarks.page import machine, table, write_section
from tests.benchmarks.scale import FULL, QUICK
from tests.benchmarks.sections import SECTIONS, run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only see that it runs; writes nothing")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="some sections")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    for name in options.only:
        where = machine()
        results = run(name, QUICK if options.quick else FULL)
        sys.stdout.write(f"\n{table(results)}\n")
        sys.stdout.flush()
        if not options.quick:
            write_section(PAGE, name, results, where)
    note = "A quick run: these numbers mean nothing." if options.quick else f"Written to {PAGE}."
    sys.stdout.write(f"\n{note}\n")


if __name__ == "__main__":
    main()

"""The `inkthread` command: demo, serve, worker, doctor, migrate, quota, usage, bill.

Owns the arguments and the exit codes: 0 done, 1 something is wrong and said so, 2 wrong arguments. Each
command imports what it runs when it is run: charts alone would cost every start a second.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.logs import configure_logs
from adapters.system import SystemClock
from bots.settings import load
from core.app.errors import InkthreadError, SettingsFault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bots.settings import Settings

    Command = Callable[[Settings, argparse.Namespace], int]


MOST_DAYS = 3660
"""Ten years."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what goes wrong is said in one sentence, not as a trace."""
    arguments = _parser().parse_args(argv)
    try:
        settings = load()
        configure_logs(settings.log_format, secrets=settings.secret_values())
        command: Command = arguments.command
        return command(settings, arguments)
    except InkthreadError as fault:
        print(f"inkthread: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inkthread",
        description="An image studio that lives in a team's chat.",
        epilog="Settings are environment variables, or lines of a file .env in the current folder; "
        ".env.example lists them all. To begin: inkthread demo. When something is wrong: inkthread doctor.",
    )
    parser.add_argument("--version", action="version", version=f"inkthread {version('inkthread')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    demo = _command(
        commands, "demo", _demo, "try it on this machine: page, worker and all, nothing to set up"
    )
    demo.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")
    _command(commands, "serve", _serve, "every surface that has credentials, the page and a worker")
    _command(commands, "worker", _worker, "one more worker (Postgres only)")
    _command(commands, "doctor", _doctor, "check settings, database, storage, key and model; spends nothing")
    _command(commands, "migrate", _migrate, "bring the database to this version")
    _add_money(commands)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: Command, words: str
) -> argparse.ArgumentParser:
    """One more command; its words stand in the list of all and at the top of its own help."""
    parser = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
    parser.set_defaults(command=run)
    return parser


def _add_money(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    quota = _command(commands, "quota", _quota, "show allowances, or set one")
    quota.epilog = "For example: inkthread quota --set installation usd month 100"
    quota.add_argument("--workspace", help="show those of this workspace too; the page's is web:demo")
    quota.add_argument(
        "--set",
        nargs=4,
        metavar=("SCOPE", "METRIC", "PERIOD", "AMOUNT"),
        help="SCOPE installation, workspace:ID, channel:WORKSPACE/ID, role:WORKSPACE/ID or actor:ID; "
        "METRIC pictures or usd; PERIOD day, week or month; `inkthread usage` shows the ids",
    )
    usage = _command(commands, "usage", _usage, "who spent what")
    usage.add_argument("--days", type=_days, default=30, help="how many days back (30)")
    usage.add_argument("--workspace", help="only this workspace")
    usage.add_argument("--plot", type=Path, metavar="FILE", help="draw a chart there (png, svg or pdf)")
    bill = _command(commands, "bill", _bill, "hold the ledger against the provider's bill")
    bill.epilog = (
        "Needs OPENAI_ADMIN_KEY. Looks at the last seven days that ended six hours ago or more, and corrects "
        "what was only estimated, so that both sums are equal. `serve` and `worker` do the same once a day."
    )


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        msg = f"must be a whole number from 1 to {MOST_DAYS}"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _demo(settings: Settings, arguments: argparse.Namespace) -> int:
    if not settings.is_sqlite:
        msg = "The demo runs on SQLite; unset DATABASE_URL, or use `inkthread serve`."
        raise SettingsFault(msg)
    from bots import running  # noqa: PLC0415 - see above

    asyncio.run(running.demo(settings, is_browser_wanted=not arguments.no_browser))
    return 0


def _serve(settings: Settings, _arguments: argparse.Namespace) -> int:
    from bots import running  # noqa: PLC0415 - see above

    asyncio.run(running.serve(settings))
    return 0


def _worker(settings: Settings, _arguments: argparse.Namespace) -> int:
    if settings.is_sqlite:
        msg = (
            "SQLite serves one process, and `inkthread serve` has its worker in it. For more workers set "
            "DATABASE_URL to a Postgres."
        )
        raise SettingsFault(msg)
    from bots import running  # noqa: PLC0415 - see above

    asyncio.run(running.worker(settings))
    return 0


def _doctor(settings: Settings, _arguments: argparse.Namespace) -> int:
    from bots import doctor  # noqa: PLC0415 - see above

    findings = asyncio.run(doctor.examine(settings))
    print(doctor.told(findings))
    return 1 if any(finding.is_wrong for finding in findings) else 0


def _migrate(settings: Settings, _arguments: argparse.Namespace) -> int:
    from bots.wiring import migrate_all  # noqa: PLC0415 - see above

    migrate_all(settings)
    print("The database is at the schema of this version.")
    return 0


def _quota(settings: Settings, arguments: argparse.Namespace) -> int:
    from bots import money  # noqa: PLC0415 - see above

    wish = money.allowance_of(*arguments.set) if arguments.set else None
    print(asyncio.run(money.quota(settings, arguments.workspace, wish)))
    return 0


def _bill(settings: Settings, _arguments: argparse.Namespace) -> int:
    from bots import books  # noqa: PLC0415 - see above

    text, is_right = asyncio.run(books.reconcile(settings, SystemClock()))
    print(text)
    return 0 if is_right else 1


def _usage(settings: Settings, arguments: argparse.Namespace) -> int:
    from bots import money  # noqa: PLC0415 - see above

    now = datetime.now(UTC)
    print(
        asyncio.run(
            money.usage(
                settings, days=arguments.days, workspace=arguments.workspace, plot=arguments.plot, now=now
            )
        )
    )
    return 0

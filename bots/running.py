"""Runs processes: the demo, the server, a worker. Starts them, says where to look, stops them cleanly.

Owns start and stop. A process that is killed instead loses nothing: the next one finds what was running.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import gc
import signal
import webbrowser
from typing import TYPE_CHECKING

from adapters.downloads import PATH, Downloads
from bots.web_bot import WebServer, address_of, check_exposure, web_app
from bots.wiring import links_of, migrate_all, open_parts, work
from core.app.errors import SettingsFault, StorageFault

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

    from starlette.types import ASGIApp

    from bots.settings import Settings
    from bots.wiring import Parts
    from core.app.outside import Outside

GOODBYE_S = 170.0
"""How long a process that was asked to stop waits for pictures that are being made."""


async def demo(
    settings: Settings,
    *,
    is_browser_wanted: bool,
    around: Callable[[Outside], Outside] | None = None,
) -> None:
    """The page and a worker on this machine, in words a newcomer understands. `around` as in `open_parts`."""
    check_exposure(settings)
    with _only_one(settings):
        migrate_all(settings)
        async with open_parts(settings, around=around) as parts:

            async def on_up(address: str) -> None:
                print(_welcome(settings, address), flush=True)
                if is_browser_wanted:
                    await asyncio.to_thread(webbrowser.open, address)

            await _until_stopped(parts, _serving(parts, on_up))
            print("Stopped. Everything is kept in", settings.data_folder)


async def serve(settings: Settings, *, around: Callable[[Outside], Outside] | None = None) -> None:
    """Every surface that has credentials, the page and a worker. `around` as in `open_parts`."""
    check_exposure(settings)
    with _only_one(settings):
        if settings.is_sqlite:
            migrate_all(settings)
        async with open_parts(settings, around=around) as parts:

            async def on_up(address: str) -> None:
                parts.outside.reports.info("serving", page=address, engine=parts.outside.engine.name)

            await _until_stopped(parts, _serving(parts, on_up))


async def worker(settings: Settings, *, around: Callable[[Outside], Outside] | None = None) -> None:
    """One more worker on the same Postgres. `around` as in `open_parts`."""
    async with open_parts(settings, around=around) as parts:
        parts.outside.reports.info("working", engine=parts.outside.engine.name)
        spare_the_start()
        await _until_stopped(parts, work(parts))


async def _serving(parts: Parts, on_up: Callable[[str], Awaitable[None]]) -> None:
    """Serve and work; `on_up` hears the page's address once it answers."""
    await take_over(parts)
    async with contextlib.AsyncExitStack() as stack:
        others = {
            "/slack/": await _slack(parts, stack),
            "/discord/": await _discord(parts, stack),
            PATH: _downloads(parts),
        }
        beside = {prefix: app for prefix, app in others.items() if app is not None}
        server = WebServer(web_app(parts), parts.settings, beside=beside)
        async with asyncio.TaskGroup() as group:
            group.create_task(server.run_until_cancelled(), name="web page")
            group.create_task(work(parts), name="worker")
            await server.is_up.wait()
            spare_the_start()
            await on_up(address_of(parts.settings, server.port))


async def _slack(parts: Parts, stack: contextlib.AsyncExitStack) -> ASGIApp | None:
    """Hear Slack until the stack ends, where there are credentials."""
    if parts.slack is None:
        return None
    from bots.slack_bot import listening  # noqa: PLC0415 - as in wiring.py

    return await stack.enter_async_context(listening(parts.slack, parts.studio, parts.surroundings))


async def _discord(parts: Parts, stack: contextlib.AsyncExitStack) -> ASGIApp | None:
    """Hear Discord until the stack ends, where there is a token."""
    if parts.discord is None:
        return None
    from bots.discord_bot import listening  # noqa: PLC0415 - as in wiring.py

    hearing = listening(parts.discord, parts.studio, parts.surroundings)
    return (await stack.enter_async_context(hearing)).asgi


def _downloads(parts: Parts) -> ASGIApp | None:
    """What answers the addresses of originals, where there are any; they need no password."""
    links = links_of(parts.settings, parts.clock)
    if links is None:
        return None
    return Downloads(links, parts.studio, parts.outside.blobs, parts.outside.reports).asgi()


def spare_the_start() -> None:
    """Have Python's collector of garbage pass over all that the start has made, for ever.

    Looking through it, a quarter of a million objects of libraries, holds everything up for 0.3 s and more,
    just when much is going on: whoever asks then waits that long for an answer.
    """
    gc.collect()
    gc.freeze()


async def take_over(parts: Parts) -> None:
    """On SQLite, set going at once what a killed process held: the lock says that it was the only one.

    On Postgres others may be alive, and only the end of a lease tells. Nothing depends on it: where the disk
    is full, the page must come up all the same and say so.
    """
    if not parts.settings.is_sqlite:
        return
    try:
        turns = await parts.sweeper.take_over()
    except StorageFault as fault:
        parts.outside.reports.fault("not_taken_over", fault)
        return
    if turns:
        parts.outside.reports.info("taken_over", turns=turns, note="whoever worked on them was killed")


async def _until_stopped(parts: Parts, running: Coroutine[object, object, None]) -> None:
    """Run until a signal; then let the engine's calls come home first, unless a second one says otherwise."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(running)
    asked = asyncio.Event()

    def on_signal() -> None:
        if asked.is_set():
            task.cancel()
        asked.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal)
    stopping = asyncio.create_task(_stop_kindly(parts, asked, task), name="stop")
    try:
        with contextlib.suppress(asyncio.CancelledError):
            await task
    finally:
        stopping.cancel()


async def _stop_kindly(parts: Parts, asked: asyncio.Event, task: asyncio.Future[None]) -> None:
    await asked.wait()
    if parts.turns.calls_out:
        parts.outside.reports.warning(
            "finishing",
            pictures=parts.turns.calls_out,
            note="a second signal stops at once; nothing is lost then either",
        )
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(GOODBYE_S):
            await parts.turns.drain()
    task.cancel()


@contextlib.contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    """Lock the data folder: two processes on one SQLite would each believe to be the only worker."""
    folder = settings.data_folder
    if folder is None:
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        msg = (
            f"The data folder {folder} cannot be written ({error.strerror}). Make it writable, or name "
            "another one in DATABASE_URL."
        )
        raise SettingsFault(msg) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            msg = (
                f"Another Inkthread is using {folder}. Stop it first, or name another folder in DATABASE_URL."
            )
            raise SettingsFault(msg) from error
        yield


def _welcome(settings: Settings, address: str) -> str:
    engine = (
        "the sandbox: free, offline, and not a real model (set OPENAI_API_KEY for the real one)"
        if settings.is_sandbox
        else f"{settings.image_model} at {settings.openai_base_url}: every picture costs real money"
    )
    return (
        f"\n  Inkthread is running:  {address}\n"
        f"  Pictures come from {engine}.\n"
        f"  Everything is kept in {settings.data_folder}. Stop with Ctrl-C; start again any time.\n"
    )

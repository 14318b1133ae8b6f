"""What the tests about forgetting share: a thread of two people, and a search for what is left of it.

Owns no expectation.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import fields
from typing import TYPE_CHECKING

from tests.app.app_scenes import call_out, press, question_to
from tests.fakes.studio_world import ANN, BEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.app.inbound import Person
    from core.domain.ids import ThreadRef
    from core.domain.lineage import Head
    from core.domain.thread_state import State
    from tests.app.app_world import World

SECRET = "zanzibar"
"""A word that only what is forgotten contains."""


async def two_versions(here: World) -> ThreadRef:
    """Ann's lighthouse, and Ben's edit of it with the secret word in it."""
    thread = await here.made()
    await here.reply(thread, f"add {SECRET}", by=BEN)
    await here.settle()
    return thread


async def forget(here: World, thread: ThreadRef, words: str, *, by: Person = ANN) -> None:
    """Somebody says it, and means it."""
    await here.reply(thread, words, by=by)
    await here.settle()
    _, confirm = question_to(here, by)
    await press(here, thread, confirm, by=by)
    await here.settle()


def traces(here: World, word: str = SECRET) -> list[str]:
    """Everything in the database and on the platform that contains the word."""
    shelves = (getattr(here.shelves, shelf.name) for shelf in fields(here.shelves))
    rows = [repr(row) for shelf in shelves for row in shelf.items()]
    return [text for text in (*rows, *(repr(one.card) for one in here.standing)) if word in text]


def kept(here: World) -> set[str]:
    """The bytes that are kept, but for those that only try whether there is room."""
    return {blob for blob, content in here.blobs.kept.items() if content != b"room?"}


async def machine_of(here: World, thread: ThreadRef) -> tuple[Head | None, tuple[int, ...], State]:
    """Where the thread stands: its head, what is forgotten, its state."""
    machine = (await here.thread(thread)).machine
    return machine.head, machine.forgotten, machine.state


@asynccontextmanager
async def call_out_of_edit(here: World, thread: ThreadRef) -> AsyncIterator[None]:
    """An edit of the head, kept open at the engine."""
    await here.reply(thread, "make it stormy")
    async with call_out(here):
        yield

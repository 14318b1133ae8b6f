"""What only signals over Postgres promise."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import psycopg
import pytest

from adapters.queues import PostgresSignals
from adapters.queues.signal_text import MAX_BYTES
from core.app.errors import StorageUnavailable
from core.app.ports import Signal
from tests.fakes.postgres_asking import ask, drop_connections, logged, refusing, until_listening
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TURN = Signal("turn", {"id": "A"})


async def hear(listener: AsyncIterator[Signal]) -> Signal:
    """The next signal."""
    async with asyncio.timeout(PATIENCE_S):
        return await anext(listener)


@pytest.mark.postgres
async def test_processes_hear_each_other(queue_url: str) -> None:
    """A signal reaches listeners that are connected on their own, as another process is."""
    async with PostgresSignals(queue_url) as here, PostgresSignals(queue_url) as there:
        listener = there.listen("turn")
        await here.publish(TURN)
        assert await hear(listener) == TURN


@pytest.mark.postgres
async def test_broken_connections(queue_url: str) -> None:
    """When the server drops every connection, the same listener hears again, and publishing goes on."""
    async with PostgresSignals(queue_url, listen_again_after_s=0.01) as signals:
        listener = signals.listen("turn")
        before = await until_listening(queue_url)
        await drop_connections(queue_url)
        await until_listening(queue_url, besides=before)
        await signals.publish(TURN)
        assert await hear(listener) == TURN


@pytest.mark.postgres
async def test_a_server_that_is_away_for_a_while(postgres_url: str) -> None:
    """While the server refuses connections the listener keeps trying, and hears when it is back."""
    async with PostgresSignals(postgres_url, listen_again_after_s=0.01) as signals:
        listener = signals.listen("turn")
        before = await until_listening(postgres_url)
        async with refusing(postgres_url), logged("adapters.queues.signals_postgres", "still not heard"):
            pass
        await until_listening(postgres_url, besides=before)
        await signals.publish(TURN)
        assert await hear(listener) == TURN


@pytest.mark.postgres
async def test_foreign_notifications(queue_url: str) -> None:
    """What somebody else sends on our channel is passed over."""
    async with PostgresSignals(queue_url) as signals:
        listener = signals.listen("turn")
        await ask(queue_url, "NOTIFY inkthread_signals, 'hello'")
        await ask(queue_url, "NOTIFY inkthread_signals")
        await signals.publish(TURN)
        assert await hear(listener) == TURN


@pytest.mark.postgres
async def test_the_limit_is_the_servers(queue_url: str) -> None:
    """Our limit is the server's own: one byte more than ours it refuses."""
    with psycopg.connect(queue_url) as connection:
        connection.execute("SELECT pg_notify('c', %s)", ("x" * MAX_BYTES,))
        with pytest.raises(psycopg.errors.InvalidParameterValue, match="too long"):
            connection.execute("SELECT pg_notify('c', %s)", ("x" * (MAX_BYTES + 1),))


@pytest.mark.postgres
async def test_closing_ends_listeners(queue_url: str) -> None:
    """When the signals close, whoever still listens comes to an end."""
    async with PostgresSignals(queue_url) as signals:
        listener = signals.listen("turn")
    async with asyncio.timeout(PATIENCE_S):
        assert [signal async for signal in listener] == []


@pytest.mark.postgres
async def test_a_signal_that_cannot_be_sent(queue_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """A signal that the server does not take is lost with a warning that names no content."""
    signals = PostgresSignals(queue_url)
    with caplog.at_level(logging.WARNING):
        await signals.publish(TURN)
    assert "A signal of turn was lost: PoolClosed" in caplog.text


async def test_a_server_that_does_not_answer() -> None:
    """A server out of reach is named as such, without the password."""
    with pytest.raises(StorageUnavailable) as told:
        async with PostgresSignals("postgresql://u:hunter2@127.0.0.1:1/x"):
            pass
    assert "DATABASE_URL" in str(told.value)
    assert "hunter2" not in str(told.value)

"""A Postgres database for the queue and the signals: one for all tests of a run, emptied for each.

Owns the fixture `queue_url`. Tests that break the tables take `postgres_url` instead.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest

from adapters.queues import apply_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture(scope="session")
def _queue_database(_postgres_server: str) -> Iterator[str]:
    """A database with the queue's tables and nothing else."""
    name = f"queues_{uuid4().hex}"
    url = f"{_postgres_server.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(_postgres_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        _apply_schema(url)
        yield url
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _apply_schema(url: str) -> None:
    # In a thread of its own: a test's event loop may be running already when it asks for its fixtures.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(apply_schema(url))).result()


@pytest.fixture
def queue_url(_queue_database: str) -> str:
    """A database whose queue is empty and to which nobody is connected."""
    with psycopg.connect(_queue_database, autocommit=True) as connection:
        # The server lets go of a connection some time after its client has.
        while connection.execute(_OTHERS).fetchone() != (0,):
            pass
        connection.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    return _queue_database

"""Fixtures of the contract suites that no other area needs."""

from __future__ import annotations

from tests.fixtures_queues import _queue_database, queue_url

__all__ = ["_queue_database", "queue_url"]

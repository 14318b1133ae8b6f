"""How workers hear of turns and processes of each other: in memory beside SQLite, over Postgres otherwise.

Nothing here is a record: the database alone says where a turn stands.
"""

from adapters.queues.in_process import InProcessQueue
from adapters.queues.procrastinate_queue import ProcrastinateQueue, Rhythm
from adapters.queues.queue_schema import apply_schema
from adapters.queues.signals_in_memory import MemorySignals
from adapters.queues.signals_postgres import PostgresSignals

__all__ = [
    "InProcessQueue",
    "MemorySignals",
    "PostgresSignals",
    "ProcrastinateQueue",
    "Rhythm",
    "apply_schema",
]

"""Runs the migrations on the connection that `adapters.database.schema` hands over.

Owns nothing but that: the transaction, the lock and the checks are the caller's.
"""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["version_table"],
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

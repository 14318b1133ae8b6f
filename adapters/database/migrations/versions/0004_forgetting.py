"""Forgetting: what is forgotten or on its way there, which message a turn came from, deleted messages.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FLAGS = (
    ("surface_message", "is_forgotten"),
    ("turn", "is_forgotten"),
    ("web_message", "is_deleted"),
)
INDEXES = (
    ("surface_message", ("thread",)),
    ("surface_message", ("thread_ref",)),
    ("surface_message", ("private_to",)),
    ("turn", ("workspace", "source")),
)


def upgrade() -> None:
    for table, name in FLAGS:
        op.add_column(table, sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("edit_thread", sa.Column("forgotten", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("turn", sa.Column("source", sa.String(), nullable=True))
    for table, columns in INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    _forgettings()


def _forgettings() -> None:
    op.create_table(
        "forgetting",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("thread_ref", sa.String(), nullable=True),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("threads", sa.JSON(), nullable=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("blobs", sa.JSON(), nullable=False),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forgetting"),
    )
    op.create_index(op.f("ix_forgetting_created_at"), "forgetting", ["created_at"])


def downgrade() -> None:
    op.drop_table("forgetting")
    for table, columns in INDEXES:
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table)
    _drop("edit_thread", "forgotten")
    _drop("turn", "source")
    for table, name in FLAGS:
        _drop(table, name)


def _drop(table: str, column: str) -> None:
    with op.batch_alter_table(table) as changed:
        changed.drop_column(column)

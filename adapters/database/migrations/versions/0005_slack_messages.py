"""What was posted and uploaded to Slack: messages of ours, and the files they show.

Adds two tables that only adapters/slack reads. Nothing else refers to them.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slack_message",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("workspace", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("thread", sa.String(32), nullable=False),
        sa.Column("ts", sa.String(64), nullable=False),
        sa.Column("only_to", sa.String(32), nullable=False),
        sa.Column("first_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_slack_message_place", "slack_message", ["workspace", "channel", "ts"])
    op.create_table(
        "slack_file",
        sa.Column("workspace", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("blob", sa.String(200), nullable=False),
        sa.Column("file_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "owner", "blob"),
    )


def downgrade() -> None:
    for table in ("slack_file", "slack_message"):
        op.drop_table(table)

"""What the Discord adapter remembers: its messages, and which of them answered which interaction.

Adds two tables that only adapters/discord reads. Nothing else refers to them.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "discord_message",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("workspace", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("thread", sa.String(32), nullable=False),
        sa.Column("message", sa.String(32), nullable=False),
        sa.Column("interaction", sa.String(32), nullable=False),
        sa.Column("only_to", sa.String(32), nullable=False),
        sa.Column("opens", sa.String(16), nullable=False),
        sa.Column("first_ms", sa.BigInteger(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_discord_message_message", "discord_message", ["message"])
    op.create_index("ix_discord_message_channel", "discord_message", ["channel", "first_ms"])
    op.create_table(
        "discord_original",
        sa.Column("interaction", sa.String(32), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("claimed_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("interaction"),
    )
    op.create_index("ix_discord_original_claimed", "discord_original", ["claimed_ms"])


def downgrade() -> None:
    for table in ("discord_original", "discord_message"):
        op.drop_table(table)

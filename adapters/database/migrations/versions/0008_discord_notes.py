"""Small facts that the Discord adapter notes: languages, what was told once, which commands stand.

Adds one table that only adapters/discord reads. Nothing else refers to it.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "discord_note",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("noted_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_discord_note_noted_ms", "discord_note", ["noted_ms"])


def downgrade() -> None:
    op.drop_table("discord_note")

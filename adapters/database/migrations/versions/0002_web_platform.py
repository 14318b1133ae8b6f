"""The web page's own memory: messages, events, uploads and chosen names.

Adds four tables that only adapters/web reads. Nothing else refers to them.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _messages()
    _events()
    _uploads()
    op.create_table(
        "web_person",
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("actor"),
    )


def downgrade() -> None:
    for table in ("web_person", "web_upload", "web_event", "web_message"):
        op.drop_table(table)


def _messages() -> None:
    op.create_table(
        "web_message",
        sa.Column("seq", COUNTED, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("thread", sa.String(64), nullable=True),
        sa.Column("author", sa.String(128), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("card", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("is_picture", sa.Boolean(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("private_to", sa.String(128), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_web_message_place", "web_message", ["channel", "thread", "seq"])


def _events() -> None:
    op.create_table(
        "web_event",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_web_event_created_ms", "web_event", ["created_ms"])


def _uploads() -> None:
    op.create_table(
        "web_upload",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("media_type", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(200), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_web_upload_actor", "web_upload", ["actor"])
    op.create_index("ix_web_upload_blob", "web_upload", ["blob"])
    op.create_index("ix_web_upload_created_ms", "web_upload", ["created_ms"])

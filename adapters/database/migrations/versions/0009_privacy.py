"""What is left of people who want to be forgotten: copies of pictures, and messages that name somebody.

Names that notices held until now are taken out of them: they are looked up when a message is drawn.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MESSAGE = sa.table(
    "surface_message",
    sa.column("id", sa.String()),
    sa.column("saying", sa.JSON()),
    sa.column("is_forgotten", sa.Boolean()),
    sa.column("tells", sa.String()),
)
KINDS = {"usage": "people", "settings": "people", "gallery": "pictures"}
NAMING = ("not_yours", "admin_moderated", "forget_ask_this", "forget_ask_thread", "forget_ask_me")


def upgrade() -> None:
    op.create_table(
        "picture_copy",
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("blob", "original", name="pk_picture_copy"),
    )
    op.create_index("ix_picture_copy_original", "picture_copy", ["original"])
    op.add_column(
        "forgetting", sa.Column("has_told", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("surface_message", sa.Column("tells", sa.String(), nullable=True))
    _mark()
    condition = sa.text("tells IS NOT NULL")
    op.create_index(
        "ix_surface_message_telling",
        "surface_message",
        ["workspace", "tells"],
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _mark() -> None:
    """Find the few that tell something, and take the names out of notices."""
    said = sa.cast(MESSAGE.c.saying, sa.String())
    wanted = sa.or_(*(said.like(f'%"{word}"%') for word in (*KINDS, *NAMING)))
    connection = op.get_bind()
    found = connection.execute(
        sa.select(MESSAGE.c.id, MESSAGE.c.saying).where(wanted, MESSAGE.c.is_forgotten.is_(False))
    ).all()
    for row in found:
        saying = row.saying if isinstance(row.saying, dict) else json.loads(row.saying)
        values = {key: each for key, each in saying.get("values", {}).items() if key not in {"name", "names"}}
        tells = KINDS.get(saying["kind"], "question" if "confirm" in values else None)
        if "values" in saying:
            saying = {**saying, "values": values}
        change = sa.update(MESSAGE).where(MESSAGE.c.id == row.id)
        connection.execute(change.values(saying=saying, tells=tells))


def downgrade() -> None:
    op.drop_index("ix_surface_message_telling", "surface_message")
    _drop("surface_message", "tells")
    _drop("forgetting", "has_told")
    op.drop_table("picture_copy")


def _drop(table: str, column: str) -> None:
    with op.batch_alter_table(table) as changed:
        changed.drop_column(column)

"""What admins decide in chat: named admins, grants, who changed what, and what admins were told.

Adds two tables, and columns with a beginning for the rows that are there: nobody is an admin until seen
again, no window has an extra, no workspace has moved.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NONE_YET = "[]"


def upgrade() -> None:
    for name in ("named_admins", "former_zones"):
        op.add_column(
            "workspace", sa.Column(name, sa.JSON(none_as_null=True), nullable=False, server_default=NONE_YET)
        )
    op.add_column("actor", sa.Column("is_admin", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("actor", sa.Column("seen_at", MOMENT, nullable=True))
    op.add_column("counter", sa.Column("extra", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("turn", sa.Column("moderated_at", MOMENT, nullable=True))
    _index("ix_actor_admin", "actor", ["workspace", "seen_at"], "is_admin")
    _index("ix_turn_moderated", "turn", ["actor", "moderated_at"], "moderated_at IS NOT NULL")
    _tables()


def downgrade() -> None:
    op.drop_table("admin_alert")
    op.drop_table("audit_line")
    op.drop_index("ix_turn_moderated", "turn")
    op.drop_index("ix_actor_admin", "actor")
    for table, name in (
        ("turn", "moderated_at"),
        ("counter", "extra"),
        ("actor", "seen_at"),
        ("actor", "is_admin"),
        ("workspace", "former_zones"),
        ("workspace", "named_admins"),
    ):
        op.drop_column(table, name)


def _index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _tables() -> None:
    op.create_table(
        "audit_line",
        sa.Column("number", COUNTED, autoincrement=True, nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("change", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_line")),
    )
    op.create_index(op.f("ix_audit_line_workspace_number"), "audit_line", ["workspace", "number"])
    op.create_table(
        "admin_alert",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "subject", name=op.f("pk_admin_alert")),
    )

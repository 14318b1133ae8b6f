"""The tables of the studio: threads and turns, pictures, quota, people and messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# In the order in which nothing points at what is dropped.
_TABLES = (
    "turn_reference",
    "revision",
    "candidate",
    "attempt",
    "turn",
    "workspace",
    "surface_message",
    "reservation",
    "picture",
    "ledger_entry",
    "inbox",
    "engine_gate",
    "edit_thread",
    "counter",
    "allowance",
    "actor",
)


def upgrade() -> None:
    _actor()
    _allowance()
    _counter()
    _edit_thread()
    _engine_gate()
    _inbox()
    _ledger_entry()
    _picture()
    _reservation()
    _surface_message()
    _workspace()
    _turn()
    _attempt()
    _candidate()
    _revision()
    _turn_reference()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)


def _actor() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("was_told_about_references", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_actor"),
    )


def _allowance() -> None:
    op.create_table(
        "allowance",
        sa.Column("scope_kind", sa.String(), nullable=False),
        sa.Column("scope_key", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope_kind", "scope_key", "metric", "period", name="pk_allowance"),
    )


def _counter() -> None:
    op.create_table(
        "counter",
        sa.Column("scope_kind", sa.String(), nullable=False),
        sa.Column("scope_key", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "scope_kind", "scope_key", "metric", "period", "window_start", name="pk_counter"
        ),
    )


def _edit_thread() -> None:
    op.create_table(
        "edit_thread",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("starter", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("active", sa.JSON(), nullable=True),
        sa.Column("active_base", sa.JSON(), nullable=True),
        sa.Column("waiting", sa.JSON(), nullable=False),
        sa.Column("head", sa.JSON(), nullable=True),
        sa.Column("undo_trail", sa.JSON(), nullable=False),
        sa.Column("redo_trail", sa.JSON(), nullable=False),
        sa.Column("is_closing", sa.Boolean(), nullable=False),
        sa.Column("reservation_id", sa.String(), nullable=True),
        sa.Column("ended", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edit_thread"),
        sa.UniqueConstraint(
            "workspace", "platform", "channel", "ref", name="uq_edit_thread_workspace_platform_channel_ref"
        ),
    )


def _engine_gate() -> None:
    op.create_table(
        "engine_gate",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pause_reason", sa.String(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_engine_gate"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("delivery_key", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inbound", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("delivery_key", name="pk_inbox"),
    )
    op.create_index(
        "ix_inbox_pending",
        "inbox",
        ["received_at"],
        sqlite_where=sa.text("inbound IS NOT NULL"),
        postgresql_where=sa.text("inbound IS NOT NULL"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])


def _ledger_entry() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reservation", sa.String(), nullable=True),
        sa.Column("attempt", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_ledger_entry"),
    )
    op.create_index("ix_ledger_entry_at", "ledger_entry", ["at"])
    op.create_index("ix_ledger_entry_turn", "ledger_entry", ["turn"])
    op.create_index("ix_ledger_entry_workspace_at", "ledger_entry", ["workspace", "at"])


def _picture() -> None:
    op.create_table(
        "picture",
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("has_alpha", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("blob", name="pk_picture"),
    )


def _reservation() -> None:
    op.create_table(
        "reservation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("windows", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reservation"),
    )
    op.create_index("ix_reservation_turn", "reservation", ["turn"])


def _surface_message() -> None:
    op.create_table(
        "surface_message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("saying", sa.JSON(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("thread_ref", sa.String(), nullable=True),
        sa.Column("turn", sa.String(), nullable=True),
        sa.Column("private_to", sa.String(), nullable=True),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_given_up", sa.Boolean(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=True),
        sa.Column("sending_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_surface_message"),
    )
    op.create_index(
        "ix_surface_message_unsent",
        "surface_message",
        ["created_at"],
        sqlite_where=sa.text("wanted > shown AND NOT is_given_up"),
        postgresql_where=sa.text("wanted > shown AND NOT is_given_up"),
    )
    op.create_index("ix_surface_message_sheet", "surface_message", ["sheet"])
    op.create_index(
        "ix_surface_message_workspace_channel_ref", "surface_message", ["workspace", "channel", "ref"]
    )


def _workspace() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("is_open_to_all", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspace"),
    )


def _turn() -> None:
    op.create_table(
        "turn",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("ask", sa.JSON(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("own_base", sa.JSON(), nullable=True),
        sa.Column("base", sa.JSON(), nullable=True),
        sa.Column("plan", sa.JSON(), nullable=True),
        sa.Column("reservation", sa.String(), nullable=True),
        sa.Column("estimate", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("is_cost_estimated", sa.Boolean(), nullable=False),
        sa.Column("billed_for_nothing", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("failure", sa.JSON(), nullable=True),
        sa.Column("elapsed_s", sa.Float(), nullable=True),
        sa.Column("is_cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("is_resumed", sa.Boolean(), nullable=False),
        sa.Column("held_by", sa.String(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("twin_key", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread"], ["edit_thread.id"], name="fk_turn_thread", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_turn"),
        sa.UniqueConstraint("thread", "position", name="uq_turn_thread_position"),
    )
    op.create_index("ix_turn_actor_twin_key_created_at", "turn", ["actor", "twin_key", "created_at"])
    op.create_index("ix_turn_stage_created_at", "turn", ["stage", "created_at"])


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("request_hash", sa.String(), nullable=False),
        sa.Column("images", sa.Integer(), nullable=False),
        sa.Column("estimate", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("is_cost_estimated", sa.Boolean(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["turn"], ["turn.id"], name="fk_attempt_turn", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
        sa.UniqueConstraint("turn", "ordinal", name="uq_attempt_turn_ordinal"),
    )
    op.create_index("ix_attempt_started_at", "attempt", ["started_at"])


def _candidate() -> None:
    op.create_table(
        "candidate",
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["blob"], ["picture.blob"], name="fk_candidate_blob", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["turn"], ["turn.id"], name="fk_candidate_turn", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("turn", "ordinal", name="pk_candidate"),
    )
    op.create_index("ix_candidate_actor_made_at", "candidate", ["actor", "made_at"])
    op.create_index("ix_candidate_blob", "candidate", ["blob"])
    op.create_index("ix_candidate_workspace_made_at", "candidate", ["workspace", "made_at"])


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.JSON(), nullable=True),
        sa.Column("turn_id", sa.String(), nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread"], ["edit_thread.id"], name="fk_revision_thread", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turn.id"], name="fk_revision_turn_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("thread", "number", name="pk_revision"),
    )
    op.create_index("ix_revision_turn_id", "revision", ["turn_id"])


def _turn_reference() -> None:
    op.create_table(
        "turn_reference",
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["blob"], ["picture.blob"], name="fk_turn_reference_blob", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["turn"], ["turn.id"], name="fk_turn_reference_turn", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("turn", "ordinal", name="pk_turn_reference"),
    )
    op.create_index("ix_turn_reference_blob", "turn_reference", ["blob"])

"""The record as first released: attempts, events in a hash chain, assessments, drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_APPEND_ONLY = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END
"""

_NEXT_IN_CHAIN = """
CREATE TRIGGER events_in_order BEFORE INSERT ON events
WHEN NEW.sequence <> (SELECT COUNT(*) FROM events WHERE attempt = NEW.attempt)
  OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
  OR (NEW.sequence > 0 AND NEW.previous <>
      (SELECT hash FROM events WHERE attempt = NEW.attempt AND sequence = NEW.sequence - 1))
BEGIN SELECT RAISE(ABORT, 'an event must follow the last one of its attempt'); END
"""


def upgrade() -> None:
    """Make the tables; the triggers of that release were SQLite's alone."""
    op.create_table("schema_version", sa.Column("version", sa.Integer, primary_key=True, autoincrement=False))
    op.execute("INSERT INTO schema_version VALUES (1)")
    for versions in ("scenario_versions", "rubric_versions"):
        op.create_table(
            versions,
            sa.Column("hash", sa.String(64), primary_key=True),
            sa.Column("id", sa.String(200), nullable=False),
            sa.Column("compiled", sa.Text, nullable=False),
        )
    op.create_table(
        "attempts",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("scenario_id", sa.String(200), nullable=False),
        sa.Column("scenario_hash", sa.String(64), sa.ForeignKey("scenario_versions.hash"), nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(10), sa.CheckConstraint("state IN ('open', 'ended', 'left')"), nullable=False),
        sa.Column("started", sa.String(40), nullable=False),
        sa.Column("updated", sa.String(40), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("ending", sa.String(200), nullable=True),
    )
    op.create_index("attempts_by_time", "attempts", ["state", "updated"])
    op.create_table(
        "attempt_rubrics",
        sa.Column("attempt", sa.String(36), sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("rubric_hash", sa.String(64), sa.ForeignKey("rubric_versions.hash"), nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("attempt", sa.String(36), sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("reader", sa.String(100), nullable=False),
        sa.Column("scenario_hash", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "assessments",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("attempt", sa.String(36), sa.ForeignKey("attempts.id"), nullable=False),
        sa.Column("rubric_id", sa.String(200), nullable=False),
        sa.Column("rubric_hash", sa.String(64), sa.ForeignKey("rubric_versions.hash"), nullable=False),
        sa.Column("scorer", sa.String(100), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("made", sa.String(40), nullable=False),
        sa.Column("superseded_by", sa.String(36), sa.ForeignKey("events.id"), nullable=True),
    )
    op.create_index("ix_assessments_attempt", "assessments", ["attempt"])
    op.create_table(
        "drafts",
        sa.Column("attempt", sa.String(36), sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for table in ("events", "scenario_versions", "rubric_versions"):
            for verb in ("update", "delete"):
                op.execute(_APPEND_ONLY.format(table=table, verb=verb))
        op.execute(_NEXT_IN_CHAIN)

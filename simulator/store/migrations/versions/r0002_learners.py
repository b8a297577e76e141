"""Learners, branches and erasures; titles, outcomes, totals and levels beside what they come from.

Everything there belongs to the local learner.
"""

from __future__ import annotations

import json
from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from simulator.store import figures, guards

revision = "0002"
down_revision = "0001"

_STATES = "state IN ('open', 'ended', 'left')"
_GUARDED = ("events", "scenario_versions", "rubric_versions")
_OLD_TRIGGERS = ("events_in_order", *(f"{table}_no_{verb}" for table in _GUARDED for verb in ("update", "delete")))


def upgrade() -> None:
    """Make the new tables and columns, fill them from what is there, and guard them."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for trigger in _OLD_TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger}")
    _new_tables()
    _titles(connection)
    _attempts(connection)
    _figures(connection)
    guards.make_guards(connection)
    # Releases before this one look here, and refuse what is newer than they are.
    op.execute("INSERT INTO schema_version VALUES (2)")


def _new_tables() -> None:
    op.create_table(
        "learners",
        sa.Column("pseudonym", sa.String(100), primary_key=True),
        sa.Column("made", sa.String(40), nullable=False),
    )
    op.create_table(
        "identities",
        sa.Column("learner", sa.String(100), sa.ForeignKey("learners.pseudonym", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "preferences",
        sa.Column("name", sa.String(50), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "erasures",
        sa.Column("attempt", sa.String(36), primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "criterion_levels",
        sa.Column("assessment", sa.String(36), sa.ForeignKey("assessments.id"), primary_key=True),
        sa.Column("criterion", sa.String(200), primary_key=True),
        sa.Column("rubric_id", sa.String(200), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
    )
    op.create_index("levels_by_criterion", "criterion_levels", ["rubric_id", "criterion", "level"])


def _titles(connection: sa.Connection) -> None:
    for name in ("scenario_versions", "rubric_versions"):
        with _altering(name) as batch:
            batch.add_column(sa.Column("title", sa.Text, nullable=True))
        table = sa.Table(name, sa.MetaData(), autoload_with=connection)
        for row in connection.execute(sa.select(table)).all():
            title = figures.title(row.compiled, row.id)
            connection.execute(table.update().where(table.c.hash == row.hash).values(title=title))
        with _altering(name) as batch:
            batch.alter_column("title", existing_type=sa.Text(), nullable=False)


def _attempts(connection: sa.Connection) -> None:
    op.drop_index("attempts_by_time", "attempts")
    with _altering("attempts", _STATES) as batch:
        batch.add_column(sa.Column("learner", sa.String(100), nullable=True))
        batch.add_column(sa.Column("outcome", sa.String(20), nullable=True))
        batch.add_column(sa.Column("parent", sa.String(36), nullable=True))
        batch.add_column(sa.Column("parent_turn", sa.Integer, nullable=True))
        batch.add_column(sa.Column("parent_event", sa.String(36), nullable=True))
    first = connection.scalar(sa.text("SELECT MIN(started) FROM attempts"))
    if first is not None:
        connection.execute(sa.text("INSERT INTO learners VALUES ('local', :first)"), {"first": first})
    connection.execute(sa.text("UPDATE attempts SET learner = 'local'"))
    _outcomes(connection)
    with _altering("attempts", _STATES) as batch:
        batch.alter_column("learner", existing_type=sa.String(100), nullable=False)
        batch.create_foreign_key("attempts_learner_fkey", "learners", ["learner"], ["pseudonym"])
        batch.create_foreign_key("attempts_parent_fkey", "attempts", ["parent"], ["id"], ondelete="SET NULL")
    op.create_index("attempts_by_state", "attempts", ["learner", "state", "updated"])
    op.create_index("attempts_by_time", "attempts", ["learner", "updated", "id", "turns"])
    op.create_index("ix_attempts_parent", "attempts", ["parent"])


def _outcomes(connection: sa.Connection) -> None:
    versions = connection.execute(sa.text("SELECT hash, compiled FROM scenario_versions")).all()
    for version, compiled in versions:
        for ending, told in (json.loads(compiled).get("endings") or {}).items():
            connection.execute(
                sa.text("UPDATE attempts SET outcome = :outcome WHERE scenario_hash = :hash AND ending = :ending"),
                {"outcome": told.get("outcome"), "hash": version, "ending": ending},
            )


def _figures(connection: sa.Connection) -> None:
    with _altering("assessments") as batch:
        batch.add_column(sa.Column("total", sa.Float, nullable=True))
    stands, superseded = sa.text("superseded_by IS NULL"), sa.text("superseded_by IS NOT NULL")
    op.create_index(
        "assessments_standing", "assessments", ["rubric_id", "total"], sqlite_where=stands, postgresql_where=stands
    )
    op.create_index(
        "assessments_superseded", "assessments", ["superseded_by"], sqlite_where=superseded, postgresql_where=superseded
    )
    known = connection.execute(sa.text("SELECT id, rubric_id, superseded_by FROM assessments")).all()
    for made, rubric, superseded_by in known:
        payload = connection.scalar(sa.text("SELECT payload FROM assessments WHERE id = :id"), {"id": made})
        connection.execute(
            sa.text("UPDATE assessments SET total = :total WHERE id = :id"),
            {"total": figures.total(payload), "id": made},
        )
        for criterion, level in figures.levels(payload).items() if superseded_by is None else ():
            connection.execute(
                sa.text("INSERT INTO criterion_levels VALUES (:id, :criterion, :rubric, :level)"),
                {"id": made, "criterion": criterion, "rubric": rubric, "level": level},
            )


def _altering(table: str, *checks: str) -> AbstractContextManager[BatchOperations]:
    # SQLite can change little of a table that is there, so it is made anew; and what it holds by CHECK cannot be
    # read back.
    return op.batch_alter_table(table, table_args=tuple(sa.CheckConstraint(check) for check in checks))

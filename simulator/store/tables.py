"""The tables, for any database SQLAlchemy speaks to. Times are ISO 8601 text in UTC, payloads JSON text.

Payloads are text and not a JSON type because hashes are taken over them: bytes come back as they went in.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()

# Alembic's own.
revision = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), primary_key=True),
)

# What releases before Alembic look at, so that they refuse a record that is newer than they are.
schema_version = Table(
    "schema_version",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
)

learners = Table(
    "learners",
    metadata,
    Column("pseudonym", String(100), primary_key=True),
    Column("made", String(40), nullable=False),
)

# Apart, so that who a pseudonym is can be forgotten, or never written down, without touching an attempt.
identities = Table(
    "identities",
    metadata,
    Column("learner", ForeignKey("learners.pseudonym", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("value", Text, nullable=False),
)

scenario_versions = Table(
    "scenario_versions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("id", String(200), nullable=False),
    Column("title", Text, nullable=False),
    Column("compiled", Text, nullable=False),
)

rubric_versions = Table(
    "rubric_versions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("id", String(200), nullable=False),
    Column("title", Text, nullable=False),
    Column("compiled", Text, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("learner", ForeignKey("learners.pseudonym"), nullable=False),
    Column("scenario_id", String(200), nullable=False),
    Column("scenario_hash", ForeignKey("scenario_versions.hash"), nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("state", String(10), CheckConstraint("state IN ('open', 'ended', 'left')"), nullable=False),
    Column("started", String(40), nullable=False),
    Column("updated", String(40), nullable=False),
    Column("head", String(64), nullable=False),
    Column("length", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("ending", String(200), nullable=True),
    Column("outcome", String(20), nullable=True),
    # A branch: the attempt it left, after how many of its turns, and after which of its events. The parent may be
    # erased before the branch is, so that the event is named and not referred to.
    Column("parent", ForeignKey("attempts.id", ondelete="SET NULL"), nullable=True, index=True),
    Column("parent_turn", Integer, nullable=True),
    Column("parent_event", String(36), nullable=True),
    Index("attempts_by_state", "learner", "state", "updated"),
    Index("attempts_by_time", "learner", "updated", "id", "turns"),
)

# Attempts that were erased, or are about to be: the events of these alone may be deleted.
erasures = Table(
    "erasures",
    metadata,
    Column("attempt", String(36), primary_key=True),
    Column("at", String(40), nullable=False),
)

attempt_rubrics = Table(
    "attempt_rubrics",
    metadata,
    Column("attempt", ForeignKey("attempts.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("rubric_hash", ForeignKey("rubric_versions.hash"), nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("attempt", ForeignKey("attempts.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("payload", Text, nullable=False),
    Column("reader", String(100), nullable=False),
    Column("scenario_hash", String(64), nullable=False),
    Column("at", String(40), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

_STANDS, _SUPERSEDED = text("superseded_by IS NULL"), text("superseded_by IS NOT NULL")

assessments = Table(
    "assessments",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("attempt", ForeignKey("attempts.id"), nullable=False, index=True),
    Column("rubric_id", String(200), nullable=False),
    Column("rubric_hash", ForeignKey("rubric_versions.hash"), nullable=False),
    Column("scorer", String(100), nullable=False),
    Column("total", Float, nullable=True),
    Column("payload", Text, nullable=False),
    Column("made", String(40), nullable=False),
    Column("superseded_by", ForeignKey("events.id"), nullable=True),
    # Two in place of one: SQLite would take an index of all that stands for the index of one attempt.
    Index("assessments_standing", "rubric_id", "total", sqlite_where=_STANDS, postgresql_where=_STANDS),
    Index("assessments_superseded", "superseded_by", sqlite_where=_SUPERSEDED, postgresql_where=_SUPERSEDED),
)

# The levels of the assessments that stand once more, out of their payloads, so that a cohort is summed up by the
# database.
criterion_levels = Table(
    "criterion_levels",
    metadata,
    Column("assessment", ForeignKey("assessments.id"), primary_key=True),
    Column("criterion", String(200), primary_key=True),
    Column("rubric_id", String(200), nullable=False),
    Column("level", Integer, nullable=False),
    Index("levels_by_criterion", "rubric_id", "criterion", "level"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("attempt", ForeignKey("attempts.id"), primary_key=True),
    Column("text", Text, nullable=False),
)

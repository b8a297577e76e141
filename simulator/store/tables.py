"""The tables, for any database SQLAlchemy speaks to. Times are ISO 8601 text in UTC, payloads JSON text.

Payloads are text and not a JSON type because hashes are taken over them: bytes come back as they went in.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

schema_version = Table(
    "schema_version",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
)

scenario_versions = Table(
    "scenario_versions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("id", String(200), nullable=False),
    Column("compiled", Text, nullable=False),
)

rubric_versions = Table(
    "rubric_versions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("id", String(200), nullable=False),
    Column("compiled", Text, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", String(36), primary_key=True),
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
    Index("attempts_by_time", "state", "updated"),
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

assessments = Table(
    "assessments",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("attempt", ForeignKey("attempts.id"), nullable=False, index=True),
    Column("rubric_id", String(200), nullable=False),
    Column("rubric_hash", ForeignKey("rubric_versions.hash"), nullable=False),
    Column("scorer", String(100), nullable=False),
    Column("payload", Text, nullable=False),
    Column("made", String(40), nullable=False),
    Column("superseded_by", ForeignKey("events.id"), nullable=True),
)

drafts = Table(
    "drafts",
    metadata,
    Column("attempt", ForeignKey("attempts.id"), primary_key=True),
    Column("text", Text, nullable=False),
)

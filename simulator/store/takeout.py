"""Everything that is kept of a learner, as plain values to write as JSON."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from simulator.store.store import Store
from simulator.store.tables import assessments, attempts, drafts, events, identities, learners, scenario_versions

FORMAT = 1


def takeout(store: Store, learner: str) -> dict[str, Any]:
    """What is kept of the learner with this pseudonym: who they are, and every attempt with all its events and
    assessments, superseded ones too, in the order they were made. Raises StoreError."""
    with store.reading() as connection:
        made = connection.scalar(select(learners.c.made).where(learners.c.pseudonym == learner))
        name = connection.scalar(select(identities.c.name).where(identities.c.learner == learner))
        mine = _rows(connection, attempts, attempts.c.learner == learner)
        return {
            "format": FORMAT,
            "written": store.now(),
            "learner": {"pseudonym": learner, "since": made, "name": name},
            "attempts": [_whole(connection, row) for row in sorted(mine, key=lambda row: row["started"])],
        }


def _whole(connection: Connection, attempt: dict[str, Any]) -> dict[str, Any]:
    version = select(scenario_versions.c.title).where(scenario_versions.c.hash == attempt["scenario_hash"])
    draft = select(drafts.c.text).where(drafts.c.attempt == attempt["id"])
    happened = _rows(connection, events, events.c.attempt == attempt["id"])
    scored = _rows(connection, assessments, assessments.c.attempt == attempt["id"])
    return {
        "title": connection.scalar(version),
        **{key: value for key, value in attempt.items() if key != "learner"},
        "draft": connection.scalar(draft) or "",
        "events": [_opened(row) for row in sorted(happened, key=lambda row: row["sequence"])],
        "assessments": [_opened(row) for row in sorted(scored, key=lambda row: (row["made"], row["rubric_id"]))],
    }


def _rows(connection: Connection, table: Table, condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(select(table).where(condition))]


def _opened(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its payload as values instead of JSON text, and without the attempt it stands under."""
    return {**{key: value for key, value in row.items() if key != "attempt"}, "payload": json.loads(row["payload"])}

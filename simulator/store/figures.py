"""The few figures the database keeps beside a payload or a compiled form, so that it can sort and sum by them."""

from __future__ import annotations

import json
from collections.abc import Mapping


def title(compiled: str, name: str) -> str:
    """The title in a compiled scenario or rubric; `name` where it has none."""
    return str(json.loads(compiled).get("title") or name)


def total(payload: str) -> float | None:
    """The total of an assessment, 0 to 100; None where its payload holds none."""
    found = json.loads(payload).get("total")
    return None if found is None else float(found)


def levels(payload: str) -> Mapping[str, int]:
    """The level, 0 to 4, of each criterion an assessment could judge, by the criterion's id."""
    criteria = json.loads(payload).get("criteria", ())
    return {row["criterion"]: row["level"] for row in criteria if row.get("level") is not None}

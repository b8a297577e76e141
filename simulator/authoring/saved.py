"""Where saved attempts of a scenario stand, so that a state they need does not vanish under them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from simulator.settings import settings


def saved_states(scenario_id: str) -> Iterator[tuple[str, str]]:
    """Each state an unfinished attempt of a scenario stands in, with the attempt's id.

    Nothing where there is no record. Raises StoreError where the record cannot be read,
    SettingsError where it is not known where it is.
    """
    from simulator.store import AttemptState, is_there, open_store

    chosen = settings()
    if not is_there(chosen.record):
        return
    store = open_store(chosen.record, lambda: datetime.now(UTC), chosen.pseudonym)
    try:
        for attempt in store.attempts(AttemptState.OPEN, AttemptState.LEFT, scenario=scenario_id):
            after = [json.loads(event.payload).get("after") for event in store.events(attempt.id)]
            states = [one["state"] for one in after if isinstance(one, dict)]
            if states:
                yield states[-1], attempt.id
    finally:
        store.close()

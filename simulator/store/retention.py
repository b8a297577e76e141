"""How long attempts are kept: for ever, or a number of days after they were last touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select

from simulator.store.erase import Choice
from simulator.store.store import Store
from simulator.store.tables import preferences

_NAME = "retention_days"


def days(store: Store) -> int | None:
    """Days that attempts are kept; None: for ever. Raises StoreError."""
    with store.reading() as connection:
        kept = connection.scalar(select(preferences.c.value).where(preferences.c.name == _NAME))
    return None if kept is None else int(kept)


def keep_for(store: Store, wanted: int | None) -> None:
    """Settle how many days attempts are kept (None: for ever). Erases nothing yet. Raises StoreError."""
    with store.writing() as connection:
        connection.execute(delete(preferences).where(preferences.c.name == _NAME))
        if wanted is not None:
            connection.execute(insert(preferences).values(name=_NAME, value=str(wanted)))


def expired(wanted: int, now: datetime) -> Choice:
    """The attempts last touched more than that many days ago."""
    then = now.astimezone(UTC) - timedelta(days=wanted)
    return Choice(before=then.isoformat(timespec="microseconds"))

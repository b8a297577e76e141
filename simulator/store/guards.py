"""The triggers that keep the record append-only, in the words of each database.

Events are never changed, and deleted only with the whole of an attempt that is listed in `erasures`. What the
triggers cannot see (half an attempt deleted, a trigger dropped) breaks the hash chain, which `verify` finds.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from simulator.store import tables

_KEPT_FOR_EVER = (tables.scenario_versions, tables.rubric_versions, tables.erasures)

_SQLITE_REFUSED = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END
"""

_SQLITE_NO_DELETE = """
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE attempt = OLD.attempt)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
"""

# INSERT OR REPLACE would delete without firing the delete trigger, so a taken place is refused here.
_SQLITE_IN_ORDER = """
CREATE TRIGGER events_in_order BEFORE INSERT ON events
WHEN NEW.sequence <> (SELECT COUNT(*) FROM events WHERE attempt = NEW.attempt)
  OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM erasures WHERE attempt = NEW.attempt)
  OR (NEW.sequence > 0 AND NEW.previous <>
      (SELECT hash FROM events WHERE attempt = NEW.attempt AND sequence = NEW.sequence - 1))
BEGIN SELECT RAISE(ABORT, 'an event must follow the last one of its attempt'); END
"""

_POSTGRES_FUNCTIONS = (
    """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' are append-only', ERRCODE = 'integrity_constraint_violation';
END $$
""",
    """
CREATE OR REPLACE FUNCTION refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM erasures WHERE attempt = OLD.attempt) THEN
    RAISE EXCEPTION USING MESSAGE = 'events are append-only', ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$
""",
    """
CREATE OR REPLACE FUNCTION keep_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sequence <> (SELECT COUNT(*) FROM events WHERE attempt = NEW.attempt)
    OR EXISTS (SELECT 1 FROM erasures WHERE attempt = NEW.attempt)
    OR (NEW.sequence > 0 AND NEW.previous <>
        (SELECT hash FROM events WHERE attempt = NEW.attempt AND sequence = NEW.sequence - 1))
  THEN
    RAISE EXCEPTION USING
      MESSAGE = 'an event must follow the last one of its attempt', ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
""",
)

# Emptying a whole table at once fires no trigger of its rows.
_POSTGRES_NO_CHANGE = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""
_POSTGRES_NO_TRUNCATE = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()
"""
_POSTGRES_EVENTS = (
    "CREATE TRIGGER events_no_update BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER events_no_delete BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_delete()",
    "CREATE TRIGGER events_in_order BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION keep_order()",
)


def statements(dialect: str) -> list[str]:
    """What makes every trigger, in order, in the SQL of `dialect` (`sqlite` or `postgresql`)."""
    return list(_sqlite() if dialect == "sqlite" else _postgresql())


def _sqlite() -> Iterator[str]:
    for table in _KEPT_FOR_EVER:
        yield _SQLITE_REFUSED.format(table=table.name, verb="update")
        yield _SQLITE_REFUSED.format(table=table.name, verb="delete")
    yield _SQLITE_REFUSED.format(table="events", verb="update")
    yield _SQLITE_NO_DELETE
    yield _SQLITE_IN_ORDER


def _postgresql() -> Iterator[str]:
    yield from _POSTGRES_FUNCTIONS
    for table in _KEPT_FOR_EVER:
        yield _POSTGRES_NO_CHANGE.format(table=table.name)
        yield _POSTGRES_NO_TRUNCATE.format(table=table.name)
    yield from _POSTGRES_EVENTS
    yield _POSTGRES_NO_TRUNCATE.format(table="events")


def make_guards(connection: Connection) -> None:
    """Make every trigger. The tables must be there and have none yet."""
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)

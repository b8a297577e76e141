"""Everything that is PostgreSQL's alone: how a connection is set up."""

from __future__ import annotations

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from simulator.store.errors import StoreError

DRIVER = "postgresql+psycopg"
LOCK_MS = 5000
CONNECT_SECONDS = 10

PURGE = """\
Deleted rows stay in the files of PostgreSQL until they are written over. Whoever administers the database must still:
  1. Run VACUUM (FULL) on its tables: events, attempts, assessments, criterion_levels, drafts, learners, identities.
  2. Run CHECKPOINT, then pg_switch_wal(), and let the write-ahead log that lies in the archive expire or be removed.
  3. Remove or make anew base backups, dumps (pg_dump) and snapshots of the disk taken before now.
  4. Let standby servers and replication slots catch up, so that they keep no old log.
  5. Look into the server's log if log_statement or log_min_duration_statement writes what is sent to it."""
"""What is left to do after rows were erased."""

# Any number will do, as long as it is always the same: who makes or upgrades the tables holds this lock.
_SHAPE_LOCK = 4_027_461_113


def address(url: str) -> URL:
    """The address of a PostgreSQL database. Raises StoreError where it is none."""
    try:
        found = make_url(url)
    except ArgumentError:
        raise StoreError(f"This is no address of a database. One looks like {DRIVER}://name@host/database.") from None
    if found.drivername in {"postgresql", "postgres"}:
        found = found.set(drivername=DRIVER)
    if found.drivername != DRIVER or not found.database:
        raise StoreError(
            f"`{found.render_as_string()}` is no database that can be used. "
            f"An address looks like {DRIVER}://name@host/database."
        )
    return found


def connect(url: str) -> Engine:
    """An engine for the database at `url`; nothing is opened yet. Raises StoreError where it cannot be used."""
    try:
        return create_engine(
            address(url),
            # A connection for each transaction: a learner works with the database for some milliseconds a minute, and
            # two hundred of them must not use up the hundred connections a server has by default.
            poolclass=NullPool,
            connect_args={"connect_timeout": CONNECT_SECONDS, "options": f"-c lock_timeout={LOCK_MS}"},
        )
    except (NoSuchModuleError, ModuleNotFoundError):
        raise StoreError(
            "The PostgreSQL driver is not installed. Install it with: pip install 'roleplay-simulator[postgres]'"
        ) from None


def lock_shape(connection: Connection) -> None:
    """Wait until no other process makes or upgrades the tables; held to the end of the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _SHAPE_LOCK})

"""A PostgreSQL server of one's own, for tests and measurements: made in a folder, started, stopped and removed.

It uses the programs of the system, in PATH or where Debian puts them, and runs as another user where we are root,
since PostgreSQL refuses to. Nothing but its own socket leads to it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OWNERS = ("postgres", "nobody")
"""Whom the server runs as where we are root: the first of these that exists."""


class NoServerError(Exception):
    """No server can be started here; the message says why, and what to install."""


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """The address, up to the name of a database, of a server started for this block.

    `settings` are `name=value`, as in postgresql.conf. Raises NoServerError where none can be started.
    """
    programs = _programs()
    owner = _owner()
    # Not below a folder of pytest's: the server's user may not look into those.
    folder = Path(tempfile.mkdtemp(prefix="roleplay-postgresql-"))
    data = folder / "data"
    try:
        if owner:
            shutil.chown(folder, owner)
        _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], owner)
        chosen = " ".join(f"-c {setting}" for setting in (f"unix_socket_directories={folder}", *settings))
        # The server hears nothing from outside: listen_addresses is empty.
        start = [programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", f"-c listen_addresses= {chosen}"]
        watch = _Watch(programs / "pg_ctl", data, folder, owner)
        try:
            _run([*start, "start"], owner)
            yield f"postgresql+psycopg://postgres@/{{database}}?host={folder}"
        finally:
            watch.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Watch:
    """A process that stops the server and removes its folder once this one has ended, in whatever way."""

    def __init__(self, pg_ctl: Path, data: Path, folder: Path, owner: str | None) -> None:
        stop = f"cat; '{pg_ctl}' -D '{data}' -w -m immediate stop; rm -rf '{folder}'"
        # It reads what never comes: its input ends when we do. Of its own session, so that ctrl+c is not for it.
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", stop],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            **_as(owner),
        )

    def end(self) -> None:
        """Have it done now."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()


def make_database(address: str, name: str) -> str:
    """Make an empty database on the server at `address` and give its URL."""
    import psycopg
    from sqlalchemy import make_url

    url = make_url(address.format(database="postgres"))
    with psycopg.connect(host=url.query["host"], user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    return address.format(database=name)


def _programs() -> Path:
    versions = Path("/usr/lib/postgresql")
    newest = sorted(versions.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for folder in [*newest, *map(Path, os.environ.get("PATH", "").split(os.pathsep))]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServerError("PostgreSQL is not installed here (no initdb). On Debian and Ubuntu: apt install postgresql")


def _owner() -> str | None:
    """Whom to run the server as; None: as we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in OWNERS:
        if name in known:
            return name
    raise NoServerError(f"PostgreSQL does not run as root, and there is no user {' or '.join(OWNERS)} to run it as.")


def _as(owner: str | None) -> dict[str, Any]:
    """What makes a subprocess run as that user (None: as we do)."""
    return {"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []} if owner else {}


def _run(command: Sequence[str | Path], owner: str | None) -> None:
    ran = subprocess.run(
        [str(part) for part in command],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        text=True,
        **_as(owner),
    )
    if ran.returncode:
        raise NoServerError(f"{Path(command[0]).name} failed: {ran.stderr.strip()}")

"""What to say when a command fails: the errors we know, and where the details of the others went."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

LARGEST_LOG = 1_000_000
"""Bytes after which the log is begun anew."""


def expected(error: Exception) -> str | None:
    """The message of an error that the user can do something about; None for any other."""
    from simulator.catalogue.loader import CatalogueError
    from simulator.library import LibraryError
    from simulator.practice import PracticeError
    from simulator.scenario.errors import ScenarioError
    from simulator.store import StoreError

    if isinstance(error, ScenarioError):
        first, *rest = error.problems
        more = f"\n{len(rest)} more. To see them all: roleplay check {first.file}" if rest else ""
        return f"{first}{more}"
    if isinstance(error, LibraryError | PracticeError | StoreError | CatalogueError):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return None


def log(error: Exception) -> str:
    """Write the details of an error to the log and give a sentence that says where they are."""
    from simulator.settings import make_private_file, paths

    path = paths().log / "roleplay.log"
    details = "".join(traceback.format_exception(error))
    try:
        make_private_file(path)
        mode = "a" if path.stat().st_size < LARGEST_LOG else "w"
        with path.open(mode, encoding="utf-8", errors="replace") as out:
            out.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{details}\n")
    except OSError:
        return "The details could not be logged."
    return f"The details are in {path}."

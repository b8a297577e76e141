"""Where the details went of an error nobody foresaw."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

LARGEST_LOG = 1_000_000
"""Bytes after which the log is begun anew."""


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

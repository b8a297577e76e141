"""What can go wrong with the record, in words a learner can act on."""

from __future__ import annotations


class StoreError(Exception):
    """The record could not be read or written. The message is plain and whole; nothing was half written."""


_FULL = "The disk is full, so this could not be saved. Free some space and send it again."
_CLOSED = "The record could not be opened: its file or folder may not be written to here."

# What SQLite says, and what to say instead. Searched in order, in lower case.
_PLAIN = (
    ("disk is full", _FULL),
    ("no space left", _FULL),
    ("readonly database", "The record is read-only here, so this could not be saved."),
    ("permission denied", _CLOSED),
    ("read-only file system", _CLOSED),
    ("unable to open", "The record could not be opened: its folder is missing or may not be written to."),
    ("database is locked", "Another window is busy with the record. Try again in a moment."),
    ("disk i/o error", "The disk gave an error, so this could not be saved."),
    ("not a database", "The file is not a record of attempts. Move it away, and a new one is made."),
    ("malformed", "The record is damaged. Put a backup in its place, or move it away to start a new one."),
)


def plain(error: BaseException) -> str:
    """The error of a database, or of the file system, said plainly."""
    said = str(getattr(error, "orig", None) or error)
    for sign, message in _PLAIN:
        if sign in said.lower():
            return message
    return f"The record could not be used: {said.splitlines()[0] if said else type(error).__name__}."

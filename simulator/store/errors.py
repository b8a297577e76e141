"""What can go wrong with the record, in words a learner can act on."""

from __future__ import annotations


class StoreError(Exception):
    """The record could not be read or written. The message is plain and whole; nothing was half written."""


_FULL = "The disk is full, so this could not be saved. Free some space and send it again."
_CLOSED = "The record could not be opened: its file or folder may not be written to here."
_DAMAGED = "The record is damaged. Put a backup in its place, or move it away to start a new one."
_BROKE = "The connection to the database server broke, so this could not be saved. Send it again."

# What a database says, and what to say instead. Searched in order, in lower case.
_PLAIN = (
    ("no space left", _FULL),
    ("disk is full", _FULL),
    ("read-only transaction", "The record is read-only here, so this could not be saved."),
    ("readonly database", "The record is read-only here, so this could not be saved."),
    ("read-only file system", _CLOSED),
    ("unable to open", "The record could not be opened: its folder is missing or may not be written to."),
    ("database is locked", "Another window is busy with the record. Try again in a moment."),
    ("lock timeout", "Another window is busy with the record. Try again in a moment."),
    ("disk i/o error", "The disk gave an error, so this could not be saved."),
    ("not a database", "The file is not a record of attempts. Move it away, and a new one is made."),
    ("too many clients", "The database server has no connection free. Try again in a moment."),
    ("remaining connection slots", "The database server has no connection free. Try again in a moment."),
    ("password authentication failed", "The database server does not accept this name and password."),
    ("no password supplied", "The database server wants a password."),
    ("permission denied for", "The database server does not let this name do that; who administers it can."),
    ("permission denied", _CLOSED),
    ("fatal:  database", "The database server has no database of that name. To make one there: createdb NAME"),
    ("fatal:  role", "The database server does not know the name that logs in."),
    ("connection timeout", "The database server does not answer."),
    ("connection refused", "The database server cannot be reached: nothing answers at its address."),
    ("failed to resolve host", "The database server cannot be reached: its address is not known."),
    ("failed: no such file or directory", "The database server cannot be reached: nothing answers at its address."),
    ("closed the connection", _BROKE),
    ("terminating connection", _BROKE),
    ("codec can't decode", _DAMAGED),
    ("malformed", _DAMAGED),
)


def plain(error: BaseException) -> str:
    """The error of a database, or of the file system, said plainly."""
    said = str(getattr(error, "orig", None) or error)
    for sign, message in _PLAIN:
        if sign in said.lower():
            return message
    return f"The record could not be used: {said.splitlines()[0] if said else type(error).__name__}."

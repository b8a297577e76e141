"""What the practice could not do, as the screens are told of it."""

from __future__ import annotations


class RefusedError(Exception):
    """Something the practice could not do. The message is what to show."""

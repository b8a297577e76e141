"""Turns and their parts as canonical JSON bytes, and back.

Canonical means: keys sorted, no spare blanks, UTF-8, numbers in one form. The same value always gives
the same bytes, so a stored turn can be hashed and compared.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    # Importing pydantic costs a tenth of a second; the first screen does without it.
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def to_bytes(value: object) -> bytes:
    """Canonical JSON of a Turn, Position, Utterance, Reading or any other of the shared value types.

    Raises ValueError for a number that is not finite and for a text that is not valid Unicode.
    """
    kind: Any = type(value)
    adapter = _adapter(kind)
    try:
        # Read once more before it is written: a whole number in a place for floats becomes one.
        plain = adapter.dump_python(adapter.validate_python(adapter.dump_python(value)), mode="json")
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode(
            "utf-8"
        )
    except UnicodeError as error:
        raise ValueError(f"not valid Unicode: {error}") from None


def from_bytes(kind: type[T], data: bytes) -> T:
    """The value of type `kind` that `to_bytes` wrote. Raises ValueError when the bytes do not hold one."""
    wanted: Any = kind
    value: T = _adapter(wanted).validate_json(data)
    return value

"""Turns and their parts as canonical JSON bytes, and back.

Canonical means: keys sorted, no spare blanks, UTF-8, numbers in one form. The same value always gives
the same bytes, so a stored turn can be hashed and compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import is_dataclass
from functools import cache
from itertools import zip_longest
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
    return _written(_plain(value))


def to_bytes_as(value: object, stored: bytes) -> bytes:
    """The same, with only those fields that the stored bytes of such a value have.

    A release may add a field, with a default, to a value type. What was stored before must still come out as it went
    in, and cannot be held against what was not known then. Keys of mappings are content: all of them stay.
    """
    return _written(_cut(value, _plain(value), json.loads(stored)))


def _plain(value: object) -> Any:
    kind: Any = type(value)
    adapter = _adapter(kind)
    with _unicode_only():
        # Read once more before it is written: a whole number in a place for floats becomes one.
        return adapter.dump_python(adapter.validate_python(adapter.dump_python(value)), mode="json")


def _written(plain: Any) -> bytes:
    with _unicode_only():
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return text.encode("utf-8")


@contextmanager
def _unicode_only() -> Iterator[None]:
    try:
        yield
    except UnicodeError as error:
        raise ValueError(f"not valid Unicode: {error}") from None


def _cut(value: object, plain: Any, stored: Any) -> Any:
    if is_dataclass(value) and isinstance(stored, dict):
        return {name: _cut(getattr(value, name), plain[name], stored[name]) for name in plain if name in stored}
    if isinstance(value, Mapping) and isinstance(stored, dict):
        return {name: _cut(value.get(name), part, stored.get(name)) for name, part in plain.items()}
    if isinstance(value, tuple) and isinstance(stored, list):
        return [_cut(*parts) for parts in zip_longest(value, plain, stored[: len(value)])]
    return plain


def from_bytes(kind: type[T], data: bytes) -> T:
    """The value of type `kind` that `to_bytes` wrote. Raises ValueError when the bytes do not hold one."""
    wanted: Any = kind
    value: T = _adapter(wanted).validate_json(data)
    return value

"""Temperaments: the ways of reacting a person falls back on where their own voice says nothing.

One file each in `catalogue/temperaments/`: `reactions` scale the default effects of behaviours, `voice`
maps behaviours, groups and special keys to lines, by mood where mood matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from simulator.catalogue.loader import CatalogueError, read_data

MOODS = ("heated", "guarded", "open")
"""The three bands of mood a line may be written for."""


@dataclass(frozen=True, slots=True)
class Temperament:
    """A way of reacting. `reactions` maps a meter to a factor (1.0 where it says nothing); `voice` maps a key
    to lines by mood."""

    id: str
    name: str
    about: str
    reactions: Mapping[str, float]
    voice: Mapping[str, Mapping[str, tuple[str, ...]]]


@cache
def temperament(name: str) -> Temperament:
    """The temperament of this id, read once. Raises CatalogueError when there is none or it is malformed."""
    return parse(name, read_data(f"temperaments/{name}.yaml"))


def parse(name: str, data: Any) -> Temperament:
    """A temperament from the content of its file, every scalar a string. Raises CatalogueError."""
    try:
        return Temperament(
            id=name,
            name=data["name"],
            about=data["about"],
            reactions=MappingProxyType({meter: float(by) for meter, by in (data.get("reactions") or {}).items()}),
            voice=MappingProxyType({key: by_mood(lines) for key, lines in data["voice"].items()}),
        )
    except KeyError as error:
        raise CatalogueError(f"the temperament {name} lacks {error.args[0]}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise CatalogueError(f"the temperament {name}: {error}") from None


def by_mood(lines: object) -> Mapping[str, tuple[str, ...]]:
    """Lines of a voice by mood: one text, a list that serves every mood, or a mapping from moods to either.

    Raises ValueError for anything else and for a mood that is not one of `MOODS`.
    """
    if isinstance(lines, Mapping):
        astray = sorted(set(lines) - set(MOODS))
        if astray:
            raise ValueError(f"moods are {', '.join(MOODS)}, not {', '.join(map(str, astray))}")
        return MappingProxyType({mood: _texts(lines[mood]) for mood in MOODS if mood in lines})
    texts = _texts(lines)
    return MappingProxyType(dict.fromkeys(MOODS, texts))


def _texts(lines: object) -> tuple[str, ...]:
    if isinstance(lines, str):
        return (lines,)
    if isinstance(lines, list | tuple) and all(isinstance(line, str) for line in lines):
        return tuple(lines)
    raise ValueError("lines are a text or a list of texts")

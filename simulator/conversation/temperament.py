"""Temperaments: the ways of reacting a person falls back on where their own voice says nothing.

One file each in `catalogue/temperaments/`: `reactions` scale the default effects of behaviours, `voice`
maps behaviours, groups and special keys to lines, by mood where mood matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from simulator.catalogue.loader import CatalogueError, read_data

if TYPE_CHECKING:
    from simulator.scenario.lines import MoodLines


@dataclass(frozen=True, slots=True)
class Temperament:
    """A way of reacting. `reactions` maps a meter to a factor (1.0 where it says nothing), `voice` a key to
    lines."""

    id: str
    name: str
    about: str
    reactions: Mapping[str, float]
    voice: Mapping[str, MoodLines]


@cache
def temperament(name: str) -> Temperament:
    """The temperament of this id, read once. Raises CatalogueError when there is none or it is malformed."""
    return parse(name, read_data(f"temperaments/{name}.yaml"))


def parse(name: str, data: Any) -> Temperament:
    """A temperament from the content of its file, every scalar a string. Raises CatalogueError."""
    from simulator.scenario.lines import MoodLines

    try:
        return Temperament(
            id=name,
            name=data["name"],
            about=data["about"],
            reactions=MappingProxyType({meter: float(by) for meter, by in (data.get("reactions") or {}).items()}),
            voice=MappingProxyType({key: MoodLines.model_validate(lines) for key, lines in data["voice"].items()}),
        )
    except KeyError as error:
        raise CatalogueError(f"the temperament {name} lacks {error.args[0]}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise CatalogueError(f"the temperament {name}: {error}") from None

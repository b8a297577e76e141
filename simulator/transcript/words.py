"""What the parser knows of the outside world, read from `words.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Words:
    """Names of columns or keys, the likeliest first, and names of people who help. All in lower case."""

    speaker: tuple[str, ...]
    text: tuple[str, ...]
    helpers: tuple[str, ...]


@lru_cache(maxsize=1)
def words() -> Words:
    """The words that ship, read once."""
    from simulator.scenario.nodes import plain
    from simulator.scenario.source import parse

    path = Path(__file__).with_name("words.yaml")
    data = plain(parse(path.read_bytes(), path.name).root)
    return Words(speaker=tuple(data["speaker"]), text=tuple(data["text"]), helpers=tuple(data["helpers"]))

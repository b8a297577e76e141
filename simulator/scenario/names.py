"""The names a scenario defines, gathered before anything is checked, so that every reference can be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.catalogue.loader import Catalogue, catalogue, common_topics

NAME = re.compile(r"[a-z][a-z0-9_]*")

GRAMMAR_WORDS = frozenset({"and", "or", "not", "of", "to", "in", "last", "despite", "harm", "always"})
"""Words that hold a condition together: no name of any kind."""

RESERVED = GRAMMAR_WORDS | {
    *("turn", "turns_here", "quality", "told", "visited", "asked", "mentions", "gave", "given"),
    *("answered", "refused", "said", "count", "previous", "flag", "promised", "due", "kept", "broken"),
    *("offer", "standing", "conceded", "agreed", "discrepancy"),
    *("set", "clear", "keep", "break", "concede", "agree"),
}
"""Words that begin a term or an effect: no names of meters and counters, which stand there alone."""

ALWAYS_THERE = ("trust", "agitation")
"""The meters every scenario has."""


@dataclass(frozen=True)
class Names:
    """Every name of one scenario, by kind. `goal` is what `to:` may lead to: a state or an ending."""

    catalogue: Catalogue
    kinds: Mapping[str, Mapping[str, None]] = field(default_factory=dict)  # as keys: in order, and quick to find

    def of(self, kind: str) -> tuple[str, ...]:
        """The names of a kind, in the order of the file."""
        if kind == "behaviour":
            return self.catalogue.names()
        return tuple(self.kinds.get(kind, ()))

    def has(self, kind: str, name: str) -> bool:
        """Whether there is a thing of this kind and name."""
        return self.catalogue.is_known(name) if kind == "behaviour" else name in self.kinds.get(kind, ())

    def kind_of(self, name: str, *kinds: str) -> str | None:
        """The first of the kinds that has the name."""
        return next((kind for kind in kinds if self.has(kind, name)), None)


def collect_names(data: Mapping[str, Any]) -> Names:
    """Gather the names from a scenario as it was written, whatever else may be wrong with it."""
    people = _people(data)
    meters = dict.fromkeys((*ALWAYS_THERE, *_keys(data.get("meters"))))
    topics = dict.fromkeys(_keys(data.get("knows")))
    for name, person in people.items():
        meters.update(dict.fromkeys(f"{name}.{meter}" for meter in _keys(_get(person, "meters"))))
        topics.update(dict.fromkeys(_keys(_get(person, "knows"))))
    topics.update(dict.fromkeys(common_topics()))
    states, endings = _keys(data.get("states")), _keys(data.get("endings"))
    found: dict[str, Iterable[str]] = {
        "person": people,
        "meter": meters,
        "counter": _keys(data.get("counters")),
        "flag": _words(data.get("flags")),
        "promise": _keys(data.get("promises")),
        "issue": _keys(data.get("issues")),
        "fact": _keys(data.get("facts")),
        "topic": topics,
        "point": _points(data.get("desk")),
        "cue": _cues(data),
        "state": states,
        "ending": endings,
        "goal": (*states, *endings),
    }
    return Names(catalogue(), {kind: dict.fromkeys(names) for kind, names in found.items()})


def _words(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    return [word for word in data if isinstance(word, str)] if isinstance(data, list) else []


def _get(data: object, key: str) -> Any:
    return data.get(key) if isinstance(data, Mapping) else None


def _keys(data: object) -> tuple[str, ...]:
    return tuple(data) if isinstance(data, Mapping) else ()


def _people(data: Mapping[str, Any]) -> Mapping[str, Any]:
    if "client" in data:
        return {"client": data["client"]}
    people = data.get("people")
    return people if isinstance(people, Mapping) else {}


def _points(desk: object) -> Iterator[str]:
    for part in ("know", "may_offer", "may_not"):
        items = _get(desk, part)
        for item in items if isinstance(items, list) else ():
            name = _get(item, "id")
            if isinstance(name, str):
                yield name


def _cues(data: object) -> Iterator[str]:
    """The keys under every `cues:` wherever a line may stand."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "cues" and isinstance(value, Mapping):
                yield from value
            else:
                yield from _cues(value)
    elif isinstance(data, list):
        for item in data:
            yield from _cues(item)

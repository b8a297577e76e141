"""Which version of everything a talk is played with: the scenario and all that it falls back on."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from simulator.catalogue.loader import catalogue, read_data
from simulator.conversation.kept import per_scenario

if TYPE_CHECKING:
    from simulator.scenario import Scenario


RULES_VERSION = "2"
"""Raised when the same reading of the same compiled scenario may make another turn than before. Attempts played by
older rules are then shown as they were stored, and no longer made again in a replay."""


@per_scenario
def compiled_hash(scenario: Scenario) -> str:
    """The SHA-256, in hexadecimal, of the compiled scenario: its own content, the temperaments of its people, the
    catalogue's default effects, groups and common topics, and the version of the rules. Two attempts with the same
    hash were played alike."""
    from simulator.scenario import content_hash

    known = catalogue()
    whole = {
        "rules": RULES_VERSION,
        "scenario": content_hash(scenario),
        "temperaments": {
            name: read_data(f"temperaments/{name}.yaml")
            for name in sorted({person.temperament for person in scenario.people.values()})
        },
        "effects": {name: dict(behaviour.effects) for name, behaviour in known.behaviours.items()},
        "valences": {name: behaviour.valence for name, behaviour in known.behaviours.items()},
        "groups": {name: sorted(group.members) for name, group in known.groups.items()},
        "topics": read_data("topics.yaml"),
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

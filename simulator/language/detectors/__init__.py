"""Detectors, one file a family; importing this package registers them all."""

from simulator.language.detectors import (
    autonomy,
    culture,
    deescalation,
    escalation,
    ethics,
    influence,
    information,
    negotiation,
    noise,
    questions,
    reflections,
    roadblocks,
    structure,
    support,
)

__all__ = [
    "autonomy",
    "culture",
    "deescalation",
    "escalation",
    "ethics",
    "influence",
    "information",
    "negotiation",
    "noise",
    "questions",
    "reflections",
    "roadblocks",
    "structure",
    "support",
]

"""How a person takes a reply: the lines of their voice and their temperament that fit it, best first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import Finding
from simulator.conversation.choose import Variant
from simulator.conversation.evaluate import meter_name
from simulator.conversation.temperament import temperament
from simulator.conversation.turn import Position

if TYPE_CHECKING:
    from simulator.scenario import Scenario

HEATED = 65
"""From this agitation on a person is heated, whatever their trust."""

OPEN = 50
"""From this trust on a person who is not heated is open."""

Tiers = list[tuple[Variant, ...]]


def mood(scenario: Scenario, position: Position, person: str) -> str:
    """`heated`, `guarded` or `open`, by the person's meters."""
    if position.meters[meter_name(scenario, "agitation", person)] >= HEATED:
        return "heated"
    return "open" if position.meters[meter_name(scenario, "trust", person)] >= OPEN else "guarded"


def lines(scenario: Scenario, position: Position, person: str, keys: Iterable[str]) -> Tiers:
    """What a person says for these keys: from their voice in the order of the keys, then from their
    temperament."""
    keys = tuple(keys)
    band = mood(scenario, position, person)
    own = scenario.people[person]
    base = temperament(own.temperament)
    where = "voice:" if person == scenario.first_person else f"voice:{person}/"
    found: Tiers = []
    for voice, source in ((own.voice, where), (base.voice, f"temperament:{base.id}/")):
        for key in keys:
            texts = voice[key].at(band) if key in voice else ()
            found.append(
                tuple(
                    Variant(text, source + key, f"{source}{key}/{band}#{number}", person)
                    for number, text in enumerate(texts)
                )
            )
    return [tier for tier in found if tier]


def keys_of(behaviour: str) -> tuple[str, ...]:
    """The keys a behaviour is answered under: itself, then its groups, the most particular first."""
    known = catalogue()
    groups = sorted(known.groups_of(behaviour), key=lambda group: len(known.groups[group].members))
    return (behaviour, *groups)


def harm_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The harm among findings, the surest first."""
    harm = (finding for finding in findings if _valence(finding) == "harms")
    return tuple(sorted(harm, key=lambda finding: -finding.confidence))


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that do no harm, in the order in which a person would react to them."""
    rest = (finding for finding in findings if _valence(finding) != "harms")
    return tuple(sorted(rest, key=lambda finding: (_rank(finding.behaviour), -finding.strength, -finding.confidence)))


def is_moving(finding: Finding) -> bool:
    """Whether a finding is help that is answered by a word even where a question is answered too."""
    return any(finding.behaviour in catalogue().expand(group) for group in settings()["beside_an_answer"])


@cache
def settings() -> dict[str, Any]:
    """The content of `reactions.yaml`."""
    import yaml

    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("reactions.yaml").read_text(encoding="utf-8"))
    return loaded


def _valence(finding: Finding) -> str:
    return catalogue().valence(finding.behaviour)


@cache
def _rank(behaviour: str) -> int:
    groups = catalogue().groups_of(behaviour)
    order: list[str] = settings()["order"]
    return min((order.index(group) for group in groups if group in order), default=len(order))

"""Human-coded conversations in JSON lines, read by our reader and put in the coders' terms (agreement.yaml)."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from simulator.catalogue.types import Heard, HeardLine, Reading
from simulator.language import read
from simulator.language.data import lexicon
from simulator.language.style import Style, style_of

LIKELY = 0.5
"""The likelihood from which a style counts."""


@dataclass(frozen=True, slots=True)
class CodedTurn:
    """One turn of a coded conversation: what was said before it, oldest first, and the coders' labels."""

    conversation: str
    turn: int
    text: str
    before: tuple[HeardLine, ...]
    labels: Mapping[str, Any]
    meta: Mapping[str, Any]

    def read(self, *, marks: bool = True) -> Reading:
        """Our reading of the turn; without `marks` every question mark was typed as a full stop."""
        return read(self.text if marks else self.text.replace("?", "."), Heard(lines=self.before))

    def style(self) -> Style:
        """How we say the turn is put."""
        return style_of(self.text, Heard(lines=self.before))


@cache
def mapping() -> dict[str, Any]:
    """The content of agreement.yaml."""
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("agreement.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def sure() -> float:
    """The confidence from which a behaviour counts."""
    return float(lexicon("resolve")["sure"])


def turns(path: Path, learner: Sequence[str] | str) -> Iterator[CodedTurn]:
    """The coded turns of a file, in its order. Raises OSError, ValueError."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            ours = {row["speaker"]} if learner == "*" else set(learner)
            if row["speaker"] not in ours:
                continue
            before = tuple(
                HeardLine("learner" if said["speaker"] == row["speaker"] else "client", said["text"])
                for said in row["context"]
            )
            meta = row.get("meta") or {}
            yield CodedTurn(str(row["conversation"]), int(row["turn"]), row["text"], before, row["labels"], meta)


def behaviours(named: Sequence[str] | str) -> frozenset[str]:
    """The behaviours a list, or the name of a group of agreement.yaml, stands for."""
    return frozenset(mapping()["groups"][named] if isinstance(named, str) else named)


def surest(reading: Reading, wanted: frozenset[str]) -> float:
    """The confidence of the surest of these behaviours; 0 where none counts."""
    found = (one.confidence for one in reading.findings if one.behaviour in wanted and one.confidence >= sure())
    return max(found, default=0.0)


def person_says(measure: Mapping[str, Any], turn: CodedTurn) -> Hashable | frozenset[str] | None:
    """The label people gave; None where they gave none that the measure is about."""
    if any(turn.meta.get(key) != value for key, value in measure.get("only", {}).items()):
        return None
    label = turn.labels.get(measure["label"])
    if measure["kind"] == "several":
        return frozenset(label or ())
    if "values" in measure:
        return any(value in measure["values"] for value in label or ())
    if measure["kind"] == "quality":
        return label if label in (measure["positive"], measure["negative"]) else None
    if measure["kind"] == "choice":
        return label if label in measure["classes"] else measure["else"]
    return bool(label)


def we_say(measure: Mapping[str, Any], seen: Reading | Style) -> Hashable | frozenset[str]:
    """What our reading, or what we say of the style, comes to in the same terms."""
    if isinstance(seen, Style):
        if measure["kind"] == "quality":
            return measure["positive"] if seen.polite >= LIKELY else measure["negative"]
        return frozenset(name for name, likely in seen.strategies.items() if likely >= LIKELY)
    if measure["kind"] == "present":
        return surest(seen, behaviours(measure["behaviours"])) > 0
    scores = {name: surest(seen, behaviours(named)) for name, named in measure["classes"].items()}
    if measure["kind"] == "several":
        return frozenset(name for name, score in scores.items() if score > 0)
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0 else measure["else"]

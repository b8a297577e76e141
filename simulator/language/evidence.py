"""What detectors look at, and what they hand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from simulator.catalogue.types import CueKind, Heard
from simulator.language import phrases
from simulator.language.heard import Background, Feeling, feelings_in
from simulator.language.patterns import Hit
from simulator.language.utterance import Clause, Utterance


@dataclass(frozen=True, slots=True)
class Evidence:
    """A behaviour seen in a stretch of the plain form. `weight` is the confidence, 0 to 1."""

    behaviour: str
    clause: int
    start: int
    end: int
    weight: float
    rule: str
    cue: str | None = None
    strength: int = 0

    @property
    def guessed(self) -> bool:
        """Whether no rule found it, the light model alone."""
        return self.rule.startswith("model.")


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue taken up by a clause. `strength`: 1 touched, 2 taken up in full (EPITOME levels, Sharma 2020)."""

    cue: str
    kind: CueKind
    strength: int
    clause: int
    weight: float


@dataclass(frozen=True)
class Context:
    """One reply with everything it is read against. `asking` holds the indexes of clauses that ask."""

    utterance: Utterance
    heard: Heard
    background: Background
    asking: frozenset[int]
    hits: tuple[Hit, ...]
    kept: dict[int, float] = field(default_factory=dict)
    """How much each clause looks like a reflection, once worked out."""

    def of(self, behaviour: str, clause: Clause | None = None) -> list[Hit]:
        """Pattern hits for a behaviour, in one clause if given."""
        return [h for h in self.hits if h.behaviour == behaviour and clause in (None, self.utterance.clauses[h.clause])]

    @cached_property
    def feelings(self) -> dict[int, list[Feeling]]:
        """Feeling words by clause."""
        return {clause.index: feelings_in(clause) for clause in self.utterance.clauses}

    @cached_property
    def overlap(self) -> dict[int, float]:
        """How much of the client's content each clause takes up: weights of shared stems, synonyms at seven tenths."""
        terms = self.background.terms
        totals: dict[int, float] = {}
        for clause in self.utterance.clauses:
            total = 0.0
            for stem in clause.content:
                if stem in terms:
                    total += terms[stem]
                else:
                    near = [terms[other] for other in phrases.synonyms(stem) if other in terms]
                    total += 0.7 * max(near, default=0.0)
            totals[clause.index] = total
        return totals

    @cached_property
    def cue_matches(self) -> list[CueMatch]:
        """Every open cue each clause takes up."""
        found: list[CueMatch] = []
        for open_cue in self.background.cues:
            cue = open_cue.cue
            for clause in self.utterance.clauses:
                named = phrases.find_any(cue.words, clause.tokens)
                about = phrases.find_any(cue.about, clause.tokens)
                answered = phrases.find_any(cue.answered_by, clause.tokens)
                weight = max((m.weight for m in (*named, *about, *answered)), default=0.0)
                if cue.kind is CueKind.FEELING and not named:
                    families = {family for word in cue.words for family in _families(word)}
                    if any(f.family in families for f in self.feelings[clause.index]):
                        named = phrases.find_any([clause.text], clause.tokens)[:1]
                        weight = max(weight, 0.7)
                if cue.kind is CueKind.QUESTION:
                    strength = 2 if answered else 0
                else:
                    strength = 2 if named and (about or cue.kind is not CueKind.FEELING) else 1 if named or about else 0
                if strength:
                    found.append(CueMatch(cue.id, cue.kind, strength, clause.index, weight))
        return sorted(found, key=lambda match: (-match.strength, -match.weight))

    def cues_within(self, piece: Evidence) -> tuple[str, ...]:
        """Further cues taken up in full by the clauses a piece of evidence spans."""
        clauses = {c.index for c in self.utterance.clauses if c.start < piece.end and piece.start < c.end}
        matches = (m.cue for m in self.cue_matches if m.clause in clauses and m.strength > 1 and m.cue != piece.cue)
        return tuple(dict.fromkeys(matches))

    def cue_of(self, clause: Clause) -> CueMatch | None:
        """The cue a clause takes up most fully, or None."""
        return next((match for match in self.cue_matches if match.clause == clause.index), None)


def _families(word: str) -> set[str]:
    from simulator.language.clauses import take_apart

    return {f.family for clause in take_apart(word).clauses for f in feelings_in(clause)}


Detector = Callable[[Context], Iterable[Evidence]]
_DETECTORS: dict[str, Detector] = {}


def detector(family: str) -> Callable[[Detector], Detector]:
    """Registers the detector of a behaviour family. One file a family, in simulator/language/detectors/."""

    def register(function: Detector) -> Detector:
        _DETECTORS[family] = function
        return function

    return register


def run_detectors(context: Context) -> Iterator[Evidence]:
    """Evidence of all families, in order of registration."""
    import simulator.language.detectors  # noqa: F401  # registers them

    for function in _DETECTORS.values():
        yield from function(context)


def from_hits(context: Context, behaviours: Iterable[str]) -> Iterator[Evidence]:
    """Evidence straight from pattern hits, with the cue of the clause where there is one."""
    wanted = frozenset(behaviours)
    for hit in context.hits:
        if hit.behaviour not in wanted:
            continue
        match = context.cue_of(context.utterance.clauses[hit.clause])
        yield Evidence(
            hit.behaviour,
            hit.clause,
            hit.start,
            hit.end,
            hit.weight,
            hit.rule,
            cue=match.cue if match else None,
            strength=match.strength if match else 0,
        )

"""What the light model may add to the rules, and take from them.

The rules find behaviours in clauses, with a reason; the model weighs the whole reply. A rule's finding that it does not
believe at all is kept as a leaning, and what it is sure of without a rule is found in the clause that speaks most for
it, never as surely as a rule would. Checks on the whole reply or talk (`rules_only`) are out of its reach, and what
settles disagreements between behaviours holds for its findings too. How far it may go is data (lexicons/model.yaml).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from simulator.catalogue.loader import catalogue
from simulator.language.data import lexicon
from simulator.language.detectors.reflections import points_of
from simulator.language.evidence import Context, Evidence
from simulator.language.features import clause_features, features
from simulator.language.model import Model, confidence, model
from simulator.language.questions import states


@cache
def _settings() -> Mapping[str, Any]:
    return lexicon("model")


@cache
def _least_alone() -> Mapping[str, float]:
    """The score from which each behaviour is found without a rule."""
    by_valence, by_name = _settings()["alone"], _settings()["alone_of"]
    return {name: by_name.get(name, by_valence[one.valence]) for name, one in catalogue().behaviours.items()}


@cache
def _reflects() -> frozenset[str]:
    return frozenset(_settings()["heads"]["reflects"])


def weigh(context: Context, evidence: Iterable[Evidence]) -> list[Evidence]:
    """The evidence as rules and model see it together."""
    found = list(evidence)
    if not context.utterance.clauses:
        return found
    known = model()
    scores = known.scores(features(context, found))
    kept = [_believed(piece, scores) for piece in found]
    wanted = dict(_likeliest(scores, {piece.behaviour for piece in kept if piece.weight >= 0.5}))
    wanted.update(_sure_alone(scores, {piece.behaviour for piece in found}))
    said = [tuple(clause_features(context, clause)) for clause in context.utterance.clauses] if wanted else []
    alone = (_alone(context, known, said, behaviour, weight) for behaviour, weight in wanted.items())
    return [*kept, *(piece for piece in alone if piece is not None)]


def _believed(piece: Evidence, scores: Mapping[str, float]) -> Evidence:
    """A rule's evidence with the confidence that both give it."""
    score = scores.get(piece.behaviour)
    if score is None:
        return piece
    settings = _settings()
    doubt = settings["doubt"][catalogue().valence(piece.behaviour)]
    if piece.weight >= settings["strong"]:
        doubt += settings["strong_doubt"]
    if score < -doubt:
        return replace(piece, weight=min(piece.weight, settings["leaning"]))
    return replace(piece, weight=max(piece.weight, min(settings["most"], confidence(score))))


def _sure_alone(scores: Mapping[str, float], by_rule: set[str]) -> Iterator[tuple[str, float]]:
    """What the model is sure of and no rule found."""
    most = _settings()["most_alone"]
    for behaviour, least in _least_alone().items():
        if behaviour not in by_rule and scores.get(behaviour, least - 1) >= least:
            # From half up, by how far beyond the point from which it is found alone.
            yield behaviour, min(most, confidence(scores[behaviour] - least))


def _likeliest(scores: Mapping[str, float], sure: set[str]) -> Iterator[tuple[str, float]]:
    """For each head that is sure while none of its members is: the likeliest member, found by a little. Not
    what is rude (`not_by_head`): that something is told says nothing of that."""
    for head, members in _settings()["heads"].items():
        if scores.get(head, -1.0) < 0 or not sure.isdisjoint(members):
            continue
        scored = [(scores[one], one) for one in members if one in scores and one not in _settings()["not_by_head"]]
        if scored:
            yield max(scored)[1], _settings()["by_head"]


def _alone(
    context: Context, known: Model, said: Sequence[Sequence[str]], behaviour: str, weight: float
) -> Evidence | None:
    """Evidence of the model's own, in the clause that speaks most for it; None where the rules allow none there.
    `said` holds the features of each clause."""
    clauses = context.utterance.clauses
    if behaviour in _reflects():
        clauses = tuple(
            each
            for each in clauses
            if points_of(context, each) >= _settings()["least_points"]
            and (each.index not in context.asking or states(each))
        )
        if not clauses:
            return None
    clause = max(clauses, key=lambda each: known.share(behaviour, said[each.index]))
    match = context.cue_of(clause)
    return Evidence(
        behaviour,
        clause.index,
        clause.start,
        clause.end,
        weight,
        f"model.{behaviour}",
        cue=match.cue if match else None,
        strength=match.strength if match else 0,
    )

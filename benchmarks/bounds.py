"""Chooses, on our own corpus alone, how far the light model may go beside the rules.

    python -m benchmarks.bounds        (in the training environment)

Prints what settings of lexicons/model.yaml reach on replies left out: `spoken` and `head_stiffness` of heads; `doubt`,
`strong_doubt` and `alone` of the behaviours. Each reply is told with points that the other folds chose. Then `base` and
`detail` of a fact told (lexicons/reflection_points.yaml), by how well the rules alone find that a reply tells.

What stands in the data files is picked from these tables; conversations coded by people have no part in it, they are
for measuring (benchmarks.agreement).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_changes
from itertools import product
from typing import Any

import numpy as np

from benchmarks.corpus import Coded, load
from benchmarks.train import Observed, f_score, left_out, margins, observe_all, spoken_weights
from simulator.catalogue.loader import catalogue
from simulator.language.data import lexicon
from simulator.language.reader import observe

SPOKEN = (1, 2, 4, 8)
HEAD_STIFFNESS = (0.01, 0.02, 0.05, 0.1, 0.5)
DOUBT = (0.5, 1.0, 1.5, 2.0, 3.0, 99.0)
STRONG_DOUBT = (0.0, 1.0, 99.0)
ALONE = (0.0, 0.2, 0.4, 0.6, 1.0)
ALONE_HARM = (0.0, 0.5, 1.0, 1.5, 2.5)
BASE = (0.10, 0.15, 0.20, 0.25, 0.30)
DETAIL = (0.15, 0.25, 0.35)
NEARLY = 0.01
"""What settings are shown of doubt and finding alone: those so near the best."""


@dataclass(frozen=True)
class Weighed:
    """One behaviour on every reply: whether it is shown, what the rules find and how surely, and the model's margin."""

    name: str
    shown: Any
    by_rule: Any
    strength: Any
    margin: Any


def main() -> None:
    """Prints the tables, the best first."""
    settings = lexicon("model")["training"]
    corpus = load()
    seen = observe_all(corpus, settings)
    print("heads: mean F1 on spoken replies left out, by `spoken` and `head_stiffness`")
    for value, (spoken, stiffness) in sorted(_of_heads(seen, settings), reverse=True)[:6]:
        print(f"  {value:.4f}  spoken {spoken}, head_stiffness {stiffness}")
    weighed = list(_behaviours(seen, settings))
    for harms, alone in ((False, ALONE), (True, ALONE_HARM)):
        print("behaviours that harm:" if harms else "other behaviours:", "macro F by `doubt`, `strong_doubt`, `alone`")
        of = [one for one in weighed if (catalogue().valence(one.name) == "harms") == harms]
        beta = settings["caution"] if harms else 1.0
        tried = [(_macro(of, *chosen, beta), chosen) for chosen in product(DOUBT, STRONG_DOUBT, alone)]
        nearly = [one for one in sorted(tried, reverse=True) if one[0] >= max(tried)[0] - NEARLY]
        for value, chosen in nearly:
            print(f"  {value:.4f}  doubt {chosen[0]}, strong_doubt {chosen[1]}, alone {chosen[2]}")
        print(f"  {_macro(of, 99.0, 99.0, 99.0, beta):.4f}  rules alone")
    print("a fact told: F1 of the rules on replies that tell, by `base` and `detail`")
    for value, (base, detail) in sorted(_of_facts(corpus), reverse=True)[:6]:
        print(f"  {value:.4f}  base {base}, detail {detail}")


def _shown(seen: Observed, members: frozenset[str]) -> Any:
    return np.array([not members.isdisjoint(one.settled) for one in seen.corpus])


def _of_heads(seen: Observed, settings: Mapping[str, Any]) -> Iterator[tuple[float, tuple[float, float]]]:
    heads: Mapping[str, Sequence[str]] = lexicon("model")["heads"]
    there = np.array(spoken_weights(seen.corpus, 2)) > 1
    spoken_only = with_changes(seen, folds=seen.folds[there])
    for spoken, stiffness in product(SPOKEN, HEAD_STIFFNESS):
        weight = np.array(spoken_weights(seen.corpus, spoken))
        reached = []
        for members in heads.values():
            shown = _shown(seen, frozenset(members))
            scores = left_out(seen, shown, weight, stiffness, range(settings["folds"]))[there]
            reached.append(f_score(shown[there], margins(spoken_only, shown[there], scores, 1.0) >= 0))
        yield float(np.mean(reached)), (spoken, stiffness)


def _behaviours(seen: Observed, settings: Mapping[str, Any]) -> Iterator[Weighed]:
    column = {name: number for number, name in enumerate(seen.names)}
    for name, behaviour in catalogue().behaviours.items():
        shown = _shown(seen, frozenset((name,)))
        if name in lexicon("model")["rules_only"] or shown.sum() < settings["least_shown"]:
            continue
        scores = left_out(seen, shown, np.ones(len(shown)), settings["stiffness"], range(settings["folds"]))
        code = column.get(f"code:{name}")
        strength = np.zeros(len(shown)) if code is None else seen.rows[:, [code]].toarray().ravel()
        by_rule = np.array([name in rules for rules in seen.by_rule])
        beta = settings["caution"] if behaviour.valence == "harms" else 1.0
        yield Weighed(name, shown, by_rule, strength, margins(seen, shown, scores, beta))


def _of_facts(corpus: Sequence[Coded]) -> Iterator[tuple[float, tuple[float, float]]]:
    tells = frozenset(lexicon("model")["heads"]["tells"])
    points = lexicon("reflection_points")["fact"]
    shown = np.array([not tells.isdisjoint(one.settled) for one in corpus])
    for base, detail in product(BASE, DETAIL):
        points.update(base=base, detail=detail)
        found = np.array([not tells.isdisjoint(observe(one.reply, one.heard)[1]) for one in corpus])
        yield f_score(shown, found), (base, detail)


def _macro(weighed: Sequence[Weighed], doubt: float, strong_doubt: float, alone: float, beta: float) -> float:
    """Mean F over behaviours, of what stands when the model may doubt and find so much."""
    strong = lexicon("model")["strong"]
    reached = []
    for one in weighed:
        believed = one.margin >= -(doubt + strong_doubt * (one.strength >= strong))
        reached.append(f_score(one.shown, np.where(one.by_rule, believed, one.margin >= alone), beta))
    return float(np.mean(reached))


if __name__ == "__main__":
    main()

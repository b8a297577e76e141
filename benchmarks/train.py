"""Trains the light model on our own corpus, and says how it does on replies it has not seen.

    make train                       (or, in an environment with scikit-learn: python -m benchmarks.train)
    python -m benchmarks.train --evaluate

One logistic regression a behaviour over the features of simulator/language/features.py. Cross-validated by situation:
all replies to one line are in one fold. The point from which a behaviour counts is the one with the best F on replies
left out. A behaviour is left to the rules where the model does no better than they do. What is printed for a fold is
told with the point, and the choice between rules and model, that the other folds gave. The same corpus gives the same
file, byte for byte. scikit-learn is needed to train, never to run.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.corpus import Coded, load
from simulator.catalogue.loader import catalogue
from simulator.language.data import MODEL, lexicon
from simulator.language.reader import observe


@dataclass(frozen=True)
class Observed:
    """The corpus as numbers: one row a reply, one column a feature; what each reply shows; and its fold."""

    corpus: Sequence[Coded]
    names: Sequence[str]
    rows: csr_matrix
    by_rule: Sequence[frozenset[str]]
    folds: np.ndarray[Any, Any]
    spoken: np.ndarray[Any, Any]


def observe_all(corpus: Sequence[Coded], settings: Mapping[str, Any]) -> Observed:
    """Every reply, read by the rules and described by its features."""
    seen = [observe(one.reply, one.heard) for one in corpus]
    counted = Counter(name for found, _ in seen for name in found)
    names = sorted(name for name, count in counted.items() if count >= settings["least"])
    rows = rows_of([found for found, _ in seen], names)
    folds = _folds([one.situation for one in corpus], settings)
    spoken = np.array(spoken_weights(corpus, settings["spoken"]))
    return Observed(corpus, names, rows, [rules for _, rules in seen], folds, spoken)


def rows_of(described: Sequence[Mapping[str, float]], names: Sequence[str]) -> csr_matrix:
    """A row for each reply, a column for each of the features named."""
    column = {name: number for number, name in enumerate(names)}
    data, indices, starts = [], [], [0]
    for found in described:
        kept = sorted((column[name], value) for name, value in found.items() if name in column)
        indices += [number for number, _ in kept]
        data += [value for _, value in kept]
        starts.append(len(indices))
    return csr_matrix(
        (np.array(data), np.array(indices, dtype=np.int32), np.array(starts, dtype=np.int32)),
        shape=(len(described), len(names)),
    )


def spoken_weights(corpus: Sequence[Coded], spoken: float) -> list[float]:
    """What each reply weighs: `spoken` in a spoken dialogue, elsewhere one."""
    return [spoken if one.kind == "dialogue" and one.register == "spoken" else 1.0 for one in corpus]


def _folds(situations: Sequence[str], settings: Mapping[str, Any]) -> np.ndarray[Any, Any]:
    """A fold for each reply, the same for all of a situation."""
    order = sorted(set(situations))
    random.Random(settings["seed"]).shuffle(order)
    fold = {situation: number % settings["folds"] for number, situation in enumerate(order)}
    return np.array([fold[situation] for situation in situations])


def fitted(rows: csr_matrix, shown: Any, weight: Any, stiffness: float) -> LogisticRegression:
    """A logistic regression of what the replies show; `stiffness` is the inverse of its penalty on weights."""
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    regression = LogisticRegression(C=stiffness, solver="liblinear", random_state=0, max_iter=300)
    return regression.fit(rows, shown, sample_weight=weight)


def left_out(seen: Observed, shown: Any, weight: Any, stiffness: float, folds: Iterable[int]) -> Any:
    """Each reply's logit by a model that has not seen its situation, for the replies of these folds."""
    scores = np.full(len(shown), -20.0)
    for fold in folds:
        rest, here = np.flatnonzero(seen.folds != fold), np.flatnonzero(seen.folds == fold)
        if shown[rest].any():
            scores[here] = fitted(seen.rows[rest], shown[rest], weight[rest], stiffness).decision_function(
                seen.rows[here]
            )
    return scores


def f_score(shown: Any, found: Any, beta: float = 1.0) -> float:
    """F of finding what is shown; beta below 1 weighs precision more."""
    right = float((shown & found).sum())
    missed, false = float((shown & ~found).sum()), float((found & ~shown).sum())
    below = (1 + beta**2) * right + beta**2 * missed + false
    return (1 + beta**2) * right / below if below else 0.0


def best_threshold(shown: Any, scores: Any, beta: float) -> float:
    """The logit from which to count a behaviour, for the best F."""
    tried = np.unique(np.round(np.quantile(scores, np.linspace(0.3, 0.9995, 400)), 3))
    return float(max(tried, key=lambda point: (f_score(shown, scores >= point, beta), -point)))


def margins(seen: Observed, shown: Any, scores: Any, beta: float) -> Any:
    """How far each reply's left-out logit lies above the point that the other folds chose."""
    found = np.empty(len(shown))
    for fold in np.unique(seen.folds):
        here = seen.folds == fold
        found[here] = scores[here] - best_threshold(shown[~here], scores[~here], beta)
    return found


def _the_better(seen: Observed, shown: Any, by_rule: Any, by_model: Any, beta: float) -> Any:
    """What rules or model find in each fold, whichever did better on the others."""
    found = np.empty(len(shown), dtype=bool)
    for fold in np.unique(seen.folds):
        here = seen.folds == fold
        rules = f_score(shown[~here], by_rule[~here], beta) >= f_score(shown[~here], by_model[~here], beta)
        found[here] = by_rule[here] if rules else by_model[here]
    return found


def train(seen: Observed, settings: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, float]]]:
    """The model's data, and for each behaviour how rules and model do on replies left out."""
    own = lexicon("model")
    heads: dict[str, list[str]] = own["heads"]
    columns: dict[str, dict[int, int]] = {}
    bias: dict[str, float] = {}
    threshold: dict[str, float] = {}
    report: dict[str, dict[str, float]] = {}
    for name in (*catalogue().behaviours, *heads):
        members = frozenset(heads.get(name, (name,)))
        shown = np.array([not members.isdisjoint(one.settled) for one in seen.corpus])
        if name in own["rules_only"] or shown.sum() < settings["least_shown"]:
            continue
        harms = name not in heads and catalogue().valence(name) == "harms"
        beta = settings["caution"] if harms else 1.0
        stiffness = settings["head_stiffness" if name in heads else "stiffness"]
        weight = seen.spoken if name in heads else np.ones(len(shown))
        scores = left_out(seen, shown, weight, stiffness, range(settings["folds"]))
        # How often a head occurs differs between writing and speech; conversations coded by others are spoken.
        there = seen.spoken > 1 if name in heads else np.ones(len(shown), dtype=bool)
        point = best_threshold(shown[there], scores[there], beta)
        by_rule = np.array([not members.isdisjoint(rules) for rules in seen.by_rule])
        by_model = margins(seen, shown, scores, beta) >= 0
        report[name] = {
            "shown": int(shown.sum()),
            "rules": f_score(shown, by_rule),
            "model": f_score(shown, by_model),
            "the better": f_score(shown, _the_better(seen, shown, by_rule, by_model, beta)),
        }
        if name not in heads and f_score(shown, by_rule, beta) >= f_score(shown, scores >= point, beta):
            continue
        regression = fitted(seen.rows, shown, weight, stiffness)
        least = settings["head_least_weight" if name in heads else "least_weight"]
        columns[name] = {
            number: rounded
            for number, value in enumerate(regression.coef_[0])
            if abs(rounded := round(float(value) * settings["scale"])) >= least
        }
        bias[name], threshold[name] = round(float(regression.intercept_[0]), 3), round(point, 3)
    kept = sorted(columns)
    features: dict[str, list[int]] = {}
    for place, name in enumerate(kept):
        for number, value in columns[name].items():
            features.setdefault(seen.names[number], []).extend((place, value))
    data = {
        "names": kept,
        "bias": [bias[name] for name in kept],
        "threshold": [threshold[name] for name in kept],
        "scale": settings["scale"],
        "features": dict(sorted(features.items())),
    }
    return data, report


def main() -> None:
    """Writes the model, or with --evaluate only prints how it does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluate", action="store_true", help="write nothing")
    chosen = parser.parse_args()
    settings = lexicon("model")["training"]
    seen = observe_all(load(), settings)
    data, report = train(seen, settings)
    print(f"{'behaviour':<28}{'shown':>7}{'rules F1':>10}{'model F1':>10}")
    for name, row in report.items():
        print(f"{name:<28}{row['shown']:>7}{row['rules']:>10.2f}{row['model']:>10.2f}")
    behaviours = [row for name, row in report.items() if name not in lexicon("model")["heads"]]
    for side in ("rules", "model", "the better"):
        print(f"macro F1, {side}: {sum(row[side] for row in behaviours) / len(behaviours):.3f}")
    print(f"{len(behaviours)} behaviours")
    if not chosen.evaluate:
        MODEL.write_text(json.dumps(data, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.2f} MB, {len(data['features'])} features")


if __name__ == "__main__":
    main()

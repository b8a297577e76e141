"""Trains what tells how a reply is put (simulator/language/style.py) on public conversations coded by people.

    python -m benchmarks.train_style FOLDER              (in the training environment)
    python -m benchmarks.train_style FOLDER --evaluate   prints, and writes nothing

FOLDER holds casino.jsonl and politeness.jsonl, in the form that benchmarks.agreement reads. Prints Cohen's kappa on
conversations left out (five folds by conversation; each fold is told with the point that the others chose). The same
folder gives the same file, byte for byte. No text of it is kept: weights of words, and marks of the conversations.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.preprocessing import normalize

from benchmarks.coded import CodedTurn, mapping, turns
from benchmarks.statistics import kappa_of
from benchmarks.train import best_threshold, fitted, rows_of
from simulator.catalogue.types import Heard
from simulator.language.data import STYLE, lexicon
from simulator.language.style import mark_of, style_features


@dataclass(frozen=True)
class Source:
    """A source's turns with their features and labels."""

    name: str
    turns: Sequence[CodedTurn]
    features: Sequence[Mapping[str, float]]
    shown: Mapping[str, Any]
    folds: Any


def main() -> None:
    """Prints how it does and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where casino.jsonl and politeness.jsonl are")
    parser.add_argument("--evaluate", action="store_true", help="write nothing")
    chosen = parser.parse_args()
    settings = lexicon("style")["training"]
    data = {name: _learnt(_source(chosen.folder, name, settings), settings) for name in lexicon("style")["sources"]}
    if not chosen.evaluate:
        STYLE.write_text(json.dumps(data, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{STYLE.name}: {STYLE.stat().st_size / 1e6:.2f} MB")


def _learnt(source: Source, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The weights of every label of a source; prints how each does on conversations left out."""
    counted = Counter(name for found in source.features for name in found)
    names = sorted(name for name, count in counted.items() if count >= settings["least"])
    rare = [round(math.log(len(source.turns) / counted[name]) + 1, 2) for name in names]
    rows = normalize(rows_of(source.features, names) @ diags(rare)).tocsr()
    features: dict[str, list[float]] = {name: [weight] for name, weight in zip(names, rare, strict=True)}
    bias, threshold, kappas = [], [], []
    for place, (label, shown) in enumerate(source.shown.items()):
        scores = _left_out(rows, shown, source.folds, settings)
        kappas.append(_kappa(shown, scores, source.folds))
        print(f"{source.name:<12}{label:<24}{int(shown.sum()):>6}  kappa {kappas[-1]:.3f}")
        whole = fitted(rows, shown, np.ones(len(shown)), settings["stiffness"])
        for name, value in zip(names, whole.coef_[0], strict=True):
            if abs(rounded := round(float(value) * settings["scale"])) >= settings["least_weight"]:
                features[name] += (place, rounded)
        bias.append(round(float(whole.intercept_[0]), 3))
        threshold.append(round(best_threshold(shown, scores, 1.0), 3))
    print(f"{source.name:<12}{'mean':<30}  kappa {sum(kappas) / len(kappas):.3f}")
    return {
        "names": list(source.shown),
        "bias": bias,
        "threshold": threshold,
        "scale": settings["scale"],
        "features": features,
        "trained_on": sorted({mark_of(turn.conversation) for turn in source.turns}),
    }


def _source(folder: Path, name: str, settings: Mapping[str, Any]) -> Source:
    wanted = lexicon("style")["sources"][name]
    found = [
        turn for turn in turns(folder / f"{name}.jsonl", mapping()["sources"][name]["learner"]) if _taken(turn, wanted)
    ]
    conversations = sorted({turn.conversation for turn in found})
    random.Random(settings["seed"]).shuffle(conversations)
    fold = {conversation: number % settings["folds"] for number, conversation in enumerate(conversations)}
    labelled = [_labels(turn, wanted) for turn in found]
    return Source(
        name,
        found,
        [style_features(turn.text, Heard(lines=turn.before)) for turn in found],
        {label: np.array([label in labels for labels in labelled]) for label in wanted["labels"]},
        np.array([fold[turn.conversation] for turn in found]),
    )


def _taken(turn: CodedTurn, wanted: Mapping[str, Any]) -> bool:
    meant = all(turn.meta.get(key) == value for key, value in wanted.get("only", {}).items())
    return meant and ("among" not in wanted or turn.labels[wanted["label"]] in wanted["among"])


def _labels(turn: CodedTurn, wanted: Mapping[str, Any]) -> Sequence[str]:
    label = turn.labels[wanted["label"]]
    return [label] if isinstance(label, str) else label


def _left_out(rows: csr_matrix, shown: Any, folds: Any, settings: Mapping[str, Any]) -> Any:
    scores = np.zeros(len(shown))
    for fold in np.unique(folds):
        rest, here = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        scores[here] = fitted(rows[rest], shown[rest], np.ones(len(rest)), settings["stiffness"]).decision_function(
            rows[here]
        )
    return scores


def _kappa(shown: Any, scores: Any, folds: Any) -> float:
    found = np.zeros(len(shown), dtype=bool)
    for fold in np.unique(folds):
        here = folds == fold
        found[here] = scores[here] >= best_threshold(shown[~here], scores[~here], 1.0)
    return kappa_of(Counter(zip(shown.tolist(), found.tolist(), strict=True)))


if __name__ == "__main__":
    main()

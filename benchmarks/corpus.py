"""Our own coded corpus (corpus/README.md): read, and measured.

    python -m benchmarks.corpus [--json]

Prints how many replies there are by sector and register, for each behaviour how many show it and how many are near
misses of it, and how far the two codings agree (Cohen's kappa).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.statistics import kappa_of
from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import Heard, HeardLine

FOLDER = Path(__file__).parents[1] / "corpus"

HEARD = 6
"""Lines before a reply that it is read against, as in a talk."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One reply of the corpus: what it answers, and its codes. `before` is oldest first."""

    id: str
    situation: str
    kind: str
    sector: str
    register: str
    before: tuple[HeardLine, ...]
    reply: str
    meant: frozenset[str]
    near: frozenset[str]
    first: frozenset[str]
    second: frozenset[str]
    settled: frozenset[str]

    @property
    def heard(self) -> Heard:
        """What the reply is read against."""
        return Heard(lines=self.before[-HEARD:])


def load(folder: Path = FOLDER) -> list[Coded]:
    """The corpus in its order. Raises OSError, ValueError, KeyError where the files do not belong together."""
    codes = {row["id"]: row for row in _rows(folder / "codes.jsonl")}
    found: list[Coded] = []
    talk: list[HeardLine] = []
    for row in _rows(folder / "replies.jsonl"):
        if not found or found[-1].situation != row["situation"] or row["kind"] == "single":
            talk = [HeardLine(said["speaker"], said["text"]) for said in row.get("context", ())]
        if row["line"]:
            talk.append(HeardLine("client", row["line"]))
        coded = codes[row["id"]]
        sets = {name: frozenset(coded[name]) for name in ("meant", "near", "first", "second", "settled")}
        plain = {name: row[name] for name in ("id", "situation", "kind", "sector", "register", "reply")}
        found.append(Coded(**plain, before=tuple(talk), **sets))
        talk.append(HeardLine("learner", row["reply"]))
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def agreement(corpus: Sequence[Coded], behaviour: str) -> float:
    """Cohen's kappa of the two codings of a behaviour."""
    return kappa_of(Counter((behaviour in one.first, behaviour in one.second) for one in corpus))


def counts(corpus: Sequence[Coded]) -> dict[str, dict[str, float]]:
    """For each behaviour: replies that show it, replies near it that do not, and the agreement of the codings."""
    return {
        behaviour: {
            "shown": sum(behaviour in one.settled for one in corpus),
            "near_misses": sum(behaviour in one.near and behaviour not in one.settled for one in corpus),
            "kappa": round(agreement(corpus, behaviour), 3),
        }
        for behaviour in catalogue().behaviours
    }


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print an object for a program")
    chosen = parser.parse_args()
    corpus = load()
    table = counts(corpus)
    mixed = sum(len(one.settled) > 1 for one in corpus)
    near = sum(bool(one.near - one.settled) for one in corpus)
    summary = {
        "replies": len(corpus),
        "situations": len({one.situation for one in corpus}),
        "dialogues": len({one.situation for one in corpus if one.kind == "dialogue"}),
        "near_misses_or_mixed": sum(len(one.settled) > 1 or bool(one.near - one.settled) for one in corpus),
        "mixed": mixed,
        "near_misses": near,
        "sectors": Counter(one.sector for one in corpus),
        "registers": Counter(one.register for one in corpus),
        "coded_alike": sum(one.first == one.second for one in corpus),
    }
    if chosen.json:
        print(json.dumps({"summary": summary, "behaviours": table}, indent=1))
        return
    for name, value in summary.items():
        print(f"{name:<22}{dict(value) if isinstance(value, Counter) else value}")
    print(f"\n{'behaviour':<28}{'shown':>7}{'near misses':>13}{'kappa':>8}")
    for behaviour, row in table.items():
        print(f"{behaviour:<28}{row['shown']:>7}{row['near_misses']:>13}{row['kappa']:>8.2f}")
    mean = sum(row["kappa"] for row in table.values() if row["shown"]) / sum(
        bool(row["shown"]) for row in table.values()
    )
    print(f"\nmean kappa {mean:.2f}")


if __name__ == "__main__":
    main()

"""How often the catalogue's own examples are read as meant, and its near-misses misread.

    python -m benchmarks.catalogue [family ...] [--misses] [--rules]

For each family: examples read as their behaviour, near-misses read as the behaviour they only resemble (false), and
near-misses read as one of those they show (right). Read means a confidence of at least `sure` (lexicons/resolve.yaml).
The rules were written with these examples in view, so the figures say what is kept, not how strangers' words fare.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.catalogue.loader import Behaviour, catalogue
from simulator.catalogue.types import Heard, HeardLine
from simulator.language import observe, read
from simulator.language.data import lexicon


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example or near-miss read. `kind` is example or near_miss."""

    behaviour: str
    family: str
    kind: str
    reply: str
    as_behaviour: bool
    as_instead: bool
    found: tuple[str, ...]


def heard_before(line: str, context: Any) -> Heard:
    """What an example is read against: its context, or the one line."""
    said: list[Mapping[str, str]] = list(context or ())
    lines = [HeardLine(speaker, words) for speaker, words in said]
    return Heard(lines=(*lines, HeardLine("client", line)) if line else tuple(lines))


def _read(behaviour: Behaviour, kind: str, example: Any, instead: tuple[str, ...], *, rules: bool) -> Outcome:
    sure = float(lexicon("resolve")["sure"])
    heard = heard_before(example.line, example.context)
    if rules:
        found = tuple(sorted(observe(example.reply, heard)[1]))
    else:
        reading = read(example.reply, heard)
        found = tuple(finding.behaviour for finding in reading.findings if finding.confidence >= sure)
    as_instead = bool(set(instead) & set(found))
    return Outcome(behaviour.id, behaviour.family, kind, example.reply, behaviour.id in found, as_instead, found)


def outcomes(*, rules: bool = False) -> Iterator[Outcome]:
    """Every example and near-miss of the shipped catalogue, read: by rules and model together, or by `rules` alone."""
    for behaviour in catalogue().behaviours.values():
        for example in behaviour.examples:
            yield _read(behaviour, "example", example, (), rules=rules)
        for miss in behaviour.near_misses:
            yield _read(behaviour, "near_miss", miss, miss.instead, rules=rules)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", help="families to read (default: all)")
    parser.add_argument("--misses", action="store_true", help="print each example missed and near-miss misread")
    parser.add_argument("--rules", action="store_true", help="by the rules alone, without the light model")
    chosen = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    for each in outcomes(rules=chosen.rules):
        if chosen.families and each.family not in chosen.families:
            continue
        wrong = each.as_behaviour if each.kind == "near_miss" else not each.as_behaviour
        if chosen.misses and wrong:
            print(f"{each.behaviour:<26}{each.kind:<10} {each.reply}  ->  {', '.join(each.found) or 'nothing'}")
        for family in (each.family, "all"):
            count = counts.setdefault(family, Counter())
            count[each.kind] += 1
            count[f"{each.kind}_read"] += each.as_behaviour
            count["right"] += each.as_instead
    print(f"{'family':<14}{'examples':>12}{'near-misses: false':>22}{'right':>12}")
    for family in (*(name for name in counts if name != "all"), "all"):
        count = counts[family]
        read_as = f"{count['example_read']}/{count['example']}"
        false = f"{count['near_miss_read']}/{count['near_miss']}"
        print(f"{family:<14}{read_as:>12}{false:>22}{count['right']:>8}/{count['near_miss']}")


if __name__ == "__main__":
    main()

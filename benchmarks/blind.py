"""How we read replies that somebody wrote without sight of our rules (corpus/blind).

    python -m benchmarks.blind [--misses]

rude.jsonl: rude replies of every sort, and decent ones that come close to rudeness. Rules were written with the part
`seen` in view, and the false alarms of `unseen` were mended once; what is found of `unseen` is the figure that counts.
pairs.jsonl: the same reply in plain English of people who learnt it late, and in fluent English.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import mean
from typing import Any

from simulator.catalogue.loader import catalogue
from simulator.catalogue.types import Heard, HeardLine, Reading
from simulator.language import is_sure, read

FOLDER = Path(__file__).parent.parent / "corpus" / "blind"


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print what is misread")
    chosen = parser.parse_args()
    _rude(misses=chosen.misses)
    _pairs(misses=chosen.misses)


def rows(name: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a file of the folder."""
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def does(reading: Reading, valence: str) -> bool:
    """Whether a reading counts a behaviour that `helps` or `harms`."""
    return any(is_sure(one) and catalogue().valence(one.behaviour) == valence for one in reading.findings)


def _read(row: Mapping[str, Any], key: str) -> Reading:
    return read(row[key], Heard(lines=(HeardLine("client", row["line"]),)))


def _rude(*, misses: bool) -> None:
    found: dict[tuple[str, bool], list[bool]] = {}
    for row in rows("rude"):
        harm = does(_read(row, "reply"), "harms")
        found.setdefault((row["part"], row["harm"]), []).append(harm)
        if misses and harm != row["harm"]:
            print(f"{'missed' if row['harm'] else 'false'}: {row['line']} / {row['reply']}")
    for part in ("seen", "unseen"):
        rude, decent = found[part, True], found[part, False]
        print(f"{part:<8} rude read as harm {sum(rude)}/{len(rude)}, decent read as harm {sum(decent)}/{len(decent)}")


def _pairs(*, misses: bool) -> None:
    below: list[float] = []
    right = {"plain": 0, "fluent": 0}
    total = 0
    for row in rows("pairs"):
        total += 1
        readings = {how: _read(row, how) for how in right}
        for how, reading in readings.items():
            well = does(reading, "harms" if row["harm"] else "helps")
            right[how] += well
            if misses and not well:
                print(f"missed, {how}: {row['line']} / {row[how]} ({row['shows']})")
        if not row["harm"]:
            below.append(readings["fluent"].quality - readings["plain"].quality)
    shares = ", ".join(f"{how} {count}/{total}" for how, count in right.items())
    print(f"pairs    read as help or harm, as meant: {shares}; plain help is worth {mean(below):.3f} less")


if __name__ == "__main__":
    main()

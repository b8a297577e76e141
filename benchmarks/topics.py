"""How often a question finds a topic that answers it, on questions typed without sight of the topics.

    python -m benchmarks.topics [--misses]

corpus/blind/topics.jsonl holds questions of replies to the shipped scenarios, with every topic that would answer each;
none where no topic does. `right`: the topic found is one of them. `phrases alone`: by the phrases that stand in the
question, with no likeness.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.blind import rows
from simulator.catalogue.types import Heard
from simulator.conversation import begin, heard
from simulator.language.clauses import take_apart
from simulator.language.topics import asked_about, match_topic
from simulator.language.utterance import Clause
from simulator.library import Library

Find = Callable[[Clause, Heard], str | None]


def main() -> None:
    """Prints the table of each scenario, and the misses if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print what is found wrongly")
    misses = parser.parse_args().misses
    library = Library()
    by_scenario: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows("topics"):
        by_scenario.setdefault(row["scenario"], []).append(row)
    for name, listed in by_scenario.items():
        scenario = library.open_scenario(name)
        background = heard(scenario, begin(scenario, seed=1)[0], ())
        for way, find in (("likeness and phrases", _likely), ("phrases alone", _by_phrase)):
            print(f"{name:<15} {way:<21} {_tally(listed, background, find, misses=misses and find is _likely)}")


def _likely(clause: Clause, background: Heard) -> str | None:
    names = frozenset(word for person in background.people for name in person.names for word in name.lower().split())
    found = asked_about(clause, background.topics, names)
    return found[0][0] if found else None


def _by_phrase(clause: Clause, background: Heard) -> str | None:
    return match_topic(clause, background.topics)[0]


def _tally(listed: Sequence[Mapping[str, Any]], background: Heard, find: Find, *, misses: bool) -> str:
    right = wrong = none = false = 0
    for row in listed:
        clause = next(one for one in take_apart(row["reply"]).clauses if one.text == row["question"])
        topic = find(clause, background)
        if not row["topics"]:
            false += topic is not None
        elif topic is None:
            none += 1
        else:
            right += topic in row["topics"]
            wrong += topic not in row["topics"]
        if misses and topic not in (row["topics"] or [None]):
            print(f"  {row['question']} -> {topic or 'none'}, not {' or '.join(row['topics']) or 'any'}")
    asked = right + wrong + none
    idle = len(listed) - asked
    return f"right {right}, wrong {wrong}, none {none} of {asked}; found where none answers {false} of {idle}"


if __name__ == "__main__":
    main()

"""How long it takes to read a scenario and to explore it, by its size, and how much memory: as `roleplay check` does.

    python -m benchmarks.exploring [--states N ...] [--json]

The large scenarios are made here: states in a tree with ways across, three transitions each with conditions on
behaviours, meters, facts and flags. Each size runs in a process of its own, so that its peak of memory is its own.
Then every scenario that ships, with how many questions there are and how many stay unknown. On a machine that does
other work too, `cpu s` (reading and exploring together) says more than the seconds on the clock.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from typing import Any

from simulator.authoring.explore import explore
from simulator.library import Library
from simulator.scenario import check_text

HEAD = """format: 1
id: large
title: A large scenario
sector: healthcare
difficulty: 1
minutes: 60
practises: [listening]
rubrics: [active-listening]
summary: Made for measuring.
brief: Made for measuring.
desk: {}
objectives: {end: {text: Come to an end, met: told reason}}
client: {name: Ada, about: a client, temperament: flat}
flags: [heard]
facts: {reason: The reason.}
start: s0
states:
"""
CONDITIONS = (
    "any_reflection and trust >= {low}",
    "any_question or affirmation and turns_here <= {low}",
    "any_roadblock and agitation < {high}",
)


def made(states: int, seed: int = 1) -> str:
    """A scenario with so many states."""
    chance = random.Random(seed)
    lines = [HEAD.rstrip()]
    for number in range(states):
        lines += [
            f"  s{number}:",
            f'    line: "This is line {number} of the talk, and it is short."',
            "    hint: [Listen.]",
        ]
        lines.append("    transitions:")
        for branch, pattern in enumerate(CONDITIONS):
            condition = pattern.format(low=5 + number % 26, high=60 + number % 31)
            child = 2 * number + 1 + branch
            goal = (
                f"s{child}"
                if branch < 2 and child < states
                else "done"
                if branch < 2
                else f"s{chance.randrange(states)}"
            )
            told = ", line: So that is why., tells: reason" if number % 50 == 7 and branch == 0 else ""
            flag = ", set: heard" if number % 50 == 9 else ""
            lines.append(f"      - {{when: {condition}, effects: {{trust: +2{flag}}}, to: {goal}{told}}}")
    lines.append("endings: {done: {outcome: met, relationship: same, line: Goodbye.}}")
    return "\n".join(lines) + "\n"


def measured(states: int) -> dict[str, Any]:
    """Seconds to read and to explore a scenario of so many states, what was found, and the peak of memory in MB."""
    text = made(states)
    began, busy = time.perf_counter(), time.process_time()
    scenario = check_text(text, "large").scenario
    read = time.perf_counter() - began
    assert scenario is not None
    began = time.perf_counter()
    found = explore(scenario)
    explored = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "what": f"{states:,} states",
        "read_s": round(read, 2),
        "explored_s": round(explored, 2),
        "cpu_s": round(time.process_time() - busy, 2),
        "questions": len(found.answers),
        "unknown": len(found.unknown),
        "memory_mb": round(memory),
    }


def shipped() -> list[dict[str, Any]]:
    """The same for every scenario that ships; memory is not its own."""
    rows = []
    for entry in Library().index():
        began, busy = time.perf_counter(), time.process_time()
        scenario = Library().open_scenario(entry.id)
        read = time.perf_counter() - began
        began = time.perf_counter()
        found = explore(scenario)
        row = {"what": entry.id, "read_s": round(read, 2), "explored_s": round(time.perf_counter() - began, 2)}
        row["cpu_s"] = round(time.process_time() - busy, 2)
        rows.append({**row, "questions": len(found.answers), "unknown": len(found.unknown)})
    return rows


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--states", type=int, nargs="*", default=[1000, 10000], help="sizes (default: 1000 10000)")
    parser.add_argument("--json", action="store_true", help="print an object for a program")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measured(chosen.one)))
        return
    rows = []
    for states in chosen.states:
        command = [sys.executable, "-m", "benchmarks.exploring", "--one", str(states)]
        rows.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    rows += shipped()
    if chosen.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"{'':<20}{'read s':>10}{'explore s':>12}{'cpu s':>8}{'questions':>12}{'unknown':>10}{'MB':>8}")
    for row in rows:
        print(
            f"{row['what']:<20}{row['read_s']:>10.2f}{row['explored_s']:>12.2f}{row['cpu_s']:>8.2f}{row['questions']:>12,}"
            f"{row['unknown']:>10}{row.get('memory_mb', ''):>8}"
        )


if __name__ == "__main__":
    main()

"""The pattern files in the form that is quick to load and to run: taken apart, with what each branch needs.

    python -m simulator.language.compile     writes catalogue/lexicons/compiled.json

Working this out takes seconds, loading it none. Where the file is not that of the pattern files, as while somebody
edits them, the reader works it out for itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from simulator.language.branches import EDGE, branches, key_of, needed
from simulator.language.data import COMPILED, fingerprint, lexicon, pattern_files


def compiled() -> list[dict[str, Any]]:
    """Every pattern of every file, taken apart. Raises KeyError for an unknown macro, re.error for no pattern."""
    return [
        _rule(behaviour, number, rule)
        for name in pattern_files()
        for behaviour, rules in lexicon(name)["patterns"].items()
        for number, rule in enumerate(rules, 1)
    ]


def _rule(behaviour: str, number: int, rule: dict[str, Any]) -> dict[str, Any]:
    return {
        "behaviour": behaviour,
        "rule": f"{behaviour}.{rule.get('id', number)}",
        "branches": list(_branches(rule["find"])),
        "weight": float(rule.get("weight", 0.8)),
        "unless": rule.get("unless"),
        "where": rule.get("where", "clause"),
        "form": rule.get("form", "any"),
        "negated": rule.get("negated", "skip"),
        "reported": rule.get("reported", "skip"),
    }


def _branches(find: str) -> Iterator[list[Any]]:
    from simulator.language.patterns import fill

    for branch in branches(find, fill):
        sets = [sorted(each) for each in needed(fill(branch))]
        keys = [key_of(literal) for literal in sets[0]] if sets else []
        yield [branch, [[literal.replace(EDGE, "") for literal in each] for each in sets], keys]


def main() -> None:
    """Writes the compiled form."""
    COMPILED.write_text(
        json.dumps({"of": fingerprint(), "patterns": compiled()}, ensure_ascii=False, separators=(",", ":")) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()

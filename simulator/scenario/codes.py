"""Every kind of problem a scenario file can have, one data file each in `diagnostics/`.

The file says how grave it is, why it matters, how to mend it, and shows what triggers it. From these files come
the codes, the page docs/codes.md and the tests. Message and exact mend are made where the problem is found,
because only there it is known which words to name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
Stage = Literal["loading", "exploring", "playing", "looking"]

FOLDER = Path(__file__).parent / "diagnostics"
"""Where the data files lie, in a checkout and in a wheel."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of problem.

    `found` says when it is seen: while loading (then an error keeps the scenario from being played, whatever its
    author would like), by exploring what can happen, by playing its tests, or by looking at its words. A `note` is
    advice: it does not make a check fail. `mend` says in general what helps. `examples` are as in the file.
    """

    code: str
    title: str
    severity: Severity
    found: Stage
    why: str
    mend: str
    examples: tuple[Mapping[str, Any], ...] = ()


@cache
def codes() -> tuple[str, ...]:
    """Every code, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def rule(code: str) -> Rule:
    """The rule of a code, read once. Raises KeyError where there is none."""
    import yaml

    path = FOLDER / f"{code}.yaml"
    if code not in codes():
        raise KeyError(code)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (the base loader builds no objects)
    return Rule(code, **{**data, "examples": tuple(data.get("examples", ()))})

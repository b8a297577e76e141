"""The lexicons of the catalogue, read once each."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import simulator.catalogue

_FOLDER = Path(simulator.catalogue.__file__).parent / "lexicons"

COMPILED = _FOLDER / "compiled.json"
"""The pattern files taken apart, made by `python -m simulator.language.compile`."""

MODEL = _FOLDER / "model.json"
"""The weights of the light model, made by `make train`."""

STYLE = _FOLDER / "style.json"
"""The weights that tell how a reply is put, made by benchmarks.train_style."""

_BESIDES = ("macros", "feelings")


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The content of catalogue/lexicons/NAME.yaml. Raises FileNotFoundError when there is none."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    return loaded


@cache
def grammar(key: str) -> frozenset[str]:
    """The words of a closed class (lexicons/grammar.yaml)."""
    return frozenset(str(word) for word in lexicon("grammar")[key])


def pattern_files() -> list[str]:
    """Names (for `lexicon`) of the files that hold patterns, in order."""
    return [f"patterns/{path.stem}" for path in sorted((_FOLDER / "patterns").glob("*.yaml"))]


def fingerprint() -> str:
    """A hash of everything the compiled patterns are made from."""
    digest = hashlib.sha256()
    for name in (*pattern_files(), *_BESIDES):
        digest.update((_FOLDER / f"{name}.yaml").read_bytes())
    return digest.hexdigest()


@cache
def compiled_patterns() -> list[dict[str, Any]]:
    """The patterns taken apart: as shipped where the files are those it was made from, else worked out now."""
    if COMPILED.is_file():
        shipped: dict[str, Any] = json.loads(COMPILED.read_text(encoding="utf-8"))
        if shipped["of"] == fingerprint():
            patterns: list[dict[str, Any]] = shipped["patterns"]
            return patterns
    from simulator.language.compile import compiled

    return compiled()

"""The lexicons of the catalogue, read once each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import simulator.catalogue

_FOLDER = Path(simulator.catalogue.__file__).parent / "lexicons"


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The content of catalogue/lexicons/NAME.yaml. Raises FileNotFoundError when there is none."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    return loaded


def pattern_files() -> list[str]:
    """Names (for `lexicon`) of the files that hold patterns, in order."""
    return [f"patterns/{path.stem}" for path in sorted((_FOLDER / "patterns").glob("*.yaml"))]

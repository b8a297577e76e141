"""The words authoring looks for, from words.yaml, and what a text is about."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any


@cache
def settings() -> dict[str, Any]:
    """The content of words.yaml."""
    import yaml

    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
    return data


@cache
def content_words(text: str) -> frozenset[str]:
    """The words that say what a text is about, cut to their stems."""
    from simulator.language.words import stem

    words = re.findall(r"[a-z']+", text.casefold().replace("’", "'"))
    return frozenset(stem(word) for word in words if word not in _common() and "'" not in word)


@cache
def _common() -> frozenset[str]:
    return frozenset(settings()["common"])

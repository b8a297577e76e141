"""Whose replies are scored."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.scenario.errors import closest, listed
from simulator.transcript.names import folded
from simulator.transcript.problems import TranscriptError
from simulator.transcript.words import words


def named(name: str, speakers: Sequence[str]) -> str:
    """The speaker of that name, however it is capitalised. Raises TranscriptError, with the nearest names, where
    nobody is called so."""
    known = {folded(speaker): speaker for speaker in speakers}
    if folded(name) in known:
        return known[folded(name)]
    near = [known[one] for one in closest(folded(name), known)]
    hint = f"Did you mean {listed(near, 'or')}?" if near else f"These speak: {listed(speakers)}."
    raise TranscriptError(f"Nobody called `{name}` speaks here. {hint}")


def likely(speakers: Sequence[str]) -> str | None:
    """The speaker to score where nobody is named: the only one whose name holds a usual role of a helper."""
    roles = re.compile(rf"\b(?:{'|'.join(map(re.escape, words().helpers))})\b")
    helpers = [speaker for speaker in speakers if roles.search(folded(speaker).replace("_", " "))]
    return helpers[0] if len(helpers) == 1 else None

"""Which of several lines is said: never the words just said, no line again while a fresh one is left.

The choice is a hash of seed, turn and place in the utterance, so the same attempt always gets the same words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.conversation.turn import Position

if TYPE_CHECKING:
    from simulator.scenario.lines import Line

BLANK = re.compile(r"\{(name|subject|promise|feeling)\}")
"""What a line may leave open."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of saying something.

    `key` names it in `Position.used`, `source` in the utterance; `who` is the speaker's id. `line` is what
    the author wrote around the words: cues, facts, deeds. Without words it is only done.
    """

    text: str
    source: str
    key: str
    who: str
    line: Line | None = None


def variants(line: Line | None, source: str, who: str) -> tuple[Variant, ...]:
    """The ways of saying a line; one without words where it is only done, none where there is no line."""
    if line is None:
        return ()
    speaker = line.who or who
    texts = line.variants or ("",)
    return tuple(Variant(text, source, f"{source}#{number}", speaker, line) for number, text in enumerate(texts))


def pick(
    tiers: Iterable[Sequence[Variant]], position: Position, slot: str, blanks: Mapping[str, str]
) -> Variant | None:
    """The variant to say, its blanks filled, or None when all of them would repeat the client's last words.

    Tiers run from what fits best to what fits least. An unused variant of the best tier that has one wins;
    when all are used, the one said longest ago. A variant whose blank has no value is no candidate.
    """
    used: list[Variant] = []
    for tier in tiers:
        filled = [variant for one in tier if (variant := fill(one, blanks)) and not repeats(variant.text, position)]
        fresh = [variant for variant in filled if variant.key not in position.used]
        if fresh:
            return fresh[_draw(position, slot, len(fresh))]
        used.extend(filled)
    return min(used, key=lambda variant: position.used[variant.key], default=None)


def repeats(text: str, position: Position) -> bool:
    """Whether these words stand in the client's last utterance."""
    return bool(text and position.recent) and stands_in(text, position.recent[-1])


def stands_in(words: str, text: str) -> bool:
    """Whether the words stand together in a text, whatever their case and the marks between them."""
    return _words(words) in _words(text)


def fill(variant: Variant, blanks: Mapping[str, str]) -> Variant | None:
    """The variant with its blanks replaced, or None when one has no value. Values are never filled in
    turn."""
    if "{" not in variant.text:
        return variant
    if not all(blanks.get(name) for name in BLANK.findall(variant.text)):
        return None
    text = BLANK.sub(lambda blank: blanks[blank[1]], variant.text)
    return replace(variant, text=text[:1].upper() + text[1:])


@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    """The words alone, each between blanks, so that "here" does not stand in "there"."""
    return " ".join(("", *re.findall(r"[^\W_]+", text.casefold()), ""))


def _draw(position: Position, slot: str, count: int) -> int:
    digest = hashlib.sha256(f"{position.seed}:{position.turn}:{slot}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count

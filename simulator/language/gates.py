"""Checks on the whole reply that limit what it can earn: copying, stuffing, repeating oneself, length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from simulator.catalogue.types import Finding
from simulator.language.data import lexicon
from simulator.language.detectors.reflections import copied_share
from simulator.language.evidence import Context


@cache
def _stock() -> re.Pattern[str]:
    # Longest first, so that "it sounds like" is not counted again as "sounds like".
    openings = sorted(lexicon("gates")["stock_openings"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, openings)) + r")\b")


def find_gates(context: Context, findings: Iterable[Finding]) -> Iterator[str]:
    """Names of the gates that close on this reply."""
    limits = lexicon("gates")["limits"]
    utterance = context.utterance
    shown = {finding.behaviour for finding in findings}
    if "verbatim_parrot" in shown or (
        copied_share(context) >= float(limits["parrot_share"]) and len(utterance.words) >= int(limits["parrot_run"])
    ):
        yield "parrot"
    stems = len(_stock().findall(utterance.text))
    taken = sum(context.overlap.values())
    if stems >= int(limits["stuffing_stems"]) or (stems >= 2 and taken < 0.3) or "keyword_stuffing" in shown:
        yield "stuffing"
    said = " ".join(utterance.words)
    if len(utterance.words) >= 4 and any(said == " ".join(before.words) for before in context.background.replies):
        yield "repeats"
    if len(utterance.raw) > int(limits["too_long"]):
        yield "too_long"
    if "other_language" in shown:
        yield "other_language"
    if "silence" in shown:
        yield "silence"
    elif not shown - {"not_understood"} and "not_understood" in shown:
        yield "not_understood"

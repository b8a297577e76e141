"""Checks on the whole reply that limit what it can earn: copying, stuffing, repeating oneself, length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from simulator.catalogue.types import Finding
from simulator.language.data import lexicon
from simulator.language.detectors.reflections import copied_share
from simulator.language.evidence import Context
from simulator.language.history import listed
from simulator.language.utterance import Utterance

SHORT = 6
"""Words a clause may have that is a stock phrase and nothing else."""


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
    if "keyword_stuffing" in shown or _is_stuffed(context) or _is_listing(utterance, int(limits["listed"])):
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


def _is_stuffed(context: Context) -> bool:
    """Whether stock openings, or clauses that are nothing else, make up for what is not taken up."""
    limits = lexicon("gates")["limits"]
    stems = len(_stock().findall(context.utterance.text))
    if stems >= int(limits["stuffing_stems"]) or _stock_clauses(context) >= int(limits["stock_clauses"]):
        return True
    return stems >= 2 and sum(context.overlap.values()) < 0.3


def _stock_clauses(context: Context) -> int:
    """How many clauses are a phrase of good practice and nothing else, with nothing of the client's in them."""
    phrases = listed("stock")
    return sum(
        any(phrase in clause.text for phrase in phrases)
        and len(clause.words) <= SHORT
        and context.overlap[clause.index] < 0.2
        for clause in context.utterance.clauses
    )


def _is_listing(utterance: Utterance, least: int) -> bool:
    """Whether a reply is a list of words and no sentence: a comma for every second word."""
    commas = sum(token.text == "," for token in utterance.tokens)
    return len(utterance.words) >= least and 2 * commas >= len(utterance.words)

"""Negotiation (Fisher & Ury 1981; Chawla 2021)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = (
    "ask_interest",
    "state_interest",
    "separate_people_problem",
    "generate_option",
    "objective_criterion",
    "package_offer",
    "conditional_concession",
    "unconditional_concession",
    "anchor",
    "reframe",
    "summarise_agreement",
    "test_agreement",
    "reveal_batna_well",
    "positional_demand",
    "bluff",
    "vouch_fairness",
    "build_coordination",
)


@detector("negotiation")
def negotiation(context: Context) -> Iterator[Evidence]:
    """Evidence of the negotiation family."""
    yield from from_hits(context, _BY_PHRASE)

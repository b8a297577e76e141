"""Ethics (NASW Code of Ethics; CCMC Code of Professional Conduct)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.language.evidence import Context, Evidence, detector, from_hits

_BY_PHRASE = (
    "explain_confidentiality",
    "promise_absolute_secrecy",
    "overpromise",
    "ask_risk_directly",
    "stay_with",
    "make_safe",
    "escalate_record",
    "ignore_risk",
    "boundary_kept",
    "boundary_crossed",
    "disclose_third_party",
    "derogatory_language",
    "informed_consent",
    "coercion",
)


@detector("ethics")
def ethics(context: Context) -> Iterator[Evidence]:
    """Evidence of the ethics family."""
    yield from from_hits(context, _BY_PHRASE)

"""The JSON Schema of scenarios and rubrics, for editors: made from the very models that files are read into."""

from __future__ import annotations

from typing import Any, Literal

from simulator.catalogue.loader import catalogue

Kind = Literal["scenario", "rubric"]
DIALECT = "https://json-schema.org/draft/2020-12/schema"

CONDITIONS = (
    "any_reflection of scared and trust >= 45",
    "answered question or gave court_order",
    "any_roadblock and not any_empathy",
    "count(any_empathy) >= 2 and told reason",
    "turns_here >= 4",
)
"""Conditions an editor can show as examples."""

BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
"""What the models call a bound, and what JSON Schema does."""


def schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema of a kind of file, with titles, descriptions, examples and the names of behaviours."""
    from simulator.rubric.model import Rubric
    from simulator.scenario.model import Scenario

    made = (Scenario if kind == "scenario" else Rubric).model_json_schema(by_alias=True)
    _whole(made)
    _mend(made)
    return {"$schema": DIALECT, **made, "title": f"Role-play {kind}"}


def _whole(made: dict[str, Any]) -> None:
    """Fill in the parts an author may write in short, which the models see only in their long form."""
    parts = made.get("$defs", {})
    shapes: dict[str, dict[str, Any]] = {
        "cues": {"type": "object", "additionalProperties": {"$ref": "#/$defs/CueForm"}},
        "effects": {"$ref": "#/$defs/Effects"},
    }
    for part in parts.values():
        for form in (part, *part.get("anyOf", ())):
            if "description" in form:
                form["description"] = " ".join(form["description"].split())
            for name, shape in shapes.items():
                written = form.get("properties", {}).get(name)
                if written is not None and written.get("type") == "object" and "additionalProperties" not in written:
                    form["properties"][name] = {"description": written["description"], **shape}
    if "Person" in parts:
        made["properties"]["knows"] = parts["Person"]["properties"]["knows"]


def _mend(node: Any) -> None:
    """Put into JSON Schema's words what the models say in their own, everywhere below a node."""
    if isinstance(node, list):
        for one in node:
            _mend(one)
        return
    if not isinstance(node, dict):
        return
    for ours, theirs in BOUNDS.items():
        if ours in node and not isinstance(node[ours], dict):
            node[theirs] = node.pop(ours)
    if "anyOf" in node:
        for length in ("minLength", "maxLength"):
            least = node.pop(length, None)
            for one in node["anyOf"]:
                if least is not None and one.get("type") == "array":
                    one[length.replace("Length", "Items")] = least
    node.pop("discriminator", None)
    names = node.pop("names", None) if isinstance(node.get("names"), str) else None
    for value in node.values():
        _mend(value)
    if node.get("type") == "string" and not node.keys() & {"enum", "pattern", "const"}:
        # An editor's YAML guesses types: `No`, `12:30` and `1.10` are texts to us, and must not be marked.
        node["type"] = ["string", "number", "boolean"]
    if names is not None:
        node.update(_named(names))


def _named(names: str) -> dict[str, Any]:
    """What a place that holds names of ours may hold."""
    from simulator.scenario.people import SPECIAL_VOICES

    known = catalogue()
    if names == "behaviour":
        return {"type": "string", "enum": list(known.behaviours)}
    if names == "any behaviour":
        return {"type": "string", "enum": list(known.names())}
    if names == "voice":
        return {"enum": [*known.names(), *SPECIAL_VOICES]}
    if names == "shown":
        # An enum for completion, and a pattern for what takes up a cue or is said to somebody.
        more = {"type": "string", "pattern": r"^[a-z_]+ (of|to) "}
        return {"type": "string", "anyOf": [{"enum": list(known.behaviours)}, more]}
    return {"type": ["string", "boolean"], "examples": list(CONDITIONS)}

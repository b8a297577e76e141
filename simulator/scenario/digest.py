"""A compiled scenario as JSON and its hash, so that an old attempt finds the version it was played on."""

from __future__ import annotations

import hashlib
import json

from pydantic import ValidationError

from simulator.scenario.errors import ScenarioError, problem
from simulator.scenario.explain import Explainer
from simulator.scenario.memory import without_collector
from simulator.scenario.model import Scenario
from simulator.scenario.names import collect_names
from simulator.scenario.nodes import Source, Table


def to_json(scenario: Scenario) -> str:
    """The scenario as canonical JSON: one text for one scenario.

    Keys of the format are sorted, what the author named keeps its order, and what equals the defaults of
    format 1 is left out. It is the long form of the file format, so it can be read by itself.
    """
    data = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Scenario:
    """The scenario that `to_json` wrote. Raises ScenarioError where the text is not one."""
    name = "stored scenario"
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise ScenarioError([problem("unreadable-file", "this is not a stored scenario", file=name)])
    try:
        with without_collector():
            return Scenario.model_validate(data, context=collect_names(data))
    except ValidationError as error:
        explainer = Explainer(Source(name, (), Table(0, 0)))
        raise ScenarioError(list(explainer.invalid(error))) from None


def content_hash(scenario: Scenario) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(to_json(scenario).encode("utf-8")).hexdigest()

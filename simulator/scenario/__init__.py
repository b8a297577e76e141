"""YAML in, an immutable Scenario out: the schema, the conditions, and complaints an author can act on."""

from simulator.scenario.conditions import Condition, ConditionError, parse_condition
from simulator.scenario.digest import content_hash, from_json, to_json
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.loader import Checked, check_file, check_text, load_file, load_text
from simulator.scenario.model import Scenario

__all__ = [
    "Checked",
    "Condition",
    "ConditionError",
    "Problem",
    "Scenario",
    "ScenarioError",
    "check_file",
    "check_text",
    "content_hash",
    "from_json",
    "load_file",
    "load_text",
    "parse_condition",
    "to_json",
]

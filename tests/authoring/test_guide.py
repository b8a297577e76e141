"""The author's guide: its recipes are those of the cookbook, which is clean; its conditions can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.authoring.check import check
from simulator.language import read
from simulator.library import Library
from simulator.scenario.conditions import parse_condition

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "authoring.md").read_text(encoding="utf-8")
COOKBOOK = (DOCS / "cookbook.yaml").read_text(encoding="utf-8")


def test_the_cookbook_has_nothing_to_mend() -> None:
    problems = check(DOCS / "cookbook.yaml", Library(), read).problems
    assert problems == (), "\n".join(map(str, problems))


def test_every_recipe_stands_in_the_cookbook() -> None:
    recipes = GUIDE.partition("## Cookbook")[2].partition("\n## ")[0]
    written = {line.strip() for line in COOKBOOK.splitlines()}
    shown = [line.strip() for line in recipes.splitlines() if line.startswith("      ")]
    assert len(shown) > 15
    assert not [line for line in shown if line not in written]


def _conditions() -> list[str]:
    page = GUIDE.partition("## The condition language")[2].partition("Three things")[0]
    firsts = [row.split("|")[1] for row in page.splitlines() if row.startswith("| `")]
    return [term for first in firsts for term in re.findall(r"`([^`]+)`", first) if "..." not in term]


@pytest.mark.parametrize("text", _conditions())
def test_every_condition_of_the_page_can_be_read(text: str) -> None:
    parse_condition(text)

"""The documentation agrees with what runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_generated_pages_are_current():
    done = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


def test_format_page_names_every_group():
    import yaml

    groups = yaml.safe_load((ROOT / "simulator/catalogue/groups.yaml").read_text())["groups"]
    page = (ROOT / "docs/scenario-format.md").read_text()
    assert not [name for name in groups if name not in page]


def test_every_command_in_the_readme_exists():
    from simulator.cli.app import COMMANDS

    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    named = {word for line in lines for word in re.findall(r"(?:`|bin/|^ +)roleplay ([a-z]+)", line)}
    assert named
    assert named <= set(COMMANDS)

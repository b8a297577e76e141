"""Both installs find the library: a checkout (editable) and a wheel outside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = {"rent-arrears", "against-advice", "denied-stay"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return next(folder.glob("*.whl"))


def roleplay(*words, folder, home, said=""):
    """Run the command with what lies in `folder` ahead of any installed version, from outside the checkout."""
    environment = {**os.environ, "ROLEPLAY_HOME": str(home), "PYTHONPATH": str(folder), "TERM": "dumb"}
    return subprocess.run(
        [sys.executable, "-m", "simulator.cli", *words],
        input=said, capture_output=True, text=True, cwd=home, env=environment, timeout=120,
    )  # fmt: skip


def test_a_wheel_carries_scenarios_rubrics_and_data(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    kept = [path for path in ROOT.glob("simulator/**/*") if path.suffix in {".yaml", ".tcss", ".typed"}]
    assert not [str(path) for path in kept if path.relative_to(ROOT).as_posix() not in names]
    assert {Path(name).stem for name in names if name.startswith("simulator/shipped/scenarios/")} == SHIPPED
    assert [name for name in names if name.startswith("simulator/shipped/rubrics/")]


@pytest.mark.parametrize("kind", ["checkout", "wheel"])
def test_an_install_lists_and_plays(kind, wheel, tmp_path):
    folder = ROOT
    if kind == "wheel":
        folder = tmp_path / "site"
        zipfile.ZipFile(wheel).extractall(folder)
    home = tmp_path / "home"
    home.mkdir()
    listed = roleplay("list", "--json", folder=folder, home=home)
    assert {one["id"] for one in json.loads(listed.stdout)} == SHIPPED, listed.stderr
    said = "Four weeks, and nobody rang you back.\nWhat changed at work?\n"
    played = roleplay("play", "rent-arrears", "--plain", "--seed", "1", folder=folder, home=home, said=said)
    assert played.returncode == 0, played.stderr
    assert "Active listening" in played.stdout

"""How long the command takes to start, and the app to its first painted screen, beside a bare Textual app.

    python -m benchmarks.startup [--runs N]

Each figure is the median of N runs in fresh processes, in milliseconds. The apps are run headless: the time is from
the start of Python to the first refresh of the first screen.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

# The process ends with the first refresh of the first screen: what loads behind it is not waited for.
_PAINT = """
import asyncio, os
async def paint(app):
    async with app.run_test(size=(80, 24)):
        app.screen.call_after_refresh(os._exit, 0)
        await asyncio.sleep(30)
asyncio.run(paint(make()))
"""

_HELP = """
import sys
sys.argv = ["roleplay", "--help"]
try:
    from simulator.cli import main
    main()
except SystemExit:
    pass
"""

_CASES = {
    "python -c pass": "pass",
    "roleplay --help": _HELP,
    "bare Textual app": "from textual.app import App\nmake = App" + _PAINT,
    "our first screen": "from simulator.tui.app import RolePlay as make" + _PAINT,
}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7, help="runs of each case (default 7)")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "ROLEPLAY_HOME": home}
        medians = {name: _median(code, runs, environment) for name, code in _CASES.items()}
    for name, milliseconds in medians.items():
        print(f"{name:<20}{milliseconds:>8.0f} ms")
    print(f"{'ours / bare':<20}{medians['our first screen'] / medians['bare Textual app']:>8.2f}")


def _median(code: str, runs: int, environment: dict[str, str]) -> float:
    taken = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=environment, stdout=subprocess.DEVNULL)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken[1:])  # the first run fills the caches


if __name__ == "__main__":
    main()

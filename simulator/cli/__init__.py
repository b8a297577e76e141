"""The commands. `main` is what the shell calls; each command loads only what it needs."""

from __future__ import annotations


def main() -> None:
    """Run one command and leave with its status: 0 done, 1 problems found, 2 bad use or bad input."""
    import sys

    from simulator.cli.app import run

    sys.exit(run())

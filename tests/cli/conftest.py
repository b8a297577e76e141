from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from simulator.cli.app import run


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


Cli = Callable[..., Ran]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run a command in this process, with a text on its standard input."""

    def ran(*arguments: str, stdin: str | bytes = "") -> Ran:
        data = stdin.encode("utf-8") if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        capsys.readouterr()
        status = run(arguments)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return ran

"""Scenario and Reading in, Turn out: the machine, the meters, what is told, and what the client says."""

from simulator.conversation.advance import advance, begin, heard
from simulator.conversation.codec import from_bytes, to_bytes
from simulator.conversation.reenact import TestResult, TestTurn, run_test, run_tests
from simulator.conversation.turn import Position, Turn, Utterance
from simulator.conversation.version import compiled_hash

__all__ = [
    "Position",
    "TestResult",
    "TestTurn",
    "Turn",
    "Utterance",
    "advance",
    "begin",
    "compiled_hash",
    "from_bytes",
    "heard",
    "run_test",
    "run_tests",
    "to_bytes",
]

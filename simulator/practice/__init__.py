"""The one service behind every front end: begin a talk, reply, take back, leave, resume, rewind, look back.

A reply is read, answered, coached and committed before `Session.reply` returns. An attempt is resumed from
what was stored and never read again, so a better reader never changes the past.
"""

from __future__ import annotations

from simulator.practice.rescore import Rescored
from simulator.practice.service import Practice, open_practice
from simulator.practice.session import Session
from simulator.practice.values import SHORT_ID, MeterView, Opening, Past, PracticeError, TurnResult

__all__ = [
    "SHORT_ID",
    "MeterView",
    "Opening",
    "Past",
    "Practice",
    "PracticeError",
    "Rescored",
    "Session",
    "TurnResult",
    "open_practice",
]

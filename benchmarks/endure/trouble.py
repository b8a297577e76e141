"""Trouble for a process that writes: really injected, from outside, while it runs; and taken away again."""

from __future__ import annotations

import ctypes
import errno
import os
import random
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DROP_FROM_BOUND = 24
"""Linux: prctl's number for giving up a capability for good."""

OVERRIDES = (1, 2)
"""The capabilities by which root reads and writes whatever the modes of a file say."""

DISK = 48 * 1024 * 1024
"""Bytes of the small disk that is filled."""

KINDS = ("full", "io", "locked", "readonly")


@contextmanager
def small_disk(place: Path) -> Iterator[bool]:
    """A disk of its own at `place`, which can be filled up. Gives False where this user may not mount one."""
    place.mkdir(parents=True, exist_ok=True)
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "roleplay", str(place)], check=False, capture_output=True
        )
        if os.geteuid() == 0
        else None
    )
    there = mounted is not None and mounted.returncode == 0
    try:
        yield there
    finally:
        if there:
            subprocess.run(["umount", "--lazy", str(place)], check=True)


def step_down() -> None:
    """Give up what lets root write anywhere; called in the new process, before it becomes the product."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in OVERRIDES:
            if libc.prctl(DROP_FROM_BOUND, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "this root may not give up a capability")


@contextmanager
def trouble(kind: str, folder: Path, chance: random.Random, process: int | None = None) -> Iterator[int | None]:
    """Trouble of this kind in a data folder, or for a process that works there. Gives the largest file a process
    that is yet to start may write, where that is the trouble."""
    match kind:
        case "full":
            with _filled(folder):
                yield None
        case "io":
            largest = chance.choice((512, 4096, 8192, 20_000, 100_000, 400_000))
            with _cut_off(process, largest):
                yield largest
        case "locked":
            with _locked(folder / "record.db"):
                yield None
        case "readonly":
            with _read_only(folder):
                yield None


@contextmanager
def _filled(folder: Path) -> Iterator[None]:
    ballast = folder.parent / "ballast"
    try:
        with ballast.open("wb", buffering=0) as out:
            for size in (65536, 512, 1):
                try:
                    while True:
                        out.write(b"\0" * size)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
        yield
    finally:
        ballast.unlink(missing_ok=True)


@contextmanager
def _cut_off(process: int | None, largest: int) -> Iterator[None]:
    """Every write beyond this many bytes of a file fails (EFBIG), which SQLite knows as an I/O error."""
    if process is None:
        yield
        return
    whole = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (largest, whole[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, whole)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    connection = sqlite3.connect(file, isolation_level=None, timeout=10)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    places = [folder, *folder.iterdir()]
    modes = [place.stat().st_mode for place in places]
    for place in places:
        place.chmod(place.stat().st_mode & ~0o222)
    try:
        yield
    finally:
        for place, mode in zip(places, modes, strict=True):
            if place.exists():
                place.chmod(mode)

"""What attempts endure: processes killed, disks that fail, bits that flip. Each module prints its tally.

    python -m benchmarks.endure.kills     kill -9 at random points of real attempts
    python -m benchmarks.endure.faults    writes that fail: full, I/O error, locked, read-only
    python -m benchmarks.endure.flips     single bits flipped in stored events

Real processes on real files; POSIX only. A short form of each is in tests/endure.
"""

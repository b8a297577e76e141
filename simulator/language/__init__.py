"""Text into a Reading: what a reply does, where, how surely, and why.

    read(text, heard) -> Reading

Words live in catalogue/lexicons; each family of behaviours has one detector in detectors/. NLTK is imported inside
functions only, so that importing this package costs nothing.
"""

from simulator.language.reader import READER_VERSION, cues_in, is_sure, observe, read, warm_up

__all__ = ["READER_VERSION", "cues_in", "is_sure", "observe", "read", "warm_up"]

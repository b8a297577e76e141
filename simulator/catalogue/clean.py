"""Text from outside made safe to show: what could steer a terminal or reorder a line is taken out.

Scenario text, replies and imports may hold ANSI and OSC escapes, other control characters, and marks that
reverse the direction of writing (CVE-2021-42574). Every place that shows such text calls `clean` once.
"""

from __future__ import annotations

import re

_ESCAPES = re.compile(
    # OSC, DCS, SOS, PM and APC with their end: what stands between belongs to the terminal and is no text
    r"(?:\x1b[P\]^_X]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90-\x9f]*(?:\x07|\x1b\\|\x9c)"
    # CSI, then the shorter escapes (ECMA-48)
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]"
)

_UNSAFE = re.compile(
    # Control characters but tab and line feed
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    # Marks, embeddings, overrides and isolates of direction. Joiners (U+200C, U+200D) stay: Persian and
    # Hindi are not written without them.
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
    # Separators that some terminals break lines at, invisible operators, the byte order mark, interlinear
    # marks, tag characters, surrogates and what is no character
    "\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)


def clean(text: str, *, keep_newlines: bool = True) -> str:
    """The text without escapes, control characters and hidden direction marks.

    Line ends become `\\n` and tabs one space; without `keep_newlines` each run of white space is one space.
    Cleaning twice changes nothing more.
    """
    text = _ESCAPES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _UNSAFE.sub("", text).replace("\t", " ")
    return text if keep_newlines else " ".join(text.split())

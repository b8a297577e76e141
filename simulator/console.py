"""Where the plain mode's lines come from and go to."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from simulator.catalogue.clean import clean

if TYPE_CHECKING:
    from types import ModuleType


class Console(Protocol):
    """Where lines come from and go to."""

    interactive: bool
    """Whether a person sits at it; then there are prompts, and questions may be asked."""

    def ask(self, prompt: str, draft: str = "") -> str | None:
        """The next line, without its end; None at the end of the input. `draft` is there to be worked on."""

    def tell(self, text: str = "") -> None:
        """Write a line."""


class Standard:
    """Standard input and output. At a terminal, lines can be edited and be of any length."""

    def __init__(self) -> None:
        self.interactive = sys.stdin.isatty()
        self._line_editing: ModuleType | None = None
        if self.interactive:
            # Without it a terminal cuts a line at 4,095 bytes. Windows has its own line editing.
            with suppress(ImportError):
                import readline

                self._line_editing = readline

    def ask(self, prompt: str, draft: str = "") -> str | None:
        """See Console. Where lines cannot be edited, the draft is only shown."""
        if self.interactive:
            self._offer(draft)
            try:
                return input(prompt)
            except EOFError:
                self.tell()
                return None
            finally:
                self._offer("")
        if draft:
            self.tell(f"You were writing: {draft}")
        line = sys.stdin.readline()
        return line.rstrip("\r\n") if line else None

    def tell(self, text: str = "") -> None:
        """See Console."""
        sys.stdout.write(clean(text) + "\n")
        sys.stdout.flush()

    def _offer(self, draft: str) -> None:
        editing = self._line_editing
        if editing is not None:
            # A line end would send the first line of a draft by itself.
            line = clean(draft, keep_newlines=False)
            editing.set_startup_hook((lambda: editing.insert_text(line)) if line else None)
        elif draft:
            self.tell(f"You were writing: {draft}")

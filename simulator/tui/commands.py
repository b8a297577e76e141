"""The command palette: everything that a key can do here can also be found by words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from simulator.tui.screens.help import ours


class Commands(Provider):
    """The bindings of the screen the palette was called from, by what they say in tooltips."""

    async def discover(self) -> Hits:
        """All of them."""
        for words, keys, command in self._commands():
            yield DiscoveryHit(words, command, help=keys)

    async def search(self, query: str) -> Hits:
        """Those that fit the words."""
        matcher = self.matcher(query)
        for words, keys, command in self._commands():
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, matcher.highlight(words), command, help=keys)

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], Awaitable[bool]]]]:
        for active, keys in ours(self.screen):
            if active.enabled:
                command = partial(self.app.run_action, active.binding.action, active.node)
                yield active.tooltip, keys, command

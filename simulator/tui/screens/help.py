"""The help screen: the keys that work on the screen it was called from, and how to talk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from simulator.tui.screens.panel import Panel
from simulator.tui.widgets.bullet import Bullet

if TYPE_CHECKING:
    from textual.binding import ActiveBinding
    from textual.screen import Screen

_TALKING = (
    "Write as you would speak. The client hears what you say, not what you meant.",
    "(silence) is a reply. So is what you do: (I sit down beside her).",
    "Several people in the room? Begin with a name to turn to one of them: “Carol, how is that for you?”",
    "Every reply is kept at once. A talk you leave can be taken up again.",
)

WIDEST_KEY = 20


def ours(screen: Screen[Any]) -> list[tuple[ActiveBinding, str]]:
    """What the keys of this app do on a screen now, each with its keys; first what the screen itself shows."""
    found: dict[str, list[ActiveBinding]] = {}
    for active in screen.active_bindings.values():
        if active.binding.id and active.tooltip:
            found.setdefault(active.binding.action, []).append(active)
    several = sorted(found.values(), key=lambda same: not any(active.binding.show for active in same))
    display = screen.app.get_key_display
    return [(same[0], ", ".join(display(active.binding) for active in same)) for same in several]


def help_screen(screen: Screen[Any]) -> Panel:
    """The help for a screen as it stands."""
    return Panel("Help", _told(screen))


def _told(screen: Screen[Any]) -> Iterator[Widget]:
    yield Static(Content("Keys here"), classes="heading")
    for active, keys in ours(screen):
        yield Bullet(active.tooltip, keys.ljust(WIDEST_KEY))
    yield Static(Content("Talking"), classes="heading")
    for rule in _TALKING:
        yield Bullet(rule)

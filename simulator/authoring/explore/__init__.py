"""What can happen in a scenario: every question about it answered as reached, impossible or unknown.

Two searches meet. `possible` runs over all states with intervals for meters and sets for facts, and allows too much:
what it does not find is impossible. `search` plays real turns with made-up replies and allows too little: what it finds
is reached, with the replies that lead there. What neither settles is unknown, and named.
"""

from simulator.authoring.explore.answers import Answer, Exploration, explore

__all__ = ["Answer", "Exploration", "explore"]

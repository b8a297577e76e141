"""Which of many branches of patterns may match a text at all: those whose words are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

SIZE = 3
"""Letters by which the beginning of a word, or a literal with no word in it, is found."""

Sets = tuple[tuple[str, ...], ...]


class Sieve:
    """Branches by the words they need."""

    def __init__(self, wanted: Iterable[tuple[Sets, Sequence[str]]]) -> None:
        """For each branch the sets of literals of which each must be met, and for each literal of the first set the
        word, or the beginning of one (`beg-`), by which to find it (empty: by its letters). A branch without sets may
        match anything."""
        self._always: list[int] = []
        self._rest: list[Sets] = []
        self._by_word: dict[str, list[tuple[str, int]]] = {}
        by_piece: dict[str, list[tuple[str, int]]] = {}
        for number, (sets, keys) in enumerate(wanted):
            self._rest.append(sets[1:])
            if not sets:
                self._always.append(number)
                continue
            for literal, key in zip(sets[0], keys, strict=True):
                table, name = (self._by_word, key) if key else (by_piece, literal[:SIZE])
                table.setdefault(name, []).append((literal, number))
        self._by_piece = by_piece

    def through(self, text: str, words: Iterable[str]) -> list[int]:
        """Numbers of the branches that may match somewhere in the text, in order. `words` are the text's, split at
        everything that is no letter."""
        found = set(self._always)
        rest = self._rest
        keys = set(words)
        keys.update([f"{word[:SIZE]}-" for word in keys])
        tables = [self._by_word[key] for key in keys & self._by_word.keys()]
        tables += [table for piece, table in self._by_piece.items() if piece in text]
        for table in tables:
            for literal, number in table:
                if literal in text and number not in found:
                    for options in rest[number]:
                        for option in options:
                            if option in text:
                                break
                        else:
                            break
                    else:
                        found.add(number)
        return sorted(found)

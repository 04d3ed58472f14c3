"""An article as lines that are drawn as far as they are asked for: the viewport pays for them, not the length of the
text. Pure."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from operator import itemgetter

from reader.tui.render.line import Line

Batch = Sequence[Line]
"""Lines that are drawn in one go: one line of running text, one row of a table."""


class ArticlePage:
    """A page ``width`` cells wide, drawn from ``batches`` in the order of a text of ``length`` code points."""

    def __init__(self, batches: Iterator[Batch], width: int, *, length: int = 0) -> None:
        self.width = width
        self._batches = batches
        self._length = length
        self._drawn: list[Line] = []
        self._places: list[tuple[int, int]] = []
        self._reached = 0
        self._complete = False

    @property
    def drawn(self) -> Sequence[Line]:
        """The lines that are drawn so far; the same list grows."""
        return self._drawn

    @property
    def complete(self) -> bool:
        """Whether the last line is drawn."""
        return self._complete

    @property
    def lines(self) -> Sequence[Line]:
        """All lines, drawn now where they are not yet."""
        while self._more():
            pass
        return self._drawn

    @property
    def expected(self) -> int:
        """How many lines there are; before the last one is drawn, how many there will be as far as can be told."""
        drawn = len(self._drawn)
        if self._complete:
            return drawn
        if not self._reached:
            return drawn + 1
        return drawn + max(1, round((self._length - self._reached) * drawn / self._reached))

    def grow(self, lines: int) -> None:
        """Draw until there are so many lines, or all."""
        while len(self._drawn) < lines and self._more():
            pass

    def shows(self, offset: int) -> bool:
        """Whether the line of this code point is drawn."""
        return self._complete or self._reached > offset

    def line_of(self, offset: int) -> int:
        """The line that shows this code point, or the nearest one before it; 0 when there is none."""
        while not self.shows(offset) and self._more():
            pass
        found = bisect_right(self._places, offset, key=itemgetter(0)) - 1
        return self._places[found][1] if found >= 0 else 0

    def offset_at(self, number: int) -> int:
        """The first code point shown on this line or below it, -1 past the last."""
        while number < len(self._drawn) or self._more():
            if number < len(self._drawn):
                if self._drawn[number].start >= 0:
                    return self._drawn[number].start
                number += 1
        return -1

    def _more(self) -> bool:
        """Draw the next batch; whether there was one."""
        batch = next(self._batches, None)
        if batch is None:
            self._complete = True
            return False
        for entry in batch:
            if entry.start >= 0:
                # Rows of a table are out of order where their cells are wrapped.
                insort(self._places, (entry.start, len(self._drawn)))
                self._reached = max(self._reached, entry.end)
            self._drawn.append(entry)
        return True

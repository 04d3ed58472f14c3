"""A short list to choose from, in a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from reader.i18n import _
from reader.tui.render.line import BLANK, Line, Piece, cells, cut_pieces, spread
from reader.tui.widgets.line_view import LineView

_WIDEST_LABEL = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to choose: its id, what it is called, what it does, its key; ``details`` are (name, words) that stand
    below the list while the cursor is on it."""

    id: str
    label: str
    about: str = ""
    key: str = ""
    details: tuple[tuple[str, str], ...] = ()


class PickList(LineView):
    """Shows entries; the cursor is moved by the dialog, whose field keeps the focus."""

    can_focus = False

    class Moved(Message):
        """The cursor stands on another entry, or the entries are others."""

    class Picked(Message):
        """An entry was clicked."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self) -> None:
        super().__init__()
        self.add_class("lines")
        self._entries: Sequence[Entry] = ()
        self._cursor = 0
        self._column = 0

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entries[self._cursor] if self._entries else None

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries."""
        return self._entries

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries with the cursor on the first."""
        self._entries, self._cursor = entries, 0
        self._column = min(_WIDEST_LABEL, max((cells(entry.label) for entry in entries), default=0))
        self.set_height(max(1, len(entries)))
        self.repaint()
        self.go_to(0)
        self.post_message(self.Moved())

    def step(self, entries: int) -> None:
        """Move the cursor."""
        if self._entries:
            self._cursor = max(0, min(self._cursor + entries, len(self._entries) - 1))
            self.repaint()
            self.bring(self._cursor, self._cursor)
            self.post_message(self.Moved())

    def line_at(self, number: int) -> Line:
        """One entry."""
        if not self._entries:
            return Line((Piece("  "), Piece(_("No matches."), "meta"))) if number == 0 else BLANK
        if not 0 <= number < len(self._entries):
            return BLANK
        entry, chosen = self._entries[number], number == self._cursor
        left = [Piece("▌" if chosen else " ", "cursor-sign"), Piece(" ")]
        if entry.about:
            label = cut_pieces([Piece(entry.label, "source")], self._column)
            left += [*label, Piece(" " * (self._column - sum(cells(piece.text) for piece in label)), "source")]
            left.append(Piece(f"  {entry.about}", "meta"))
        else:
            left.append(Piece(entry.label, "source"))
        drawn = spread(left, [Piece(entry.key, "keycap"), Piece(" ")], self.room)
        if not chosen:
            return drawn
        return Line(tuple(piece._replace(role=f"{piece.role} cursor") for piece in drawn.pieces))

    def on_resize(self) -> None:
        """Lines are as wide as the dialog."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """A click chooses an entry."""
        number, _target = self.target_under(event)
        if 0 <= number < len(self._entries):
            self._cursor = number
            self.repaint()
            self.post_message(self.Picked(self._entries[number]))

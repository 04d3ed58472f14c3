"""A dialog with a field and a list: the command palette, the links of an article, how the feeds are doing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from reader.i18n import _
from reader.tui.render.line import Line, Piece, cells, flow, indent
from reader.tui.screens.text import Lines
from reader.tui.widgets.pick_list import Entry, PickList

DETAIL_LINES = 9
"""Lines below the list for what belongs to the entry under the cursor; always as many, so that nothing moves."""


_AROUND = 6
"""Lines of the dialog besides the list and the details: borders, the field and the blank below it, air."""
_FEWEST_ROWS = 3


class PickScreen(ModalScreen[str | None], inherit_bindings=False):
    """Gives the id of the chosen entry, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down,ctrl+n", "step(1)", show=False),
        Binding("up,ctrl+p", "step(-1)", show=False),
        Binding("pagedown", "step(8)", show=False),
        Binding("pageup", "step(-8)", show=False),
        Binding("enter", "choose", show=False),
    ]

    def __init__(self, title: str, placeholder: str, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._title = title
        self._entries = entries
        self.field = Input(placeholder=placeholder, select_on_focus=False)
        self.list = PickList()
        self.details = Lines(self._draw_details)

    def compose(self) -> ComposeResult:
        """The field above the list."""
        with Vertical(id="pick-dialog", classes="dialog") as dialog:
            dialog.border_title = Text(self._title)
            dialog.border_subtitle = Text(_("↑ ↓ choose · ⏎ do it · Esc closes"))
            yield self.field
            yield self.list
            if any(entry.details for entry in self._entries):
                self.details.add_class("details")
                yield self.details

    def on_mount(self) -> None:
        """All entries are offered at first."""
        self.list.show_entries(self._entries)
        self.field.focus()
        self._leave_room()

    def on_resize(self) -> None:
        """The details keep their lines; a long list scrolls above them."""
        self._leave_room()

    def _leave_room(self) -> None:
        if self.details.is_mounted:
            self.list.styles.max_height = max(_FEWEST_ROWS, self.app.size.height - DETAIL_LINES - _AROUND)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.list.show_entries(matching(event.value, self._entries))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_choose()

    @on(PickList.Moved)
    def _moved(self) -> None:
        self.details.redraw()

    @on(PickList.Picked)
    def _picked(self, message: PickList.Picked) -> None:
        self.dismiss(message.entry.id)

    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)

    def action_step(self, entries: int) -> None:
        """Move the cursor."""
        self.list.step(entries)

    def action_choose(self) -> None:
        """Choose the entry under the cursor."""
        entry = self.list.current
        if entry is not None:
            self.dismiss(entry.id)

    def _draw_details(self, width: int) -> list[Line]:
        entry = self.list.current
        lines = [Line((Piece("─" * width, "rule"),))]
        pairs = entry.details if entry is not None else ()
        column = max((cells(name) for name, _words in pairs), default=0) + 2
        for name, words in pairs:
            if not words:
                continue
            head, rest = Piece(name.ljust(column), "meta"), Piece(" " * column)
            lines += indent(flow([Piece(words, "source")], max(8, width - column)), (head,), (rest,))
        lines = lines[:DETAIL_LINES]
        return lines + [Line()] * (DETAIL_LINES - len(lines))


_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def fold(text: str) -> str:
    """Lower case, umlauts as their vowels."""
    return text.lower().translate(_FOLDED)


def matching(wish: str, entries: Sequence[Entry]) -> list[Entry]:
    """Entries that hold every word of the wish, those whose label begins with it first."""
    words = fold(wish).split()
    if not words:
        return list(entries)
    found = []
    for number, entry in enumerate(entries):
        label, everything = fold(entry.label), fold(f"{entry.label} {entry.about} {entry.id}")
        if all(word in everything for word in words):
            rank = 0 if label.startswith(words[0]) else 1 if words[0] in label else 2
            found.append((rank, number, entry))
    return [entry for _rank, _number, entry in sorted(found, key=lambda item: item[:2])]

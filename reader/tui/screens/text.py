"""Dialogs of drawn lines: help, and why a passage is marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from reader.i18n import _
from reader.model.analysis import Reading
from reader.tui.keymap import Keys
from reader.tui.render.help import render_help
from reader.tui.render.line import Line
from reader.tui.render.why import render_why
from reader.tui.widgets.line_view import LineView


class Lines(LineView):
    """Lines that are drawn for the width they get."""

    def __init__(self, draw: Callable[[int], list[Line]]) -> None:
        super().__init__()
        self.add_class("lines")
        self._draw = draw
        self._width = -1

    def on_resize(self) -> None:
        """Draw for this width; the dialog takes its height from the lines."""
        if self.room != self._width:
            self.redraw()

    def redraw(self) -> None:
        """Draw again what may have changed."""
        if self.is_mounted and self.size:
            self._width = self.room
            self.show_lines(self._draw(self.room))
            self.refresh(layout=True)


class TextScreen(ModalScreen[None], inherit_bindings=False):
    """A dialog that is read and left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,h,question_mark,x", "leave", show=False),
        Binding("j,down", "scroll_by(1)", show=False),
        Binding("k,up", "scroll_by(-1)", show=False),
        Binding("space,pagedown", "page_by(1)", show=False),
        Binding("pageup", "page_by(-1)", show=False),
        Binding("g,home", "to_line(0)", show=False),
        Binding("G,end", "to_line(9999)", show=False),
    ]

    def __init__(self, title: str, draw: Callable[[int], list[Line]], *, short: bool = False) -> None:
        super().__init__()
        self._title = title
        self._short = short
        self.lines = Lines(draw)

    def compose(self) -> ComposeResult:
        """One frame around the lines."""
        with Vertical(id="text-dialog", classes="dialog -short" if self._short else "dialog") as dialog:
            dialog.border_title = Text(self._title)
            dialog.border_subtitle = Text(_("Esc closes"))
            yield self.lines

    def action_leave(self) -> None:
        """Close the dialog."""
        self.dismiss(None)

    def action_scroll_by(self, lines: int) -> None:
        """Scroll by lines."""
        self.lines.go_to(self.lines.top + lines)

    def action_page_by(self, pages: int) -> None:
        """Scroll by pages."""
        self.lines.go_to(self.lines.top + pages * max(1, self.lines.page - 1))

    def action_to_line(self, line: int) -> None:
        """Scroll to a line."""
        self.lines.go_to(line)


class HelpScreen(TextScreen, inherit_bindings=True):
    """Keys and signs."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(_("Help"), lambda width: render_help(keys, width))


class WhyScreen(TextScreen, inherit_bindings=True):
    """Why a passage is marked."""

    def __init__(self, reading: Reading, index: int) -> None:
        super().__init__(_("Why marked?"), lambda width: render_why(reading, index, width), short=True)

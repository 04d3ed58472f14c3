"""The last line: what keys do here, or what has just happened; at the right the place in the list or the progress of
a refresh, and the key for help."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from reader.tui.render.line import Line, Piece, measure, spread
from reader.tui.themes import palette


class KeyBar(Widget):
    """Draws hints (key, word, action) as far as they fit; a message takes their place."""

    can_focus = False

    class Pressed(Message):
        """A hint was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hints: Sequence[tuple[str, str, str]] = ()
        self._message = ""
        self._progress = ""

    @property
    def message(self) -> str:
        """What is said."""
        return self._message

    def show(self, hints: Sequence[tuple[str, str, str]], message: str, progress: str) -> None:
        """Show other hints, another message or other progress."""
        if (hints, message, progress) != (self._hints, self._message, self._progress):
            self._hints, self._message, self._progress = hints, message, progress
            self.refresh()

    def drawn(self) -> Line:
        """The line as it is painted."""
        width = max(1, self.size.width)
        right = [Piece(f"{self._progress}   ", "meta")] if self._progress else []
        right += self._last()
        room = width - measure(right) - 1
        if self._message:
            return spread([Piece(f" {self._message}", "message")], right, width)
        pieces: list[Piece] = [Piece(" ")]
        for key, word, action in self._hints[:-1]:
            hint = [Piece(key, "keycap", action), Piece(f" {word}", "keyword", action), Piece("  ")]
            if measure(pieces) + measure(hint) - 2 > room:
                break
            pieces += hint
        return spread(pieces[:-1] if len(pieces) > 1 else [], right, width)

    def _last(self) -> list[Piece]:
        if not self._hints:
            return []
        key, word, action = self._hints[-1]
        return [Piece(key, "keycap", action), Piece(f" {word}", "keyword", action), Piece(" ")]

    def render(self) -> Text:
        """The line as styled text."""
        style = palette(self.app.theme).style
        return Text.assemble(*((piece.text, style(piece.role)) for piece in self.drawn().pieces), no_wrap=True, end="")

    def on_click(self, event: events.Click) -> None:
        """A click on a hint does what its key does."""
        action = self.drawn().target_at(event.x)
        if action:
            self.post_message(self.Pressed(action))

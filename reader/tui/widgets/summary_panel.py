"""The sidebar: key points and sources that can be chosen, the balance of sources, remarks, signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from textual import events

from reader.model.analysis import Reading
from reader.model.story import StoryView
from reader.tui.messages import Chosen
from reader.tui.render.line import Line, Piece, measure
from reader.tui.render.story import render_story
from reader.tui.render.summary import SummaryPage, render_summary
from reader.tui.widgets.line_view import LineView


class SummaryPanel(LineView):
    """Shows what the analysis of a reading says at a glance."""

    def __init__(self, keys: Mapping[str, str], clock: Callable[[], datetime], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys = keys
        self._clock = clock
        self._story: StoryView | None = None
        self._reading: Reading | None = None
        self._pending = False
        self._unmade = False
        self._summary = SummaryPage(())
        self._cursor = 0
        self._standing = False
        self._width = -1

    @property
    def summary(self) -> SummaryPage:
        """The drawn sidebar."""
        return self._summary

    @property
    def current(self) -> str:
        """The target under the cursor."""
        return self._summary.choices[self._cursor][0] if self._summary.choices else ""

    def show(self, reading: Reading | None, *, pending: bool = False, unmade: bool = False, keep: bool = False) -> None:
        """Show a reading; ``keep`` leaves cursor and place. ``unmade``: an article is open, but its text is not there
        to be analysed."""
        if reading is None or self._reading is None or reading.article.id != self._reading.article.id:
            self._story = None
        self._reading, self._pending, self._unmade = reading, pending, unmade
        if not keep:
            self._cursor = 0
            self._standing = False
            self.scroll_to(y=0, animate=False)
        self._lay_out()

    def show_story(self, story: StoryView | None) -> None:
        """Show who else tells the story of the reading; cursor and place stay."""
        if story != self._story:
            current, self._story = self.current, story
            self._lay_out()
            self.select_again(current)

    def select_again(self, target: str) -> None:
        """Put the cursor back on a choice after the lines have changed."""
        index = next((n for n, choice in enumerate(self._summary.choices) if choice[0] == target), None)
        if index is not None:
            self._cursor = index

    def select(self, target: str) -> None:
        """Put the cursor on this choice, where the reader stands, without telling the screen; nothing leaves it."""
        self._standing = bool(target)
        self.repaint()
        index = next((n for n, choice in enumerate(self._summary.choices) if choice[0] == target), None)
        if index is not None:
            self._place(index)

    def step(self, choices: int) -> None:
        """Move the cursor; past the last choice the rest comes into view."""
        at = self._cursor + choices
        if at >= len(self._summary.choices):
            self.go_to(self.top + 1)
        elif at < 0:
            self.go_to(0)
        else:
            self._place(at)

    def page_step(self, pages: int) -> None:
        """Scroll by pages."""
        self.go_to(self.top + pages * max(1, self.page - 2))

    def move_to(self, index: int) -> None:
        """Put the cursor on a choice; the ends also show the first and the last line."""
        if not self._summary.choices:
            return
        self._place(max(0, min(index, len(self._summary.choices) - 1)))
        self.go_to(0 if index <= 0 else len(self.lines))

    def line_at(self, number: int) -> Line:
        """A line, drawn as chosen where the cursor is."""
        entry = super().line_at(number)
        if not self._summary.choices or not (self._standing or self.has_focus):
            return entry
        _target, first, last = self._summary.choices[self._cursor]
        if not first <= number <= last:
            return entry
        role = "cursor" if self.has_focus else "cursor-blurred"
        pieces = [Piece("▌", f"cursor-sign {role}"), *entry.pieces[1:]]
        pieces.append(Piece(" " * max(0, self.room - measure(pieces))))
        return Line(tuple(piece._replace(role=f"{piece.role} {role}") for piece in pieces))

    def on_resize(self) -> None:
        """Lines are as wide as the pane."""
        if self._width != self.room:
            self._lay_out()
            # Choices made while the pane was hidden had no height to be brought into.
            self.call_after_refresh(self._reveal)

    def on_focus(self) -> None:
        """The cursor is drawn for a pane with the focus."""
        self.repaint()

    def on_blur(self) -> None:
        """The cursor is drawn for a pane without the focus."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """A click chooses a point or a source."""
        number, _target = self.target_under(event)
        for index, (target, first, last) in enumerate(self._summary.choices):
            if first <= number <= last:
                self._place(index)
                self.post_message(Chosen("summary", target))

    def _lay_out(self) -> None:
        self._width = self.room
        told = None
        outlets: tuple[str, ...] = ()
        if self._story is not None and self._reading is not None:
            here = self._reading.article.outlet
            told = partial(render_story, self._story, self._reading, now=self._clock())
            outlets = tuple(outlet for outlet in self._story.outlets if outlet != here)
        self._summary = render_summary(
            self._reading,
            self.room,
            pending=self._pending,
            unmade=self._unmade,
            keys=self._keys,
            story=told,
            outlets=outlets,
        )
        self._cursor = min(self._cursor, max(0, len(self._summary.choices) - 1))
        self.show_lines(self._summary.lines)

    def _reveal(self) -> None:
        if self._summary.choices and self.size.height:
            _target, first, last = self._summary.choices[self._cursor]
            self.go_to(0)
            self.bring(first, last, context=1)

    def _place(self, index: int) -> None:
        before, self._cursor = self._cursor, index
        _target, first, last = self._summary.choices[before]
        self.redraw_lines(first, last)
        _target, first, last = self._summary.choices[index]
        self.redraw_lines(first, last)
        if self.size.height:
            self.bring(first, last, context=1)

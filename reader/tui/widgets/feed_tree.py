"""The feed tree: smart views, folders and feeds, one line each."""

from __future__ import annotations

from textual import events

from reader.tui.messages import Chosen, TreeHighlighted
from reader.tui.render.line import BLANK, Line
from reader.tui.render.tree import TreeRow, render_tree_row
from reader.tui.widgets.line_view import LineView


class FeedTree(LineView):
    """Shows the rows it is given; the cursor follows the same view, folder or feed when the rows change."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: tuple[TreeRow, ...] = ()
        self._cursor = 0
        self._moved = False

    @property
    def rows(self) -> tuple[TreeRow, ...]:
        """All rows."""
        return self._rows

    @property
    def current(self) -> TreeRow | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    def show_rows(self, rows: tuple[TreeRow, ...]) -> None:
        """Show other rows or other counts."""
        before = self.current
        old, self._rows = self._rows, rows
        if before is not None:
            self._cursor = next((n for n, row in enumerate(rows) if _same(row, before)), 0)
        if len(rows) != len(old):
            self.set_height(len(rows))
            self.repaint()
            return
        for number, (row, other) in enumerate(zip(rows, old, strict=True)):
            if row != other:
                self.redraw_lines(number, number)

    def select(self, row: TreeRow) -> None:
        """Put the cursor on this row without telling the screen."""
        index = next((n for n, other in enumerate(self._rows) if _same(row, other)), None)
        if index is not None:
            self._place(index)

    def move_to(self, index: int) -> None:
        """Put the cursor on this row and tell the screen."""
        if not self._rows:
            return
        index = max(0, min(index, len(self._rows) - 1))
        if index != self._cursor:
            self._place(index)
            self._moved = True
            self.post_message(TreeHighlighted(self._rows[index]))

    def take_move(self) -> bool:
        """Whether the cursor has moved since this was asked last."""
        moved, self._moved = self._moved, False
        return moved

    def step(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self._cursor + rows)

    def page_step(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.step(pages * max(1, self.page - 1))

    def line_at(self, number: int) -> Line:
        """One row."""
        if not 0 <= number < len(self._rows):
            return BLANK
        return render_tree_row(self._rows[number], self.room, cursor=number == self._cursor, focused=self.has_focus)

    def on_resize(self) -> None:
        """Lines are as wide as the pane."""
        self.set_height(len(self._rows))
        self.repaint()
        self.go_to(0)
        self.bring(self._cursor, self._cursor)

    def on_focus(self) -> None:
        """The cursor is drawn for a pane with the focus."""
        self.repaint()

    def on_blur(self) -> None:
        """The cursor is drawn for a pane without the focus."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """A click chooses a row; on a folder's sign it folds."""
        number, target = self.target_under(event)
        if 0 <= number < len(self._rows):
            self.move_to(number)
            if target == "fold":
                self.post_message(Chosen("feeds", "fold"))

    def _place(self, index: int) -> None:
        for number in (self._cursor, index):
            self.redraw_lines(number, number)
        self._cursor = index
        self.bring(index, index)


def _same(left: TreeRow, right: TreeRow) -> bool:
    return (left.view, left.feed_id, left.folder) == (right.view, right.feed_id, right.folder)

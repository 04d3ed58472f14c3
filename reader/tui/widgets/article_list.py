"""The story list: any number of rows, of which only the visible ones are read and painted."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from textual import events

from reader.i18n import _
from reader.model.article import ArticleRow
from reader.tui.messages import Chosen, RowHighlighted
from reader.tui.render.line import BLANK, Line, Piece, flow
from reader.tui.render.rows import render_row, row_height
from reader.tui.widgets.line_view import LineView

WINDOW = 64
"""Rows that are read at once, aligned, so that paging asks for each window once."""
_KEPT = 1024


class ArticleList(LineView):
    """Shows the ids it is given; ``fetch`` reads the rows of some ids."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], list[ArticleRow]],
        clock: Callable[[], datetime],
        *,
        id: str,  # noqa: A002
        points: bool = False,
    ) -> None:
        super().__init__(id=id)
        self._fetch = fetch
        self._clock = clock
        self._ids: array[int] = array("q")
        self._rows: OrderedDict[int, ArticleRow] = OrderedDict()
        self._drawn: dict[int, tuple[Line, ...]] = {}
        self._cursor = 0
        self._outlet = True
        self._together = True
        self._empty = ""
        self._points = points
        self._moved = False
        self._children: dict[int, tuple[int, ...]] = {}
        """The rows that stand open, each with the articles listed below it."""

    @property
    def ids(self) -> array[int]:
        """The ids of all stories of the view, newest first."""
        return self._ids

    @property
    def cursor(self) -> int:
        """The index of the chosen row."""
        return self._cursor

    @property
    def current(self) -> int | None:
        """The id of the chosen row."""
        return self._ids[self._cursor] if self._ids else None

    def show_ids(
        self, ids: array[int], *, cursor: int = 0, outlet: bool = True, together: bool = True, empty: str = ""
    ) -> None:
        """Show another view from its top, with the cursor on this index. ``together``: a row stands for the other
        articles of its story too.
        """
        self._ids, self._outlet, self._empty = ids, outlet, empty or _("Nothing here.")
        self._together = together
        self._cursor = min(cursor, max(0, len(ids) - 1))
        self._moved = False
        self._rows.clear()
        self._children.clear()
        self._resize_lines()
        self.scroll_to(y=0, animate=False)
        self._prepare(0)
        self.repaint()
        self._show_cursor()

    def prepend(self, ids: array[int]) -> None:
        """New stories above; the cursor stays on its story and the screen does not move."""
        if not ids:
            return
        top = self.top
        was_empty = not self._ids
        self._ids = ids + self._ids
        self._resize_lines()
        if not was_empty:
            self._cursor += len(ids)
            self.scroll_to(y=top + len(ids) * self._height, animate=False, force=True)
        self._prepare(self.top)
        self.repaint()

    def show_points(self, points: bool) -> None:
        """Show the first key point of every story on a line of its own, or not."""
        if points == self._points:
            return
        above = self._cursor * self._height - self.top
        self._points = points
        self._resize_lines()
        self.go_to(self._cursor * self._height - above)
        self._relist()

    @property
    def parent_of_current(self) -> int | None:
        """The index of the story below which the chosen row stands open, or its own index when it is open itself."""
        current = self.current
        if current is None:
            return None
        if current in self._children:
            return self._cursor
        owner = self._owner(current)
        return None if owner is None else self._ids.index(owner)

    def _owner(self, article_id: int) -> int | None:
        return next((parent for parent, children in self._children.items() if article_id in children), None)

    def unfold(self, article_id: int, children: Sequence[int]) -> bool:
        """List these articles below their story; those that are listed already stay where they are. Whether any came.

        A row that stands below a story itself unfolds nothing of its own: all tellings stand below the one story.
        """
        article_id = self._owner(article_id) or article_id
        listed = set(self._ids)
        fresh = [child for child in children if child not in listed]
        if article_id not in listed or not fresh:
            return False
        at = self._ids.index(article_id) + 1
        self._ids = self._ids[:at] + array("q", fresh) + self._ids[at:]
        self._children[article_id] = (*fresh, *self._children.get(article_id, ()))
        if self._cursor >= at:
            self._cursor += len(fresh)
        self._relist()
        return True

    def fold(self, index: int) -> None:
        """Take the articles below a story out of the list again; the cursor goes to the story."""
        children = set(self._children.pop(self._ids[index], ()))
        if not children:
            return
        current = self.current
        parent = self._ids[index]
        self._ids = array("q", [i for i in self._ids if i not in children])
        wanted = parent if current is None or current in children else current
        self._cursor = self._ids.index(wanted)
        self._relist()
        if wanted != current:
            self._tell_move()

    def drop(self, article_id: int) -> None:
        """Take an article out of the list; the cursor stays on its story, or goes to the next one."""
        if article_id not in self._ids:
            return
        at = self._ids.index(article_id)
        left = {
            parent: tuple(child for child in children if child != article_id)
            for parent, children in self._children.items()
            if parent != article_id
        }
        self._children = {parent: children for parent, children in left.items() if children}
        self._ids = self._ids[:at] + self._ids[at + 1 :]
        self._cursor = max(0, min(self._cursor - (at < self._cursor), len(self._ids) - 1))
        self._relist()

    def forget(self, ids: Iterable[int]) -> None:
        """The rows of these ids have changed in the store."""
        changed = set(ids)
        for article_id in changed:
            self._rows.pop(article_id, None)
        self._prepare(self.top)
        self._redraw_visible(changed)

    def amend(self, ids: Iterable[int], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Show rows with other marks; those that have not been read yet come with their marks."""
        changed = set()
        for article_id in ids:
            row = self._rows.get(article_id)
            if row is not None:
                self._rows[article_id] = replace(
                    row,
                    read=row.read if read is None else read,
                    starred=row.starred if starred is None else starred,
                )
                changed.add(article_id)
        self._redraw_visible(changed)

    def forget_all(self) -> None:
        """Any row may have changed in the store."""
        self._rows.clear()
        self._prepare(self.top)
        self.repaint()

    def row(self, index: int) -> ArticleRow | None:
        """The row at this index when it has been read."""
        return self._rows.get(self._ids[index]) if 0 <= index < len(self._ids) else None

    def move_to(self, index: int) -> None:
        """Put the cursor on this row and tell the screen."""
        if not self._ids:
            return
        index = max(0, min(index, len(self._ids) - 1))
        before, self._cursor = self._cursor, index
        for changed in {before, index}:
            self._redraw(changed)
        self._show_cursor()
        if index != before:
            self._tell_move()

    def take_move(self) -> bool:
        """Whether the cursor has moved since this was asked last."""
        moved, self._moved = self._moved, False
        return moved

    def step(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self._cursor + rows)

    def page_step(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.step(pages * max(1, self.page // self._height - 1))

    def find(self, wanted: set[int], direction: int) -> int | None:
        """The index of the nearest story in ``wanted`` after (or before) the cursor; nothing is read for it."""
        indexes = range(self._cursor + 1, len(self._ids)) if direction > 0 else range(self._cursor - 1, -1, -1)
        return next((index for index in indexes if self._ids[index] in wanted), None)

    def neighbours(self, count: int) -> list[int]:
        """The ids that the reader will most likely open next."""
        after = list(self._ids[self._cursor + 1 : self._cursor + 1 + count])
        return [*after, *self._ids[max(0, self._cursor - 1) : self._cursor]]

    def line_at(self, number: int) -> Line:
        """One of the lines of a row."""
        index, part = divmod(number, self._height)
        if not self._ids:
            lines = flow([Piece(self._empty, "meta")], self.room - 4)
            return Line((Piece("  "), *lines[number - 1].pieces)) if 1 <= number <= len(lines) else BLANK
        if index >= len(self._ids):
            return BLANK
        drawn = self._drawn.get(index)
        if drawn is None:
            if len(self._drawn) > 256:
                self._drawn.clear()
            drawn = self._drawn[index] = render_row(
                self.row(index),
                self.room,
                now=self._clock(),
                cursor=index == self._cursor,
                focused=self.has_focus,
                outlet=self._outlet,
                points=self._points,
                opened=self._ids[index] in self._children,
                folded=self._together,
                child=any(self._ids[index] in children for children in self._children.values()),
            )
        return drawn[part]

    def repaint(self) -> None:
        """Forget what was drawn."""
        self._drawn.clear()
        super().repaint()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read the rows that come into view before they are painted."""
        self._prepare(round(new_value))
        super().watch_scroll_y(old_value, new_value)

    def on_resize(self) -> None:
        """Other rows are visible and lines are as wide as the pane."""
        self._resize_lines()
        self._prepare(self.top)
        self.repaint()
        self._show_cursor()

    def on_focus(self) -> None:
        """The cursor is drawn for a pane with the focus."""
        self._redraw(self._cursor)

    def on_blur(self) -> None:
        """The cursor is drawn for a pane without the focus."""
        self._redraw(self._cursor)

    def on_click(self, event: events.Click) -> None:
        """A click chooses a row; on the chosen one it opens the article."""
        index = self.target_under(event)[0] // self._height
        if 0 <= index < len(self._ids):
            again = index == self._cursor
            self.move_to(index)
            if again or event.chain > 1:
                self.post_message(Chosen("list"))

    @property
    def _height(self) -> int:
        return row_height(points=self._points)

    def _tell_move(self) -> None:
        self._moved = True
        self.post_message(RowHighlighted(self._ids[self._cursor], self._cursor))

    def _relist(self) -> None:
        """Other rows stand in the list."""
        self._resize_lines()
        self._prepare(self.top)
        self.repaint()
        self._show_cursor()

    def _resize_lines(self) -> None:
        self.set_height(len(self._ids) * self._height)

    def _redraw(self, index: int) -> None:
        self._drawn.pop(index, None)
        self.redraw_lines(index * self._height, (index + 1) * self._height - 1)

    def _redraw_visible(self, changed: set[int]) -> None:
        first = self.top // self._height
        for index in range(first, min(len(self._ids), first + self.page // self._height + 2)):
            if self._ids[index] in changed:
                self._redraw(index)

    def _show_cursor(self) -> None:
        context = self._height if self.page >= 4 * self._height else 0
        self.bring(self._cursor * self._height, self._cursor * self._height + self._height - 1, context=context)

    def _prepare(self, top: int) -> None:
        if not self._ids:
            return
        first = top // self._height // WINDOW * WINDOW
        last = ((top + self.page) // self._height // WINDOW + 1) * WINDOW
        missing = [i for i in self._ids[max(0, first) : last] if i not in self._rows]
        if missing:
            for row in self._fetch(missing):
                self._rows[row.id] = row
            while len(self._rows) > _KEPT:
                self._rows.popitem(last=False)

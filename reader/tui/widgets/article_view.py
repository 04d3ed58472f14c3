"""The article pane: a drawn page, a marked passage, and the place where the reader is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual import events

from reader.i18n import _
from reader.model.analysis import Reading
from reader.model.span import Span
from reader.tui.messages import Chosen, Scrolled
from reader.tui.render.article import ArticlePage, render_article
from reader.tui.render.line import BLANK, Line, Piece, flow, indent, marked
from reader.tui.widgets.line_view import LineView

_CONTEXT = 2


class ArticleView(LineView):
    """Shows a reading; laying it out again keeps the words at the top of the pane where they are."""

    ALLOW_SELECT = True

    def __init__(self, text_width: int, clock: Callable[[], datetime], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text_width = text_width
        self._clock = clock
        self._reading: Reading | None = None
        self._highlights = True
        self._article: ArticlePage | None = None
        self._mark: tuple[Span, ...] = ()

    @property
    def reading(self) -> Reading | None:
        """The reading that is shown."""
        return self._reading

    @property
    def article(self) -> ArticlePage | None:
        """The drawn page."""
        return self._article

    @property
    def mark(self) -> tuple[Span, ...]:
        """The marked passage."""
        return self._mark

    @property
    def at_end(self) -> bool:
        """Whether the last line is visible."""
        return self.top + self.page >= len(self.lines)

    @property
    def percent(self) -> int:
        """How much of the text has come into view."""
        total = len(self.lines)
        return 100 if total <= self.page else round(100 * min(total, self.top + self.page) / total)

    def show(self, reading: Reading | None, *, highlights: bool, keep: bool = False) -> None:
        """Show a reading from its top; ``keep`` leaves the reader where he is (the same article, analysed by now)."""
        self._highlights = highlights
        self._reading = reading
        if not keep:
            self._mark = ()
            self.scroll_to(y=0, animate=False)
        self._lay_out(keep=keep)

    def set_mark(self, spans: Sequence[Span]) -> None:
        """Mark a passage and bring it into view; nothing unmarks."""
        self._redraw_mark()
        self._mark = tuple(spans)
        self._redraw_mark()
        if self._mark and self._article is not None:
            first, last = self._marked_lines(self._article)
            if last - first + 1 + 2 * _CONTEXT > self.page:
                last = first
            self.bring(first, last, context=_CONTEXT)

    def first_visible_offset(self) -> int:
        """The first code point of the text in view, -1 for none."""
        return self._article.offset_at(self.top) if self._article is not None else -1

    def step(self, lines: int) -> None:
        """Scroll by lines."""
        self.go_to(self.top + lines)

    def page_step(self, pages: int) -> None:
        """Scroll by pages, with two lines in common."""
        self.step(pages * max(1, self.page - 2))

    def move_to(self, line: int) -> None:
        """Scroll to a line."""
        self.go_to(line)

    def line_at(self, number: int) -> Line:
        """A line of the page, with the marked passage."""
        entry = super().line_at(number)
        return marked(entry, self._mark, "passage") if self._mark else entry

    def on_resize(self) -> None:
        """The text is as wide as the pane."""
        if self._article is None or self._article.width != self.room:
            self._lay_out(keep=True)
        self.post_message(Scrolled())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the screen where the reader is."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(Scrolled())

    def on_click(self, event: events.Click) -> None:
        """A click on a marked passage or on a link chooses it."""
        target = self.target_under(event)[1]
        if target:
            self.post_message(Chosen("article", target))

    def _marked_lines(self, page: ArticlePage) -> tuple[int, int]:
        first = page.line_of(min(span.start for span in self._mark))
        return first, page.line_of(max(span.end - 1 for span in self._mark))

    def _redraw_mark(self) -> None:
        if self._mark and self._article is not None:
            self.redraw_lines(*self._marked_lines(self._article))

    def _lay_out(self, *, keep: bool) -> None:
        if self._reading is None:
            self._article = None
            bar = (Piece("  "),)
            self.show_lines([BLANK, *indent(flow([Piece(_("No article is open."), "meta")], self.room - 2), bar, bar)])
            return
        before, top = self._article, self.top
        self._article = page = render_article(
            self._reading,
            width=self.room,
            text_width=self._text_width,
            now=self._clock(),
            highlights=self._highlights,
        )
        self.show_lines(page.lines)
        if keep and before is not None and top > 0:
            anchor = before.offset_at(top)
            if anchor >= 0:
                self.scroll_to(y=page.line_of(anchor) - (before.line_of(anchor) - top), animate=False, force=True)

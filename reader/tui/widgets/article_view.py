"""The article pane: a page, a marked passage, and the place where the reader is.

A page is drawn as far as the pane shows it; the rest follows in slices between the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual import events
from textual.timer import Timer

from reader.i18n import _
from reader.model.analysis import Reading
from reader.model.article import Article
from reader.model.span import Span
from reader.tui.messages import Chosen, Scrolled
from reader.tui.render.article import render_article, render_unmade
from reader.tui.render.line import BLANK, Line, Piece, flow, indent, marked
from reader.tui.render.page import ArticlePage
from reader.tui.widgets.line_view import LineView

_CONTEXT = 2
AT_ONCE = 100
"""Lines that are drawn before the first is painted: most articles are no longer."""
SLICE = 40
"""Lines that are drawn in one go behind those: a few milliseconds, for which a key waits."""
_PAUSE = 0.004
"""Seconds between two slices, for the keys."""


class ArticleView(LineView):
    """Shows a reading; laying it out again keeps the words at the top of the pane where they are."""

    ALLOW_SELECT = True

    def __init__(self, text_width: int, clock: Callable[[], datetime], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text_width = text_width
        self._clock = clock
        self._reading: Reading | None = None
        self._unmade: tuple[Article, tuple[str, ...]] | None = None
        self._highlights = True
        self._article: ArticlePage | None = None
        self._coming: ArticlePage | None = None
        """The same article laid out anew, until it is drawn as far as the reader is."""
        self._drawing: Timer | None = None
        self._mark: tuple[Span, ...] = ()
        self._sought = False
        """Whether the marked passage is to be brought into view as soon as it is drawn."""
        self._to_the_end = False

    @property
    def reading(self) -> Reading | None:
        """The reading that is shown."""
        return self._reading

    @property
    def opened(self) -> Article | None:
        """The article that is open, with or without its text."""
        if self._reading is not None:
            return self._reading.article
        return self._unmade[0] if self._unmade is not None else None

    @property
    def article(self) -> ArticlePage | None:
        """The page that is shown."""
        return self._article

    @property
    def mark(self) -> tuple[Span, ...]:
        """The marked passage."""
        return self._mark

    @property
    def at_end(self) -> bool:
        """Whether the last line is visible."""
        return self.top + self.page >= self._total

    @property
    def percent(self) -> int:
        """How much of the text has come into view."""
        total = self._total
        return 100 if total <= self.page else round(100 * min(total, self.top + self.page) / total)

    def show(self, reading: Reading | None, *, highlights: bool, keep: bool = False) -> None:
        """Show a reading from its top; ``keep`` leaves the reader where he is (the same article, analysed by now)."""
        self._highlights = highlights
        if not keep or reading is not None:
            self._unmade = None
        self._reading = reading
        self._show(keep=keep)

    def show_unmade(self, article: Article, *note: str) -> None:
        """Show what is known of an article without its text, and say why there is none."""
        self._reading = None
        self._unmade = (article, note)
        self._show(keep=False)

    def set_mark(self, spans: Sequence[Span]) -> None:
        """Mark a passage and bring it into view; nothing unmarks."""
        self._redraw_mark()
        self._mark = tuple(spans)
        self._sought, self._to_the_end = bool(spans), False
        self._redraw_mark()
        self._seek()

    def first_visible_offset(self) -> int:
        """The first code point of the text in view, -1 for none."""
        return self._article.offset_at(self.top) if self._article is not None else -1

    def step(self, lines: int) -> None:
        """Scroll by lines."""
        self._turn_to(self.top + lines)

    def page_step(self, pages: int) -> None:
        """Scroll by pages, with two lines in common."""
        self.step(pages * max(1, self.page - 2))

    def move_to(self, line: int) -> None:
        """Scroll to a line; past the last that is drawn lies the end, which is waited for."""
        behind = line >= len(self.lines)
        self._turn_to(line)
        self._to_the_end = behind and self._article is not None and not self._article.complete

    def line_at(self, number: int) -> Line:
        """A line of the page, with the marked passage."""
        entry = super().line_at(number)
        return marked(entry, self._mark, "passage") if self._mark else entry

    def on_resize(self) -> None:
        """The text is as wide as the pane."""
        page = self._coming or self._article
        if page is None or page.width != self.room:
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

    # ------------------------------------------------------------------ the page

    @property
    def _total(self) -> int:
        return self._article.expected if self._article is not None else len(self.lines)

    def _show(self, *, keep: bool) -> None:
        if not keep:
            self._mark = ()
            self._sought = self._to_the_end = False
            self.scroll_to(y=0, animate=False)
        self._lay_out(keep=keep)

    def _lay_out(self, *, keep: bool) -> None:
        self._coming = None
        page = self._page()
        if page is None:
            self._article = None
            bar = (Piece("  "),)
            self.show_lines([BLANK, *indent(flow([Piece(_("No article is open."), "meta")], self.room - 2), bar, bar)])
            return
        page.grow(max(AT_ONCE, 2 * self.page))
        if not keep or self._article is None or self.top == 0:
            self._article = page
            self._take_over(page, 0)
        else:
            self._coming = page
            self._replace()
        self._go_on()

    def _page(self) -> ArticlePage | None:
        if self._reading is not None:
            return render_article(
                self._reading,
                width=self.room,
                text_width=self._text_width,
                now=self._clock(),
                highlights=self._highlights,
            )
        if self._unmade is None:
            return None
        article, note = self._unmade
        return render_unmade(article, note, width=self.room, text_width=self._text_width, now=self._clock())

    def _take_over(self, page: ArticlePage, top: int) -> None:
        self._lines = page.drawn
        self.set_height(page.expected)
        self.repaint()
        if top:
            self.go_to(top)

    def _replace(self) -> None:
        """Show the page that is coming once it is drawn as far as the reader is in the one that is shown."""
        before, page = self._article, self._coming
        if before is None or page is None:
            return
        anchor = before.offset_at(self.top)
        if anchor < 0 and not page.complete:
            return
        if anchor >= 0 and not page.shows(anchor):
            return
        top = page.line_of(anchor) - (before.line_of(anchor) - self.top) if anchor >= 0 else self.top
        page.grow(top + self.page)
        self._article, self._coming = page, None
        self._take_over(page, top)

    def _turn_to(self, line: int) -> None:
        page = self._article
        self._sought = self._to_the_end = False
        if page is not None and not page.complete:
            self._draw(page, min(line + self.page, len(page.drawn) + max(SLICE, self.page)))
        self.go_to(line)

    # ------------------------------------------------------------------ slices

    def _go_on(self) -> None:
        page = self._coming or self._article
        if page is not None and not page.complete and self._drawing is None:
            self._drawing = self.set_timer(_PAUSE, self._draw_slice)

    def _draw_slice(self) -> None:
        self._drawing = None
        page = self._coming or self._article
        if page is None:
            return
        if page is self._coming:
            page.grow(len(page.drawn) + SLICE)
            self._replace()
        else:
            self._draw(page, len(page.drawn) + SLICE)
        self._seek()
        if page.complete and page is self._article:
            if self._to_the_end or self.top + self.page > len(page.drawn):
                self._to_the_end = False
                self.go_to(len(page.drawn))
            self.post_message(Scrolled())
        self._go_on()

    def _draw(self, page: ArticlePage, lines: int) -> None:
        """Draw on the page that is shown."""
        first = len(page.drawn)
        page.grow(lines)
        last = len(page.drawn) - 1
        if last < first and not page.complete:
            return
        self.set_height(page.expected)
        for number in range(first, last + 1):
            self._painted.pop(number, None)
        if first < self.top + self.page and last >= self.top:
            self.refresh_lines(first, last - first + 1)

    # ------------------------------------------------------------------ the marked passage

    def _seek(self) -> None:
        """Bring the marked passage into view if it is drawn."""
        page = self._article
        if not self._sought or page is None or not page.shows(self._last_marked):
            return
        self._sought = False
        first, last = self._marked_lines(page)
        if last - first + 1 + 2 * _CONTEXT > self.page:
            last = first
        self.bring(first, last, context=_CONTEXT)

    @property
    def _last_marked(self) -> int:
        return max(span.end - 1 for span in self._mark)

    def _marked_lines(self, page: ArticlePage) -> tuple[int, int]:
        first = page.line_of(min(span.start for span in self._mark))
        return first, page.line_of(self._last_marked)

    def _redraw_mark(self) -> None:
        if self._mark and self._article is not None and self._article.shows(self._last_marked):
            self.redraw_lines(*self._marked_lines(self._article))

"""The base of all panes: a scrolling view of drawn lines. Only the visible lines are ever painted."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from reader.tui.render.line import BLANK, Line, cells, measure
from reader.tui.themes import Palette, palette


class LineView(ScrollView, inherit_bindings=False):
    """Paints lines of pieces in the colours of the theme in use."""

    can_focus = True
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._painted: dict[int, Strip] = {}
        self._ground: Style | None = None
        self._titles: tuple[str, str | Text] = ("", "")

    @property
    def lines(self) -> Sequence[Line]:
        """The lines that are shown."""
        return self._lines

    @property
    def colours(self) -> Palette:
        """The styles of the theme in use."""
        return palette(self.app.theme)

    @property
    def room(self) -> int:
        """The width in cells for which lines are drawn."""
        return max(1, self.scrollable_content_region.width)

    @property
    def page(self) -> int:
        """The height in lines."""
        return max(1, self.scrollable_content_region.height)

    @property
    def top(self) -> int:
        """The first visible line."""
        return round(self.scroll_target_y)

    def set_titles(self, title: str, subtitle: str | Text = "") -> None:
        """Title above and place below, set only when they differ: setting them paints the whole pane."""
        if title != self._titles[0]:
            self.border_title = Text(title) if title else None
        if subtitle != self._titles[1]:
            self.border_subtitle = (Text(subtitle) if isinstance(subtitle, str) else subtitle) if subtitle else None
        self._titles = (title, subtitle)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self._lines = lines
        self.set_height(len(lines))
        self.repaint()

    def set_height(self, lines: int) -> None:
        """How many lines there are to scroll through."""
        self.set_class(lines <= self.page, "-fits")
        size = Size(self.room, lines)
        if size == self.virtual_size:
            return
        # Set as a reactive, textual would lay out and paint the whole screen for it; only the scroll bar has to know.
        self.set_reactive(LineView.virtual_size, size)
        self.vertical_scrollbar.window_virtual_size = lines

    def repaint(self) -> None:
        """Forget what was painted; the visible lines are painted again."""
        self._painted.clear()
        self._ground = None
        self.refresh()

    def notify_style_update(self) -> None:
        """The theme or the style sheet has changed."""
        super().notify_style_update()
        self._painted.clear()
        self._ground = None

    def line_at(self, number: int) -> Line:
        """The line to paint at this place."""
        return self._lines[number] if 0 <= number < len(self._lines) else BLANK

    def render_line(self, y: int) -> Strip:
        """One line of the view as textual wants it."""
        number = self.scroll_offset.y + y
        width = self.size.width
        strip = self._painted.get(number)
        if strip is None or strip.cell_length != width:
            if len(self._painted) > 512:
                self._painted.clear()
            strip = self._strip(self.line_at(number), width)
            if self.ALLOW_SELECT:
                strip = strip.apply_offsets(0, number)
            self._painted[number] = strip
        return self._selected(strip, number) if self.ALLOW_SELECT else strip

    def redraw_lines(self, first: int, last: int) -> None:
        """Paint these lines again and no others."""
        for number in range(first, last + 1):
            self._painted.pop(number, None)
        self.refresh_lines(first, last - first + 1)

    def _base(self) -> Style:
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def _strip(self, entry: Line, width: int) -> Strip:
        base, style = self._base(), self.colours.style
        segments = [Segment(piece.text, base + style(piece.role)) for piece in entry.pieces if piece.text]
        taken = measure(entry.pieces)
        if taken < width:
            segments.append(Segment(" " * (width - taken), base))
        strip = Strip(segments, max(taken, width))
        return strip.crop(0, width) if taken > width else strip

    def _selected(self, strip: Strip, number: int) -> Strip:
        selection = self.text_selection
        span = selection.get_span(number) if selection is not None else None
        if span is None:
            return strip
        text = strip.text
        start, end = span
        left = cells(text[:start])
        right = strip.cell_length if end == -1 else cells(text[:end])
        reverse = self.colours.style("selection")
        parts = (strip.crop(0, left), strip.crop(left, right), strip.crop(right, strip.cell_length))
        chosen = Strip([Segment(s.text, (s.style or Style()) + reverse) for s in parts[1]])
        return Strip.join([parts[0], chosen, parts[2]])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words under the mouse selection."""
        return selection.extract("\n".join(entry.text for entry in self._lines)), "\n"

    def target_under(self, event: events.MouseEvent) -> tuple[int, str]:
        """The line number and the target that a click hits."""
        offset = event.get_content_offset(self) or Offset(0, 0)
        number = self.scroll_offset.y + offset.y
        return number, self.line_at(number).target_at(offset.x)

    def go_to(self, line: int) -> None:
        """Put this line at the top, as far as the text allows."""
        # Forced: right after new lines the scroll bar is not there yet, and textual would not scroll without it.
        self.scroll_to(y=max(0, line), animate=False, force=True)

    def bring(self, first: int, last: int, *, context: int = 0) -> None:
        """Scroll as little as needed to see these lines with some context."""
        top, page = self.top, self.page
        if first - context < top:
            self.go_to(first - context)
        elif last + context >= top + page:
            self.go_to(min(first - context, last + context - page + 1))

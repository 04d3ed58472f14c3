"""Counts that decide how fast a key is, the same on every machine."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult

from reader.library import Library
from reader.model.article import ArticleRow
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.line_view import LineView
from tests.tui.builders import NOW, a_row
from tests.tui.driving import reading

POINT_READS = ("feeds", "feed", "counts", "window", "ids", "rows", "article", "reading", "mark_read", "star")


def counted(library: Library, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    calls: Counter[str] = Counter()
    for name in POINT_READS:
        inner = getattr(library, name)

        def call(*args: object, _inner: object = inner, _name: str = name, **kwargs: object) -> object:
            calls[_name] += 1
            assert callable(_inner)
            return _inner(*args, **kwargs)

        monkeypatch.setattr(library, name, call)
    return calls


async def test_the_main_screen_has_few_widgets(library: Library) -> None:
    async with reading(library, size=(200, 50)) as reader:
        assert len(list(reader.screen.walk_children())) <= 40


async def test_a_key_asks_the_library_for_little(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(library) as reader:
        await reader.press("j")
        await reader.shown(reader.screen.stories.ids[1])
        calls = counted(library, monkeypatch)
        await reader.press("j")
        await reader.shown(reader.screen.stories.ids[2])
        assert calls["ids"] == 0
        assert all(calls[name] <= 1 for name in ("rows", "feeds", "counts", "mark_read"))
        assert sum(calls.values()) <= 12


async def test_scrolling_the_article_asks_for_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(library, size=(120, 18)) as reader:
        await reader.press("enter")
        calls = counted(library, monkeypatch)
        await reader.press("j", "j", "k", "pagedown", "G", "g")
        assert sum(calls.values()) == 0


async def test_moving_the_cursor_paints_few_lines_and_lays_nothing_out(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library) as reader:
        await reader.press("j")
        await reader.shown(reader.screen.stories.ids[1])
        painted: Counter[str] = Counter()
        layouts: list[object] = []
        render_line = LineView.render_line

        def painting(self: LineView, y: int) -> object:
            painted[self.id or ""] += 1
            return render_line(self, y)

        monkeypatch.setattr(LineView, "render_line", painting)
        reader.screen.screen_layout_refresh_signal.subscribe(reader.screen, layouts.append, immediate=True)
        await reader.press("j")
        await reader.shown(reader.screen.stories.ids[2])
        await reader.pilot.pause()
        assert all(count <= 2 * reader.app.size.height for count in painted.values())
        assert layouts == []


class ListApp(App[None]):
    """A story list alone."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def compose(self) -> ComposeResult:
        yield ArticleList(self.fetch, lambda: NOW, id="stories")

    def fetch(self, ids: Sequence[int]) -> list[ArticleRow]:
        self.asked.append(len(ids))
        return [a_row(id=i, title=f"Meldung {i}") for i in ids]


async def test_a_hundred_thousand_stories_cost_what_is_visible() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 40)) as pilot:
        stories = app.query_one(ArticleList)
        stories.show_ids(array("q", range(100_000)))
        await pilot.pause()
        assert sum(app.asked) <= 192
        app.asked.clear()
        stories.move_to(99_999)
        await pilot.pause()
        assert sum(app.asked) <= 192
        app.asked.clear()
        for _ in range(5):
            stories.step(-1)
        await pilot.pause()
        assert app.asked == []
        assert stories.find({3}, -1) == 3
        assert app.asked == []

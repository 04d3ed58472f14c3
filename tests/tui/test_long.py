"""An article of the greatest length: opening it draws the first screens, the rest follows between the keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from reader.model.analysis import Reading
from reader.model.span import Span
from reader.tui.render.article import render_article
from reader.tui.render.page import ArticlePage
from reader.tui.themes import COLOURS, DEFAULT, textual_theme
from reader.tui.widgets.article_view import AT_ONCE, SLICE, ArticleView
from tests.tui.builders import NOW
from tests.tui.driving import BOUND_SECONDS
from tests.tui.render.test_effort import SENTENCE, crowded

SENTENCES = 100_000 // len(SENTENCE)
LAST = Span((SENTENCES - 1) * len(SENTENCE), SENTENCES * len(SENTENCE) - 2)


class ArticleApp(App[None]):
    """An article pane alone."""

    def __init__(self) -> None:
        super().__init__()
        for name in COLOURS:
            self.register_theme(textual_theme(name))
        self.theme = DEFAULT

    def compose(self) -> ComposeResult:
        yield ArticleView(80, lambda: NOW, id="article")

    @property
    def view(self) -> ArticleView:
        return self.query_one(ArticleView)

    @property
    def page(self) -> ArticlePage:
        page = self.view.article
        assert page is not None
        return page


@asynccontextmanager
async def pane(size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[ArticleApp, Pilot[None]]]:
    app = ArticleApp()
    async with app.run_test(size=size) as pilot:
        yield app, pilot


async def finished(app: ArticleApp, pilot: Pilot[None]) -> None:
    """Wait until all of the article is drawn."""
    for _ in range(round(BOUND_SECONDS / 0.01)):
        if app.page.complete:
            break
        await pilot.pause(0.01)
    assert app.page.complete


@pytest.fixture(scope="module", params=[1, 100], ids=["one paragraph", "many"])
def longest(request: pytest.FixtureRequest) -> Reading:
    return crowded(SENTENCES, blocks=request.param)


async def test_opening_draws_the_first_screens_alone(longest: Reading) -> None:
    async with pane() as (app, _pilot):
        app.view.show(longest, highlights=True)
        assert AT_ONCE <= len(app.page.drawn) < AT_ONCE + 10
        assert not app.view.at_end
        assert app.view.percent < 10


async def test_the_rest_follows_in_slices(longest: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    grown: list[int] = []
    grow = ArticlePage.grow

    def counting(self: ArticlePage, lines: int) -> None:
        before = len(self.drawn)
        grow(self, lines)
        grown.append(len(self.drawn) - before)

    async with pane() as (app, pilot):
        app.view.show(longest, highlights=True)
        monkeypatch.setattr(ArticlePage, "grow", counting)
        await finished(app, pilot)
        assert max(grown) < SLICE + 10
        whole = render_article(longest, width=app.page.width, text_width=80, now=NOW).lines
        assert list(app.view.lines) == list(whole)
        assert app.view.virtual_size.height == len(whole)


async def test_the_end_is_reached_at_once_or_as_soon_as_it_is_drawn(longest: Reading) -> None:
    async with pane() as (app, pilot):
        app.view.show(longest, highlights=True)
        app.view.move_to(len(app.view.lines))
        await finished(app, pilot)
        assert app.view.at_end
        assert app.view.percent == 100


async def test_who_scrolls_on_is_not_carried_to_the_end(longest: Reading) -> None:
    async with pane() as (app, pilot):
        app.view.show(longest, highlights=True)
        app.view.move_to(len(app.view.lines))
        app.view.move_to(0)
        await finished(app, pilot)
        assert app.view.top == 0


async def test_a_passage_at_the_end_comes_into_view(longest: Reading) -> None:
    async with pane() as (app, pilot):
        app.view.show(longest, highlights=True)
        app.view.set_mark([LAST])
        assert len(app.page.drawn) < AT_ONCE + 10
        await finished(app, pilot)
        assert app.view.top <= app.page.line_of(LAST.start) < app.view.top + app.view.page


async def test_pages_are_there_when_they_are_turned(longest: Reading) -> None:
    async with pane() as (app, _pilot):
        app.view.show(longest, highlights=True)
        for _ in range(20):
            app.view.page_step(1)
            assert app.view.top + app.view.page <= len(app.page.drawn)
        assert app.view.top == 20 * (app.view.page - 2)


async def test_another_width_keeps_the_words_at_the_top(longest: Reading) -> None:
    async with pane() as (app, pilot):
        app.view.show(longest, highlights=True)
        await finished(app, pilot)
        app.view.set_mark([Span(90_000, 90_004)])
        top = app.view.first_visible_offset()
        before = app.page
        await pilot.resize_terminal(60, 24)
        await finished(app, pilot)
        for _ in range(round(BOUND_SECONDS / 0.01)):
            if app.page is not before:
                break
            await pilot.pause(0.01)
        assert app.page.width < before.width
        assert abs(app.view.first_visible_offset() - top) < before.width


async def test_another_article_is_not_drawn_into_the_one_that_is_open(longest: Reading) -> None:
    async with pane() as (app, pilot):
        app.view.show(longest, highlights=True)
        short = crowded(3, blocks=1)
        app.view.show(short, highlights=True)
        await pilot.pause(0.02)
        whole = render_article(short, width=app.page.width, text_width=80, now=NOW).lines
        assert list(app.view.lines) == list(whole)

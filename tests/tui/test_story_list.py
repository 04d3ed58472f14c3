"""The story list: rows that stand open, rows that go, and first points."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from textual.app import App, ComposeResult

from reader.model.article import ArticleRow
from reader.tui.widgets.article_list import ArticleList
from tests.tui.builders import NOW, a_row


class ListApp(App[None]):
    """A story list alone."""

    def compose(self) -> ComposeResult:
        yield ArticleList(self.fetch, lambda: NOW, id="stories")

    def fetch(self, ids: Sequence[int]) -> list[ArticleRow]:
        return [a_row(id=i, title=f"Meldung {i}", more=2 * (i == 2), first_point=f"Punkt {i}") for i in ids]

    @property
    def stories(self) -> ArticleList:
        return self.query_one(ArticleList)

    def shown(self) -> list[str]:
        return [self.stories.line_at(n).text.strip() for n in range(len(self.stories.lines) or 40)]


async def test_the_articles_of_a_story_stand_below_it_and_go_again() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 40)) as pilot:
        app.stories.show_ids(array("q", [1, 2, 3]))
        app.stories.move_to(1)
        app.stories.unfold(2, [7, 8])
        await pilot.pause()
        assert list(app.stories.ids) == [1, 2, 7, 8, 3]
        assert "└ Meldung 7" in app.stories.line_at(6).text
        app.stories.move_to(3)
        assert app.stories.parent_of_current == 1
        app.stories.fold(1)
        await pilot.pause()
        assert list(app.stories.ids) == [1, 2, 3]
        assert app.stories.current == 2


async def test_an_article_that_is_listed_already_is_not_listed_twice() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 40)):
        app.stories.show_ids(array("q", [1, 2, 3]))
        app.stories.unfold(2, [3, 7])
        assert list(app.stories.ids) == [1, 2, 7, 3]


async def test_what_is_opened_from_a_telling_stands_below_the_same_story() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 40)):
        app.stories.show_ids(array("q", [1, 2, 3]))
        app.stories.unfold(2, [7])
        app.stories.unfold(7, [8])
        app.stories.unfold(2, [9])
        assert list(app.stories.ids) == [1, 2, 9, 8, 7, 3]
        app.stories.move_to(3)
        assert app.stories.parent_of_current == 1
        app.stories.fold(1)
        assert list(app.stories.ids) == [1, 2, 3]


async def test_a_story_whose_last_telling_has_gone_stands_open_no_more() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 40)):
        app.stories.show_ids(array("q", [1, 2, 3]), cursor=1)
        app.stories.unfold(2, [7])
        app.stories.drop(7)
        assert app.stories.parent_of_current is None


async def test_new_stories_above_leave_an_open_story_open() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 40)) as pilot:
        app.stories.show_ids(array("q", [1, 2, 3]), cursor=2)
        app.stories.unfold(2, [7])
        app.stories.prepend(array("q", [9]))
        await pilot.pause()
        assert list(app.stories.ids) == [9, 1, 2, 7, 3]
        assert app.stories.current == 3


async def test_a_row_that_goes_leaves_the_cursor_where_it_was() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 40)):
        app.stories.show_ids(array("q", [1, 2, 3]), cursor=2)
        app.stories.drop(1)
        assert (list(app.stories.ids), app.stories.current) == ([2, 3], 3)
        app.stories.drop(3)
        assert (list(app.stories.ids), app.stories.current) == ([2], 2)


async def test_first_points_are_shown_in_rows_of_four_lines() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 40)) as pilot:
        app.stories.show_ids(array("q", range(1, 40)))
        app.stories.move_to(20)
        before = app.stories.virtual_size.height
        app.stories.show_points(True)
        await pilot.pause()
        assert app.stories.virtual_size.height == before // 3 * 4
        top = app.stories.top
        assert top <= 20 * 4 < top + app.stories.page
        assert "Punkt 21" in app.stories.line_at(20 * 4 + 1).text

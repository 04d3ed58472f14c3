"""Moving, opening, marking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.config import Config, FetchConfig, ViewConfig
from reader.library import Library
from reader.model.query import ArticleQuery, View
from reader.tui.state import Pane
from tests.loopback import Server, item, rss
from tests.tui.driving import reading

UNREAD = ArticleQuery(view=View.UNREAD)


async def test_the_first_story_is_shown_and_still_unread(library: Library) -> None:
    async with reading(library) as reader:
        assert reader.screen.state.selected == reader.screen.stories.ids[0]
        assert reader.screen.state.selected in reader.screen.unread


async def test_j_and_k_move_through_the_stories(library: Library) -> None:
    async with reading(library) as reader:
        ids = reader.screen.stories.ids
        await reader.press("j", "down")
        await reader.shown(ids[2])
        await reader.press("k")
        await reader.shown(ids[1])


async def test_a_key_right_behind_another_means_the_story_where_the_cursor_is_by_then(library: Library) -> None:
    async with reading(library) as reader:
        ids = list(reader.screen.stories.ids)
        reader.screen.action_down()
        assert reader.screen.state.selected == ids[0]
        await reader.app.run_action("toggle_star", reader.screen)
        await reader.until(lambda: library.article(ids[1]).starred)
        await reader.shown(ids[1])
        assert not library.article(ids[0]).starred
        assert reader.screen.state.message == "Gemerkt."


async def test_a_key_right_behind_another_means_the_view_where_the_cursor_is_by_then(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("shift+tab")
        unread = list(library.ids(UNREAD))
        reader.screen.action_down()
        before = reader.screen.state.query
        await reader.app.run_action("mark_all_read", reader.screen)
        assert [before.view, reader.screen.state.query.view] == [View.UNREAD, View.STARRED]
        await reader.until(lambda: not reader.screen.writing)
        assert list(library.ids(UNREAD)) == unread


async def test_a_story_that_is_chosen_counts_as_read(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("j")
        chosen = reader.screen.stories.ids[1]
        await reader.shown(chosen)
        await reader.until(lambda: library.article(chosen).read)


async def test_u_makes_it_unread_again(library: Library) -> None:
    async with reading(library) as reader:
        chosen = reader.screen.stories.ids[1]
        await reader.press("j")
        await reader.until(lambda: library.article(chosen).read)
        await reader.press("u")
        await reader.until(lambda: not library.article(chosen).read)
        assert "wieder ungelesen" in reader.screen.key_bar.message


async def test_with_one_pane_only_opening_counts_as_reading(library: Library) -> None:
    async with reading(library, size=(60, 20)) as reader:
        await reader.press("j")
        chosen = reader.screen.stories.ids[1]
        await reader.shown(chosen)
        assert not library.article(chosen).read
        await reader.press("enter")
        await reader.until(lambda: library.article(chosen).read)
        assert reader.screen.state.pane is Pane.ARTICLE


async def test_a_read_story_stays_in_the_list_of_unread_ones(library: Library) -> None:
    async with reading(library) as reader:
        before = list(reader.screen.stories.ids)
        await reader.press("j", "j")
        await reader.shown(before[2])
        assert list(reader.screen.stories.ids) == before


async def test_n_goes_to_the_next_unread_story_and_p_back(library: Library) -> None:
    async with reading(library) as reader:
        ids = reader.screen.stories.ids
        library.mark_read([ids[1]])
        reader.screen.unread.discard(ids[1])
        await reader.press("n")
        await reader.shown(ids[2])
        await reader.press("p")
        await reader.shown(ids[0])


async def test_n_says_when_everything_is_read(library: Library) -> None:
    library.mark_query_read(ArticleQuery(view=View.ALL))
    async with reading(library) as reader:
        await reader.press("n")
        await reader.until(lambda: reader.screen.key_bar.message == "Alles gelesen.")


async def test_n_leaves_a_feed_that_has_nothing_unread_left(library: Library) -> None:
    async with reading(library) as reader:
        feed = next(feed for feed in library.feeds() if feed.unread)
        library.mark_query_read(ArticleQuery(view=View.FEED, feed_id=feed.id))
        reader.screen.show_tree()
        row = next(row for row in reader.screen.feed_tree.rows if row.feed_id == feed.id)
        reader.screen.feed_tree.move_to(reader.screen.feed_tree.rows.index(row))
        await reader.until(lambda: reader.screen.state.query.feed_id == feed.id)
        own = library.ids(ArticleQuery(view=View.FEED, feed_id=feed.id, together=True))
        await reader.until(lambda: reader.screen.stories.ids == own)
        if library.counts().unread:
            await reader.press("n")
            await reader.until(lambda: reader.screen.state.query.view is View.UNREAD)


async def test_m_marks_read_and_unread(library: Library) -> None:
    async with reading(library) as reader:
        first = reader.screen.stories.ids[0]
        await reader.press("m")
        await reader.until(lambda: library.article(first).read)
        await reader.press("m")
        await reader.until(lambda: not library.article(first).read)


async def test_s_keeps_an_article_and_the_row_shows_it(library: Library) -> None:
    async with reading(library) as reader:
        first = reader.screen.stories.ids[0]
        await reader.press("s")
        await reader.until(lambda: library.article(first).starred)
        row = reader.screen.stories.row(0)
        assert row is not None
        assert row.starred
        await reader.press("u")
        await reader.until(lambda: not library.article(first).starred)


async def test_marking_all_as_read_can_be_taken_back(library: Library) -> None:
    before = library.counts().unread
    async with reading(library) as reader:
        await reader.press("A")
        await reader.until(lambda: library.counts().unread == 0)
        assert "u nimmt es zurück" in reader.screen.key_bar.message
        await reader.press("u")
        await reader.until(lambda: library.counts().unread == before)


async def test_the_tree_counts_what_is_unread(library: Library) -> None:
    async with reading(library) as reader:
        before = reader.screen.feed_tree.rows[1].count
        await reader.press("j")
        await reader.until(lambda: reader.screen.feed_tree.rows[1].count == before - 1)


async def test_space_pages_to_the_end_and_then_goes_to_the_next_unread_story(library: Library) -> None:
    async with reading(library, size=(120, 20)) as reader:
        first = reader.screen.state.selected
        for _ in range(60):
            await reader.press("space")
            if reader.screen.state.selected != first:
                break
        assert reader.screen.state.selected == reader.screen.stories.ids[1]


async def test_tab_moves_the_focus_and_the_frame_shows_it(library: Library) -> None:
    async with reading(library) as reader:
        seen = []
        for _ in range(4):
            seen.append(reader.screen.focused)
            await reader.press("tab")
        screen = reader.screen
        assert seen == [screen.stories, screen.article, screen.summary, screen.feed_tree]


async def test_choosing_a_feed_lists_its_stories(library: Library) -> None:
    async with reading(library) as reader:
        feed = library.feeds()[0]
        rows = reader.screen.feed_tree.rows
        index = next(n for n, row in enumerate(rows) if row.feed_id == feed.id)
        reader.screen.feed_tree.move_to(index)
        await reader.until(lambda: reader.screen.state.query.feed_id == feed.id)
        own = library.ids(ArticleQuery(view=View.FEED, feed_id=feed.id, together=True))
        await reader.until(lambda: reader.screen.stories.ids == own)
        assert reader.screen.state.title == feed.title


async def test_z_folds_a_folder(library: Library) -> None:
    async with reading(library) as reader:
        rows = reader.screen.feed_tree.rows
        index = next(n for n, row in enumerate(rows) if row.folder is not None)
        await reader.press("shift+tab")
        reader.screen.feed_tree.move_to(index)
        await reader.press("z")
        await reader.until(lambda: len(reader.screen.feed_tree.rows) < len(rows))
        assert reader.screen.feed_tree.rows[index].folded


async def test_g_and_capital_g_go_to_the_ends(library: Library) -> None:
    async with reading(library) as reader:
        ids = reader.screen.stories.ids
        await reader.press("G")
        await reader.shown(ids[-1])
        await reader.press("g")
        await reader.shown(ids[0])


async def test_v_hides_the_marks_and_keeps_the_text(library: Library) -> None:
    async with reading(library) as reader:
        with_marks = reader.lines()
        await reader.press("v")
        await reader.until(lambda: not reader.screen.state.highlights)
        assert reader.lines() != with_marks or not any(sign in "".join(with_marks) for sign in "▣■●◐▲□≈∅")


async def test_t_changes_the_theme(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("t")
        assert reader.app.theme == "lesart-light"
        await reader.press("t")
        assert reader.app.theme == "lesart-dark"


async def test_settings_are_obeyed(library: Library) -> None:
    config = replace(Config(), view=ViewConfig(theme="light", sidebar=False, highlights=False))
    async with reading(library, config=config) as reader:
        assert reader.app.theme == "lesart-light"
        assert not reader.screen.summary.display
        assert not reader.screen.state.highlights


async def test_keys_of_the_user_work_and_the_old_ones_do_not(library: Library) -> None:
    config = replace(Config(), keys={"toggle_star": "f5"})
    async with reading(library, config=config) as reader:
        first = reader.screen.stories.ids[0]
        await reader.press("s")
        await reader.press("f5")
        await reader.until(lambda: library.article(first).starred)


async def test_q_ends_the_program(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("q")
        await reader.until(lambda: reader.app.return_code == 0 and not reader.app.is_running)


async def test_the_first_start_brings_the_demo_edition_and_says_so(empty_library: Library) -> None:
    async with reading(empty_library) as reader:
        assert reader.screen.stories.ids == empty_library.ids(ArticleQuery(view=View.UNREAD, together=True))
        assert len(empty_library.ids(ArticleQuery(view=View.UNREAD))) == empty_library.counts().total
        assert "demo" in reader.screen.key_bar.message.lower()


async def test_new_stories_appear_above_and_nothing_moves(empty_library: Library, server: Server) -> None:
    def edition(newest: int) -> bytes:
        return rss(*(item(n, text=f"Text {n} steht für sich.") for n in range(newest, 0, -1)))

    feed, _result = await empty_library.subscribe(server.feed("/a", edition(20)))
    config = Config(fetch=FetchConfig(automatic=False), view=ViewConfig(together=False))
    async with reading(empty_library, config=config) as reader:
        stories = reader.screen.stories
        before = list(stories.ids)
        await reader.press("j", "j")
        await reader.shown(before[2])
        top = stories.top
        server.feed("/a", edition(23))
        await empty_library.refresh([feed.id], force=True)
        reader.screen.load_ids(merge=True)
        await reader.until(lambda: len(stories.ids) == 23)
        assert list(stories.ids)[3:] == before
        assert stories.current == before[2]
        assert stories.top == top + 9
        assert "3 neue Meldungen" in reader.screen.key_bar.message


async def test_what_comes_out_from_behind_a_row_is_no_new_story(library: Library) -> None:
    async with reading(library) as reader:
        screen = reader.screen
        ids = list(screen.stories.ids)
        folded = next(i for i in ids if (row := library.rows([i])[0]).more and not row.read)
        library.mark_read([folded])
        listed = library.ids(replace(screen.state.query, together=True))
        assert set(listed) - set(ids)
        screen.load_ids(merge=True)
        await reader.until(lambda: folded not in screen.unread, "the unread ones, read again")
        assert list(screen.stories.ids) == ids


@pytest.mark.parametrize("size", [(10, 4), (30, 8), (60, 20), (80, 24), (120, 40), (200, 50)])
async def test_all_sizes_are_usable(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as reader:
        await reader.press("j", "enter", "w", "b", "tab", "b", "h", "h", "escape")
        assert reader.app.is_running
        assert all(len(line) <= size[0] for line in reader.lines())


async def test_the_terminals_own_colours_are_enough(library: Library) -> None:
    config = replace(Config(), view=ViewConfig(theme="ansi"))
    async with reading(library, config=config) as reader:
        await reader.press("j", "enter", "w", "colon", "escape", "question_mark", "escape")
        assert reader.app.theme == "lesart-ansi"


async def test_without_colour_the_chosen_row_still_stands_out(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(library) as reader:
        stories = reader.screen.stories
        chosen, other = ({bool(s.style and s.style.reverse) for s in stories.render_line(y)} for y in (0, 3))
        assert True in chosen
        assert other == {False}
        await reader.press("t")
        assert "NO_COLOR" in reader.screen.key_bar.message


async def test_text_can_be_selected_with_the_mouse_and_copied(library: Library) -> None:
    async with reading(library) as reader:
        article = reader.screen.article
        title = next(n for n, line in enumerate(reader.lines()) if "[Update]" in line or len(line.split()) > 4)
        await reader.pilot.mouse_down("#article", offset=(3, title + 1))
        await reader.pilot.hover("#article", offset=(20, title + 1))
        await reader.pilot.mouse_up("#article", offset=(20, title + 1))
        await reader.pilot.pause()
        selected = reader.screen.get_selected_text()
        assert selected
        assert selected in reader.lines()[title]
        await reader.press("ctrl+c")
        assert reader.app.clipboard == selected
        assert article.text_selection is not None


async def test_folding_while_reading_keeps_the_place(library: Library) -> None:
    async with reading(library, size=(120, 16)) as reader:
        rows = library.rows(reader.screen.stories.ids)
        await reader.go_to(next(row.id for row in rows if "Wortlicht" in row.title))
        await reader.press("enter", "pagedown")
        offset = reader.screen.article.first_visible_offset()
        for width in (80, 60, 76, 120):
            await reader.pilot.resize_terminal(width, 16)
            await reader.until(lambda width=width: reader.screen.state.width == width)  # type: ignore[misc]
            await reader.pilot.pause()
            page = reader.screen.article.article
            assert page is not None
            assert abs(page.line_of(offset) - reader.screen.article.top) <= 2
        assert reader.screen.state.pane is Pane.ARTICLE


async def test_the_key_bar_says_what_keys_do_here(library: Library) -> None:
    async with reading(library) as reader:
        reader.screen.tell("")
        seen = []
        for _ in range(4):
            await reader.pilot.pause()
            seen.append(reader.screen.key_bar.drawn().text.strip().split("  ")[0])
            await reader.press("tab")
        assert seen == ["⏎ lesen", "h Liste", "⏎ zur Stelle", "⏎ Meldungen"]


async def test_a_folder_key_means_nothing_in_the_article(library: Library) -> None:
    async with reading(library) as reader:
        before = len(reader.screen.feed_tree.rows)
        await reader.press("enter", "z", "left")
        assert len(reader.screen.feed_tree.rows) == before
        assert reader.screen.state.folded == frozenset()


async def test_a_list_that_is_cut_says_that_there_are_more(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.model.query.LONGEST_LIST", 3)
    async with reading(library) as reader:
        assert "+" not in reader.screen.key_bar.drawn().text
        reader.screen.show_view(View.ALL)
        await reader.until(lambda: len(reader.screen.stories.ids) == 3)
        await reader.until(lambda: "/3+" in reader.screen.key_bar.drawn().text)

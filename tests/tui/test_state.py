from __future__ import annotations

from dataclasses import replace

import pytest

from reader.model.query import ArticleQuery, View
from reader.tui import state as s
from reader.tui.state import Layout, Marking, Pane, Passage, ViewState

WIDE = ViewState(width=120)
MIDDLE = ViewState(width=80)
NARROW = ViewState(width=60)


@pytest.mark.parametrize(
    ("width", "layout"),
    [(60, Layout.ONE), (74, Layout.ONE), (75, Layout.TWO), (109, Layout.TWO), (110, Layout.THREE), (200, Layout.THREE)],
)
def test_panes_fold_by_width(width: int, layout: Layout) -> None:
    assert s.resized(WIDE, width).layout is layout


def test_tab_goes_round_the_visible_panes() -> None:
    state, seen = replace(WIDE, pane=Pane.FEEDS), []
    for _ in range(5):
        seen.append(state.pane)
        state = s.pane_stepped(state, 1)
    assert seen == [Pane.FEEDS, Pane.LIST, Pane.ARTICLE, Pane.SUMMARY, Pane.FEEDS]


def test_shift_tab_goes_the_other_way() -> None:
    assert s.pane_stepped(replace(WIDE, pane=Pane.FEEDS), -1).pane is Pane.SUMMARY


def test_tab_leaves_out_a_hidden_sidebar() -> None:
    assert s.pane_stepped(replace(WIDE, pane=Pane.ARTICLE, sidebar=False), 1).pane is Pane.FEEDS


def test_with_one_pane_the_focus_decides_what_is_shown() -> None:
    article = s.focused(NARROW, Pane.ARTICLE)
    assert (article.shows_left, article.shows_article, article.shows_summary) == (False, True, False)
    assert (NARROW.shows_left, NARROW.shows_article) == (True, False)


def test_folding_keeps_the_focus_on_something_visible() -> None:
    assert s.resized(replace(WIDE, pane=Pane.SUMMARY), 80).pane is Pane.ARTICLE


def test_with_two_panes_the_sidebar_is_a_drawer_in_place_of_the_lists() -> None:
    out = s.sidebar_toggled(MIDDLE)
    assert (out.shows_left, out.shows_article, out.shows_summary, out.pane) == (False, True, True, Pane.SUMMARY)
    back = s.sidebar_toggled(out)
    assert (back.shows_left, back.shows_summary, back.pane) == (True, False, Pane.ARTICLE)


def test_hiding_the_sidebar_moves_the_focus_out_of_it() -> None:
    assert s.sidebar_toggled(replace(WIDE, pane=Pane.SUMMARY)).pane is Pane.ARTICLE


def test_another_article_forgets_passage_and_way_back() -> None:
    state = s.jumped(replace(WIDE, selected=1), Passage(choice="p0"), 7)
    state = s.selected(state, 2)
    assert (state.passage, state.return_to) == (None, None)


def test_the_first_jump_remembers_where_the_reader_was() -> None:
    state = s.jumped(replace(WIDE, pane=Pane.SUMMARY), Passage(choice="p0"), 7)
    state = s.jumped(state, Passage(choice="s1"), 40)
    assert state.return_to == 7
    assert s.returned(state) == replace(state, passage=None, return_to=None, return_pane=None)


def test_a_jump_from_the_drawer_leads_into_the_article_and_back() -> None:
    drawer = s.sidebar_toggled(MIDDLE)
    jumped = s.jumped(drawer, Passage(choice="p0"), 0)
    assert (jumped.pane, jumped.shows_summary) == (Pane.ARTICLE, True)
    assert s.returned(jumped).pane is Pane.SUMMARY


def test_walking_leaves_nothing_to_go_back_to() -> None:
    assert s.walked(WIDE, Passage(attribution=0)).return_to is None


def test_walking_from_the_list_shows_the_article_where_only_one_pane_fits() -> None:
    assert s.walked(NARROW, Passage(attribution=0)).pane is Pane.ARTICLE
    assert s.walked(MIDDLE, Passage(attribution=0)).pane is Pane.LIST


@pytest.mark.parametrize(
    ("pane", "after"),
    [(Pane.SUMMARY, Pane.ARTICLE), (Pane.ARTICLE, Pane.LIST), (Pane.LIST, Pane.FEEDS), (Pane.FEEDS, Pane.FEEDS)],
)
def test_back_goes_one_pane_to_the_left(pane: Pane, after: Pane) -> None:
    assert s.backed(replace(WIDE, pane=pane)).pane is after


def test_back_out_of_the_drawer_shows_the_lists_again() -> None:
    drawer = replace(s.sidebar_toggled(MIDDLE), pane=Pane.ARTICLE)
    assert s.backed(drawer).shows_left


def test_search_and_escape_lead_back_to_the_view_from_before() -> None:
    before = replace(WIDE, query=ArticleQuery(view=View.STARRED), title="Gemerkt")
    state = s.search_changed(s.search_opened(before), " Hafen ", "Suche: Hafen")
    assert (state.query.search, state.query.view) == ("Hafen", View.ALL)
    after = s.search_closed(state, keep=False)
    assert (after.query, after.title, after.searching) == (before.query, "Gemerkt", False)


def test_a_second_search_still_remembers_the_first_view() -> None:
    before = replace(WIDE, query=ArticleQuery(view=View.STARRED))
    state = s.search_closed(s.search_changed(s.search_opened(before), "eins", ""), keep=True)
    state = s.search_closed(s.search_changed(s.search_opened(state), "zwei", ""), keep=False)
    assert state.query == before.query


def test_an_empty_search_shows_the_view_from_before() -> None:
    before = replace(WIDE, query=ArticleQuery(view=View.STARRED), title="Gemerkt")
    state = s.search_changed(s.search_changed(s.search_opened(before), "Hafen", "x"), "  ", "x")
    assert (state.query, state.title) == (before.query, "Gemerkt")


def test_undo_takes_the_last_marking() -> None:
    first, second = Marking("read", (1,), True), Marking("star", (2,), True)
    state = s.marked(s.marked(WIDE, first, ""), second, "")
    state, taken = s.undone(state)
    assert (taken, state.undo) == (second, (first,))


def test_a_marking_that_changed_nothing_is_not_kept() -> None:
    assert s.marked(WIDE, Marking("read", (), True), "nichts").undo == ()


def test_undo_is_bounded() -> None:
    state = WIDE
    for number in range(80):
        state = s.marked(state, Marking("read", (number,), True), "")
    assert len(state.undo) == s.UNDO_DEPTH


def test_nothing_to_undo() -> None:
    assert s.undone(WIDE) == (WIDE, None)


def test_folding_twice_is_nothing() -> None:
    assert s.folder_toggled(s.folder_toggled(WIDE, "Politik"), "Politik") == WIDE


def test_an_entered_search_looks_for_everything() -> None:
    typed = s.search_changed(s.search_opened(ViewState(query=ArticleQuery())), "eins", "")
    assert not typed.query.entered
    assert s.search_closed(typed, keep=True).query == ArticleQuery(search="eins", entered=True)
    assert s.search_closed(s.search_opened(ViewState(query=ArticleQuery())), keep=True).query == ArticleQuery()

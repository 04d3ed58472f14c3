from __future__ import annotations

from reader.model.article import Feed
from reader.model.query import Counts, View
from reader.tui.render.line import cells
from reader.tui.render.tree import render_tree_row, tree_rows
from tests.tui.render.golden import assert_golden

FEEDS = (
    Feed(id=1, address="https://example.org/1", title="Lokalanzeiger", unread=3),
    Feed(id=2, address="https://example.org/2", title="Hörfunk", folder="Politik", unread=12),
    Feed(id=3, address="https://example.org/3", title="Tagesblatt", folder="Politik", error="Keine Antwort"),
)
COUNTS = Counts(unread=1234, starred=7, today=42, total=5000)


def test_the_tree_as_it_is_drawn() -> None:
    rows = tree_rows(FEEDS, COUNTS)
    assert_golden("tree-30", [render_tree_row(r, 30, cursor=n == 1, focused=True) for n, r in enumerate(rows)])


def test_a_folder_counts_what_its_feeds_have() -> None:
    folder = next(row for row in tree_rows(FEEDS, COUNTS) if row.view is View.FOLDER)
    assert (folder.label, folder.count) == ("Politik", 12)


def test_a_folded_folder_hides_its_feeds_and_keeps_their_failure() -> None:
    rows = tree_rows(FEEDS, COUNTS, {"Politik"})
    assert [row.label for row in rows[4:]] == ["Lokalanzeiger", "Politik"]
    assert rows[-1].failed


def test_a_failed_feed_has_a_sign() -> None:
    row = next(row for row in tree_rows(FEEDS, COUNTS) if row.failed)
    assert "! Tagesblatt" in render_tree_row(row, 30, cursor=False, focused=False).text


def test_no_line_is_wider_than_the_tree() -> None:
    for row in tree_rows(FEEDS, COUNTS):
        assert cells(render_tree_row(row, 14, cursor=True, focused=True).text) <= 14

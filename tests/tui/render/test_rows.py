from __future__ import annotations

from datetime import timedelta

import pytest

from reader.tui.render.line import cells
from reader.tui.render.rows import render_row
from tests.tui.builders import NOW, a_row
from tests.tui.render.golden import assert_golden

LONG = "[Update] Bundestag vertagt Abstimmung über das Wärmegesetz auf die nächste Sitzungswoche"


def test_rows_as_they_are_drawn() -> None:
    rows = [
        a_row(sources=3, anonymous=1, first_point="Brücke bis Sommer gesperrt"),
        a_row(title=LONG, read=True, starred=True, genre="commentary"),
        a_row(title="Kurz", first_point="Ein erster Punkt", completeness="teaser"),
    ]
    lines = [entry for n, row in enumerate(rows) for entry in render_row(row, 34, now=NOW, cursor=n == 1, focused=True)]
    assert_golden("rows-34", lines)


@pytest.mark.parametrize("width", [12, 24, 40, 80])
def test_no_line_is_wider_than_the_list(width: int) -> None:
    row = a_row(title=LONG, sources=12, anonymous=3, genre="fact_check", completeness="paywall", starred=True)
    for cursor in (False, True):
        assert all(cells(entry.text) <= width for entry in render_row(row, width, now=NOW, cursor=cursor))


def test_brackets_in_a_headline_are_shown() -> None:
    assert "[Update] Bundestag" in render_row(a_row(title=LONG), 40, now=NOW)[0].text


def test_a_row_without_a_headline_says_so() -> None:
    assert "(ohne Überschrift)" in render_row(a_row(title=""), 40, now=NOW)[0].text


def test_in_the_list_of_one_feed_the_outlet_is_not_repeated() -> None:
    assert "Beispielblatt" not in render_row(a_row(), 40, now=NOW, outlet=False)[1].text


def test_an_old_story_has_its_date() -> None:
    row = a_row(published=NOW - timedelta(days=30))
    assert "12.02.2026" in " ".join(entry.text for entry in render_row(row, 40, now=NOW))


def test_a_row_that_has_not_been_read_is_still_three_lines() -> None:
    assert len(render_row(None, 40, now=NOW)) == 3

from __future__ import annotations

from datetime import timedelta

import pytest

from reader.model.article import Badge
from reader.tui.render.line import Line, cells
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


def text_of(lines: tuple[Line, ...]) -> str:
    return "\n".join(entry.text for entry in lines)


def test_rows_of_stories_as_they_are_drawn() -> None:
    told = a_row(more=2, others=("Funkblatt", "Hörfunk"), minutes=3, completeness="full", sources=2)
    lines = [entry for row in (told, a_row(title=LONG, more=1)) for entry in render_row(row, 60, now=NOW)]
    lines += [
        *render_row(told, 60, now=NOW, opened=True),
        *render_row(a_row(outlet="Hörfunk"), 60, now=NOW, child=True),
    ]
    urgent = a_row(badges=(Badge.URGENT, Badge.FOREIGN), first_point="Brücke bis Sommer gesperrt", title=LONG)
    lines += render_row(urgent, 60, now=NOW, points=True)
    assert_golden("rows-stories-60", lines)


def test_a_paywalled_teaser_says_paywall_once() -> None:
    row = a_row(completeness="paywall", badges=(Badge.PAYWALL,))
    assert text_of(render_row(row, 60, now=NOW)).count("Bezahlschranke") == 1


def test_the_first_point_has_a_line_of_its_own_when_wished() -> None:
    row = a_row(title=LONG, first_point="Brücke bis Sommer gesperrt")
    assert "Brücke bis Sommer" not in text_of(render_row(row, 34, now=NOW))
    assert "Brücke bis Sommer" in render_row(row, 34, now=NOW, points=True)[2].text


@pytest.mark.parametrize("points", [True, False])
def test_every_row_of_a_list_is_as_high_as_the_others(points: bool) -> None:
    rows = [None, a_row(), a_row(title=LONG, first_point="Ein Punkt"), a_row(first_point="Ein Punkt")]
    assert len({len(render_row(row, 40, now=NOW, points=points)) for row in rows}) == 1


@pytest.mark.parametrize("width", [12, 24, 40, 80])
def test_no_line_is_wider_than_the_list(width: int) -> None:
    row = a_row(title=LONG, sources=12, anonymous=3, genre="fact_check", completeness="paywall", starred=True, more=3)
    for cursor in (False, True):
        for child in (False, True):
            drawn = render_row(row, width, now=NOW, cursor=cursor, child=child, points=True)
            assert all(cells(entry.text) <= width for entry in drawn)


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


@pytest.mark.parametrize("outlet", ["Hörfunk", "Osterfelder Anzeiger und Tageblatt"])
def test_a_telling_below_its_story_names_its_outlet_in_a_narrow_list(outlet: str) -> None:
    row = a_row(outlet=outlet, sources=8, minutes=3)
    drawn = " ".join(entry.text for entry in render_row(row, 26, now=NOW, child=True))
    assert outlet[:12] in drawn

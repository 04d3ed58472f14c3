"""A page is drawn as far as it is asked for."""

from __future__ import annotations

import pytest

from reader.model.analysis import Reading
from reader.model.article import BlockKind
from reader.tui.render.article import render_article
from reader.tui.render.page import ArticlePage
from tests.tui.builders import BRIDGE, NOW, a_document, an_article, bridge_reading
from tests.tui.render.test_effort import crowded, steps


def page_of(reading: Reading, width: int = 80) -> ArticlePage:
    return render_article(reading, width=width, text_width=80, now=NOW)


@pytest.mark.parametrize("blocks", [1, 100])
def test_the_first_screens_of_a_long_text_cost_no_more_than_those_of_a_short_one(blocks: int) -> None:
    plain = [Reading(r.article, r.document, None) for r in (crowded(400, blocks=1), crowded(5000, blocks=blocks))]
    short, long = (page_of(Reading(r.article, a_document((BlockKind.PARAGRAPH, r.document.text)), None)) for r in plain)
    assert steps(lambda: long.grow(48)) < 1.1 * steps(lambda: short.grow(48))
    assert 48 <= len(long.drawn) < 60
    assert not long.complete


def test_a_page_drawn_bit_by_bit_is_the_page_drawn_at_once() -> None:
    page = page_of(bridge_reading())
    while not page.complete:
        page.grow(len(page.drawn) + 1)
    assert list(page.drawn) == list(page_of(bridge_reading()).lines)


def test_how_long_it_will_be_is_told_from_the_start() -> None:
    page = page_of(Reading(an_article(), a_document((BlockKind.PARAGRAPH, "Die Brücke bleibt zu. " * 4000)), None))
    page.grow(100)
    told = page.expected
    assert 0.9 * len(page.lines) < told < 1.1 * len(page.lines)
    assert page.expected == len(page.lines)


def test_a_passage_further_down_is_drawn_when_its_line_is_asked_for() -> None:
    page = page_of(bridge_reading())
    page.grow(1)
    at = BRIDGE.text.index("Eine Brücke ist")
    assert not page.shows(at)
    assert "Eine Brücke ist" in page.drawn[page.line_of(at)].text
    assert page.shows(at)
    assert not page.complete


def test_the_first_words_below_a_line_are_found_where_they_are_not_drawn_yet() -> None:
    page = page_of(bridge_reading())
    assert page.offset_at(0) == 0
    assert page.offset_at(len(page.lines)) == -1

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.model.analysis import Completeness, Genre, Reading
from reader.model.article import BlockKind
from reader.tui.render.article import passages, render_article
from reader.tui.render.line import cells
from reader.tui.render.page import ArticlePage
from tests.tui.builders import BRIDGE, NOW, a_document, an_article, bridge_analysis, bridge_reading, span_of
from tests.tui.render.golden import assert_golden


def drawn(reading: Reading, width: int = 60, *, highlights: bool = True) -> ArticlePage:
    return render_article(reading, width=width, text_width=80, now=NOW, highlights=highlights)


@pytest.mark.parametrize("width", [40, 60, 100])
def test_the_article_as_it_is_drawn(width: int) -> None:
    assert_golden(f"article-{width}", drawn(bridge_reading(), width).lines)


def test_without_marks_only_the_text_is_left() -> None:
    assert_golden("article-plain", drawn(bridge_reading(), highlights=False).lines)


def test_before_the_analysis_the_text_is_there() -> None:
    lines = drawn(Reading(an_article(), BRIDGE, None)).lines
    assert any("Die Pfeiler sind nicht mehr sicher" in entry.text for entry in lines)


def test_a_teaser_is_named_as_one() -> None:
    assert_golden("article-teaser", drawn(bridge_reading(completeness=Completeness.TEASER)).lines)


def test_what_no_page_can_complete_is_not_offered_to_be_loaded() -> None:
    text = " ".join(entry.text for entry in drawn(bridge_reading(completeness=Completeness.PAYWALL)).lines)
    assert "Bezahlschranke" in text
    assert "Volltext" not in text


def test_a_teaser_has_no_time_to_read() -> None:
    def head(completeness: Completeness) -> str:
        return " ".join(entry.text for entry in drawn(bridge_reading(completeness=completeness)).lines[:3])

    assert "Min." in head(Completeness.FULL)
    assert "Min." not in head(Completeness.TEASER)


def test_the_kind_of_text_is_named() -> None:
    lines = drawn(bridge_reading(genre=Genre.COMMENTARY)).lines
    assert any("Kommentar" in entry.text for entry in lines)


def test_the_summary_box_is_not_repeated_in_the_text() -> None:
    assert not any("Kosten noch offen" in entry.text for entry in drawn(bridge_reading()).lines)


@pytest.mark.parametrize("width", [20, 33, 60, 120, 200])
def test_no_line_is_wider_than_the_pane(width: int) -> None:
    assert max(cells(entry.text) for entry in drawn(bridge_reading(), width).lines) <= width


def test_text_stays_within_its_measure_and_in_the_middle_of_a_wide_pane() -> None:
    lines = drawn(bridge_reading(), 200).lines
    texts = [entry.text for entry in lines if entry.text.strip()]
    assert min(len(text) - len(text.lstrip()) for text in texts) >= 55
    assert max(cells(text.strip()) for text in texts) <= 82


def test_a_passage_finds_its_line() -> None:
    page = drawn(bridge_reading())
    span = span_of(BRIDGE.text, "zwei Lager gerissen")
    assert "zwei Lager gerissen" in page.lines[page.line_of(span.start)].text


def test_a_line_finds_its_offset() -> None:
    page = drawn(bridge_reading())
    number = page.line_of(BRIDGE.text.index("Was die Prüfer"))
    assert page.offset_at(number) == BRIDGE.text.index("Was die Prüfer")


def test_key_sentences_have_a_bar_in_the_margin() -> None:
    lines = [entry.text for entry in drawn(bridge_reading()).lines]
    assert [text.lstrip()[:1] == "▌" for text in lines if "Die Hafenbrücke" in text] == [True]
    assert not any(text.lstrip().startswith("▌") for text in lines if "Umleitung" in text)


def test_a_click_on_a_statement_names_its_attribution() -> None:
    page = drawn(bridge_reading())
    number = page.line_of(BRIDGE.text.index("Die Pfeiler"))
    column = page.lines[number].text.index("Pfeiler")
    assert page.lines[number].target_at(column) == "a1"


def test_a_link_has_a_number_and_its_address_below() -> None:
    page = drawn(bridge_reading())
    assert any("Nordbrücke[1]" in entry.text for entry in page.lines)
    assert any("[1] example.org/nord" in entry.text for entry in page.lines)


def test_passages_follow_the_text() -> None:
    assert passages(bridge_reading()) == (0, 1, 2, 3, 4, 5, 6)


def test_a_wide_table_is_shrunk_to_the_line() -> None:
    document = a_document(
        (BlockKind.TABLE, "Ort\tWas dort geschah und warum es wichtig ist"),
        (BlockKind.TABLE, "Hafen\tEine lange Erklärung, die nicht in eine Zeile passt"),
    )
    lines = drawn(Reading(an_article(), document, None), 40).lines
    assert_golden("article-table", lines)


def test_an_empty_article_still_has_its_headline() -> None:
    reading = Reading(
        an_article(),
        a_document(),
        bridge_analysis(completeness=Completeness.EMPTY, key_points=(), attributions=(), sources=()),
    )
    assert any("Stadt sperrt" in entry.text for entry in drawn(reading).lines)


def test_a_change_is_told_when_it_came_later() -> None:
    article = an_article(updated=NOW)
    lines = drawn(Reading(article, BRIDGE, None), 100).lines
    assert any("geändert gerade eben" in entry.text.replace("\xa0", " ") for entry in lines)
    lines = drawn(Reading(an_article(updated=an_article().published), BRIDGE, None), 100).lines
    assert not any("geändert" in entry.text for entry in lines)


def test_an_uncertain_mark_is_weaker_and_carries_a_question_mark() -> None:
    sure = bridge_reading()
    assert sure.analysis is not None
    doubtful = tuple(replace(item, confidence=0.5) for item in sure.analysis.attributions)
    unsure = Reading(sure.article, sure.document, replace(sure.analysis, attributions=doubtful))
    roles = {word for line in drawn(unsure).lines for piece in line.pieces for word in piece.role.split()}
    assert "unsure" in roles
    assert any("■?" in line.text or "●?" in line.text or "▲?" in line.text for line in drawn(unsure).lines)
    assert not any("unsure" in piece.role for line in drawn(sure).lines for piece in line.pieces)

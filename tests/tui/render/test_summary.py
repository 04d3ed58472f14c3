from __future__ import annotations

import re
from dataclasses import replace

import pytest

from reader.model.analysis import Completeness
from reader.tui.render.line import cells
from reader.tui.render.summary import choice_of_attribution, legend, render_summary, spans_of
from tests.tui.builders import BRIDGE, bridge_reading, span_of
from tests.tui.render.golden import assert_golden


@pytest.mark.parametrize("width", [30, 46])
def test_the_sidebar_as_it_is_drawn(width: int) -> None:
    assert_golden(f"summary-{width}", render_summary(bridge_reading(), width).lines)


def test_a_teaser_says_why_there_are_no_points() -> None:
    reading = bridge_reading(completeness=Completeness.TEASER, key_points=())
    text = " ".join(entry.text.strip() for entry in render_summary(reading, 60).lines)
    assert "Keine Punkte: Ein Anriss ist kein Artikel." in text


@pytest.mark.parametrize(
    ("completeness", "offered"),
    [
        (Completeness.TEASER, ["f", "o"]),
        (Completeness.TITLE_ONLY, ["f", "o"]),
        (Completeness.PAYWALL, ["o"]),
        (Completeness.FULL, []),
    ],
)
def test_a_stub_offers_the_ways_to_more(completeness: Completeness, offered: list[str]) -> None:
    reading = bridge_reading(completeness=completeness, key_points=(), attributions=(), sources=())
    page = render_summary(reading, 34, keys={"f": "f", "o": "o"})
    assert [target for target, _first, _last in page.choices] == offered


def test_a_stub_without_an_address_offers_nothing() -> None:
    reading = bridge_reading(completeness=Completeness.TEASER, key_points=(), attributions=(), sources=())
    alone = replace(reading, article=replace(reading.article, address=""))
    assert not render_summary(alone, 34).choices


def test_a_text_without_sources_says_so() -> None:
    reading = bridge_reading(attributions=(), sources=())
    text = " ".join(entry.text.strip() for entry in render_summary(reading, 80).lines)
    assert "Niemand wird genannt" in text


def test_nothing_open_is_said() -> None:
    assert render_summary(None, 30).lines[0].text.strip() == "Kein Artikel geöffnet."


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (60, "Auch bei: Funkblatt, Wistalbote, Küstenkurier, Rheinpost"),
        (46, "Auch bei: Funkblatt, Wistalbote (+2)"),
        (30, "Auch bei: Funkblatt (+3)"),
        (16, "Auch bei: Fun…"),
    ],
)
def test_who_else_tells_the_story_stands_on_top_in_one_line(width: int, line: str) -> None:
    outlets = ("Funkblatt", "Wistalbote", "Küstenkurier", "Rheinpost")
    lines = render_summary(bridge_reading(), width, outlets=outlets).lines
    assert lines[0].text.strip() == line
    assert not lines[1].text.strip()


def test_a_story_of_one_outlet_has_no_line_on_top() -> None:
    assert render_summary(bridge_reading(), 60).lines[0].text.strip().startswith("Das Wichtigste")


@pytest.mark.parametrize("width", [20, 25, 26, 27, 40])
def test_the_heading_of_the_points_is_never_cut_for_their_origin(width: int) -> None:
    lines = [entry.text.strip() for entry in render_summary(bridge_reading(), width).lines]
    heading = next(line for line in lines if line.startswith("Das Wicht"))
    assert heading.startswith("Das Wichtigste")
    assert "…" not in heading
    assert any(line.endswith("Redaktion") for line in lines[:2])


@pytest.mark.parametrize("width", [12, 20, 30, 60])
def test_no_line_is_wider_than_the_sidebar(width: int) -> None:
    assert max(cells(entry.text) for entry in render_summary(bridge_reading(), width).lines) <= width


def test_every_choice_with_a_passage_leads_to_it() -> None:
    reading = bridge_reading()
    choices = [target for target, _first, _last in render_summary(reading, 34).choices]
    assert choices == ["p0", "p1", "s2", "s1", "s3", "s4", "s5", "h"]
    assert [bool(spans_of(target, reading)) for target in choices] == [True, False, True, True, True, True, True, True]


def test_an_editorial_point_leads_to_the_sentence_that_says_the_same() -> None:
    sentence = span_of(BRIDGE.text, "Die Hafenbrücke bleibt bis zum Sommer gesperrt.")
    assert spans_of("p0", bridge_reading()) == ((sentence,),)


def test_a_source_with_two_statements_has_two_passages() -> None:
    assert len(spans_of("s2", bridge_reading())) == 2


def test_an_attribution_finds_its_place_in_the_sidebar() -> None:
    reading = bridge_reading()
    assert [choice_of_attribution(reading, n) for n in (1, 5, 6)] == ["s2", "h", "s5"]


def test_the_legend_names_every_sign() -> None:
    text = " ".join(entry.text for entry in legend(100))
    assert all(sign in text for sign in "▣■●◐▲¶□≈∅○▌")


def test_the_analysis_may_be_under_way() -> None:
    reading = bridge_reading()
    pending = type(reading)(reading.article, reading.document, None)
    assert "Wird analysiert" in render_summary(pending, 30, pending=True).lines[0].text


def test_a_wide_sidebar_tells_in_which_forms_a_source_is_heard() -> None:
    wide = " ".join(entry.text for entry in render_summary(bridge_reading(), 60).lines)
    narrow = " ".join(entry.text for entry in render_summary(bridge_reading(), 30).lines)
    assert re.search(r"\d (?:wörtlich|indirekt|Konjunktiv|berichtet)", wide)
    assert not re.search(r"\d (?:wörtlich|indirekt|Konjunktiv|berichtet)", narrow)

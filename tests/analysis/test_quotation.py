"""Quotation marks in pairs, in every style that German texts use, also when they are set badly."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.quotation import quotes


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotes(text, 0, len(text))]


@pytest.mark.parametrize(
    "mark",
    [
        "„Das ist gut“",
        "„Das ist gut”",
        '„Das ist gut"',
        '"Das ist gut"',
        "»Das ist gut«",
        "«Das ist gut»",
        "“Das ist gut”",
    ],
)
def test_a_quotation_in_each_style(mark: str) -> None:
    assert quoted(f"Er sagte: {mark}, und ging.") == [mark]


def test_two_quotations_stay_two() -> None:
    assert quoted("„Ja“, sagte er. „Nein“, sagte sie.") == ["„Ja“", "„Nein“"]


def test_a_quotation_inside_a_quotation_belongs_to_it() -> None:
    assert quoted("Er sagte: „Das Wort ‚Krise‘ mag ich nicht.“") == ["„Das Wort ‚Krise‘ mag ich nicht.“"]


def test_without_a_closing_mark_it_reaches_to_the_end_of_the_sentence() -> None:
    text = "Er sagte: „Das ist gut. Dann ging er."
    assert quoted(text) == ["„Das ist gut."]
    assert not quotes(text, 0, len(text))[0].closed


def test_a_closing_mark_alone_opens_nothing() -> None:
    assert quoted("Das ist gut“, sagte er.") == []


def test_an_apostrophe_is_no_quotation() -> None:
    assert quoted("So geht's nicht, sagte Andrea's Bruder.") == []


@given(st.text(alphabet='„“”»«"‚‘’ aB.,\n', max_size=60))
def test_quotations_never_overlap(text: str) -> None:
    found = quotes(text, 0, len(text))
    assert all(q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))

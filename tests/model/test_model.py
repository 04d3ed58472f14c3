"""Spans, documents and what is derived from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.analysis import reading_minutes
from reader.model.article import Block, BlockKind, Document
from reader.model.span import Span, joined

SPANS = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


def a_document(text: str = "Ein Satz.", **more: str) -> Document:
    return Document(text=text, blocks=(Block(BlockKind.LEAD, Span(0, len(text))),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3)])
def test_an_empty_or_negative_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(SPANS, SPANS)
def test_overlap_is_symmetric_and_follows_from_containment(one: Span, other: Span) -> None:
    assert (
        one.overlaps(other)
        == other.overlaps(one)
        == bool(set(range(one.start, one.end)) & set(range(other.start, other.end)))
    )
    if one.contains(other):
        assert one.overlaps(other)
        assert len(one) >= len(other)


def test_pieces_are_joined_in_text_order() -> None:
    assert joined("teilte am Montag mit", [Span(0, 6), Span(17, 20)], " … ") == "teilte … mit"


@pytest.mark.parametrize("field", ["title", "kicker", "language"])
def test_the_digest_names_all_that_the_analysis_may_look_at(field: str) -> None:
    assert a_document().digest == a_document().digest
    assert a_document().digest != a_document(**{field: "xx"}).digest
    assert a_document("Ein Satz.").digest != a_document("Ein Satz!").digest


def test_the_kind_of_a_block_is_part_of_the_digest() -> None:
    quote = Document(text="Ein Satz.", blocks=(Block(BlockKind.QUOTE, Span(0, 9)),))
    assert quote.digest != a_document().digest


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (199, 1), (400, 2), (1000, 5)])
def test_reading_time_is_counted_at_200_words_a_minute(words: int, minutes: int) -> None:
    text = " ".join(["Wort"] * words)
    document = a_document(text) if words else Document(text="", blocks=())
    assert reading_minutes(document) == minutes

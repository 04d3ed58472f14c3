"""Documents and analyses come back as they went in, to the last code point."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.analysis import (
    Analysis,
    Attribution,
    Completeness,
    Genre,
    KeyPoint,
    Note,
    PointOrigin,
    ReportForm,
    Source,
    SourceKind,
)
from reader.model.article import Block, BlockKind, Document, Link
from reader.model.span import Span
from reader.store import codec
from reader.store.codec import (
    beside,
    pack_analysis,
    pack_document,
    pack_guid,
    pack_text,
    unpack_analysis,
    unpack_document,
    unpack_guid,
    unpack_text,
)

texts = st.text(st.characters(), max_size=60)
spans = st.tuples(st.integers(0, 10_000), st.integers(1, 500)).map(lambda p: Span(p[0], p[0] + p[1]))
span_tuples = st.lists(spans, max_size=4).map(tuple)
documents = st.builds(
    Document,
    text=texts,
    blocks=st.lists(st.builds(Block, st.sampled_from(BlockKind), spans), max_size=5).map(tuple),
    title=texts,
    kicker=texts,
    date=st.none() | texts,
    authors=st.lists(texts, max_size=3).map(tuple),
    links=st.lists(st.builds(Link, spans, texts), max_size=3).map(tuple),
    language=texts,
    labels=st.lists(texts, max_size=3).map(tuple),
)
analyses = st.builds(
    Analysis,
    digest=st.binary(min_size=16, max_size=16),
    version=st.integers(0, 2**31),
    completeness=st.sampled_from(Completeness),
    genre=st.sampled_from(Genre),
    sources=st.lists(
        st.builds(
            Source,
            id=st.integers(1, 99),
            name=texts,
            kind=st.sampled_from(SourceKind),
            role=st.none() | texts,
            via=st.none() | st.integers(1, 99),
            mentions=span_tuples,
        ),
        max_size=3,
    ).map(tuple),
    attributions=st.lists(
        st.builds(
            Attribution,
            content=span_tuples,
            form=st.sampled_from(ReportForm),
            cue=span_tuples,
            speaker=span_tuples,
            source=st.none() | st.integers(1, 99),
            confidence=st.floats(0, 1),
            why=texts,
        ),
        max_size=3,
    ).map(tuple),
    key_points=st.lists(
        st.builds(
            KeyPoint,
            text=texts,
            spans=span_tuples,
            sources=st.lists(st.integers(1, 99), max_size=3).map(tuple),
            origin=st.sampled_from(PointOrigin),
            evidence=st.none() | spans,
            score=st.floats(allow_nan=False, allow_infinity=False),
        ),
        max_size=3,
    ).map(tuple),
    notes=st.lists(st.sampled_from(Note), max_size=3).map(tuple),
)


@given(documents)
def test_a_document_round_trips(document: Document) -> None:
    again = unpack_document(pack_document(document))
    assert again == document
    assert again.digest == document.digest
    assert pack_document(again) == pack_document(document)


@given(analyses)
def test_an_analysis_round_trips(analysis: Analysis) -> None:
    again = unpack_analysis(pack_analysis(analysis))
    assert again == analysis
    assert pack_analysis(again) == pack_analysis(analysis)


@given(analyses, texts | st.text(max_size=3).map(lambda text: text * 20_000))
def test_an_analysis_round_trips_beside_its_text(analysis: Analysis, text: str) -> None:
    kept = beside(pack_analysis(analysis), text)
    assert unpack_analysis(kept, analysis.digest, text) == analysis
    assert beside(kept, text) == kept


def test_an_analysis_is_smaller_beside_its_text_and_refused_beside_another() -> None:
    sentences = [f"{GERMAN[:-1]} im Fall {number}, teilte das Amt Nummer {number * 7} mit." for number in range(12)]
    text, places = " ".join(sentences), [0]
    for sentence in sentences:
        places.append(places[-1] + len(sentence) + 1)
    points = tuple(
        KeyPoint(
            text=sentence,
            spans=(Span(start, start + len(sentence)),),
            sources=(),
            origin=PointOrigin.EXTRACTED,
            evidence=None,
            score=0.5,
        )
        for sentence, start in zip(sentences, places, strict=False)
    )
    analysis = Analysis(
        digest=b"0123456789abcdef",
        version=1,
        completeness=Completeness.FULL,
        genre=Genre.NEWS,
        sources=(),
        attributions=(),
        key_points=points,
    )
    packed = pack_analysis(analysis)
    kept = beside(packed, text)
    assert len(kept) < 0.7 * len(packed)
    with pytest.raises(ValueError, match="packed value"):
        unpack_analysis(kept, analysis.digest, text.upper())


@given(texts, texts | st.just("="))
def test_a_guid_round_trips_beside_its_address(guid: str, address: str) -> None:
    for one in (guid, address, f"={guid}"):
        assert unpack_guid(pack_guid(one, address), address) == one


@given(texts | texts.map(lambda text: text * 30))
def test_a_column_of_prose_round_trips(text: str) -> None:
    assert unpack_text(pack_text(text)) == text


GERMAN = "Der Minister sagte am Montag, das Gesetz komme noch in diesem Jahr."


def earlier_forms(packed: bytes) -> list[bytes]:
    """The same value as earlier versions wrote it."""
    plain = codec._inflated(packed)
    return [plain, zlib.compress(plain, 6)]


def test_a_teaser_takes_less_than_without_the_dictionary() -> None:
    packed = pack_document(Document(text=GERMAN, blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(GERMAN))),)))
    plain, without = earlier_forms(packed)
    assert len(packed) < 0.65 * len(without) <= 0.65 * len(plain)


@given(documents)
def test_documents_of_earlier_versions_are_read(document: Document) -> None:
    assert [unpack_document(form) for form in earlier_forms(pack_document(document))] == [document] * 2


@given(analyses)
def test_analyses_of_earlier_versions_are_read(analysis: Analysis) -> None:
    assert [unpack_analysis(form) for form in earlier_forms(pack_analysis(analysis))] == [analysis] * 2


@given(st.integers(1), st.integers(1, 255))
def test_a_changed_byte_never_passes_for_another_text(place: int, change: int) -> None:
    document = Document(text=GERMAN, blocks=())
    packed = bytearray(pack_document(document))
    packed[place % len(packed)] ^= change
    with suppress(ValueError):
        assert unpack_document(bytes(packed)) == document


def test_the_dictionary_is_the_one_that_stored_values_were_made_with() -> None:
    digest = hashlib.sha256(codec._dictionary()).hexdigest()
    assert digest == "f8a3ada4723224499e510324159df923792a534b325d9bd5b9b1ea7a5498e024", (
        "a changed dictionary makes every stored article unreadable"
    )


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"\x78\x9cnonsense", b"\xff\xfe", b"[1,2]", b"\x01", b"\x01\x00\x00\x03\x00"]
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - several messages, all ours or the standard library's
        unpack_document(data)

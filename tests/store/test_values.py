"""What the rules for the values of a backup let through: all that the border does, and nothing that could do harm."""

from __future__ import annotations

import tracemalloc
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.article import Document, Link
from reader.model.span import Span
from reader.store import codec, values
from reader.text.address import web_address
from reader.text.sanitize import clean_line, clean_text
from tests.store.builders import a_document


def test_a_packed_value_is_never_unpacked_beyond_its_bound() -> None:
    with pytest.raises(ValueError, match="too large"):
        codec.text_of(zlib.compress(b'["' + b"a" * codec.LARGEST + b'"]'))


def test_looking_at_a_bomb_takes_little_memory() -> None:
    bomb = zlib.compress(b'["' + b"a" * 10 * codec.LARGEST + b'"]')
    tracemalloc.start()
    try:
        found = values.document(bomb)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found is not None
    assert found[0] == values.UNREADABLE
    assert most < 4 * codec.LARGEST


@given(st.text())
def test_what_has_passed_the_border_passes(text: str) -> None:
    assert values.line(clean_line(text)) is None
    assert values.lines(clean_text(text)) is None
    assert values.address(web_address(text)) is None


@given(st.text(), st.text())
def test_addresses_that_passed_the_border_pass(machine: str, path: str) -> None:
    assert values.address(web_address(f"https://a{machine}.example/{path}")) is None


def test_nothing_is_refused_that_the_border_lets_through() -> None:
    harmful = [chr(code) for code in range(0x11000) if values.harm(chr(code)) is not None]
    assert len(harmful) > 60
    assert [char for char in harmful if char in clean_text(f"a{char}b")] == []


def test_links_and_texts_of_documents_pass() -> None:
    document = replace(
        a_document("Ein Satz.\tNoch einer.\nUnd noch einer."),
        links=(Link(Span(0, 3), "https://example.org/a?b=ü"),),
        authors=("Ä. Ö.",),
        date="2024-05-03T10:00:00.123456+02:00",
        labels=("Kommentar", "isAccessibleForFree=false"),
    )
    assert values.document(codec.pack_document(document)) is None
    assert values.document(codec.pack_document(Document(text="", blocks=()))) is None

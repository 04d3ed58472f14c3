"""Texts without an end: the time of the whole analysis grows with their length, whatever is repeated."""

from __future__ import annotations

import pytest

from reader.analysis import analyze
from reader.model.article import Document
from reader.text.html import document_from_html
from tests.growth import growth


@pytest.mark.parametrize("piece", ["und der und die ", "sagte er, ", "... ", "„a“, sagte Meier, ", "der Mann, der "])
def test_the_time_grows_with_the_text(piece: str) -> None:
    def document(size: int) -> Document:
        return document_from_html(piece * (size // len(piece)), title="Groß und Müller sagte das Gesetz")

    assert growth(document, analyze, 8000, 8) < 24

"""Real German feeds: at least the entries that feedparser finds, and what traps they hold."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import pytest

from reader.feeds.parse import parse

_FOLDER = Path(os.environ.get("LESART_BENCHMARKS", "")) / "corpus" / "feeds"
FILES = sorted(_FOLDER.glob("*.xml.gz")) if "LESART_BENCHMARKS" in os.environ else []
needs_corpus = pytest.mark.skipif(not FILES, reason="LESART_BENCHMARKS names no folder with corpus/feeds")


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_entry_that_feedparser_finds_is_found(path: Path) -> None:
    import feedparser

    body = gzip.decompress(path.read_bytes())
    found = parse(body, address="https://example.org/feed")
    expected = feedparser.parse(io.BytesIO(body)).entries
    assert len(found.entries) == len(expected) > 0
    assert all(entry.title for entry in found.entries)
    assert all(entry.address.startswith("http") for entry in found.entries)
    dated = sum("published_parsed" in entry or "updated_parsed" in entry for entry in expected)
    assert sum((entry.published or entry.updated) is not None for entry in found.entries) >= dated


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_text_is_damaged_on_the_way(path: Path) -> None:
    body = gzip.decompress(path.read_bytes())
    text = " ".join(entry.title + entry.html for entry in parse(body).entries)
    for damage in ("Ã¼", "Ã¤", "â€", "\ufffd"):
        assert damage.encode() in body or damage not in text  # some publishers damage their own

"""1,424 odd feeds of seven projects: no unforeseen error, and at least the entries that feedparser finds."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from reader.errors import FeedParseError
from reader.feeds.parse import parse
from reader.library.entries import entries_of

_ARCHIVE = Path(os.environ.get("LESART_BENCHMARKS", "")) / "corpus-odd" / "corpus-odd.tar.xz"


@pytest.mark.skipif(not _ARCHIVE.is_file(), reason="LESART_BENCHMARKS names no folder with corpus-odd")
@pytest.mark.filterwarnings("ignore")  # feedparser warns about its own fields when it is asked as a reference
def test_odd_feeds_lose_nothing() -> None:
    import feedparser

    poorer, count = [], 0
    with tarfile.open(_ARCHIVE) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is None or member.name.endswith((".md", "LICENSE")):
                continue
            body = file.read()
            count += 1
            try:
                expected = len(feedparser.parse(io.BytesIO(body)).entries)
            except Exception:
                expected = 0
            try:
                feed = parse(body, address="https://example.org/")
                entries_of(feed, frozenset())
                found = len(feed.entries)
            except FeedParseError:
                found = 0
            if found < expected:
                poorer.append((member.name, found, expected))
    assert count > 1400
    assert poorer == []

"""Every entry of the 21 real German feeds: found, rightly dated, and with the article's own text and nothing beside it.

The truth is read from the raw XML here, by a small parser that shares nothing with the product's.
"""

from __future__ import annotations

import gzip
import html
import os
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from reader.feeds.parse import parse
from reader.library.entries import document_of
from reader.text.sanitize import clean_text

_FOLDER = Path(os.environ.get("LESART_BENCHMARKS", "")) / "corpus" / "feeds"
FILES = sorted(_FOLDER.glob("*.xml.gz")) if "LESART_BENCHMARKS" in os.environ else []
needs_corpus = pytest.mark.skipif(not FILES, reason="LESART_BENCHMARKS names no folder with corpus/feeds")

_TEXTS = ("description", "content:encoded", "encoded", "summary", "content")
_DATES = ("pubDate", "dc:date", "published", "issued", "created", "updated", "modified")
_MONTHS = {
    name: number
    for number, names in enumerate("jan;feb;mar mär;apr;may mai;jun;jul;aug;sep;oct okt;nov;dec dez".split(";"), 1)
    for name in names.split()
}
_HOURS = {"gmt": 0, "ut": 0, "utc": 0, "z": 0, "mez": 1, "cet": 1, "mesz": 2, "cest": 2}
_FURNITURE = re.compile(
    r"omnystudio|\bnewsletter\b.{0,40}\babonnieren|ihr browser unterstützt|technorati|feedburner", re.IGNORECASE
)


@dataclass(frozen=True)
class Truth:
    """What the raw bytes say of one entry."""

    title: str
    texts: tuple[str, ...]
    moment: datetime | None


def _decoded(data: bytes) -> str:
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w-]+)", data)
    return data.decode(declared[1].decode() if declared else "utf-8")


def _element(item: str, name: str) -> str | None:
    found = re.search(rf"<{name}(?:\s[^>]*[^/])?>(.*?)</{name}>", item, re.DOTALL)
    if found is None:
        return None
    inner = found[1].strip()
    cdata = re.fullmatch(r"<!\[CDATA\[(.*?)\]\]>", inner, re.DOTALL)
    return cdata[1] if cdata else html.unescape(inner)


def _bare(markup: str) -> str:
    # Links in brackets at the end are the topics of an entry.
    markup = re.sub(r"\((?:<a [^>]*>[^<]*</a>(?:, )?)+\)\s*(?:<img[^>]*>\s*)?$", "", markup)
    inline = re.sub(r"</?(?:a|b|i|em|strong|span|font)\b[^>]*>", "", markup)
    return clean_text(_once(html.unescape(re.sub(r"<[^>]*>", " ", inline))))


def _once(text: str) -> str:
    """Letters that a publisher has encoded twice."""
    pairs = {
        letter.encode().decode(codec, "ignore"): letter
        for letter in (*map(chr, range(0xA0, 0x180)), *"–„“”‘’…")
        for codec in ("cp1252", "latin-1")
    }
    pairs = {twice: letter for twice, letter in pairs.items() if len(twice) == len(letter.encode())}
    for twice, letter in pairs.items():
        text = text.replace(twice, letter)
    return text


def _moment(raw: str) -> datetime:
    raw = raw.strip()
    if re.match(r"\d{4}-", raw):
        found = datetime.fromisoformat(raw)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    day, month, year, hour, minute, second, zone = re.fullmatch(  # type: ignore[union-attr]
        r"(?:\w+\.?, ?)?(\d{1,2})\.? (\w+) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ?(\S+)", raw
    ).groups()
    if zone[0] in "+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (1 if zone[0] == "+" else -1)
    else:
        offset = timedelta(hours=_HOURS[zone.lower()])
    at = datetime(
        int(year),
        _MONTHS[month.lower()[:3]],
        int(day),
        int(hour),
        int(minute),
        int(second or 0),
        tzinfo=timezone(offset),
    )
    return at.astimezone(UTC)


def truths(data: bytes) -> list[Truth]:
    """The entries of a feed in the order of the document."""
    source = re.sub(r"<!--(?!\[CDATA).*?-->", "", _decoded(data), flags=re.DOTALL)
    found = []
    for item in re.findall(r"<(?:item|entry)(?:\s[^>]*)?>(.*?)</(?:item|entry)>", source, re.DOTALL):
        item = re.sub(r"<media:\w+.*?(?:/>|</media:\w+>)", "", item, flags=re.DOTALL)
        texts = tuple(_bare(text) for name in _TEXTS if (text := _element(item, name)) is not None)
        raw = next((value for name in _DATES if (value := _element(item, name)) is not None), None)
        title = _element(item, "title") or ""
        found.append(Truth(_bare(title), texts, _moment(raw) if raw else None))
    return found


@needs_corpus
def test_all_21_feeds_are_there() -> None:
    assert len(FILES) == 21


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_entry_is_parsed(path: Path) -> None:
    data = gzip.decompress(path.read_bytes())
    expected = [truth.title for truth in truths(data)]
    found = [entry.title for entry in parse(data, address="https://example.org/feed").entries]
    assert len(found) == len(expected) > 0
    squeezed = [re.sub(r"\W", "", title) for title in found]
    assert squeezed == [re.sub(r"\W", "", title) for title in expected]


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_date_is_the_right_moment(path: Path) -> None:
    data = gzip.decompress(path.read_bytes())
    found = [entry.published or entry.updated for entry in parse(data, address="https://example.org/feed").entries]
    assert found == [truth.moment for truth in truths(data)]


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_text_is_the_articles_own(path: Path) -> None:
    data = gzip.decompress(path.read_bytes())
    feed = parse(data, address="https://example.org/feed")
    for entry, truth in zip(feed.entries, truths(data), strict=True):
        document = document_of(entry, feed)
        words = Counter(re.findall(r"\w+", document.text))
        offers = [Counter(re.findall(r"\w+", text)) for text in truth.texts]
        # All of one of the entry's texts, up to a mark or two that are no text, and nothing that is not in it.
        assert not offers or any(not words - offer for offer in offers), (path.name, entry.title)
        longest = max((sum(offer.values()) for offer in offers), default=0)
        assert sum(words.values()) >= longest - max(8, longest // 8) or not longest, (path.name, entry.title)
        assert bool(words) == bool(longest), (path.name, entry.title)
        assert not _FURNITURE.search(document.text), (path.name, document.text[-120:])

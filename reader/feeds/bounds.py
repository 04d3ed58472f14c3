"""What a document may ask of feedparser, which spends ten to forty microseconds on each tag and half a minute on a
name of a hundred kilobytes: of a larger one the beginning is read, where the newest entries stand.
"""

from __future__ import annotations

import re

MOST_TAGS = 100_000
"""Some two thousand entries of a publisher who puts no HTML between the tags."""
LONGEST_NAME = 2000
"""Bytes of an author's name; feedparser looks for an address in it in time that grows with the square."""

_NAME = re.compile(
    rb"(<(?:[\w.-]{1,40}:)?(?:author|contributor|creator|managingEditor|name|owner|publisher|webMaster)\b[^<>]{0,1000}>"
    rb"(?:<!\[CDATA\[)?)([^<]{%d})[^<]+" % LONGEST_NAME,
    re.IGNORECASE,
)
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_ENTRY = re.compile(rb"<(?:\w{1,40}:)?(?:item|entry)\b", re.IGNORECASE)
_ENDS = ((b"<rss", b"</channel></rss>"), (b"<feed", b"</feed>"), (b"<rdf:RDF", b"</rdf:RDF>"))


def bounded(data: bytes) -> bytes:
    """The document with names of bearable length, and no more of it than feedparser can read in seconds."""
    data = _NAME.sub(_shortened, data)
    end = _end(data)
    if end == len(data):
        return data
    # A whole number of entries, where there are any.
    entry = max((found.start() for found in _ENTRY.finditer(data, 0, end)), default=0)
    first = _ENTRY.search(data, 0, end)
    if first is None or first.start() == entry:
        return data[:end]
    return data[:entry] + next((closing for root, closing in _ENDS if root in data[:entry]), b"")


def _shortened(match: re.Match[bytes]) -> bytes:
    return match[1] + match[2].decode("utf-8", "ignore").encode("utf-8")


def _end(data: bytes) -> int:
    """Where the tag begins that is one too many; what stands in a CDATA section is no tag."""
    left, position = MOST_TAGS, 0
    while True:
        section = data.find(_CDATA, position)
        stop = len(data) if section < 0 else section
        here = data.count(b"<", position, stop)
        if here > left:
            return _nth(data, position, left)
        left -= here
        if section < 0:
            return len(data)
        end = data.find(_CDATA_END, section)
        if end < 0:  # a section without an end is read as what it seems to hold
            return _nth(data, section, left)
        position = end
        left -= 1


def _nth(data: bytes, position: int, number: int) -> int:
    """Where the next ``<`` after so many begins, or the end."""
    for _ in range(number + 1):
        position = data.find(b"<", position) + 1
        if not position:
            return len(data)
    return position - 1

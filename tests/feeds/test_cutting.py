"""Documents that break off."""

from __future__ import annotations

import pytest

from reader.feeds.cutting import breaks_off


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel><item><title>a",
        b"<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'><entry></entry>",
        b"<rdf:RDF xmlns:rdf='x'><item/>",
    ],
)
def test_a_root_without_an_end_breaks_off(body: bytes) -> None:
    assert breaks_off(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel></channel></rss>\n<!-- cached -->",
        b"<feed xmlns='x'/></feed>",
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        "<rss><channel></channel></rss>".encode("utf-16"),
        b"<html><body><p>Kein Feed",
        b"",
    ],
)
def test_what_is_whole_or_no_feed_in_xml_does_not(body: bytes) -> None:
    assert not breaks_off(body)

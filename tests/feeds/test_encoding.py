"""The bytes of a feed, whatever was declared."""

from __future__ import annotations

import codecs

import pytest

from reader.feeds.parse import parse

TITLE = "Größe – „schöne“ Straße"


def document(declared: str = "", title: str = TITLE) -> str:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return (
        f"{head}<rss version='2.0'><channel><title>{title}</title><item><title>{title}</title></item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (document("utf-8").encode(), ""),
        (document().encode(), "text/xml"),
        (document("iso-8859-1").encode(), "application/xml"),
        (document("utf-8").encode(), "application/xml; charset=iso-8859-1"),
        (document("utf-8").encode("cp1252"), "text/xml"),
        (document("utf-8").encode("cp1252"), "application/rss+xml; charset=utf-8"),
        (document("iso-8859-1").encode("cp1252"), "application/xml"),
        (document("windows-1252").encode("cp1252"), ""),
        (document().encode("cp1252"), "application/xml; charset=windows-1252"),
        (document("utf-16").encode("utf-16"), ""),
        (codecs.BOM_UTF8 + document("iso-8859-1").encode(), ""),
        (document("no-such-encoding").encode(), "application/xml; charset=neither-this"),
        (document("utf-8").encode(), 'application/xml; charset="UTF-8"; profile=x'),
    ],
)
def test_german_text_is_read_right(body: bytes, content_type: str) -> None:
    feed = parse(body, content_type=content_type)
    assert (feed.title, feed.entries[0].title) == (TITLE, TITLE)


def test_single_damaged_bytes_cost_nothing_else() -> None:
    body = document("utf-8").encode().replace("schöne".encode(), b"sch\xf6ne")
    assert parse(body).entries[0].title == TITLE


def test_an_encoding_that_makes_escapes_makes_none() -> None:
    body = document("unicode_escape", r"A\x1b]0;B\x07C").encode()
    assert "\x1b" not in parse(body).entries[0].title

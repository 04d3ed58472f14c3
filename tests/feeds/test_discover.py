"""The feeds that a page announces."""

from __future__ import annotations

import pytest

from reader.feeds.discover import announced_feeds


def test_announced_feeds_in_their_order_each_once() -> None:
    page = (
        b"<html><head><link rel='stylesheet' href='x.css'><link REL='Alternate' TYPE='application/rss+xml; charset=x'"
        b" title='Nachrichten &amp; mehr' href='/rss'><link rel=alternate type='application/atom+xml' href='atom.xml'>"
        b"<link rel=alternate type='application/rss+xml' href='/rss'><link rel=alternate hreflang=en href='/en'>"
        b"<link rel=alternate type='application/rss+xml' href='javascript:alert(1)'></head></html>"
    )
    assert announced_feeds(page, address="https://example.org/a/") == (
        ("https://example.org/rss", "Nachrichten & mehr"),
        ("https://example.org/a/atom.xml", ""),
    )


def test_the_page_s_base_counts() -> None:
    page = b"<base href='https://cdn.example.org/x/'><link rel=alternate type='application/rss+xml' href='f.xml'>"
    assert announced_feeds(page, address="https://example.org/") == (("https://cdn.example.org/x/f.xml", ""),)


def test_a_page_without_feeds_announces_none() -> None:
    assert announced_feeds(b"\xff\xfe<html <link <<<", address="https://example.org/") == ()


@pytest.mark.parametrize("name", ["undefined", "punycode", "idna", "hex"])
def test_a_declaration_that_decodes_nothing_hides_no_feed(name: str) -> None:
    page = "<link rel=alternate type=application/rss+xml href=/rss title='Größe'>".encode("cp1252")
    found = announced_feeds(page, content_type=f"text/html; charset={name}", address="https://example.org/")
    assert found == (("https://example.org/rss", "Größe"),)

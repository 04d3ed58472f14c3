"""newsboat's file of addresses: taken without what runs programs."""

from __future__ import annotations

import pytest

from reader.errors import FeedParseError
from reader.feeds.newsboat import looks_like_urls, read_urls
from reader.feeds.outlines import Outline


def test_addresses_titles_and_the_first_tag_are_taken() -> None:
    data = (
        '# meine\n\nhttps://a.example/f "~Blatt \\"A\\"" Politik lokal\nhttps://b.example/f ! "Zwei Wörter"\n'.encode()
    )
    assert read_urls(data).outlines == (
        Outline(
            address="https://a.example/f",
            title='Blatt "A"',
            folder="Politik",
            attributes=(("category", "Politik,lokal"),),
        ),
        Outline(address="https://b.example/f", title="", folder="Zwei Wörter"),
    )


def test_a_file_that_is_no_text_is_refused_as_a_whole() -> None:
    with pytest.raises(FeedParseError, match="no list of subscriptions"):
        read_urls(b"https://a.example/f\n\x89PNG\x00\x01\x02\n")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("exec:~/feed.sh", "program"),
        ('"filter:~/f.sh with words:https://a.example/"', "program"),
        ('"query:Ungelesen:unread = \\"yes\\""', "query"),
        ("file:///etc/passwd", "web address"),
        ("http://192.168.0.1/feed", "private network"),
        ('exec:"curl https://ich:geheim@a.example/"', "program"),
        ("ftp://ich:geheim@a.example/feed", "web address"),
    ],
)
def test_everything_else_is_refused_by_name(line: str, reason: str) -> None:
    found = read_urls(line.encode())
    assert found.outlines == ()
    assert reason in found.refused[0].reason
    assert "geheim" not in found.refused[0].entry


def test_a_log_in_is_left_out_and_said_to_be() -> None:
    found = read_urls(b"https://ich:geheim@a.example/f Politik\n")
    assert found.outlines == (Outline(address="https://a.example/f", folder="Politik"),)
    assert [note.entry for note in found.noted] == ["https://a.example/f"]
    assert "log-in" in found.noted[0].reason


def test_it_is_told_from_opml_by_its_first_sign() -> None:
    assert looks_like_urls(b"https://a.example/")
    assert not looks_like_urls(b"\xef\xbb\xbf\n<?xml version='1.0'?><opml/>")
    assert not looks_like_urls("<opml/>".encode("utf-16"))


def test_a_byte_order_mark_does_not_cost_the_first_line() -> None:
    found = read_urls('\ufeffhttps://a.example/ "Größe"\n'.encode())
    assert [(outline.address, outline.folder) for outline in found.outlines] == [("https://a.example/", "Größe")]

"""Documents made to take long: read in their beginning, told of or given up, but never for as long as they would."""

from __future__ import annotations

import time

import pytest

from reader.feeds.bounds import LONGEST_NAME, MOST_TAGS, bounded
from reader.feeds.parse import MAX_ENTRIES
from reader.library.analyst import PARSE_SECONDS
from reader.library.worker import handle
from tests.loopback import item, rss

JOB = {"job": "parse", "content_type": "", "address": "https://example.org/", "known": [], "later": True}
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Blatt</title>%s</feed>'
UNUSUAL = b"<!DOCTYPE rss>"
"""Keeps a document from the parser for plain feeds."""


@pytest.mark.parametrize(
    ("body", "entries"),
    [
        pytest.param(b"<rss><channel><item><title>T</title>" + b"<" * 2_000_000, 1, id="signs"),
        pytest.param(rss("<item/>" * 1_500_000), MAX_ENTRIES, id="empty entries"),
        pytest.param(ATOM % (b"<entry/>" * 1_500_000), MAX_ENTRIES, id="empty entries of Atom"),
        pytest.param(rss("<ITEM/>" * 1_000_000), MAX_ENTRIES, id="empty entries in capitals"),
        pytest.param(rss("<item></item >" * 700_000), MAX_ENTRIES, id="entries that end oddly"),
        pytest.param(UNUSUAL + rss(f"<item><title>T</title><author>{'a.a' * 350_000}</author></item>"), 1, id="name"),
        pytest.param(
            UNUSUAL + rss("<item>" + f"<x:creator><![CDATA[{'1' * 50_000}]]></x:creator>" * 20 + "</item>"),
            1,
            id="names",
        ),
        pytest.param(rss(item(1)).replace(b"Meldung", b"\xff\xfe " * 4_000_000), 1, id="damage"),
        pytest.param(b"<rss><channel><item><title>" + b"<b>" * 300_000, 1, id="elements without an end"),
    ],
)
def test_what_is_made_to_take_long_ends_within_the_time_of_a_feed(body: bytes, entries: int) -> None:
    handle(JOB, rss(item(1)))  # the modules are loaded
    started = time.process_time()
    answer, _ = handle(JOB, body)
    assert time.process_time() - started < PARSE_SECONDS
    assert len(answer["entries"]) == entries


@pytest.mark.parametrize(
    "body",
    [
        rss(*(item(n) for n in range(50))),
        b"",
        b"<rss><channel><item><title><![CDATA[a < b",
        rss(f"<item><title>T</title><author>{'Anna Wörle, ' * 100}</author></item>"),
        rss(f"<item><description><![CDATA[{'<b>' * (MOST_TAGS + 1)}]]></description></item>"),
    ],
    ids=["plain", "empty", "open section", "long names", "HTML in a section"],
)
def test_an_ordinary_document_stays_as_it_is(body: bytes) -> None:
    assert bounded(body) == body


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (b"<rss><channel><title>B</title>", b"</channel></rss>"),
        (b"<rdf:RDF><channel/>", b"</rdf:RDF>"),
    ],
)
def test_of_too_many_entries_a_whole_number_is_left(begin: bytes, end: bytes) -> None:
    entry = b"<item><title>T</title></item>"
    found = bounded(begin + entry * MOST_TAGS + end)
    assert found.startswith(begin + entry)
    assert found.endswith(entry + end)
    assert MOST_TAGS - 10 < found.count(b"<") <= MOST_TAGS + 2


def test_a_section_counts_as_one_however_many_there_are() -> None:
    body = b"<rss>" + b"<![CDATA[<]]>" * (2 * MOST_TAGS) + b"</rss>"
    assert bounded(body).count(b"<![CDATA[") == MOST_TAGS


def test_a_long_name_is_shortened_between_characters() -> None:
    body = f"<rss><author>a{'ä' * LONGEST_NAME}</author></rss>".encode()
    assert bounded(body).decode() == f"<rss><author>a{'ä' * (LONGEST_NAME // 2 - 1)}</author></rss>"

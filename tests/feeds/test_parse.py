"""What is read from a feed, and what is said about bytes that are none."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import FeedParseError
from reader.feeds.model import ParsedEntry
from reader.feeds.parse import MAX_ENTRIES, parse
from tests.growth import growth
from tests.loopback import item, rss

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Atomblatt</title><link href="https://example.org/"/>{}</feed>'


def only(body: bytes | str, address: str = "") -> ParsedEntry:
    (entry,) = parse(body.encode() if isinstance(body, str) else body, address=address).entries
    return entry


def test_the_fields_of_an_rss_item() -> None:
    entry = only(
        rss(
            "<item><guid isPermaLink='false'>g1</guid><title>Titel</title><link>/a?utm_source=rss</link>"
            "<author>a@example.org (Anna Beispiel)</author><category>Politik</category>"
            "<enclosure url='https://example.org/a.mp3' type='audio/mpeg' length='1'/>"
            "<pubDate>Sat, 21 Dec 2024 19:43:00 MEZ</pubDate><description>&lt;p&gt;Text&lt;/p&gt;</description></item>"
        )
    )
    assert (entry.guid, entry.title, entry.address) == ("g1", "Titel", "https://example.org/a")
    assert (entry.authors, entry.categories) == (("Anna Beispiel",), ("Politik",))
    assert entry.published == datetime(2024, 12, 21, 18, 43, tzinfo=UTC)
    assert entry.html == "<p>Text</p>"
    assert [(file.address, file.kind) for file in entry.enclosures] == [("https://example.org/a.mp3", "audio/mpeg")]


def test_the_fields_of_an_atom_entry() -> None:
    entry = only(
        ATOM.format(
            "<entry><id>tag:1</id><title type='html'>A &amp;amp; B</title><link rel='alternate' href='https://example.org/1'/>"
            "<author><name>Anna</name></author><author><name>Bert</name></author>"
            "<published>2024-01-02T03:04:05Z</published><updated>2024-01-03T03:04:05+01:00</updated>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Text</p></div></content></entry>"
        )
    )
    assert (entry.guid, entry.title, entry.address) == ("tag:1", "A & B", "https://example.org/1")
    assert entry.authors == ("Anna", "Bert")
    assert entry.published == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert entry.updated == datetime(2024, 1, 3, 2, 4, 5, tzinfo=UTC)
    assert "<p>Text</p>" in entry.html


def test_the_fields_of_a_json_feed() -> None:
    entry = only(
        '{"version":"https://jsonfeed.org/version/1.1","title":"J","home_page_url":"https://example.org/","items":['
        '{"id":7,"url":"/7#ref=rss","title":"Sieben","content_text":"Eins <2>\\n\\nZwei","tags":["x",3],'
        '"authors":[{"name":"Anna"},"falsch"],"date_published":"2024-01-02T03:04:05+01:00",'
        '"attachments":[{"url":"https://example.org/7.mp3","mime_type":"audio/mpeg"}]},"falsch"]}'
    )
    assert (entry.guid, entry.address, entry.title) == ("7", "https://example.org/7", "Sieben")
    assert entry.html == "<p>Eins &lt;2&gt;</p><p>Zwei</p>"
    assert (entry.authors, entry.categories) == (("Anna",), ("x",))
    assert entry.published == datetime(2024, 1, 2, 2, 4, 5, tzinfo=UTC)


def test_one_bad_address_does_not_cost_a_json_feed_its_entries() -> None:
    items = ('{"id":"1","url":"https://a.example/\\ud800","title":"Eins"}', '{"id":"2","url":"https://a.example/2"}')
    body = '{"version":"https://jsonfeed.org/version/1.1","items":[' + ",".join(items) + "]}"
    assert [entry.address for entry in parse(body.encode()).entries] == ["", "https://a.example/2"]


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("1&amp;1 und MB&amp;F", "1&1 und MB&F"),
        ("<![CDATA[Bitcoin &amp; Co.]]>", "Bitcoin & Co."),
        ("[Update] C++ &lt;3", "[Update] C++ <3"),
        ("&lt;b&gt;Fett&lt;/b&gt; und &lt;i&gt;schräg&lt;/i&gt;", "Fett und schräg"),
        ("Zeile\n   zwei&#160;&#173;drei", "Zeile zwei drei"),
        ("&amp;amp;lt;b&amp;amp;gt;", "&lt;b&gt;"),
        ("Ein &#27;[31mroter&#27;[0m Titel", "Ein roter Titel"),
    ],
)
def test_a_title_is_plain_text_unescaped_once(raw: str, title: str) -> None:
    assert only(rss(f"<item><title>{raw}</title></item>")).title == title


def test_content_goes_before_summary_and_a_photo_caption_before_neither() -> None:
    entry = only(
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>T</title>'
        "<media:content url='https://example.org/a.jpg'><media:description>Ein langer Bildtext, den"
        " niemand als Artikel lesen will. Foto: Beispiel</media:description></media:content>"
        "<description>Kurz.</description></item></channel></rss>"
    )
    assert entry.html == "Kurz."


def test_a_caption_is_better_than_nothing() -> None:
    entry = only(
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>T</title>'
        "<media:description>Nur dies &lt;hier&gt;.</media:description></item></channel></rss>"
    )
    assert entry.html == "Nur dies &lt;hier&gt;."


def test_the_longer_of_content_and_summary_is_the_text() -> None:
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>T</title>'
    short, long = "<![CDATA[<p>Kurz.</p>]]>", "<![CDATA[<p>Der ganze Text.</p>]]>"
    for summary, content in ((short, long), (long, short)):
        parts = f"<description>{summary}</description><content:encoded>{content}</content:encoded>"
        assert only(f"{head}{parts}</item></channel></rss>").html == "<p>Der ganze Text.</p>"


def test_plain_text_of_atom_is_not_taken_for_markup() -> None:
    entry = only(ATOM.format("<entry><title>T</title><content type='text'>a &lt;b&gt; c\n\nd</content></entry>"))
    assert entry.html == "<p>a &lt;b&gt; c</p><p>d</p>"


def test_a_guid_stays_what_it_is_wherever_the_feed_lies() -> None:
    body = rss(item(1, guid="nummer-1"))
    assert only(body, "https://example.org/x").guid == only(body, "https://example.com/y").guid == "nummer-1"


def test_a_guid_that_is_an_address_serves_as_link() -> None:
    body = rss("<item><title>T</title><guid>https://example.org/g</guid></item>")
    assert only(body).address == "https://example.org/g"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_other_links_than_web_addresses_are_dropped(link: str) -> None:
    assert only(rss(f"<item><title>T</title><link>{link}</link></item>")).address == ""


def test_no_more_than_the_limit_of_entries() -> None:
    assert len(parse(rss(*(item(n) for n in range(MAX_ENTRIES + 5)))).entries) == MAX_ENTRIES


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parse(rss(title="Leer")).title == "Leer"


def test_one_bad_date_costs_its_date_only() -> None:
    feed = parse(rss(item(1, date="-1-01-01T00:00:00Z"), item(2, date="Sat, 21 Dec 2024 19:43:00 GMT")))
    assert [entry.published is None for entry in feed.entries] == [True, False]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty answer"),
        (b" \n\x00 ", "empty answer"),
        (b"<!DOCTYPE html><html><head><title>Login</title></head><body>x</body></html>", "web page"),
        (b"<?xml version='1.0'?><!-- x --><HTML lang='de'><body/></HTML>", "web page"),
        (bytes(range(32)) * 40, "not a feed"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 10, "feed"),
        (b"Guten Tag", "no feed"),
        (b"<?xml version='1.0'?><opml><body/></opml>", "no feed"),
        (b"{not json", "JSON"),
        (b'{"items": 3}', "no feed"),
        (b'{"a":' * 5000, "JSON"),
    ],
)
def test_other_bytes_are_named(body: bytes, words: str) -> None:
    with pytest.raises(FeedParseError, match=words) as caught:
        parse(body)
    assert caught.value.hint


@pytest.mark.parametrize(
    "trouble",
    [
        "&#xD800;", "&#99999999999999999999;", "&#x110000;", f"&#{'9' * 5000};", "&nbsp;&undefined;&",
        "<b><i>offen", "\x0b\x1b", "]]>", "<![CDATA[ nie zu",
    ],
)  # fmt: skip
def test_what_can_be_had_of_a_damaged_feed_is_had(trouble: str) -> None:
    feed = parse(rss(item(1), item(2, text=trouble), item(3)))
    assert [entry.title for entry in feed.entries][:2] == ["Meldung 1", "Meldung 2"]


def test_a_document_type_that_feedparser_falls_over_costs_nothing() -> None:
    body = rb'<!DOCTYPE rss [<!ENTITY a "\g<99>">]>' + rss(item(1)).partition(b"?>")[2]
    assert len(parse(body).entries) == 1


def test_document_types_without_an_end_cost_time_by_their_number_alone() -> None:
    def read(types: int) -> bytes:
        return b"<!DOCTYPE[" * types + rss(item(1, text="&#x110000;")).partition(b"?>")[2]

    assert len(parse(read(2)).entries) == 1
    assert growth(read, parse, 500, 8) < 24


def test_a_cut_feed_gives_its_whole_items() -> None:
    body = rss(*(item(n) for n in range(10)))
    feed = parse(body[: len(body) // 2])
    assert len(feed.entries) >= 4


def test_a_line_of_ten_megabytes_is_read_in_time() -> None:
    started = time.perf_counter()
    feed = parse(rss(item(1), item(2, text="x" * 10_000_000)))
    assert len(feed.entries) == 2
    assert time.perf_counter() - started < 30


def test_entities_do_not_multiply() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 9)
    )
    body = (bomb + "]><rss version='2.0'><channel><item><title>&i;</title></item></channel></rss>").encode()
    try:
        entries = parse(body).entries
    except FeedParseError:
        return
    assert sum(len(entry.title) for entry in entries) <= 2000


@given(st.binary(max_size=300) | st.text("<>/&;#x0123ABrsitemd!-[]'\" =", max_size=200).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_no_bytes_are_an_unforeseen_error(body: bytes) -> None:
    for wrapped in (body, b"<rss version='2.0'><channel><item><title>" + body + b"</title></item></channel></rss>"):
        try:
            feed = parse(wrapped)
        except FeedParseError:
            continue
        for entry in feed.entries:
            assert "\x1b" not in entry.title
            assert "\n" not in entry.title


def test_comments_before_what_is_no_page_cost_time_by_their_number_alone() -> None:
    def refused(body: bytes) -> None:
        with pytest.raises(FeedParseError):
            parse(body)

    assert growth(lambda comments: b"<!---->" * comments + b"<x>", refused, 11, 2) < 8


def test_a_page_behind_comments_is_told_from_a_feed() -> None:
    with pytest.raises(FeedParseError, match="a web page"):
        parse(b"<?xml version='1.0'?> <!-- > a --><!----> <html>")

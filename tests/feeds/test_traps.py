"""The traps of German feeds, each in a small feed of our own: what comes out is the article's, and rightly dated."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from reader.analysis.structure import completeness, genre
from reader.feeds.model import ParsedEntry, ParsedFeed
from reader.feeds.parse import parse
from reader.feeds.trimming import trimmed
from reader.library.entries import document_of
from reader.model.analysis import Completeness, Genre
from reader.model.article import Document

TEASER = "Die Stadt baut ihr Bad um. Was das kostet, darüber streitet nun der Rat."
WHOLE = "".join(
    f"<p>Absatz {n}: Die Stadt Beispielheim baut ihr Hallenbad um, der Gemeinderat hat dafür neun Millionen Euro freigegeben "
    "und will im Frühjahr über den Anbau entscheiden.</p>"
    for n in range(1, 6)
)
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    source = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" {NAMESPACES}><channel><title>Funkblatt</title>'
        f"<link>https://funkblatt.example/</link><description>Alles</description>{inside}</channel></rss>"
    )
    return source.encode(encoding)


def read(data: bytes) -> tuple[ParsedFeed, ParsedEntry, Document]:
    feed = parse(data, address="https://funkblatt.example/feed")
    return feed, feed.entries[0], document_of(feed.entries[0], feed)


def item(html: str = TEASER, *, title: str = "Bad wird umgebaut", more: str = "") -> str:
    link = "<link>https://funkblatt.example/bad-1.html</link>"
    return f"<title>{title}</title>{link}<description><![CDATA[{html}]]></description>{more}"


def test_a_photo_caption_is_not_the_text() -> None:
    caption = (
        '<media:content url="https://funkblatt.example/a.jpg"><media:description>Das alte Bad von außen, aufgenommen an einem '
        "kalten Morgen im vergangenen Winter kurz vor Beginn des Umbaus. Foto: Ilse Brandt/dpa</media:description></media:content>"
    )
    assert read(rss(item(more=caption)))[2].text == TEASER


def test_a_teaser_repeated_as_content_is_there_once_and_is_a_teaser() -> None:
    again = f"<content:encoded><![CDATA[<img src='a.jpg' alt='Das Bad'/>{TEASER}]]></content:encoded>"
    document = read(rss(item(more=again)))[2]
    assert document.text == TEASER
    assert completeness(document) is Completeness.TEASER


def test_the_whole_text_in_content_goes_before_the_teaser() -> None:
    document = read(rss(item(more=f"<content:encoded><![CDATA[{WHOLE}]]></content:encoded>")))[2]
    assert document.text.count("Absatz") == 5
    assert completeness(document) is Completeness.FULL


def test_an_entry_without_a_date_has_none() -> None:
    entry = read(rss(item()))[1]
    assert entry.published is None
    assert entry.updated is None


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("Sat, 21 Dec 2024 19:43:22 +0100", datetime(2024, 12, 21, 18, 43, 22, tzinfo=UTC)),
        ("Sat, 21 Dec 2024 19:43:22 MEZ", datetime(2024, 12, 21, 18, 43, 22, tzinfo=UTC)),
        ("Fri, 21 Jun 2024 19:43:22 MESZ", datetime(2024, 6, 21, 17, 43, 22, tzinfo=UTC)),
        ("Sat, 21 Dec 2024 19:43:22 CET", datetime(2024, 12, 21, 18, 43, 22, tzinfo=UTC)),
        ("Fri, 21 Jun 2024 19:43:22 CEST", datetime(2024, 6, 21, 17, 43, 22, tzinfo=UTC)),
        ("Sa, 21 Dez 2024 19:43:22 +0100", datetime(2024, 12, 21, 18, 43, 22, tzinfo=UTC)),
        ("Mi, 06 Mär 2024 07:05:00 MEZ", datetime(2024, 3, 6, 6, 5, tzinfo=UTC)),
        ("21. Dezember 2024, 19:43 Uhr", datetime(2024, 12, 21, 18, 43, tzinfo=UTC)),
        ("06.01.2026 08:30", datetime(2026, 1, 6, 7, 30, tzinfo=UTC)),
        ("Sat, 21 Dec 2024 18:43:22 GMT", datetime(2024, 12, 21, 18, 43, 22, tzinfo=UTC)),
    ],
)
def test_a_date_in_german_words_or_zones_is_the_right_moment(raw: str, moment: datetime) -> None:
    assert read(rss(item(more=f"<pubDate>{raw}</pubDate>")))[1].published == moment


def test_a_json_feed_is_a_feed() -> None:
    entry = {
        "id": "1",
        "url": "https://funkblatt.example/bad-1.html",
        "title": "Bad wird umgebaut",
        "content_html": WHOLE,
    }
    entry["date_published"] = "2024-12-21T19:43:22+01:00"
    data = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Funkblatt", "items": [entry]}).encode()
    _, found, document = read(data)
    assert found.published == datetime(2024, 12, 21, 18, 43, 22, tzinfo=UTC)
    assert document.text.count("Absatz") == 5


def test_an_entry_of_a_title_alone_says_so() -> None:
    document = read(rss("<title>Bad wird umgebaut</title><link>https://funkblatt.example/bad-1.html</link>"))[2]
    assert document.text == ""
    assert completeness(document) is Completeness.TITLE_ONLY


def test_the_same_entry_in_several_feeds_has_one_address_and_one_guid() -> None:
    links = [
        f"<link>https://funkblatt.example/bad-1.html?wt_mc=rss.{section}&amp;utm_source=rss#ref=rss</link>"
        for section in ("politik", "kultur")
    ]
    entries = [
        parse(rss(f"<title>Bad</title>{link}<guid isPermaLink='false'>bad-1</guid>")).entries[0] for link in links
    ]
    assert len({(entry.address, entry.guid) for entry in entries}) == 1


@pytest.mark.parametrize(
    "tail", ["?wt_mc=rss.red.ho", "?utm_source=rss&amp;utm_medium=feed", "#ref=rss", "?fbclid=abc"]
)
def test_tracking_parameters_leave_the_address(tail: str) -> None:
    data = rss(f"<title>Bad</title><link>https://funkblatt.example/bad-1.html{tail}</link>")
    assert parse(data).entries[0].address == "https://funkblatt.example/bad-1.html"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Kolb &amp; Söhne", "Kolb & Söhne"),
        ("<![CDATA[Kolb &amp; Söhne]]>", "Kolb & Söhne"),
        ("Was &amp;amp;lt;b&amp;amp;gt; bedeutet", "Was &lt;b&gt; bedeutet"),
        ("1&amp;1 im Minus", "1&1 im Minus"),
    ],
)
def test_entities_in_titles_are_resolved_once(raw: str, title: str) -> None:
    assert read(rss(f"<title>{raw}</title><link>https://funkblatt.example/1</link>"))[1].title == title


def test_entities_in_texts_are_resolved_once() -> None:
    document = read(rss(item("<p>Das Zeichen &amp;lt; steht für „kleiner“, &auml; für einen Umlaut.</p>")))[2]
    assert document.text == "Das Zeichen &lt; steht für „kleiner“, ä für einen Umlaut."


def test_a_tracking_pixel_is_no_text_and_no_link() -> None:
    pixel = '<img src="https://zaehler.example/p.php?id=1" alt="" width="1" height="1" />'
    document = read(rss(item(TEASER + pixel)))[2]
    assert document.text == TEASER
    assert document.links == ()


def test_topics_in_brackets_and_their_pixel_leave_the_text() -> None:
    topics = '(<a href="https://funkblatt.example/t/bad/">Bad</a>, <a href="https://funkblatt.example/t/rat/">Rat</a>)'
    document = read(rss(item(f"{TEASER} {topics} <img src='https://zaehler.example/p' width='1' height='1'/>")))[2]
    assert document.text == TEASER


@pytest.mark.parametrize(
    "line",
    [
        "See <a href='https://omnystudio.com/listener'>omnystudio.com/listener</a> for privacy information.",
        "See omnystudio.com/listener for privacy information.",
        "Hosted on Acast. See acast.com/privacy for more information.",
        "Technorati-Tags: <a rel='tag' href='https://technorati.com/tag/Bad'>Bad</a>",
    ],
)
def test_lines_of_hosts_and_tag_services_leave_the_text(line: str) -> None:
    assert read(rss(item(f"<p>{TEASER}</p><p>{line}</p>")))[2].text == TEASER


@pytest.mark.parametrize(
    "text", ["Er kam (wie immer).", "Mehr dazu im Archiv (<a href='/a'>hier</a>) und im Heft.", "(" * 4000]
)
def test_brackets_within_a_text_stay(text: str) -> None:
    assert trimmed(text) == text


def test_a_picture_as_enclosure_is_no_sound() -> None:
    document = read(rss(item(more='<enclosure url="https://funkblatt.example/a.jpg" length="0" type="image/jpeg"/>')))[
        2
    ]
    assert completeness(document) is Completeness.TEASER
    assert genre(document) is Genre.NEWS


def test_a_sound_as_enclosure_of_a_short_text_is_one() -> None:
    document = read(rss(item(more='<enclosure url="https://funkblatt.example/a.mp3" length="9" type="audio/mpeg"/>')))[
        2
    ]
    assert completeness(document) is Completeness.MEDIA


@pytest.mark.parametrize(
    ("twice", "once"),
    [
        ("Großeltern".encode().decode("cp1252"), "Großeltern"),
        ("Frau Martín".encode().decode("latin-1"), "Frau Martín"),
        ("für Köln".encode().decode("cp1252"), "für Köln"),
    ],
)
def test_letters_that_the_publisher_encoded_twice_are_mended(twice: str, once: str) -> None:
    _, entry, document = read(rss(item(f"Ein Fest {twice} im Bad.", title=f"Ein Fest {twice}")))
    assert entry.title == f"Ein Fest {once}"
    assert document.text == f"Ein Fest {once} im Bad."


@pytest.mark.parametrize("encoding", ["iso-8859-1", "iso-8859-15", "windows-1252"])
def test_one_byte_encodings_are_read_as_declared(encoding: str) -> None:
    _, entry, document = read(rss(item("Die Größe des Bades ändert sich.", title="Größe"), encoding=encoding))
    assert entry.title == "Größe"
    assert document.text == "Die Größe des Bades ändert sich."


def test_soft_hyphens_and_hard_blanks_are_gone() -> None:
    _, entry, document = read(
        rss(item("Das Hallen\u00adbad\u00a0 wird um\u00adgebaut.", title="Hallen\u00adbad\u00a0 "))
    )
    assert entry.title == "Hallenbad"
    assert document.text == "Das Hallenbad wird umgebaut."


def test_a_live_ticker_is_named_whatever_its_title_of_the_hour() -> None:
    for title in ("Hochwasser-Liveblog: ++ Pegel fällt ++", "Liveticker zum Hochwasser: Pegel steigt"):
        _, entry, document = read(rss(item("Der Pegel fällt. [mehr]", title=title)))
        assert entry.address == "https://funkblatt.example/bad-1.html"
        assert completeness(document) is Completeness.TICKER
        assert genre(document) is Genre.TICKER

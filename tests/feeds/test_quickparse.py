"""The quick parser says what feedparser says, or nothing."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import FeedParseError
from reader.feeds import quickparse
from reader.feeds.model import ParsedFeed
from reader.feeds.parse import parse

_BENCHMARKS = Path(os.environ.get("LESART_BENCHMARKS", "/nowhere"))
needs_benchmarks = pytest.mark.skipif(
    not (_BENCHMARKS / "corpus").is_dir(), reason="LESART_BENCHMARKS names no folder with a corpus"
)

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:own="https://funkblatt.example.org/ns" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)
CHANNEL = (
    "<title>Funkblatt</title><link>https://funkblatt.example.org/</link><description>Nachrichten</description>"
    "<language>de</language><ttl>15</ttl><lastBuildDate>Thu, 20 Nov 2025 12:00:00 +0100</lastBuildDate>"
    "<image><url>https://funkblatt.example.org/l.png</url><title>Logo</title><link>https://anders.example.org/</link></image>"
)
ITEM = (
    "<title>Rat beschließt Radweg</title><link>https://funkblatt.example.org/1</link><guid>https://funkblatt.example.org/1</guid>"
    "<pubDate>Thu, 20 Nov 2025 11:02:00 +0100</pubDate><description>Der Rat hat &lt;b&gt;zugestimmt&lt;/b&gt;.</description>"
)


def rss(item: str = ITEM, channel: str = CHANNEL, start: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    return f'{start}<rss version="2.0" {SPACES}><channel>{channel}<item>{item}</item></channel></rss>'.encode()


def atom(entry: str, feed: str = "<id>tag:x</id><title>A</title><link href='https://example.org/'/>") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">{feed}<updated>2025-11-20T12:00:00+01:00</updated>'
        f"<entry>{entry}</entry></feed>"
    ).encode()


ATOM_ENTRY = (
    "<id>tag:x,1</id><title type='html'>A &amp;amp; B</title><link href='https://example.org/1'/>"
    "<link rel='enclosure' type='audio/MPEG' href='https://example.org/1.mp3'/><published>2025-11-20T11:02:03.5+01:00</published>"
    "<updated>2025-11-20T10:02:03Z</updated><author><name>Ilse Brandt</name><uri>https://example.org/ib</uri></author>"
    "<category term='Politik' label='Innenpolitik'/>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    + SPACES
    + '><channel rdf:about="https://example.org/"><title>R</title><link>https://example.org/</link><description>d</description>'
    '<items><rdf:Seq><rdf:li rdf:resource="https://example.org/1"/></rdf:Seq></items></channel>'
    '<item rdf:about="https://example.org/1"><title>T</title><link>https://example.org/1</link><description>d</description>'
    "<dc:date>2025-11-20T11:02:00+01:00</dc:date><dc:creator>Ilse Brandt</dc:creator></item></rdf:RDF>"
).encode()

PLAIN = {
    "rss": rss(),
    "content": rss(ITEM + "<content:encoded><![CDATA[<p>Ganzer Text &uuml;ber &lt;</p>]]></content:encoded>"),
    "content first": rss("<content:encoded>lang</content:encoded>" + ITEM),
    "no link": rss("<title>T</title><guid>https://example.org/g</guid>"),
    "guid that is no link": rss("<title>T</title><guid isPermaLink='false'>g 1</guid><link>https://example.org/1</link>"),
    "guid before link": rss("<guid>https://example.org/g</guid><link>https://example.org/1</link><title>T</title>"),
    "empty link": rss("<guid>https://example.org/g</guid><link/><title>T</title>"),
    "link of atom": rss(ITEM + "<atom:link href='https://example.org/amp' rel='alternate' type='text/html'/>"),
    "title with entity": rss("<title>A &amp;amp; B &amp;quot;C&amp;quot;</title><link>https://example.org/</link>"),
    "title with unknown entity": rss("<title>R&amp;D; ja</title><link>https://example.org/</link>"),
    "creators": rss(ITEM + "<dc:creator>Ilse Brandt</dc:creator><dc:creator>Bert Ude</dc:creator>"),
    "categories": rss(ITEM + "<category domain='d'>Politik</category><category>Land</category><dc:subject>X</dc:subject>"),
    "media": rss(
        ITEM + "<media:content url='https://example.org/b.jpg'><media:credit>Foto</media:credit>"
        "<media:description>Ein Rad</media:description></media:content><media:thumbnail url='https://example.org/t.jpg'/>"
    ),
    "enclosure": rss(ITEM + "<enclosure url='https://example.org/a.mp3' type='Audio/MPEG' length='1'/>"),
    "source": rss(ITEM + "<source url='https://example.org/rss'>Andere Zeitung</source>"),
    "caption instead of a text": rss("<title>T</title><media:description>Ein Rad</media:description>"),
    "own elements": rss(ITEM + "<own:id>7</own:id><own:box a='b'><own:title>x</own:title></own:box><slash:comments>3</slash:comments>"),
    "comment and instruction": rss(ITEM.replace("Rat ", "Rat <!-- x --><?y z?>")),
    "latin-1": rss(start='<?xml version="1.0" encoding="iso-8859-1"?>').decode().encode("iso-8859-1"),
    "byte order mark": b"\xef\xbb\xbf" + rss(),
    "atom": atom(ATOM_ENTRY + "<summary type='html'>&lt;p&gt;kurz&lt;/p&gt;</summary>"),
    "atom with content": atom(ATOM_ENTRY + "<content>a &lt; b</content><summary>c</summary>"),
    "atom without links": atom("<id>https://example.org/1</id><title>T</title>", "<id>https://example.org/</id><title>A</title>"),
    "rss 1.0": RDF,
}  # fmt: skip

ODD = {
    "broken": rss().replace(b"</item>", b"", 1),
    "bare ampersand": rss(ITEM.replace("Rat ", "Rat & ")),
    "undeclared entity": rss(ITEM.replace("Rat ", "Rat&nbsp;")),
    "document type": rss(start='<!DOCTYPE rss [<!ENTITY a "b">]>'),
    "junk before the declaration": b"\n" + rss(),
    "undeclared prefix": rss(ITEM + "<foo:bar>x</foo:bar>"),
    "base address": rss(ITEM.replace("<guid>", "<guid xml:base='https://example.org/x/'>")),
    "markup in a text": rss("<title>T</title><description>a <b>b</b></description>"),
    "markup in a title": rss("<title>a &lt;b&gt;b&lt;/b&gt;</title>"),
    "text encoded twice": rss("<title>KÃ¶ln</title>"),
    "windows-1252 numbers": rss("<title>a&#150;b</title>"),
    "two titles": rss("<title>a</title><title>b</title>"),
    "two descriptions": rss(ITEM + "<description>b</description>"),
    "title of another kind": rss(ITEM + "<dc:title>b</dc:title>"),
    "German date": rss("<title>T</title><pubDate>Do, 20 Nov 2025 11:02:00 MEZ</pubDate>"),
    "day that is none": rss("<title>T</title><pubDate>Thu, 31 Nov 2025 11:02:00 +0100</pubDate>"),
    "author with an address": rss(ITEM + "<author>ib@example.org (Ilse Brandt)</author>"),
    "podcast": rss(ITEM + '<i:summary xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd">x</i:summary>'),
    "prefix of a known vocabulary": rss(ITEM + '<media:title xmlns:media="https://example.org/">x</media:title>'),
    "markup as content": atom(ATOM_ENTRY + "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a</div></content>"),
    "content elsewhere": atom(ATOM_ENTRY + "<content src='https://example.org/x'/>"),
    "atom with a source": atom(ATOM_ENTRY + "<source><title>B</title></source>"),
    "text of atom in rss": rss("<title>T</title><atom:summary>R &amp;amp; D</atom:summary>"),
    "text of rss in atom": atom(
        f"{ATOM_ENTRY}<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>R &amp;amp; D</c:encoded>"
    ),
    "creator inside a foreign element": rss(ITEM + "<own:box><dc:creator>Ilse Brandt</dc:creator></own:box>"),
    "date inside a foreign element": rss(
        "<title>T</title><comments>x<dc:date>2025-11-20T10:02:03Z</dc:date></comments>"
    ),
    "creator in atom": atom(f"{ATOM_ENTRY}<d:creator xmlns:d='http://purl.org/dc/elements/1.1/'>Bert Ude</d:creator>"),
    "address under a prefix": atom(
        ATOM_ENTRY + "<a:link xmlns:a='http://www.w3.org/2005/Atom' href='https://a.example/' a:href='https://b.example/'/>"
    ),
    "version 0.91": rss().replace(b'"2.0"', b'"0.91"'),
    "other root": b"<opml/>",
}  # fmt: skip


def by_feedparser_alone(body: bytes, monkeypatch: pytest.MonkeyPatch) -> ParsedFeed | str:
    with monkeypatch.context() as patch:
        patch.setattr(quickparse, "read", lambda data, most: None)
        return told(body)


def told(body: bytes) -> ParsedFeed | str:
    try:
        return parse(body, address="https://example.org/feed")
    except FeedParseError as error:
        return error.title


def is_quick(body: bytes, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether feedparser was not needed."""
    found: list[quickparse.Record | None] = []
    read = quickparse.read

    def noted(data: bytes, most: int) -> quickparse.Record | None:
        found.append(read(data, most))
        return found[-1]

    with monkeypatch.context() as patch:
        patch.setattr(quickparse, "read", noted)
        told(body)
    return any(found)


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_document_is_read_quickly_and_says_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_quick(PLAIN[name], monkeypatch)
    assert told(PLAIN[name]) == by_feedparser_alone(PLAIN[name], monkeypatch)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_document_is_left_to_feedparser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_quick(ODD[name], monkeypatch)
    assert told(ODD[name]) == by_feedparser_alone(ODD[name], monkeypatch)


def test_a_bomb_of_entities_is_not_unfolded() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    assert quickparse.read(rss("<title>&b;</title>", start=bomb)) is None


def test_a_file_of_this_machine_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    body = rss("<title>&x;</title>", start=f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>')
    assert quickparse.read(body) is None
    assert "geheim" not in str(told(body))


def test_depth_is_bounded() -> None:
    deep = "<own:a>" * 5000 + "</own:a>" * 5000
    assert quickparse.read(rss(ITEM + deep)) is None


def _bodies() -> Iterator[tuple[str, bytes]]:
    for path in sorted((_BENCHMARKS / "corpus" / "feeds").glob("*.xml.gz")):
        yield path.name, gzip.decompress(path.read_bytes())
    with tarfile.open(_BENCHMARKS / "corpus-odd" / "corpus-odd.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield member.name, file.read()


@needs_benchmarks
def test_every_file_of_the_corpora_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    quick, different = 0, []
    for name, body in _bodies():
        quick += is_quick(body, monkeypatch)
        if told(body) != by_feedparser_alone(body, monkeypatch):
            different.append(name)
    assert different == []
    assert quick > 450


@needs_benchmarks
def test_every_generated_feed_gives_the_same_and_nothing_of_damaged_ones_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    import feedparser

    tool = _BENCHMARKS / "benchmarks" / "perf" / "make_feeds.py"
    for share, number in (("0", "60"), ("1", "40")):
        folder = tmp_path / share
        subprocess.run(
            [sys.executable, tool, folder, "--feeds", number, "--broken", share], check=True, stderr=subprocess.DEVNULL
        )
        for path in sorted((folder / "r0").iterdir()):
            body = path.read_bytes()
            found = told(body)
            assert found == by_feedparser_alone(body, monkeypatch), path.name
            assert isinstance(found, ParsedFeed)
            assert len(found.entries) >= len(feedparser.parse(io.BytesIO(body)).entries) > 0, path.name
            assert share == "1" or is_quick(body, monkeypatch), path.name


def test_no_more_entries_are_read_than_are_wanted() -> None:
    found = quickparse.read(rss(f"{ITEM}</item>" + f"<item>{ITEM}</item>" * 4 + f"<item>{ITEM}"), 3)
    assert found is not None
    assert len(found["entries"]) == 3


def test_a_document_of_a_million_tags_is_not_read() -> None:
    for harmless, is_read in ((10, True), (1_000_000, False)):
        body = rss(ITEM).replace(b"</channel>", b"<ttl/>" * harmless + b"</channel>")
        assert (quickparse.read(body) is not None) is is_read

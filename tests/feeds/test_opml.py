"""Lists of subscriptions: what is read of them, what is refused, and that what is written reads back alike."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import FeedParseError
from reader.feeds.opml import read_opml, write_opml
from reader.feeds.outlines import MAX_BYTES, MAX_OUTLINES, Outline, leads_inside
from reader.text.sanitize import clean_line


def opml(body: str, *, head: str = "<?xml version='1.0'?>") -> bytes:
    return f"{head}<opml version='2.0'><body>{body}</body></opml>".encode()


def parsed(data: bytes) -> ElementTree.Element:
    """The document as a strict parser sees it: no more than well-formed counts."""
    return ElementTree.fromstring(data)  # noqa: S314 - our own output and the benchmark's files


def addresses(data: bytes) -> list[str]:
    return [outline.address for outline in read_opml(data).outlines]


def test_nested_folders_are_kept_as_one_name() -> None:
    body = (
        "<outline text='Politik'><outline text='Inland'><outline text='a' xmlUrl='http://a.example/'/></outline>"
        "<outline text='b' xmlUrl='http://b.example/'/></outline><outline text='c' xmlUrl='http://c.example/'/>"
    )
    assert [(o.title, o.folder) for o in read_opml(opml(body)).outlines] == [
        ("a", "Politik / Inland"),
        ("b", "Politik"),
        ("c", ""),
    ]


def test_a_subscription_with_children_makes_no_folder() -> None:
    body = "<outline text='a' xmlUrl='http://a.example/'><outline text='b' xmlUrl='http://b.example/'/></outline>"
    assert [o.folder for o in read_opml(opml(body)).outlines] == ["", ""]


def test_titles_come_from_text_and_else_from_title() -> None:
    body = "<outline text=' ' title='Blatt &amp; Co' xmlUrl='http://a.example/'/><outline TEXT='X' XMLURL='http://b.example/'/>"
    assert [o.title for o in read_opml(opml(body)).outlines] == ["Blatt & Co", "X"]


def test_entities_of_a_document_are_neither_declared_nor_expanded() -> None:
    bomb = "<!DOCTYPE o [<!ENTITY a 'aaaa'><!ENTITY x \"<outline xmlUrl='http://evil.example/'/>\">]>"
    (outline,) = read_opml(opml("<outline text='&a;&uuml;&#228;&x;' xmlUrl='http://a.example/'/>", head=bomb)).outlines
    assert outline.title == "üä"


def test_comments_and_character_data_hold_no_subscriptions() -> None:
    hidden = "<outline xmlUrl='http://evil.example/'/>"
    assert addresses(opml(f"<!-- {hidden} --><![CDATA[{hidden}]]><?x {hidden}?>")) == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/feed",
        "feed.xml",
        "",
        "exec:touch x",
        "|touch x",
        "-oProxyCommand=x",
    ],
)
def test_what_is_no_web_address_is_refused_by_itself(address: str) -> None:
    found = read_opml(opml(f"<outline text='x' xmlUrl='{address}'/><outline text='gut' xmlUrl='http://a.example/'/>"))
    assert [o.address for o in found.outlines] == ["http://a.example/"]
    assert [refusal.entry for refusal in found.refused] == [address or "x"]


@pytest.mark.parametrize(
    "machine",
    "127.0.0.1 127.1 2130706433 0x7f.1 [::1] [::ffff:10.0.0.1] 192.168.178.1 169.254.169.254 100.64.0.1 0.0.0.0"
    " localhost x.localhost 127。0。0。1 １２７.0.0.1 𝟭27.0.0.1".split(),
)
def test_addresses_of_private_machines_are_refused(machine: str) -> None:
    assert leads_inside(f"http://{machine}/feed")


@pytest.mark.parametrize("machine", ["quelle.example", "1.1.1.1", "[2606:4700::1111]", "bad.cafe", "localhost.example"])
def test_addresses_of_public_machines_are_not(machine: str) -> None:
    assert not leads_inside(f"http://{machine}/feed")


def test_one_address_in_two_spellings_is_taken_once() -> None:
    body = "<outline xmlUrl='  http://a.example/f  '/><outline xmlUrl='HTTP://A.example/f'/><outline xmlUrl='feed:http://a.example/f'/>"
    assert addresses(opml(body)) == ["http://a.example/f"]


def test_folders_inside_one_another_without_end_are_refused() -> None:
    deep = "<outline text='o'>" * 5000 + "<outline text='f' xmlUrl='http://a.example/'/>" + "</outline>" * 5000
    found = read_opml(opml(deep + "<outline text='g' xmlUrl='http://b.example/'/>"))
    assert ([o.address for o in found.outlines], len(found.refused)) == (["http://b.example/"], 1)


def test_a_damaged_file_gives_what_is_readable() -> None:
    data = (
        b"<?xml version='1.0' encoding='iso-8859-1'?><opml><body><OUTLINE text='Gr\xf6\xdfe & Co' xmlUrl='http://a.example/?a=1&copy=2'/>"
        b"<outline title='[/] \x1b[31m' text='' xmlUrl='http://b.example/'/><outline text='offen xmlUrl="
    )
    assert [(o.address, o.title) for o in read_opml(data).outlines] == [
        ("http://a.example/?a=1&copy=2", "Größe & Co"),
        ("http://b.example/", "[/]"),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1", "hex"])
def test_encodings_are_understood(encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}'?><opml><outline text='Äö' xmlUrl='http://a.example/'/></opml>"
    data = text.encode("utf-8" if encoding == "hex" else encoding)
    assert [o.title for o in read_opml(data).outlines] == ["Äö"]


@pytest.mark.parametrize("data", [b"", b"hallo", b"<html><body></body></html>", b"<rss/>", bytes(1000)])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(FeedParseError):
        read_opml(data)


def test_a_list_that_is_too_large_is_refused() -> None:
    with pytest.raises(FeedParseError, match="8 MB"):
        read_opml(opml(" " * MAX_BYTES))


@pytest.mark.parametrize(
    "piece",
    [
        "<outline x='",
        "<!DOCTYPE [",
        "<!--",
        "<a b=\"' ",
        "<![CDATA[",
        "<?",
        "&a;" * 20,
        "<outline a = ",
        "<  ",
        "<",
        "<o/>",
    ],
)
def test_the_time_is_linear_whatever_is_repeated(piece: str) -> None:
    data = b"<opml>" + piece.encode() * (2_000_000 // len(piece))
    started = time.process_time()
    with pytest.raises(FeedParseError, match="breaks off"):
        read_opml(data)
    assert time.process_time() - started < 8


def test_foreign_attributes_and_their_namespaces_survive() -> None:
    data = (
        b"<opml xmlns:frss='https://freshrss.org/opml'><body><outline type='podcast' text='a' xmlUrl='http://a.example/'"
        b" frss:css='p &gt; a' created='2020' nowhere:x='1'/></body></opml>"
    )
    first = read_opml(data).outlines
    assert dict(first[0].attributes) == {
        "type": "podcast",
        "xmlns:frss": "https://freshrss.org/opml",
        "frss:css": "p > a",
        "created": "2020",
    }
    written = write_opml(first)
    assert parsed(written).find(".//outline") is not None
    assert read_opml(written).outlines == first


CLEAN = st.text(max_size=40).map(lambda text: clean_line(text).strip())
FOLDERS = st.lists(
    st.text(alphabet="aÄß&<\"'] ", min_size=1, max_size=8)
    .map(str.strip)
    .filter(bool)
    .map(lambda t: " ".join(t.split())),
    max_size=3,
)
OUTLINES = st.builds(
    Outline,
    address=st.integers(0, 10**6).map(lambda n: f"https://example.org/{n}?a=1&b='{n}'"),
    title=CLEAN,
    folder=FOLDERS.map(" / ".join),
    site=st.sampled_from(["", "https://example.org/"]),
    attributes=st.dictionaries(st.from_regex(r"\Az[a-z]{1,6}\Z"), CLEAN, max_size=3).map(lambda d: tuple(d.items())),
)


@given(st.lists(OUTLINES, max_size=8, unique_by=lambda outline: outline.address))
def test_what_is_written_is_well_formed_and_reads_back_alike(outlines: list[Outline]) -> None:
    written = write_opml(outlines)
    parsed(written)
    found = read_opml(written)
    assert sorted(found.outlines, key=lambda o: o.address) == sorted(outlines, key=lambda o: o.address)
    assert found.refused == ()
    assert write_opml(found.outlines) == written


def test_no_log_in_of_an_address_gets_into_what_is_kept_or_told() -> None:
    body = (
        "<outline text='Blatt' xmlUrl='https://ich:geheim@a.example/' other='see http://du:geheim@b.example/x'"
        " htmlUrl='https://ich:geheim@a.example/'/><outline xmlUrl='https://ich:geheim@192.168.0.1/'/>"
        "<outline xmlUrl='gopher://ich:geheim@c.example/'/>"
    )
    found = read_opml(opml(body))
    assert len(found.outlines) == len(found.noted) == 1
    assert len(found.refused) == 2
    assert "geheim" not in repr(found) + write_opml(found.outlines).decode()
    assert found.noted[0].entry == "Blatt"


def test_lists_from_the_wild_are_read(benchmarks: Path) -> None:
    for path in sorted((benchmarks / "corpus" / "feeds").glob("*.opml.gz")):
        data = gzip.decompress(path.read_bytes())
        found = read_opml(data)
        named = [e.get("xmlUrl", "") for e in parsed(data).iter("outline") if e.get("xmlUrl")]
        assert len(found.outlines) + len(found.refused) == len(named)
        assert read_opml(write_opml(found.outlines)).refused == ()
        assert {o.address for o in read_opml(write_opml(found.outlines)).outlines} == {
            o.address for o in found.outlines
        }


def test_the_hostile_lists_hold(benchmarks: Path, tmp_path: Path) -> None:
    made = tmp_path / "hostile"
    subprocess.run(
        [sys.executable, benchmarks / "benchmarks/hostile/make_hostile.py", made], check=True, capture_output=True
    )
    taken = {path.stem: read_opml(path.read_bytes()) for path in sorted((made / "opmls").glob("*.opml"))}
    assert len(taken["opml-addresses"].outlines) == 1
    assert len(taken["opml-addresses"].refused) == 12
    assert len(taken["opml-deep"].refused) == 1
    assert [o.title for o in taken["opml-laughs"].outlines] == [""]
    assert [o.title for o in taken["opml-latin1"].outlines] == ["Größe & Co", "[/]"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"<opml>\n<body>\n<outline text='a' xmlUrl='https://a.exam", 3),
        (b"<opml>\n<body>\n", 2),
        (b"<opml>\n<!-- \n<body><outline text='a' xmlUrl='https://a.example/f'/></body></opml>", 2),
    ],
)
def test_a_damaged_list_without_a_subscription_is_an_error_with_its_line(data: bytes, line: int) -> None:
    with pytest.raises(FeedParseError, match=f"breaks off in line {line},"):
        read_opml(data)


def test_of_a_list_that_breaks_off_what_stands_before_is_taken_and_what_is_cut_is_named() -> None:
    whole = b"<outline text='Erstes' xmlUrl='https://a.example/f'/>\n"
    found = read_opml(b"<opml><body>\n" + whole + b"<outline text='Zweites' xmlUrl='https://b.exam")
    assert [outline.title for outline in found.outlines] == ["Erstes"]
    assert [(refusal.entry, refusal.line) for refusal in found.refused] == [("Zweites", 3), ("", 3)]


def test_one_damaged_entry_is_named_and_the_others_are_taken() -> None:
    lines = (
        b"<opml><body>",
        b"<outline text='Eins' xmlUrl='https://a.example/f'/>",
        b"<outline text='Zwei' xmlUrl=https://b.example/f />",
        b"<outline text='Drei' xmlUrl='https://c.example/f'/></body></opml>",
    )
    found = read_opml(b"\n".join(lines))
    assert [(outline.title, outline.folder) for outline in found.outlines] == [("Eins", ""), ("Drei", "")]
    assert [(refusal.entry, refusal.line) for refusal in found.refused] == [("Zwei", 3)]


def test_what_is_too_many_is_said_once_and_counted_whole() -> None:
    lines = "".join(f"<outline xmlUrl='https://a.example/{n}'/>" for n in range(MAX_OUTLINES + 3))
    found = read_opml(f"<opml><body>{lines}</body></opml>".encode())
    assert len(found.outlines) == MAX_OUTLINES
    assert [refusal.entry for refusal in found.refused] == [f"https://a.example/{MAX_OUTLINES}"]
    assert found.refused_in_all == 3


def test_an_empty_list_is_no_damage() -> None:
    assert read_opml(b"<opml version='2.0'><head/><body/></opml>").outlines == ()
    assert read_opml(b"<opml/>").refused == ()

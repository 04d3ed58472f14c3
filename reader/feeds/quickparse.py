"""RSS 2.0, RSS 1.0 and Atom 1.0 as most publishers write them, many times as fast as feedparser.

The result is the record that feedparser would give, so far as ``parse`` reads it. A document with anything that is not
listed here as plain or as harmless gives none, and is left to feedparser: it need not be understood twice.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from html.entities import entitydefs
from typing import Any

from lxml import etree

from reader.feeds.moments import plain_moment

Record = dict[str, Any]
"""A feed or an entry under feedparser's names."""

_ATOM, _RSS1 = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/}"
_RDF, _MEDIA = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://search.yahoo.com/mrss/}"
_DC, _CONTENT = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/rss/1.0/modules/content/}"
_CAPTION = f"{_MEDIA}caption"
_HTML, _PLAIN = "text/html", "text/plain"
_NONE = {"value": ""}

# What may declare entities, or change what an address or a byte means.
_UNUSUAL = (re.compile(rb"<!DOCTYPE"), re.compile(rb"base\s*="), re.compile(rb"\x1b"))
_MOST_TAGS = 1_000_000
"""A document with more says nothing with most of them, and would cost a hundred bytes of memory for each."""
_C1 = re.compile("[\x80-\x9f]")
_MARKUP = re.compile(r"</\w+>|&#?\w+;")
_REFERENCE = re.compile(r"&(\w+);")
_LINK_REFERENCE = re.compile(r"&\w+;")

_HARMLESS = frozenset(
    """
    comments ttl language copyright docs generator lastBuildDate managingEditor webMaster cloud rating skipHours hour
    skipDays day category pubDate description
    """.split()
)
"""Elements of a channel that say nothing we read."""
_PICTURE = frozenset({"title", "link", "description", "url", "width", "height"})
_HARMLESS_ATOM = frozenset(
    _ATOM + name
    for name in """
    id updated published author contributor name uri email subtitle rights logo icon generator category
    """.split()
)
_HARMLESS_MEDIA = frozenset(_MEDIA + name for name in "content group thumbnail credit copyright text caption".split())
_HARMLESS_DC = frozenset(
    _DC + name for name in "rights language publisher type format identifier source date creator".split()
)
_READ_ANYWHERE = frozenset({f"{_DC}creator", f"{_DC}date"})
"""What feedparser takes for the entry's own, however deep inside a foreign element."""
_BORROWED = frozenset({f"{_ATOM}link", f"{_DC}date", f"{_DC}subject", _CAPTION})
"""Fields that mean the same in an entry of either vocabulary."""
_FOREIGN = frozenset(
    {
        "http://purl.org/rss/1.0/modules/slash/",
        "http://purl.org/rss/1.0/modules/syndication/",
        "http://purl.org/syndication/thread/1.0",
        "http://wellformedweb.org/commentAPI/",
        "http://www.w3.org/2003/01/geo/wgs84_pos#",
    }
)
"""Namespaces of known vocabularies that hold nothing we read."""
_KNOWN = re.compile(
    r"^$|userland|harvard|purl\.org|netscape|example\.com|uri/of/echo|w3\.org|webns|creativecommons|resource\.org|georss|opengis"
    r"|itunes|yahoo|podlove|feedburner",
    re.IGNORECASE,
)
"""Namespaces that feedparser may read something from; a publisher's own is none of them."""
_KNOWN_PREFIXES = frozenset(
    """
    admin cc content creativecommons dc dcterms feedburner georss gml itunes media psc xhtml title summary published
    updated created
    """.split()
)
"""Prefixes that it takes for those, or that would make up one of its own names."""


class _UnusualError(Exception):
    """Something for feedparser."""


def read(data: bytes, most: int = sys.maxsize) -> Record | None:
    """feedparser's result for a document in UTF-8, where it is a plain one, with at most so many entries."""
    if data.count(b"<") > _MOST_TAGS or any(pattern.search(data) for pattern in _UNUSUAL):
        return None
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
        reader = _ROOTS.get(root.tag)
        return None if reader is None else reader(root, most)
    except (etree.XMLSyntaxError, _UnusualError):
        return None


def _rss(root: Any, most: int) -> Record:
    if not root.get("version", "").startswith("2.") or [child.tag for child in root] != ["channel"]:
        raise _UnusualError
    channel = root[0]
    if channel.attrib:
        raise _UnusualError
    return _feed("rss20", "", channel, "item", most)


def _rss1(root: Any, most: int) -> Record:
    channels = [child for child in root if child.tag == f"{_RSS1}channel"]
    if len(channels) != 1 or any(name != f"{_RDF}about" for name in channels[0].attrib):
        raise _UnusualError
    about = _feed("rss10", _RSS1, channels[0], "", 0)["feed"]
    return _feed("rss10", _RSS1, root, f"{_RSS1}item", most) | {"feed": about}


def _atom(root: Any, most: int) -> Record:
    return _feed("atom10", _ATOM, root, f"{_ATOM}entry", most)


_ROOTS: dict[str, Callable[[Any, int], Record]] = {"rss": _rss, f"{_RDF}RDF": _rss1, f"{_ATOM}feed": _atom}


def _feed(version: str, space: str, parent: Any, item: str, most: int) -> Record:
    feed: Record = {}
    entries: list[Record] = []
    for child in parent:
        tag = child.tag
        if tag == item:
            if len(entries) < most:
                entries.append(_entry(child, version))
        elif tag == f"{space}title":
            _title(feed, child, version)
        elif tag in ("link", f"{_RSS1}link"):
            _link(feed, child)
        elif tag == f"{_ATOM}link":
            _atom_link(feed, child)
        elif tag == f"{_ATOM}id":
            _guid(feed, child)
        elif not _is_harmless_in_feed(child, space):
            raise _UnusualError
    return {"version": version, "feed": feed, "entries": entries}


def _is_harmless_in_feed(child: Any, space: str) -> bool:
    name = child.tag.removeprefix(space)
    if name == "image":
        return all(part.tag.removeprefix(space) in _PICTURE and not len(part) for part in child)
    if child.tag == f"{_RSS1}channel":  # read by itself
        return True
    if child.tag == f"{_RSS1}items":
        return all(part.tag.startswith(_RDF) for part in child.iterdescendants())
    return all(
        part.tag.removeprefix(space) in _HARMLESS or part.tag in _HARMLESS_ATOM or _is_foreign(part)
        for part in child.iter()
    )


def _is_foreign(part: Any) -> bool:
    if part.tag in _HARMLESS_DC:
        return True
    space = part.tag[1:].partition("}")[0] if part.tag.startswith("{") else ""
    if space in _FOREIGN:
        return True
    return bool(part.prefix) and part.prefix.lower() not in _KNOWN_PREFIXES and not _KNOWN.search(space)


def _entry(item: Any, version: str) -> Record:
    entry: Record = {}
    about = item.get(f"{_RDF}about")
    if about:
        entry["id"] = about
    if any(name != f"{_RDF}about" for name in item.attrib):
        raise _UnusualError
    captioned = False
    for child in item:
        handler = _FIELDS.get(child.tag)
        if handler is not None:
            if child.tag not in _BORROWED and child.tag.startswith(_ATOM) != (version == "atom10"):
                raise _UnusualError  # one vocabulary's field in another's entry: the meaning of its text is a guess
            handler(entry, child, version)
            continue
        for part in child.iter():
            captioned = captioned or part.tag == _CAPTION
            if not _is_harmless_in_entry(part):
                raise _UnusualError
    if captioned and not all(text["value"] for text in [*entry.get("content", ()), entry.get("summary_detail", _NONE)]):
        raise _UnusualError  # a caption takes the place of a text
    return entry


def _is_harmless_in_entry(part: Any) -> bool:
    if part.tag in _READ_ANYWHERE:
        return False
    return part.tag in _HARMLESS_MEDIA or _is_foreign(part) or part.tag in ("comments", f"{_ATOM}rights")


def _text(element: Any) -> str:
    """The text of an element that holds nothing else, where feedparser would not alter it."""
    if len(element):
        raise _UnusualError
    text = (element.text or "").strip()
    if not text.isascii():
        if _C1.search(text):  # taken for windows-1252
            raise _UnusualError
        try:
            text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return text
        raise _UnusualError  # taken for text that was encoded twice
    return text


def _only_once(record: Record, name: str) -> None:
    if name in record:
        raise _UnusualError


def _title(record: Record, element: Any, version: str) -> None:
    _only_once(record, "title")
    text = record["title"] = _text(element)
    kind = _kind(element)
    if version != "atom10":
        if element.attrib:
            raise _UnusualError
        kind = _guessed(text)
    record["title_detail"] = {"type": kind, "value": text}


def _guessed(text: str) -> str:
    """Whether a title is HTML, which RSS leaves open."""
    if not _MARKUP.search(text):
        return _PLAIN
    if "<" in text:
        raise _UnusualError
    return _HTML if all(name in entitydefs for name in _REFERENCE.findall(text)) else _PLAIN


def _kind(element: Any) -> str:
    kind = {"text": _PLAIN, _PLAIN: _PLAIN, "html": _HTML, _HTML: _HTML}.get(element.get("type", "text"))
    if kind is None or "mode" in element.attrib or "src" in element.attrib:
        raise _UnusualError
    return kind


def _address(text: str) -> str:
    if ":///" in text:
        raise _UnusualError
    return text


def _link(record: Record, element: Any, _version: str = "") -> None:
    address = _address(_text(element))
    if element.attrib or _LINK_REFERENCE.search(address):
        raise _UnusualError
    record["link"] = address
    record.setdefault("links", []).append({"rel": "alternate", "href": address})


def _atom_link(record: Record, element: Any, _version: str = "") -> None:
    address, relation = element.get("href"), element.get("rel", "alternate").lower()
    if address is None or len(element) or any(name in ("url", "uri") or name[0] == "{" for name in element.attrib):
        raise _UnusualError
    kind = element.get("type", _HTML).lower()
    record.setdefault("links", []).append({"rel": relation, "href": _address(address), "type": kind})
    if relation == "alternate":
        if kind not in (_HTML, "html", "application/xhtml+xml", "xhtml"):
            return
        record["link"] = address


def _enclosure(record: Record, element: Any, _version: str) -> None:
    if "href" in element.attrib or "uri" in element.attrib or len(element):
        raise _UnusualError
    file = {"rel": "enclosure", "href": element.get("url", ""), "type": element.get("type", "").lower()}
    record.setdefault("links", []).append(file)


def _guid(record: Record, element: Any, _version: str = "") -> None:
    _only_once(record, "id")
    address = _address(_text(element))
    record["id"] = address
    if {name.lower(): value for name, value in element.attrib.items()}.get("ispermalink", "true") == "true":
        record.setdefault("link", address)


def _date(name: str) -> Callable[[Record, Any, str], None]:
    def take(record: Record, element: Any, _version: str) -> None:
        _only_once(record, name)
        text = record[name] = _text(element)
        moment = record[f"{name}_parsed"] = plain_moment(text)
        if moment is None:
            raise _UnusualError

    return take


def _description(record: Record, element: Any, version: str) -> None:
    _only_once(record, "summary_detail")
    if version != "atom10" and element.attrib:
        raise _UnusualError
    kind = _kind(element) if version == "atom10" else _HTML
    record["summary"] = _text(element)
    record["summary_detail"] = {"type": kind, "value": record["summary"]}


def _content(record: Record, element: Any, version: str) -> None:
    _only_once(record, "content")
    if version != "atom10" and element.attrib:
        raise _UnusualError
    kind = _kind(element) if version == "atom10" else _HTML
    text = _text(element)
    record["content"] = [{"type": kind, "value": text}]
    record.setdefault("summary", text)


def _caption(record: Record, element: Any, _version: str) -> None:
    if element.attrib:
        raise _UnusualError
    record["media_caption"] = _text(element)


def _creator(record: Record, element: Any, _version: str) -> None:
    """A name in one piece; feedparser looks for an address in it."""
    text = _text(element)
    if "@" in text or not text:
        raise _UnusualError
    record["author"] = text
    record.setdefault("authors", []).append({"name": text})


def _person(record: Record, element: Any, _version: str) -> None:
    name = ""
    for part in element:
        if part.tag == f"{_ATOM}name" and not name:
            name = _text(part)
        elif part.tag not in (f"{_ATOM}uri", f"{_ATOM}email") or len(part):
            raise _UnusualError
    if not name:
        raise _UnusualError
    record.setdefault("authors", []).append({"name": name})


def _category(record: Record, element: Any, version: str) -> None:
    text, term = _text(element), element.get("term", "")
    if version == "atom10" and not text and term:
        tag = {"term": term, "label": element.get("label", "")}
    elif text and not term and "label" not in element.attrib:
        tag = {"term": text}
    else:
        raise _UnusualError
    record.setdefault("tags", []).append(tag)


def _source(record: Record, element: Any, _version: str) -> None:
    _only_once(record, "source")
    record["source"] = {"title": _text(element)}


_FIELDS: dict[str, Callable[[Record, Any, str], None]] = {
    "guid": _guid,
    "pubDate": _date("published"),
    "author": _creator,
    "category": _category,
    "enclosure": _enclosure,
    "source": _source,
    f"{_DC}creator": _creator,
    f"{_DC}date": _date("updated"),
    f"{_DC}subject": _category,
    f"{_CONTENT}encoded": _content,
    f"{_ATOM}link": _atom_link,
    f"{_ATOM}id": _guid,
    f"{_ATOM}title": _title,
    f"{_ATOM}published": _date("published"),
    f"{_ATOM}updated": _date("updated"),
    f"{_ATOM}author": _person,
    f"{_ATOM}category": _category,
    f"{_ATOM}summary": _description,
    f"{_ATOM}content": _content,
    _CAPTION: _caption,
    **{f"{space}title": _title for space in ("", _RSS1)},
    **{f"{space}link": _link for space in ("", _RSS1)},
    **{f"{space}description": _description for space in ("", _RSS1)},
}

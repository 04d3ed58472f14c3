"""Lesart's demo edition: five feeds of our own German prose, the bytes as a publisher would send them.

Knows how a feed is written; must not know how one is read: the bytes take the ordinary path through the parser.
An article is one file in ``articles/``: TOML between two lines of ``+++``, then the HTML of its body.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files
from typing import NamedTuple
from xml.etree import ElementTree as ET

SITE = "https://example.org/lesart-demo/"

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_FENCE = "+++\n"

# The prefixes that publishers use; without them ElementTree would write ns0, ns1, …
ET.register_namespace("atom", _ATOM)
ET.register_namespace("content", _CONTENT)
ET.register_namespace("dc", _DC)


class Edition(NamedTuple):
    """One feed of the demo edition; ``data`` is a whole RSS 2.0 or Atom document in UTF-8."""

    address: str
    folder: str
    title: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Channel:
    name: str
    folder: str
    title: str
    subject: str
    atom: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What one article file says. ``minutes_ago`` counts back from the moment the edition is made."""

    name: str
    feed: str
    title: str
    sections: tuple[str, ...]
    authors: tuple[str, ...]
    minutes_ago: int
    html: str
    outlet: str = ""
    """Whose article the feed passes on; empty for its own."""

    @property
    def link(self) -> str:
        return f"{SITE}{self.feed}/{self.name}"

    @property
    def guid(self) -> str:
        return f"urn:lesart-demo:{self.name}"


_CHANNELS = (
    _Channel("politik", "Nachrichten", "Politik · Lesart-Demo", "Politik und Zeitgeschichte"),
    _Channel("wirtschaft", "Nachrichten", "Wirtschaft · Lesart-Demo", "Wirtschaft und Geld"),
    _Channel("technik", "Technik und Wissen", "Technik · Lesart-Demo", "Technik und Netz"),
    _Channel("wissen", "Technik und Wissen", "Wissen · Lesart-Demo", "Natur und Forschung", atom=True),
    _Channel("leben", "Leben", "Kultur · Lesart-Demo", "Kultur, Sport und Vermischtes"),
)


def editions(now: datetime) -> list[Edition]:
    """The feeds of the demo edition as they stand at ``now``, which must be aware.

    The same articles carry the same ids whenever they are made; only their dates move along with ``now``.
    """
    entries = sorted(_entries(), key=lambda entry: entry.minutes_ago)
    return [_edition(channel, [e for e in entries if e.feed == channel.name], now) for channel in _CHANNELS]


def _entries() -> Iterable[_Entry]:
    for file in files(__name__).joinpath("articles").iterdir():
        if not file.name.endswith(".html"):
            continue
        _, front, html = file.read_text(encoding="utf-8").split(_FENCE, 2)
        fields = tomllib.loads(front)
        yield _Entry(
            name=file.name.removesuffix(".html"),
            feed=fields["feed"],
            title=fields["title"],
            sections=tuple(fields["sections"]),
            authors=tuple(fields["authors"]),
            minutes_ago=fields["minutes_ago"],
            html=html.strip(),
            outlet=fields.get("outlet", ""),
        )


def _edition(channel: _Channel, entries: list[_Entry], now: datetime) -> Edition:
    root = _atom(channel, entries, now) if channel.atom else _rss(channel, entries, now)
    ET.indent(root)
    data = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Edition(f"lesart:demo/{channel.name}", channel.folder, channel.title, data)


def _description(channel: _Channel) -> str:
    what = "Teil der Demoausgabe, die Lesart mitbringt. Die Nachrichten sind erfunden, die Rückblicke nicht."
    return f"{channel.subject}: {what}"


def _rss(channel: _Channel, entries: list[_Entry], now: datetime) -> ET.Element:
    """RSS 2.0 with content:encoded and dc:creator, the dialect of most German publishers."""
    root = ET.Element("rss", {"version": "2.0"})
    head = ET.SubElement(root, "channel")
    _text(head, "title", channel.title)
    _text(head, "link", SITE + channel.name)
    _text(head, "description", _description(channel))
    _text(head, "language", "de")
    _text(head, "lastBuildDate", _rfc822(now))
    for entry in entries:
        item = ET.SubElement(head, "item")
        _text(item, "title", entry.title)
        _text(item, "link", entry.link)
        _text(item, "guid", entry.guid, isPermaLink="false")
        _text(item, "pubDate", _rfc822(_published(entry, now)))
        for author in entry.authors:
            _text(item, f"{{{_DC}}}creator", author)
        for section in entry.sections:
            _text(item, "category", section)
        if entry.outlet:
            _text(item, "source", entry.outlet, url=f"{SITE}{entry.feed}")
        _text(item, f"{{{_CONTENT}}}encoded", entry.html)
    return root


def _atom(channel: _Channel, entries: list[_Entry], now: datetime) -> ET.Element:
    """RFC 4287."""
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "de"})
    _text(root, f"{{{_ATOM}}}title", channel.title)
    _text(root, f"{{{_ATOM}}}subtitle", _description(channel))
    _text(root, f"{{{_ATOM}}}id", f"urn:lesart-demo:feed:{channel.name}")
    _text(root, f"{{{_ATOM}}}updated", _rfc3339(now))
    ET.SubElement(root, f"{{{_ATOM}}}link", {"rel": "alternate", "href": SITE + channel.name})
    for entry in entries:
        item = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _text(item, f"{{{_ATOM}}}title", entry.title)
        _text(item, f"{{{_ATOM}}}id", entry.guid)
        ET.SubElement(item, f"{{{_ATOM}}}link", {"rel": "alternate", "href": entry.link})
        moment = _rfc3339(_published(entry, now))
        _text(item, f"{{{_ATOM}}}published", moment)
        _text(item, f"{{{_ATOM}}}updated", moment)
        for author in entry.authors:
            _text(ET.SubElement(item, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name", author)
        for section in entry.sections:
            ET.SubElement(item, f"{{{_ATOM}}}category", {"term": section})
        _text(item, f"{{{_ATOM}}}content", entry.html, type="html")
    return root


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _published(entry: _Entry, now: datetime) -> datetime:
    return now - timedelta(minutes=entry.minutes_ago)


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")

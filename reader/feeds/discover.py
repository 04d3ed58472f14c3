"""The feeds that a web page announces (HTML, "Link type alternate"; RSS Advisory Board, RSS autodiscovery)."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from reader.feeds.encoding import as_utf8, declared_encoding
from reader.text.address import web_address
from reader.text.sanitize import clean_line

_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_LONGEST_PAGE = 2_000_000
_MOST = 50
_USUAL = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/index.xml", "/atom.xml")


def announced_feeds(body: bytes, *, content_type: str = "", address: str = "") -> tuple[tuple[str, str], ...]:
    """(address, title) of each feed that the page names, in its order; empty for a page without any."""
    data, is_utf8 = as_utf8(body[:_LONGEST_PAGE], content_type)
    encoding = "utf-8" if is_utf8 else declared_encoding(body, content_type) or "windows-1252"
    finder = _Finder(address)
    finder.feed(data.decode(encoding, "replace"))
    return tuple(finder.found.items())


def usual_addresses(page: str) -> tuple[str, ...]:
    """Where a feed mostly stands when the page names none, the likeliest first: few, to be asked one after another."""
    folder = urlsplit(page).path.rpartition("/")[0]
    own = (f"{folder}/feed",) if folder else ()
    return tuple(dict.fromkeys(urljoin(page, path) for path in (*own, *_USUAL)))


class _Finder(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = base
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "base" and values.get("href"):
            self._base = web_address(values["href"], self._base) or self._base
        if tag != "link" or len(self.found) >= _MOST:
            return
        relations = values.get("rel", "").lower().split()
        kind = values.get("type", "").partition(";")[0].strip().lower()
        if "alternate" in relations and kind in _KINDS:
            address = web_address(values.get("href", ""), self._base)
            if address:
                self.found.setdefault(address, clean_line(values.get("title", ""))[:200])

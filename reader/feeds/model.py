"""What a feed says, sanitised: the types that the parser gives out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that comes with an entry."""

    address: str
    kind: str
    """Its media type, as declared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One entry. Titles, names and addresses are safe to show; ``html`` is raw and only for ``text.html``.

    ``guid`` is empty where the feed gives none; times are aware, in UTC.
    """

    guid: str
    address: str
    title: str
    html: str
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed with its entries in their own order."""

    title: str
    site: str
    entries: tuple[ParsedEntry, ...]

"""Feeds, their entries, and the text of an article as blocks over one string."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from reader.model.settings import FeedSettings
from reader.model.span import Span


class BlockKind(StrEnum):
    """What a stretch of the text is for the reader."""

    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST = "list"
    """One list item; neighbours form the list."""
    TABLE = "table"
    """One table row; cells are parted by a tab."""
    SUMMARY = "summary"
    """One point of the editors' own summary box; it is not part of the running text."""
    CAPTION = "caption"
    CREDIT = "credit"
    """An agency line, an author's mark, a dateline that stands alone."""
    NOTE = "note"
    """A correction or update note."""
    PREFORMATTED = "preformatted"


RUNNING_KINDS = frozenset({BlockKind.LEAD, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST})
"""Blocks that hold sentences of the article itself."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block; blocks are sorted, do not overlap, and white space alone stands between them."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the article: the words it stands on, and its sanitised http(s) address."""

    span: Span
    address: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """An article's text, sanitised and repaired, with everything that is known of its structure.

    ``text`` is NFC; all offsets of the analysis are code points into it. Blocks are parted by a blank line, list items,
    table rows and summary points of one box by a line feed. ``title`` and ``kicker`` are not part of ``text``.
    ``date`` is ISO 8601 with the precision that is known ("2023-11", "2024-05-03T10:00:00+02:00").
    """

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    kicker: str = ""
    date: str | None = None
    authors: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    language: str = "de"
    labels: tuple[str, ...] = field(default=())
    """Marks that the source itself gave: a section, "Kommentar", "Anzeige", "isAccessibleForFree=false", …"""

    @property
    def lead(self) -> str:
        """The text of the lead block, or nothing."""
        return next((b.span.of(self.text) for b in self.blocks if b.kind is BlockKind.LEAD), "")

    @cached_property
    def digest(self) -> bytes:
        """16 bytes that name everything the analysis may look at (BLAKE2b, RFC 7693)."""
        state = hashlib.blake2b(digest_size=16)
        parts = [self.text, self.title, self.kicker, self.language, *self.labels]
        parts += [f"{b.kind}:{b.span.start}:{b.span.end}" for b in self.blocks]
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            state.update(len(data).to_bytes(8, "big") + data)
        return state.digest()

    def of_kind(self, *kinds: BlockKind) -> tuple[Block, ...]:
        """The blocks of these kinds, in order."""
        return tuple(b for b in self.blocks if b.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A subscription and how its last fetch went."""

    id: int
    address: str
    title: str
    folder: str = ""
    site: str = ""
    unread: int = 0
    total: int = 0
    last_success: datetime | None = None
    last_attempt: datetime | None = None
    error: str = ""
    """The last error in words, empty when the last fetch went well; a message id already filled in."""
    hint: str = ""
    next_try: datetime | None = None
    """When it is asked next of itself; nothing for never fetched and for ended."""
    interval_seconds: int = 0
    settings: FeedSettings = field(default_factory=FeedSettings)
    ended: bool = False
    """Its server has said that it is gone for good; only a forced refresh asks it again."""

    @property
    def bundled(self) -> bool:
        """Whether it is a part of the demo edition that comes with the program."""
        return self.address.startswith("lesart:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One stored entry; times are aware, in UTC."""

    id: int
    feed_id: int
    guid: str
    address: str
    title: str
    outlet: str
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    fetched: datetime
    updated: datetime | None = None
    read: bool = False
    starred: bool = False


class Badge(StrEnum):
    """A small mark beside a headline."""

    URGENT = "urgent"
    """"Eilmeldung"."""
    PAYWALL = "paywall"
    FOREIGN = "foreign"
    """Not German: shown, not analysed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """What one row of the list paints, and nothing else."""

    id: int
    feed_id: int
    title: str
    outlet: str
    published: datetime
    """The entry's own date, or the time it was fetched when it has none (``dated`` is then false)."""
    read: bool
    starred: bool
    sources: int = 0
    anonymous: int = 0
    dated: bool = True
    first_point: str = ""
    genre: str = ""
    completeness: str = ""
    minutes: int = 0
    """Reading time, 0 for not known."""
    badges: tuple[Badge, ...] = ()
    story: int | None = None
    """What other articles tell as well, under one number."""
    more: int = 0
    """How many further articles of its story or copies of its text this row stands for."""
    others: tuple[str, ...] = ()
    """The outlets of those, in order, each once, its own left out."""
    agency: str = ""
    """The agency whose text this and the others are, if they are copies of one."""

"""What a refresh tells while it runs and when it is done."""

from __future__ import annotations

from dataclasses import dataclass

from reader.errors import LesartError

FETCHING, ANALYSING, PAGES = "fetching", "analysing", "pages"
OK, UNCHANGED, MOVED, ERROR, WAITING = "ok", "unchanged", "moved", "error", "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """``done`` of ``total`` in one phase of a refresh.

    "fetching": one more feed is done, headlines and all; ``error`` is a filled message or empty. "analysing": so many
    articles have been analysed; of no feed in particular. "pages": so many articles' own pages have been read.
    """

    feed_id: int
    title: str
    done: int
    total: int
    new: int = 0
    error: str = ""
    phase: str = FETCHING


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResult:
    """How one feed fared; ``status`` is "ok", "unchanged", "moved", "error", or "waiting": not asked, because its
    server wants to be left alone for now or for good.
    """

    feed_id: int
    title: str
    address: str
    status: str
    new: int = 0
    updated: int = 0
    pages: int = 0
    """Full texts that came in from the articles' own pages."""
    error: LesartError | None = None


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """How all feeds fared, in the order they were asked for."""

    results: tuple[FeedResult, ...]
    trouble: LesartError | None = None
    """Why articles were left without an analysis, which the next refresh tries again; none where all went well."""

    @property
    def new(self) -> int:
        """How many articles came in."""
        return sum(result.new for result in self.results)

    @property
    def failed(self) -> tuple[FeedResult, ...]:
        """The feeds that gave an error."""
        return tuple(result for result in self.results if result.error is not None)

"""What an address offers: the feed there, or the feeds of the page there. Nothing is stored.

A page's own word comes first (link rel="alternate"), then the catalogue for its host, then the few usual places, one
after another until one answers with a feed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reader.errors import FeedParseError, FetchError, LesartError
from reader.feeds import catalog, problems
from reader.feeds.access import Access
from reader.feeds.address import host_name
from reader.feeds.discover import usual_addresses
from reader.feeds.fetch import Fetched, Fetcher
from reader.feeds.portal import in_place_of
from reader.library.analyst import ANALYSE_SECONDS, PARSE_SECONDS, Urgency, Worker
from reader.library.frames import joined
from reader.library.intake import ParsedAnswer
from reader.library.refresh import Refresher
from reader.model.analysis import Completeness
from reader.model.health import FeedPreview
from reader.store.codec import unpack_document

_MOST = 12
_HEADLINES = 5
_JUDGED = 8
"""Entries of which it is asked whether they are whole."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that a page or the catalogue names; ``title`` may be empty."""

    address: str
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that has answered; ``address`` is the one to keep."""

    address: str
    fetched: Fetched
    parsed: ParsedAnswer


Choose = Callable[[Sequence[Offer]], int | None]
"""Which of several feeds is meant, by its place; None leaves it at the first that answers."""


class Discovery:
    """Looks behind one typed address. ``access`` goes to its origin alone."""

    def __init__(self, refresher: Refresher, worker: Worker, fetcher: Fetcher, address: str, access: Access) -> None:
        self._refresher = refresher
        self._worker = worker
        self._fetcher = fetcher
        self._address = address
        self._access = access

    async def one(self, choose: Choose | None) -> Found:
        """The feed at the address, or the one that is chosen of those that the page there leads to.

        Without ``choose`` the first that is a feed. Raises ``FetchError``, ``FeedParseError``.
        """
        page, looked = await self._look()
        if isinstance(looked, Found):
            return looked
        offers = await self._offers(page)
        chosen = choose(offers) if len(offers) > 1 and choose is not None else None
        offers = offers if chosen is None else (offers[chosen],)
        trouble: LesartError = looked
        for offer in offers[:_MOST]:
            try:
                found = await self._read(offer.address, page)
            except FetchError as error:
                trouble = error
            else:
                if found is not None:
                    return found
        if offers:
            raise trouble
        return await self._usual(page, looked)

    async def all(self) -> list[Found]:
        """Every feed that the address leads to, at most a dozen; raises ``FetchError``, ``FeedParseError``."""
        page, looked = await self._look()
        if isinstance(looked, Found):
            return [looked]
        offers = await self._offers(page)
        several = []
        trouble: LesartError = looked
        for offer in offers[:_MOST]:  # one after another: mostly they stand on one machine
            try:
                found = await self._read(offer.address, page)
            except FetchError as error:
                trouble = error
            else:
                several += [found] if found is not None else []
        if offers and not several:
            raise trouble
        return several or [await self._usual(page, looked)]

    async def preview(self, found: Found, subscribed: bool) -> FeedPreview:
        """What the feed holds, for a person to look at; raises ``AnalysisError``."""
        entries = found.parsed.entries
        judged = [entry.body for entry in entries if entry.body][:_JUDGED]
        sizes, packed = joined(judged)
        header, _ = await self._worker.run({"job": "analyse", "sizes": sizes}, packed, Urgency.DEMAND, ANALYSE_SECONDS)
        documents = map(unpack_document, judged)
        languages = Counter(document.language for document in documents if document.text)
        partial = sum(row["completeness"] != Completeness.FULL for row in header["rows"])
        return FeedPreview(
            address=found.address,
            title=found.parsed.title or host_name(found.address),
            site=found.parsed.site,
            count=len(entries),
            newest=max((entry.published for entry in entries if entry.published is not None), default=None),
            headlines=tuple(entry.title for entry in entries[:_HEADLINES]),
            teasers=partial / len(judged) if judged else 0.0,
            language=languages.most_common(1)[0][0] if languages else "",
            subscribed=subscribed,
        )

    async def _look(self) -> tuple[Fetched, Found | FeedParseError]:
        """The answer, and the feed that it is or why it is none."""
        fetched = await self._fetcher.get(self._address, access=self._access)
        try:
            return fetched, Found(fetched.permanent or self._address, fetched, await self._parse(fetched))
        except FeedParseError as error:
            return fetched, error

    async def _read(self, address: str, page: Fetched) -> Found | None:
        """A feed that somebody else names; nothing where there is none after all. Raises ``FetchError``."""
        fetched = await self._fetcher.get(
            address,
            guarded=self._fetcher.is_public(page.address),
            access=self._access.towards(self._address, address),
        )
        try:
            return Found(fetched.permanent or address, fetched, await self._parse(fetched))
        except FeedParseError:
            return None

    async def _usual(self, page: Fetched, refusal: FeedParseError) -> Found:
        better = in_place_of(refusal, page.body, page.address)
        if better is not refusal:
            raise better from refusal
        for address in usual_addresses(page.address) if _is_page(page) else ():
            try:
                found = await self._read(address, page)
            except problems.StatusError:
                continue
            except FetchError as error:  # a machine that does not answer is not asked five times more
                raise refusal from error
            if found is not None:
                return found
        raise refusal

    async def _offers(self, page: Fetched) -> tuple[Offer, ...]:
        header, _ = await self._worker.run(
            {"job": "discover", "content_type": page.content_type, "address": page.address},
            page.body,
            Urgency.DEMAND,
            PARSE_SECONDS,
        )
        named = tuple(Offer(address, title) for address, title in header["feeds"])
        if named or not _is_page(page):
            return named
        return tuple(Offer(entry.address, entry.name) for entry in catalog.at_host(host_name(page.address)))

    async def _parse(self, fetched: Fetched) -> ParsedAnswer:
        return await self._refresher.parse(
            fetched.body, fetched.content_type, fetched.address, frozenset(), Urgency.DEMAND
        )


def _is_page(fetched: Fetched) -> bool:
    return b"<html" in fetched.body[:4096].lower() or b"<!doctype html" in fetched.body[:4096].lower()

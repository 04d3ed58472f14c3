"""Web pages become documents in the child process; usable with or without an open library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from reader.library.analyst import PARSE_SECONDS, ChildWorker, Urgency, Worker
from reader.library.frames import Header
from reader.model.article import Document
from reader.store.codec import unpack_document


@asynccontextmanager
async def page_worker() -> AsyncIterator[Worker]:
    """A child process for the time of the block; it starts with the first page."""
    worker = ChildWorker()
    try:
        yield worker
    finally:
        worker.close()
        await worker.closed()


async def document_of(
    worker: Worker,
    page: bytes,
    *,
    address: str = "",
    content_type: str = "",
    hint: Header | None = None,
    urgency: Urgency = Urgency.DEMAND,
) -> Document:
    """The article of a page or of a fragment of one; raises ``AnalysisError`` for one that takes too long.

    ``hint`` is what the feed's entry says of it ("title", "teaser", "authors", "date"), which helps where the page
    itself says nothing.
    """
    header: Header = {"job": "page", "content_type": content_type, "address": address, "hint": hint or {}}
    _, packed = await worker.run(header, page, urgency, PARSE_SECONDS)
    return unpack_document(packed)

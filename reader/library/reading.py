"""Articles ready to be read: document and analysis of the last few are kept, marks are always read anew."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from reader import store as stored
from reader.store import Store

if TYPE_CHECKING:
    from reader.model.analysis import Analysis, Reading
    from reader.model.article import Document

KEPT = 64


class Readings:
    """A cache before the store, keyed by article and the digest of its document."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[int, tuple[bytes, Document, Analysis | None]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, article_id: int) -> Reading:
        """The article with its document, and its analysis if there is one; raises ``NotFoundError``."""
        from reader.model.analysis import Reading

        article = self._store.read(stored.listing.article, article_id)
        digest = self._store.read(stored.analyses.digest, article_id)
        with self._lock:
            kept = self._kept.get(article_id)
        if kept is None or kept[0] != digest:
            document = self._store.read(stored.articles.document, article_id)
            kept = (digest, document, None)
        if kept[2] is None:
            kept = (digest, kept[1], self._store.read(stored.analyses.analysis, digest))
        with self._lock:
            self._kept[article_id] = kept
            self._kept.move_to_end(article_id)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return Reading(article, kept[1], kept[2])

    def forget(self, article_id: int) -> None:
        """Read this one from the store next time."""
        with self._lock:
            self._kept.pop(article_id, None)

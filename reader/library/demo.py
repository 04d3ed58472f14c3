"""The demo edition brought in through the very path of a fetched feed, without a network and without a child
process.
"""

from __future__ import annotations

from datetime import datetime

from reader.demo import editions
from reader.library.analyst import answer_of
from reader.library.backlog import ANALYSE_BATCH, INDEX_BATCH, results_of
from reader.library.entries import incoming
from reader.library.frames import Header, joined, parted
from reader.library.intake import store_entries
from reader.library.stories import KEPT_US, first_job, placed_of
from reader.library.worker import handle
from reader.store import Connection, Store, analyses, articles, feeds, search, stories
from reader.store.articles import Incoming


def load(store: Store, now: datetime) -> int:
    """Subscribe to the demo's feeds; the number of articles that they hold. A second call adds nothing."""
    count = 0
    for address, folder, title, body in editions(now):
        header, packed = _answer(
            {"job": "parse", "content_type": "application/xml", "address": address, "known": []}, body
        )
        entries = incoming(header["entries"], parted(header["sizes"], packed))
        count += len(entries)
        store.write(_keep, address, folder, title, header["site"], entries, now)
    while store.write(search.index_pending, INDEX_BATCH):
        pass
    while batch := store.read(analyses.pending, ANALYSE_BATCH):
        sizes, documents = joined([document for _, _, document in batch])
        header, packed = _answer({"job": "analyse", "sizes": sizes}, documents)
        store.write(analyses.save, results_of(batch, header, packed), header["version"])
    if told := store.read(stories.pending, count):
        header, packed = _answer(*first_job(told))
        store.write(stories.save, placed_of(told, header, packed), KEPT_US)
    return count


def _keep(
    connection: Connection,
    address: str,
    folder: str,
    title: str,
    site: str,
    entries: list[Incoming],
    now: datetime,
) -> None:
    feed_id = feeds.add_feed(connection, address, title=title, own_title=True, folder=folder, site=site)
    known = articles.known_states(connection, feed_id)
    if not known:
        store_entries(connection, feed_id, entries, now)
    feeds.set_unchanged(connection, feed_id, now)


def _answer(header: Header, body: bytes) -> tuple[Header, bytes]:
    return answer_of(*handle(header, body))

"""Subscriptions in from another reader's file, and out as OPML. Nothing is fetched here; the next refresh does that."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.feeds import newsboat, opml
from reader.feeds.address import host_name
from reader.feeds.outlines import Outline, OutlineList, Refusal
from reader.library.refresh import DEMO_SCHEME, trusted_machines
from reader.model.settings import FullText
from reader.store import Connection, Store, feeds


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file brought: subscribed now, there already (titles both), refused, and taken otherwise than it stood."""

    added: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[Refusal, ...]
    noted: tuple[Refusal, ...] = ()
    refused_in_all: int = 0
    """How many were refused, with those that are not kept one by one."""


def import_list(store: Store, data: bytes, full_text: FullText) -> ImportReport:
    """Subscribe to what an OPML file or newsboat's ``urls`` holds, ``full_text`` set for each new feed; raises
    ``FeedParseError``.
    """
    read = newsboat.read_urls if newsboat.looks_like_urls(data) else opml.read_opml
    found: OutlineList = read(data, trusted_machines())
    added, known = store.write(_subscribe, found.outlines, full_text)
    noted = tuple(replace(note, feed_id=store.read(_number, note.address)) for note in found.noted)
    return ImportReport(tuple(added), tuple(known), found.refused, noted, found.refused_in_all)


def export_list(store: Store) -> bytes:
    """All subscriptions as OPML, by folder and address; the demo edition is none."""
    records = sorted(store.read(feeds.all_feeds), key=lambda record: (record.folder.casefold(), record.address))
    return opml.write_opml(
        Outline(
            address=record.address,
            title=record.title,
            folder=record.folder,
            site=record.site,
            attributes=tuple((name, value) for name, value in json.loads(record.outline)),
        )
        for record in records
        if not record.address.startswith(DEMO_SCHEME)
    )


def _number(connection: Connection, address: str) -> int:
    there = feeds.by_address(connection, [address])
    return there.id if there is not None else 0


def _subscribe(connection: Connection, outlines: Sequence[Outline], full_text: FullText) -> tuple[list[str], list[str]]:
    added, known = [], []
    for outline in outlines:
        title = outline.title or host_name(outline.address)
        there = feeds.by_address(connection, [outline.address])
        if there is not None:
            known.append(there.title)
            continue
        feed_id = feeds.add_feed(
            connection,
            outline.address,
            title=title,
            own_title=bool(outline.title),
            folder=outline.folder,
            site=outline.site,
        )
        feeds.set_full_text(connection, feed_id, full_text)
        feeds.set_origin(connection, feed_id, typed=False, outline=json.dumps(outline.attributes, ensure_ascii=False))
        added.append(title)
    return added, known

"""From what a feed says to what the store keeps: one record and one packed document for each entry.

Pure; runs in the child process. The records are plain JSON values, because they travel through a pipe.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reader.feeds.model import ParsedEntry, ParsedFeed
from reader.model.analysis import Analysis, Completeness, Note, SourceKind, reading_minutes
from reader.model.article import Badge, Document
from reader.store.articles import Incoming
from reader.store.codec import pack_document, pack_fragment
from reader.text.fragment import Fragment

_URGENT = re.compile(r"[\s+*\[(]*(?:EIL|Eil)(?:meldung|MELDUNG|t|T)?\b\s*[+*\])]*\s*(?:[:–—|-]|\+{2,})")
"""A headline that opens with the agencies' mark: "EIL:", "+++ Eilmeldung +++", "[Eil] –"."""
_LONGEST_POINT = 300
_LONGEST_OPENING = 80


def entries_of(
    feed: ParsedFeed, known: frozenset[int], states: Sequence[int] | None = None, *, later: bool = False
) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Records and packed documents of a feed's entries; an entry in a known state gets an empty document.

    ``states`` are those of the entries' bytes, where these could be told. ``later``: documents that nobody compares
    with anything are not made yet, and their digest is that of the bytes.
    """
    records, documents = [], []
    for number, entry in enumerate(feed.entries):
        state = state_of(entry) if states is None else states[number]
        title, digest, body = entry.title, "", b""
        if state not in known:
            fragment = fragment_of(entry, feed)
            if later and title:
                body = pack_fragment(fragment)
                digest = hashlib.blake2b(body, digest_size=16).hexdigest()
            else:
                document = fragment.document()
                title, digest, body = title or _opening(document), document.digest.hex(), pack_document(document)
        records.append(
            {
                "guid": entry.guid,
                "address": entry.address,
                "title": title,
                "outlet": entry.outlet,
                "authors": entry.authors,
                "published": _iso(entry.published or entry.updated),
                "updated": _iso(entry.updated),
                "state": state,
                "digest": digest,
            }
        )
        documents.append(body)
    return records, documents


def incoming(records: Sequence[dict[str, Any]], documents: Sequence[bytes]) -> list[Incoming]:
    """The same records as the store takes them."""
    return [
        Incoming(
            guid=record["guid"],
            address=record["address"],
            title=record["title"],
            outlet=record["outlet"],
            authors=tuple(record["authors"]),
            published=_moment(record["published"]),
            updated=_moment(record["updated"]),
            state=record["state"],
            digest=bytes.fromhex(record["digest"]),
            body=body,
        )
        for record, body in zip(records, documents, strict=True)
    ]


def state_of(entry: ParsedEntry) -> int:
    """64 bits that change whenever anything of the entry changes."""
    state = hashlib.blake2b(digest_size=8)
    parts = [entry.guid, entry.address, entry.title, entry.html, entry.outlet, *entry.authors, *entry.categories]
    parts += [_iso(entry.published), _iso(entry.updated), *(file.address for file in entry.enclosures)]
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(4, "big") + data)
    return int.from_bytes(state.digest(), "big", signed=True)


def document_of(entry: ParsedEntry, feed: ParsedFeed) -> Document:
    """The entry's text."""
    return fragment_of(entry, feed).document()


def fragment_of(entry: ParsedEntry, feed: ParsedFeed) -> Fragment:
    """What the entry's document is made of."""
    kinds = {file.kind.partition("/")[0] for file in entry.enclosures}
    return Fragment(
        html=entry.html,
        title=entry.title,
        address=entry.address,
        base=entry.address or feed.site,
        authors=entry.authors,
        date=_iso(entry.published or entry.updated),
        labels=entry.categories,
        media=tuple(kind for kind in ("audio", "video") if kind in kinds),
    )


def summary_of(document: Document, analysis: Analysis) -> dict[str, Any]:
    """What a list row shows of a text and its analysis; the fields of ``store.analyses.Summary``."""
    point = analysis.key_points[0].text if analysis.key_points else ""
    return {
        "sources": len(analysis.sources),
        "anonymous": sum(source.kind is SourceKind.ANONYMOUS for source in analysis.sources),
        "first_point": " ".join(point.split())[:_LONGEST_POINT],
        "genre": analysis.genre.value,
        "completeness": analysis.completeness.value,
        "minutes": reading_minutes(document),
        "badges": " ".join(badge.value for badge in badges(document, analysis)),
    }


def badges(document: Document, analysis: Analysis) -> tuple[Badge, ...]:
    """The marks of an article beside its headline."""
    marks = " ".join((document.kicker, *document.labels)).lower()
    found = {
        Badge.URGENT: bool(_URGENT.match(document.title)) or "eilmeldung" in marks,
        Badge.PAYWALL: analysis.completeness is Completeness.PAYWALL or "isaccessibleforfree=false" in marks,
        Badge.FOREIGN: Note.NOT_GERMAN in analysis.notes,
    }
    return tuple(badge for badge, holds in found.items() if holds)


def _opening(document: Document) -> str:
    """The first words of the text, for an entry without a title."""
    words = " ".join(document.text[: 4 * _LONGEST_OPENING].split())
    return words if len(words) <= _LONGEST_OPENING else words[:_LONGEST_OPENING].rpartition(" ")[0] + " …"


def _iso(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

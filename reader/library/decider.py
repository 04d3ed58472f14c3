"""What a feed's document changes, decided without touching anything: new, changed, joined to another feed,
same.

Identity: the guid; where the publisher changes guids, the link; where there is neither, the title. A link
counts only where it belongs to one entry, because some feeds give all their entries the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reader.store.articles import Incoming, Known, KnownEntry, key
from reader.store.times import to_us


class Verdict(StrEnum):
    """What is to be done with an entry."""

    NEW = "new"
    TEXT = "text"
    """Its title or text has changed."""
    UNREAD = "unread"
    """The same before its document was made, so that nobody can have read it."""
    DETAILS = "details"
    """Something else of it has changed: a date, an author, its guid."""
    STATE = "state"
    """The article stays, only how the entry is known changes: its guid, or its text in a feed that did not bring it."""
    JOIN = "join"
    """It is stored already, from another feed."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the document, its identity in this feed, and what to do; ``article_id`` unless it is new."""

    verdict: Verdict
    entry: Incoming
    guid_key: int
    article_id: int = 0


def keyed(entries: Sequence[Incoming]) -> list[tuple[int, Incoming]]:
    """Each entry under its identity, twins inside the document left out."""
    links = {
        guid: {entry.address for entry in entries if entry.guid == guid}
        for guid, count in Counter(entry.guid for entry in entries if entry.guid).items()
        if count > 1
    }
    found: dict[int, Incoming] = {}
    for entry in entries:
        ambiguous = len(links.get(entry.guid, ())) > 1
        found.setdefault(key(_identity(entry, ambiguous=ambiguous)), entry)
    return list(found.items())


def decide(feed_id: int, entries: Sequence[tuple[int, Incoming]], known: Known) -> list[Decision]:
    """One decision for each keyed entry, in the order given."""
    link_counts = Counter(entry.address for _, entry in entries if entry.address)
    present = {guid_key for guid_key, _ in entries}
    decisions = []
    for guid_key, entry in entries:
        stored = known.by_guid.get(guid_key)
        linked = known.by_link.get(key(entry.address), ()) if entry.address else ()
        if stored is None and link_counts[entry.address] == 1:
            stored = _renamed(feed_id, linked, present)
        if stored is not None:
            decisions.append(Decision(_verdict(entry, guid_key, stored), entry, guid_key, stored.article_id))
            continue
        twin = next((other for other in linked if other.feed_id != feed_id and other.title == entry.title), None)
        if twin is not None:
            decisions.append(Decision(Verdict.JOIN, entry, guid_key, twin.article_id))
        elif entry.body:
            decisions.append(Decision(Verdict.NEW, entry, guid_key))
    return decisions


def place(entry: Incoming, number: int, now: datetime) -> int:
    """Where an entry belongs in the lists, in microseconds: its date, but never the future; without a date
    the time it was fetched, in the order of the document.
    """
    fetched = to_us(now)
    return min(fetched - number, to_us(entry.published)) if entry.published else fetched - number


def _identity(entry: Incoming, *, ambiguous: bool) -> str:
    if entry.guid and ambiguous:
        return f"guid {entry.guid} link {entry.address}"
    if entry.guid:
        return f"guid {entry.guid}"
    return f"link {entry.address}" if entry.address else f"title {entry.title}"


def _renamed(feed_id: int, linked: Sequence[KnownEntry], present: set[int]) -> KnownEntry | None:
    """This feed's one entry with the same link, unless it stands in the document under its own guid."""
    own = [other for other in linked if other.feed_id == feed_id]
    return own[0] if len(own) == 1 and own[0].guid_key not in present else None


def _verdict(entry: Incoming, guid_key: int, stored: KnownEntry) -> Verdict:
    if entry.state == stored.state:
        return Verdict.SAME if guid_key == stored.guid_key else Verdict.STATE
    if not stored.own_feed:
        return Verdict.STATE
    if stored.pending and entry.body:
        return Verdict.UNREAD
    edited = entry.body and (entry.digest, entry.title) != (stored.digest, stored.title)
    return Verdict.TEXT if edited else Verdict.DETAILS

"""Putting articles to their stories: the pure part, run in the child process.

Knows documents and what the last days have told; must not know the store. Values that travel are plain JSON.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from reader.analysis.copies import Copies, sketch
from reader.analysis.credits import agency_credits
from reader.analysis.profiles import LEAD
from reader.analysis.stories import Stories, Telling
from reader.library.frames import Header, joined, parted
from reader.model.analysis import Completeness, Genre
from reader.model.article import RUNNING_KINDS, Document
from reader.store.codec import unpack_document

_TITLE = 100
REMEMBERED = 20_000
"""Texts that new ones are compared with, the latest; 3 KB each. Stories end after four days at the latest."""
_GENERIC = "Agenturmaterial"
_APART = frozenset({Genre.TICKER, Genre.ADVERTISEMENT, Completeness.TICKER})
_WALLS = frozenset({Completeness.PAYWALL, Completeness.CONSENT})
"""Their text is the outlet's own words about itself, the same under every headline."""


_kept: tuple[str, Clustering] | None = None
"""The last series of jobs and where it stands."""


def cluster(header: Header, body: bytes) -> tuple[Header, bytes]:
    """One job of a series: the articles of ``new`` put to their stories.

    With ``known`` a new beginning; without it the answer is empty if this process does not know the series.
    """
    global _kept
    parts = parted(header["sizes"], body)
    if header["known"] is not None:
        state = Clustering()
        for record, values in zip(header["known"], parts, strict=False):
            state.restore(record, values)
        parts = parts[len(header["known"]) :]
    elif _kept is not None and _kept[0] == header["series"]:
        state = _kept[1]
    else:
        return {}, b""
    _kept = None  # half a batch is no state to go on from
    placed, sketches = [], []
    for record, document in zip(header["new"], parts, strict=True):
        place, values = state.place(record, document)
        placed.append(place)
        sketches.append(values)
    _kept = (header["series"], state)
    sizes, packed = joined(sketches)
    return {"placed": placed, "sizes": sizes}, packed


@dataclass(frozen=True, slots=True)
class _Place:
    story: int
    copy: int
    outlet: str
    title: str


class Clustering:
    """The stories and texts of some days, to which new articles are put one after the other."""

    def __init__(self) -> None:
        self._stories = Stories()
        self._copies = Copies()
        self._places: OrderedDict[int, _Place] = OrderedDict()

    def restore(self, record: dict[str, Any], values: bytes) -> None:
        """An article whose story is known; ``values`` its sketch."""
        number = record["id"]
        self._enter(record, record["story"] or number, record["copy"] or number, array("I", values))
        self._stories.put(_telling(record, record["opening"]), record["story"] or number)

    def place(self, record: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """Where a new or changed article belongs, and its sketch.

        A changed one stays in its story: nothing moves under the reader.
        """
        document = unpack_document(body)
        number, apart = record["id"], frozenset(record["apart"])
        walled = record["completeness"] in _WALLS
        opening, values = opening_of(document), array("I") if walled else sketch(_running(document))
        settled: int | None = record["story"]
        originals = [known for known in self._copies.find(values) if known != number and self._may_copy(known, record)]
        telling = _telling(record, opening)
        if settled is not None:
            story = settled
            self._stories.put(telling, story)
        else:
            story = self._stories.add(telling, apart, [self._places[known].story for known in originals])
        same = [known for known in originals if self._places[known].story == story]
        copy = self._places[same[0]].copy if same else number
        self._enter(record, story, copy, values)
        agency = next((name for name, _ in agency_credits(document) if name != _GENERIC), "")
        return {"id": number, "story": story, "copy": copy, "opening": opening, "agency": agency}, values.tobytes()

    def _may_copy(self, known: int, record: dict[str, Any]) -> bool:
        """One outlet does not copy itself: a text that it prints under several headlines is furniture."""
        place = self._places[known]
        return bool(place.outlet != record["outlet"] or place.title == record["title"])

    def _enter(self, record: dict[str, Any], story: int, copy: int, values: array[int]) -> None:
        number = record["id"]
        self._places[number] = _Place(story, copy, record["outlet"], record["title"])
        self._copies.add(number, values)
        if len(self._places) > REMEMBERED:
            self._copies.forget(self._places.popitem(last=False)[0])


class LineStories:
    """The same for texts that come in as lines and are in no store; memory is bounded."""

    def __init__(self) -> None:
        self._stories = Stories()
        self._copies = Copies()
        self._story_of: OrderedDict[int, int] = OrderedDict()
        self._names: OrderedDict[int, str | int] = OrderedDict()
        self._lines = 0

    def add(self, name: str | int, *, title: str, text: str, published: float, outlet: str) -> str | int:
        """The story of a text: the name of the first that tells it. ``published`` in seconds since the epoch."""
        number = self._lines = self._lines + 1
        values = sketch(text)
        telling = Telling(
            id=number,
            title=title or text[:_TITLE],
            lead=" ".join(text[: 2 * LEAD].split())[:LEAD],
            published=published,
            outlet=outlet,
        )
        copied = [self._story_of[known] for known in self._copies.find(values) if known in self._story_of]
        story = self._stories.add(telling, (), copied)
        if values:
            self._copies.add(number, values)
            self._story_of[number] = story
        self._names.setdefault(story, name)
        if len(self._story_of) > REMEMBERED:
            self._copies.forget(self._story_of.popitem(last=False)[0])
        if len(self._names) > REMEMBERED:
            self._names.popitem(last=False)
        return self._names[story]


def opening_of(document: Document) -> str:
    """The first characters of the running text, on one line."""
    text = ""
    for block in document.of_kind(*RUNNING_KINDS):
        text = f"{text} {' '.join(block.span.of(document.text).split())}".strip()
        if len(text) >= LEAD:
            break
    return text[:LEAD]


def _running(document: Document) -> str:
    return " ".join(block.span.of(document.text) for block in document.of_kind(*RUNNING_KINDS))


def _telling(record: dict[str, Any], opening: str) -> Telling:
    return Telling(
        id=record["id"],
        title=record["title"],
        published=record["position"] / 1e6,
        lead=opening,
        outlet=record["outlet"],
        apart=record["genre"] in _APART or record["completeness"] in _APART,
    )

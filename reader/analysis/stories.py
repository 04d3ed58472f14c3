"""Which articles tell the same story: one pass, newest to the stories that are still alive, strict.

Pure and incremental: articles come in one after the other, each joins the story it fits best or begins its own, and
nothing that was decided is changed. A wrong merge is worse for a reader than a missed one, so two articles need more
than a high similarity: two words in common that are rare enough to mean something, in the news at large and in the
reader's own feeds, or one that a story is always told with.

Single-pass clustering over TF-IDF: J. Allan, "Topic Detection and Tracking", Kluwer 2002, chapter 1; the rarity of a
word is a prior (``profiles.usual_share``) corrected by the stories that are alive, each counted once however often it
is told.
"""

from __future__ import annotations

import math
import re
from collections import OrderedDict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from operator import mul

from reader.analysis.profiles import Profile, is_recurring, profile, usual_share

DAY = 86_400
LONGEST = 4 * DAY
"""Seconds between the first and the last telling of one story. Without it a standing subject ends up as one story."""
SILENCE = 2 * DAY
"""Seconds without a telling after which a story is over."""
TITLE_THRESHOLD = 0.18
"""Similarity from which titles are the same story; with the evidence asked for, .16 to .21 give nearly the same."""
TEXT_THRESHOLD = 0.22
"""The same where both have a text."""
EVIDENCE = 0.55
"""Rarity of a word, as a share of the highest there is, from which it counts as evidence."""
PAIR = 1.3
"""Rarity of two shared words together from which the usual similarity is enough; the standing subjects of the news
("Regierung", "Polizei") are just below, two of them make no story.
"""
ALIKE = 0.3
"""Similarity asked for where two shared words are less rare than that."""
OFTEN = 5
"""Tellings of a story from which a noun or a name that at least half of them hold is evidence by itself, if it is as
rare as the words of such a pair are on average.
"""
EXACT_TITLE = 3
"""Words from which an identical title is the same story by itself."""
FORMAT_DAYS = 3
"""Days on which one outlet has the same title (but for its numbers) until it counts as a format."""
_PRIOR_TITLES, _PRIOR_TEXTS, _TEXT_FACTOR = 1000, 100, 4
"""How many stories the prior weighs as much as, for titles and with texts (which hold about four times the words)."""
_MOST_MEMBERS = 48
"""Tellings of a story that a new one is compared with, the latest."""
_SWEEP, _SPANS = 128, 4
"""After so many tellings, stories are let go that are over for all of the last ``_SPANS`` times as many."""
_MOST_FORMATS = 20_000
_NO_SPAN = (math.inf, -math.inf)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One article as the clustering sees it; ``published`` in seconds since the epoch."""

    id: int
    title: str
    published: float
    lead: str = ""
    outlet: str = ""
    apart: bool = False
    """Kept out of all stories: a live ticker, for instance, known by other means than its title."""


@dataclass(slots=True, eq=False)
class _Story:
    id: int
    first: float
    last: float
    members: list[dict[str, float]] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    with_text: bool = False
    counted: bool = False
    """Whether its words are counted among those of texts."""
    titles: list[str] = field(default_factory=list)
    sums: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    """Tellings that hold a term, where there are several."""
    square: float = 0.0
    """Of the length of ``sums``."""

    def takes(self, moment: float) -> bool:
        """Whether a telling of this time may belong to it."""
        return (
            max(self.last, moment) - min(self.first, moment) <= LONGEST
            and self.first - SILENCE <= moment <= self.last + SILENCE
        )

    def likeness(self, weights: dict[str, float]) -> float:
        """Mean of the cosines with the centre of the story and with its most similar telling."""
        sums = self.sums
        shared = [(term, weight) for term, weight in weights.items() if term in sums]
        centre = best = 0.0
        for term, weight in shared:
            centre += weight * sums[term]
        if len(self.members) == 1:
            return centre
        for member in self.members[-_MOST_MEMBERS:]:
            product = 0.0
            for term, weight in shared:
                if term in member:
                    product += weight * member[term]
            if product > best:
                best = product
        return (centre / math.sqrt(self.square) + best) / 2 if self.square > 0 else 0.0


class Stories:
    """The stories that are alive; memory is bounded by what is told within ``LONGEST`` of the latest tellings."""

    def __init__(self) -> None:
        self._alive: dict[int, _Story] = {}
        self._by_term: dict[str, set[_Story]] = {}
        self._by_title: dict[str, _Story] = {}
        self._told: tuple[dict[str, int], dict[str, int]] = ({}, {})
        """Stories that hold a term: those begun by a bare title, and those begun with a text."""
        self._begun = [0, 0]
        self._formats: OrderedDict[tuple[str, str], frozenset[int]] = OrderedDict()
        self._openings: OrderedDict[tuple[str, str], str] = OrderedDict()
        """The headline under which an outlet has printed an opening first."""
        self._told_often: set[_Story] = set()
        self._since_sweep = 0
        self._spans = deque([_NO_SPAN], _SPANS)

    def __len__(self) -> int:
        return len(self._alive)

    def add(self, telling: Telling, apart_from: Collection[int] = (), copied: Iterable[int] = ()) -> int:
        """The story of a telling: that of an earlier one, or a new one under its own id.

        It joins no story that holds one of ``apart_from``; ``copied`` are the stories in which the same text stands.
        """
        seen = self._profile(telling)
        rarities, highest = self._rarities(seen)
        weights = _normalised(seen, rarities)
        kept_out = self._kept_out(telling, seen)
        same = [self._alive[number] for number in copied if number in self._alive]
        if telling.title in self._by_title and not kept_out:
            same.append(self._by_title[telling.title])
        story = None
        if same:
            story = next((s for s in same if s.takes(telling.published) and not _holds(s, apart_from)), None)
        if story is None and kept_out:
            return telling.id
        if story is None:
            story = self._most_alike(telling, seen, rarities, highest, weights, apart_from)
        return self._enter(telling, story, weights, seen.with_text)

    def put(self, telling: Telling, story: int) -> None:
        """Enter a telling whose story is known, as ``add`` or a person has decided it."""
        seen = self._profile(telling)
        rarities, _ = self._rarities(seen)
        if story == telling.id and self._kept_out(telling, seen):
            return
        alive = self._alive.get(story)
        if alive is None:
            alive = _Story(story, telling.published, telling.published)
        self._enter(telling, alive, _normalised(seen, rarities), seen.with_text)

    def _profile(self, telling: Telling) -> Profile:
        """The words of a telling. An opening that one outlet prints under several headlines is furniture and says
        nothing about any of them.
        """
        if not telling.lead:
            return profile(telling.title, "")
        key = (telling.outlet, telling.lead)
        title = self._openings.setdefault(key, telling.title)
        if len(self._openings) > _MOST_FORMATS:
            self._openings.popitem(last=False)
        return profile(telling.title, telling.lead if title == telling.title else "")

    def _rarities(self, seen: Profile) -> tuple[dict[str, float], float]:
        """Inverse document frequency of each term, and the highest that a term can have now."""
        prior, factor = (_PRIOR_TEXTS, _TEXT_FACTOR) if seen.with_text else (_PRIOR_TITLES, 1)
        all_stories = prior + self._begun[seen.with_text]
        told = self._told[seen.with_text]
        log, get = math.log, told.get
        found = {t: log(all_stories / (_expected(t, prior, factor) + get(t, 0))) for t in seen.weights}
        return found, math.log(all_stories / (prior * factor * usual_share("")))

    def _kept_out(self, telling: Telling, seen: Profile) -> bool:
        """Live tickers, recurring titles, and what an outlet prints under one title day after day."""
        if telling.apart or (seen.formulaic and is_recurring(telling.title)):
            return True
        key = (telling.outlet, _DIGITS.sub("#", telling.title))
        day = int(telling.published // DAY)
        days = self._formats.pop(key, frozenset())
        days = days if day in days else days | {day}
        self._formats[key] = days
        if len(self._formats) > _MOST_FORMATS:  # the one that has not been seen for longest
            self._formats.popitem(last=False)
        return len(days) >= FORMAT_DAYS

    def _most_alike(
        self,
        telling: Telling,
        seen: Profile,
        rarities: dict[str, float],
        highest: float,
        weights: dict[str, float],
        apart_from: Collection[int],
    ) -> _Story | None:
        best: _Story | None = None
        best_likeness = 0.0
        for story, alike in self._candidates(seen, rarities, highest).items():
            if not story.takes(telling.published) or _holds(story, apart_from):
                continue
            likeness = story.likeness(weights)
            threshold = TEXT_THRESHOLD if seen.with_text and story.with_text else TITLE_THRESHOLD
            if likeness < max(threshold, alike) or likeness < best_likeness:
                continue
            if best is None or likeness > best_likeness or story.id < best.id:
                best, best_likeness = story, likeness
        return best

    def _candidates(self, seen: Profile, rarities: dict[str, float], highest: float) -> dict[_Story, float]:
        """The stories that share evidence enough, and the similarity that this evidence asks for (0: the usual one)."""
        words, strengths, by_term = seen.words, seen.strengths, self._by_term
        least, enough = EVIDENCE * highest, PAIR * highest
        known: list[tuple[float, int, set[_Story]]] = []
        found: dict[_Story, float] = {}
        for term, rarity in rarities.items():
            if term not in by_term or (value := rarity * strengths[term]) < least:
                continue
            stories = by_term[term]
            known.append((value, words[term], stories))
            if 2 * value >= enough and strengths[term] == 1 and not stories.isdisjoint(self._told_often):
                for story in stories & self._told_often:
                    if 2 * story.counts.get(term, 1) >= len(story.members):
                        found[story] = 0.0
        for (one, word, stories), (two, other, more) in combinations(known, 2):
            if word != other and not stories.isdisjoint(more):
                asked = 0.0 if one + two >= enough else ALIKE
                for story in stories & more:
                    found[story] = min(asked, found.get(story, asked))
        # What everybody calls "Raketeneinschlag" is told once, however differently the sentences go on.
        for compound, *parts in seen.compounds:
            if compound in by_term and min(rarities[term] for term in (compound, *parts)) >= least:
                found |= {story: 0.0 for story in by_term[compound] if compound in story.counts}
        return found

    def _enter(self, telling: Telling, story: _Story | None, weights: dict[str, float], with_text: bool) -> int:
        if story is None:
            story = _Story(telling.id, telling.published, telling.published)
        if story.id not in self._alive:
            self._alive[story.id] = story
            story.counted = with_text
            self._begun[with_text] += 1
        told = self._told[story.counted]
        story.first, story.last = min(story.first, telling.published), max(story.last, telling.published)
        story.members.append(weights)
        story.ids.append(telling.id)
        if len(story.ids) == OFTEN:
            self._told_often.add(story)
        story.with_text = story.with_text or with_text
        by_term = self._by_term
        if len(story.members) == 1:  # its sums are its only telling's weights until there is another
            story.sums, story.square = weights, 1.0 if weights else 0.0
            for term in weights:
                told[term] = told.get(term, 0) + 1
                if term in by_term:
                    by_term[term].add(story)
                else:
                    by_term[term] = {story}
        else:
            self._add_up(story, weights, told)
        if len(telling.title.split()) >= EXACT_TITLE:
            self._by_title[telling.title] = story
            story.titles.append(telling.title)
        self._sweep(telling.published)
        return story.id

    def _add_up(self, story: _Story, weights: dict[str, float], told: dict[str, int]) -> None:
        if len(story.members) == 2:
            story.sums = dict(story.sums)
        sums, counts, by_term, square = story.sums, story.counts, self._by_term, story.square
        for term, weight in weights.items():
            if term in sums:
                before = sums[term]
                square += weight * (weight + 2 * before)
                sums[term] = before + weight
                counts[term] = counts.get(term, 1) + 1
                continue
            square += weight * weight
            sums[term] = weight
            told[term] = told.get(term, 0) + 1
            if term in by_term:
                by_term[term].add(story)
            else:
                by_term[term] = {story}
        story.square = square

    def _sweep(self, moment: float) -> None:
        """Let go of stories that none of the last tellings could belong to.

        Not by the newest date alone: one wrong date must not end all stories.
        """
        oldest, newest = self._spans[-1]
        self._spans[-1] = min(oldest, moment), max(newest, moment)
        self._since_sweep += 1
        if self._since_sweep < _SWEEP:
            return
        oldest = min(span[0] for span in self._spans)
        newest = max(span[1] for span in self._spans)
        self._since_sweep = 0
        self._spans.append(_NO_SPAN)
        oldest, newest = oldest - SILENCE, newest + SILENCE
        gone = [s for s in self._alive.values() if s.last < oldest or s.first > newest]
        for story in gone:
            self._forget(story)

    def _forget(self, story: _Story) -> None:
        del self._alive[story.id]
        self._told_often.discard(story)
        self._begun[story.counted] -= 1
        told, by_term = self._told[story.counted], self._by_term
        for term in story.sums:
            if told[term] > 1:
                told[term] -= 1
            else:
                del told[term]
            if len(by_term[term]) > 1:
                by_term[term].discard(story)
            else:
                del by_term[term]
        for title in story.titles:
            if self._by_title.get(title) is story:
                del self._by_title[title]


@lru_cache(maxsize=100_000)
def _expected(term: str, prior: int, factor: int) -> float:
    """Stories among ``prior`` that hold the term by the prior; no word stands in more than three of ten."""
    return prior * min(0.3, factor * usual_share(term))


def _normalised(seen: Profile, rarities: dict[str, float]) -> dict[str, float]:
    """The weights by rarity, of length 1; ``rarities`` holds the terms in the order of the profile's weights."""
    weights = list(map(mul, seen.weights.values(), rarities.values()))
    length = math.hypot(*weights)
    return {term: weight / length for term, weight in zip(seen.weights, weights, strict=True)} if length else {}


def _holds(story: _Story, apart_from: Collection[int]) -> bool:
    return bool(apart_from) and any(number in apart_from for number in story.ids)

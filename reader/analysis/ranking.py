"""Which sentences carry an article: nearness to its centroid, position, likeness to the headline; no grammar.

The centroid method follows D. Radev et al., "Centroid-based summarization of multiple documents" (2004), the choice of
unlike sentences J. Carbonell, J. Goldstein, "The use of MMR" (SIGIR 1998).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

Vector = Mapping[str, float]
RECURRING = 3
"""Sentences, the headline one of them, that make a stem a topic of the article."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts: nearness to the centroid, an early place, likeness to and share of the headline."""

    central: float
    lead: float
    headline: float
    share: float


def unit(weights: Mapping[str, float]) -> dict[str, float]:
    """The vector at length 1."""
    length = math.sqrt(sum(value * value for value in weights.values()))
    return {key: value / length for key, value in weights.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Likeness of two unit vectors, 0 to 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other.get(key, 0.0) for key, value in one.items())


class Ranking:
    """Term weights of one article, and the scores that follow from them.

    A stem weighs more the more sentences name it, by the logarithm of their number.
    """

    __slots__ = ("centroid", "headline", "title", "topics", "weights")

    def __init__(self, sentences: Sequence[Sequence[str]], title: Sequence[str]) -> None:
        found = Counter(stem for stems in sentences for stem in set(stems))
        for stem in set(title):
            found[stem] += 1
        self.weights = {stem: 1.0 + math.log(count) for stem, count in found.items()}
        self.centroid = unit({stem: self.weights[stem] * math.log(1 + count) for stem, count in found.items()})
        self.headline = tuple(title)
        self.topics = frozenset(stem for stem, count in found.items() if count >= RECURRING)
        self.title = self.vector(title)

    def vector(self, stems: Sequence[str]) -> dict[str, float]:
        """The unit vector of some words of the article."""
        return unit({stem: self.weights.get(stem, 1.0) for stem in stems})

    def score(self, vector: Vector, position: int, weights: Weights) -> float:
        """The weighted mean of the signs, 0 to 1; ``position`` counts sentences from 0."""
        named = sum(1 for word in self.title if word in vector) / max(3, len(self.title))
        total = weights.central + weights.lead + weights.headline + weights.share
        found = (
            weights.central * cosine(vector, self.centroid)
            + weights.lead / math.sqrt(1.0 + position)
            + weights.headline * cosine(vector, self.title)
            + weights.share * named
        )
        return found / total


def chosen(
    vectors: Sequence[Vector],
    scores: Sequence[float],
    number: int,
    *,
    likeness: float,
    limit: float,
    kinds: Sequence[Hashable | None] = (),
    again: float = 1.0,
) -> list[int]:
    """Indices of up to ``number`` items, best first; each loses ``likeness`` times its likeness to those chosen.

    Items more alike than ``limit`` to one that is chosen are left out. Where ``kinds`` are given, an item counts
    ``again`` times as much for every chosen one of its kind; None is no kind. Quadratic in ``number`` only.
    """
    nearest = [0.0] * len(vectors)
    worth = [1.0] * len(vectors)
    left = [n for n in range(len(vectors)) if vectors[n]]
    picked: list[int] = []
    while left and len(picked) < number:
        best = max(left, key=lambda n: ((scores[n] - likeness * nearest[n]) * worth[n], -n))
        picked.append(best)
        for n in left:
            nearest[n] = max(nearest[n], cosine(vectors[n], vectors[best]))
            if kinds and kinds[n] is not None and kinds[n] == kinds[best]:
                worth[n] *= again
        left = [n for n in left if n != best and nearest[n] <= limit]
    return picked


__all__ = ["Ranking", "Vector", "Weights", "chosen", "cosine", "unit"]

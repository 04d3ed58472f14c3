"""Which sentences carry an article: nearness to its centroid, position, likeness to the headline; no grammar.

The centroid method follows D. Radev et al., "Centroid-based summarization of multiple documents" (2004), the choice of
unlike sentences J. Carbonell, J. Goldstein, "The use of MMR" (SIGIR 1998).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

Vector = Mapping[str, float]


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

    A stem weighs more the more sentences name it; one that stands once weighs little, one in every sentence no more than
    one in many.
    """

    __slots__ = ("centroid", "title", "weights")

    def __init__(self, sentences: Sequence[Sequence[str]], title: Sequence[str]) -> None:
        found = Counter(stem for stems in sentences for stem in set(stems))
        for stem in set(title):
            found[stem] += 1
        self.weights = {stem: 1.0 + math.log(count) for stem, count in found.items()}
        self.centroid = unit({stem: self.weights[stem] * math.log(1 + count) for stem, count in found.items()})
        self.title = self.vector(title)

    def vector(self, stems: Sequence[str]) -> dict[str, float]:
        """The unit vector of some words of the article."""
        return unit({stem: self.weights.get(stem, 1.0) for stem in stems})

    def score(self, vector: Vector, position: int, *, lead: float, headline: float, central: float) -> float:
        """The weighted sum of the three signs; ``position`` counts sentences from 0."""
        return (
            central * cosine(vector, self.centroid)
            + lead / math.sqrt(1.0 + position)
            + headline * cosine(vector, self.title)
        )


def chosen(
    vectors: Sequence[Vector], scores: Sequence[float], number: int, *, likeness: float, limit: float
) -> list[int]:
    """Indices of up to ``number`` items, best first: each is scored less ``likeness`` times its likeness to those chosen.

    Items more alike than ``limit`` to one that is chosen are left out. Quadratic in ``number`` only.
    """
    nearest = [0.0] * len(vectors)
    left = [n for n in range(len(vectors)) if vectors[n]]
    picked: list[int] = []
    while left and len(picked) < number:
        best = max(left, key=lambda n: (scores[n] - likeness * nearest[n], -n))
        picked.append(best)
        for n in left:
            nearest[n] = max(nearest[n], cosine(vectors[n], vectors[best]))
        left = [n for n in left if n != best and nearest[n] <= limit]
    return picked


__all__ = ["Ranking", "Vector", "chosen", "cosine", "unit"]

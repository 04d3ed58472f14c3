"""Texts that are the same but for a few words: agency copy in several outlets, reprints.

MinHash over shingles of five words, in the form that keeps the smallest values of one hash function: A. Broder, "On
the resemblance and containment of documents", SEQUENCES 1997. The share of the smallest values of both texts together
that stand in either sketch estimates the Jaccard resemblance of their shingle sets; for texts of up to ``VALUES``
shingles it is exact.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from zlib import crc32

SHINGLE = 5
VALUES = 64
ALIKE = 0.45
"""Estimated resemblance from which two texts are copies; the standard error at .5 is .06."""
SHORTEST = 30
"""Words from which a text is long enough to be told a copy; shorter ones agree by chance and by form."""
CHARACTERS = 6000
"""Of a text that are looked at."""
_KEYS = 16
"""The smallest values of a sketch under which its text is looked up. Two texts that resemble each other at ``ALIKE``
share none of them once in fourteen thousand times; all 64 would take four times the memory, 10 KB a text.
"""
_MOST_WITH_A_KEY = 64
"""Texts found by one value: without an end, texts that a feed repeats hundreds of times would take quadratic time."""

_WORD = re.compile(r"\w+")
_MIX, _MASK = 0x9E3779B1, 0xFFFFFFFF
"""Fibonacci hashing (Knuth, TAOCP 3, 6.4): the checksums of texts that differ in one letter are far apart."""


def sketch(text: str) -> array[int]:
    """The smallest values of a text's shingles, ascending; none for a text that is too short."""
    words = _WORD.findall(text[:CHARACTERS].lower())
    if len(words) < SHORTEST:
        return array("I")
    shingles = (" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1))
    return array("I", sorted({crc32(s.encode("utf-8", "surrogatepass")) * _MIX & _MASK for s in shingles})[:VALUES])


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """The estimated share of shingles that two texts have in common; 0 where one is too short."""
    if not one or not other:
        return 0.0
    mine, theirs = set(one), set(other)
    smallest = sorted(mine | theirs)[: max(len(one), len(other))]
    return sum(value in mine and value in theirs for value in smallest) / len(smallest)


def alike(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether the texts of two sketches are copies of each other."""
    return resemblance(one, other) >= ALIKE


class Copies:
    """Texts by their sketches; finds those that a new one is a copy of, of very many the first."""

    def __init__(self) -> None:
        self._by_value: dict[int, list[int]] = {}
        self._sketches: dict[int, Sequence[int]] = {}

    def __len__(self) -> int:
        return len(self._sketches)

    def add(self, number: int, values: Sequence[int]) -> None:
        """Remember a text under its number, in the place of the one that was there."""
        self.forget(number)
        if not values:
            return
        self._sketches[number] = values
        for value in values[:_KEYS]:
            numbers = self._by_value.setdefault(value, [])
            if len(numbers) < _MOST_WITH_A_KEY:
                numbers.append(number)

    def forget(self, number: int) -> None:
        """Let go of a text."""
        for value in self._sketches.pop(number, ())[:_KEYS]:
            numbers = self._by_value.get(value, [])
            if number in numbers:
                numbers.remove(number)
            if not numbers:
                self._by_value.pop(value, None)

    def find(self, values: Sequence[int]) -> list[int]:
        """The numbers of the texts that this one is a copy of, the lowest number first."""
        near = {number for value in values[:_KEYS] for number in self._by_value.get(value, ())}
        return sorted(number for number in near if alike(values, self._sketches[number]))

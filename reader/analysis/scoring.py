"""From points to decisions: which candidates are shown, and how sure the engine is of each.

The points are set by hand, per construction. The confidence is the share of right marks among those with as many
points, read off the development data and rounded (``python -m tests.bench.attribution`` prints the table).
"""

from __future__ import annotations

from reader.analysis.constructions import Candidate

SHOWN_FROM = 45
"""Candidates with fewer points are not marked at all."""

_CONFIDENCE = ((90, 0.98), (80, 0.95), (70, 0.86), (65, 0.82), (60, 0.75), (55, 0.66), (0, 0.6))
"""(points from, confidence)"""


def shown(candidate: Candidate) -> bool:
    """Whether a candidate has points enough to be marked."""
    return candidate.score >= SHOWN_FROM


def confidence(candidate: Candidate) -> float:
    """How sure the engine is, 0 to 1."""
    return next(value for points, value in _CONFIDENCE if candidate.score >= points)

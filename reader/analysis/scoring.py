"""From points to decisions: which candidates are shown, and how sure the engine is of each."""

from __future__ import annotations

from reader.analysis.constructions import Candidate

SHOWN_FROM = 45


def shown(candidate: Candidate) -> bool:
    """Whether a candidate has points enough to be marked at all."""
    return candidate.score >= SHOWN_FROM or candidate.rule == "subjunctive2"


def confidence(candidate: Candidate) -> float:
    """How sure the engine is, 0 to 1."""
    return max(0.05, min(0.98, candidate.score / 100))

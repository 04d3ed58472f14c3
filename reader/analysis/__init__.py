"""German news in, who says so out: ``analyze`` is pure, deterministic and offline."""

from __future__ import annotations

from reader.analysis.attribution import attribute
from reader.analysis.keypoints import key_points
from reader.analysis.sources import notes
from reader.analysis.structure import completeness, genre
from reader.model.analysis import ANALYSIS_VERSION, Analysis
from reader.model.article import Document


def analyze(document: Document) -> Analysis:
    """Sources, attributed statements, key points and honesty about what is missing, as spans over ``document.text``."""
    how_much = completeness(document)
    kind = genre(document)
    sources, attributions = attribute(document, kind)
    points = key_points(document, sources, attributions, how_much, kind)
    return Analysis(
        digest=document.digest,
        version=ANALYSIS_VERSION,
        completeness=how_much,
        genre=kind,
        sources=sources,
        attributions=attributions,
        key_points=points,
        notes=notes(document, sources, attributions),
    )


__all__ = ["analyze"]

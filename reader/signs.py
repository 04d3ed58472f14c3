"""The signs of the reader: one glyph of one cell for each kind of source and for what is not a source.

All glyphs are in the fonts of common terminals and take one cell there (no emoji, nothing wide).
"""

from __future__ import annotations

from reader.model.analysis import Analysis, Attribution, ReportForm, SourceKind

HEARSAY = "hearsay"
NO_COMMENT = "no_comment"
UNNAMED = "unnamed"
"""Reported, but the analysis found nobody who says so."""

SIGNS = {
    SourceKind.AGENCY: "▣",
    SourceKind.OUTLET: "■",
    SourceKind.PERSON: "●",
    SourceKind.SPOKESPERSON: "◐",
    SourceKind.INSTITUTION: "▲",
    SourceKind.DOCUMENT: "¶",
    SourceKind.ANONYMOUS: "□",
    HEARSAY: "≈",
    NO_COMMENT: "∅",
    UNNAMED: "○",
}
"""Voice (a kind of source, or one of the three above) to its sign."""

KEY_SENTENCE = "▌"
UNREAD = "•"
STARRED = "★"
CURSOR = "▌"
FAILED = "!"
OPENED = "▾"
FOLDED = "▸"


def voice(attribution: Attribution, analysis: Analysis) -> str:
    """Whose voice the statement is in: a kind of source, hearsay, a refused comment, or nobody's name."""
    if attribution.form is ReportForm.NO_COMMENT:
        return NO_COMMENT
    source = analysis.source(attribution.source)
    if source is not None:
        return source.kind
    return HEARSAY if attribution.form is ReportForm.HEARSAY else UNNAMED


def superscript(number: int) -> str:
    """12 as ¹²."""
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))

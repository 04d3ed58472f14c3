"""The signs of the reader: one glyph of one cell for each kind of source and for what is not a source.

All glyphs are in the fonts of common terminals and take one cell there (no emoji, nothing wide).
"""

from __future__ import annotations

from reader.model.analysis import Analysis, Attribution, ReportForm, Source, SourceKind

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

UNSURE = "?"
CERTAIN_FROM = 0.7
"""Marks of less confidence are shown in a weaker style: as measured, two in three of them are right, of the others nine
in ten.
"""

KEY_SENTENCE = "▌"
UNREAD = "•"
STARRED = "★"
CURSOR = "▌"
FAILED = "!"
OPENED = "▾"
FOLDED = "▸"


def voice(attribution: Attribution, analysis: Analysis) -> str:
    """Whose voice the statement is in: a kind of source, hearsay, a refused comment, or nobody's name."""
    return _voice(attribution.form, analysis.source(attribution.source))


def voices(analysis: Analysis) -> tuple[str, ...]:
    """The voice of every attribution, in their order."""
    sources = {source.id: source for source in analysis.sources}
    return tuple(_voice(a.form, sources.get(a.source) if a.source is not None else None) for a in analysis.attributions)


def _voice(form: ReportForm, source: Source | None) -> str:
    if form is ReportForm.NO_COMMENT:
        return NO_COMMENT
    if source is not None:
        return source.kind
    return HEARSAY if form is ReportForm.HEARSAY else UNNAMED


def superscript(number: int) -> str:
    """12 as ¹²."""
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))

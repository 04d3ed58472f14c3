"""The statement of sources, and notes on an article's sources."""

from __future__ import annotations

from reader.analysis.register import CREDIT_ROLE
from reader.model.analysis import Attribution, Note, ReportForm, Source, SourceKind
from reader.model.article import Document


def statement(
    sources: tuple[Source, ...], attributions: tuple[Attribution, ...]
) -> list[tuple[Source, dict[ReportForm, int]]]:
    """The sources by weight, each with its statements per form; those that only carry a chain come last."""
    counts: dict[int, dict[ReportForm, int]] = {source.id: {} for source in sources}
    for attribution in attributions:
        if attribution.source is not None:
            forms = counts[attribution.source]
            forms[attribution.form] = forms.get(attribution.form, 0) + 1
    return sorted(((s, counts[s.id]) for s in sources), key=lambda item: (-sum(item[1].values()), item[0].id))


def notes(document: Document, sources: tuple[Source, ...], attributions: tuple[Attribution, ...]) -> tuple[Note, ...]:
    """Remarks on the whole article's sources that a reader should know."""
    out = []
    speaking = {a.source for a in attributions if a.source is not None and a.form is not ReportForm.NO_COMMENT}
    kinds = {s.kind for s in sources if s.id in speaking}
    if len(speaking) == 1 and len(attributions) >= 2:
        out.append(Note.SINGLE_SOURCE)
    if kinds == {SourceKind.ANONYMOUS}:
        out.append(Note.ONLY_ANONYMOUS)
    if any(a.form is ReportForm.NO_COMMENT for a in attributions):
        out.append(Note.NO_COMMENT)
    if any(s.kind is SourceKind.AGENCY and s.role == CREDIT_ROLE for s in sources):
        out.append(Note.AGENCY_COPY)
    if document.language and not document.language.startswith("de"):
        out.append(Note.NOT_GERMAN)
    return tuple(out)

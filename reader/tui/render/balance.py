"""The bar "Quellenlage": whose words the running text is made of, by share of its characters."""

from __future__ import annotations

from dataclasses import dataclass

from reader.model.analysis import Analysis, ReportForm, SourceKind
from reader.model.article import RUNNING_KINDS, Document

NAMED, INSTITUTIONAL, ANONYMOUS, HEARSAY, OWN = range(5)
_GROUPS = {
    SourceKind.PERSON: NAMED,
    SourceKind.SPOKESPERSON: NAMED,
    SourceKind.INSTITUTION: INSTITUTIONAL,
    SourceKind.AGENCY: INSTITUTIONAL,
    SourceKind.OUTLET: INSTITUTIONAL,
    SourceKind.DOCUMENT: INSTITUTIONAL,
    SourceKind.ANONYMOUS: ANONYMOUS,
}


@dataclass(frozen=True, slots=True)
class Balance:
    """Characters of the running text by group, in the order NAMED, INSTITUTIONAL, ANONYMOUS, HEARSAY, OWN."""

    characters: tuple[int, int, int, int, int]

    @property
    def total(self) -> int:
        """All characters of the running text that are not white space between blocks."""
        return sum(self.characters)

    def shares(self, whole: int) -> tuple[int, ...]:
        """``whole`` dealt out by largest remainder, so that the parts add up to it; zeros without a text."""
        if not self.total:
            return (0,) * len(self.characters)
        exact = [count * whole / self.total for count in self.characters]
        dealt = [int(part) for part in exact]
        order = sorted(range(len(exact)), key=lambda i: dealt[i] - exact[i])
        for index in order[: whole - sum(dealt)]:
            dealt[index] += 1
        return tuple(dealt)


def source_balance(document: Document, analysis: Analysis) -> Balance:
    """Count each character of the running text once; where statements lie in each other, the inner one decides."""
    owners = bytearray([OWN]) * len(document.text)
    statements = [a for a in analysis.attributions if a.content and a.form is not ReportForm.NO_COMMENT]
    statements.sort(key=lambda a: -sum(len(span) for span in a.content))
    kinds = {source.id: source.kind for source in analysis.sources}
    for statement in statements:
        kind = kinds.get(statement.source) if statement.source is not None else None
        group = _GROUPS[kind] if kind is not None else HEARSAY
        for span in statement.content:
            owners[span.start : span.end] = bytes([group]) * len(span)
    counts = [0] * 5
    for block in document.of_kind(*RUNNING_KINDS):
        stretch = owners[block.span.start : block.span.end]
        for group in range(5):
            counts[group] += stretch.count(group)
    return Balance((counts[0], counts[1], counts[2], counts[3], counts[4]))

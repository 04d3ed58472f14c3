"""Whether a point keeps every statement with its speaker: what may be cut, and what may stand without it."""

from __future__ import annotations

import re

from reader.analysis.deletion import Clause, Cut
from reader.analysis.fitness import has_loose_quotation, is_subjunctive
from reader.analysis.material import Sentence
from reader.model.analysis import Attribution, ReportForm
from reader.model.span import Span


def is_fair(clause: Clause, cut: Cut, sentence: Sentence, *, with_name: bool = False) -> bool:
    """Whether the cut parts no statement from its frame and leaves no frame without its statement."""
    if with_name:
        return True
    gone = Span(clause.starts[cut[0]], clause.ends[cut[1] - 1])
    for attribution in sentence.attributions:
        frame = [s for s in _frame(clause.text, attribution) if s.overlaps(sentence.span)]
        content = [s for s in attribution.content if s.overlaps(sentence.span)]
        loses_content = all(gone.contains(part) for part in content)
        if any(part.overlaps(gone) for part in frame):
            if not loses_content:
                return False
        elif content and frame and loses_content:
            return False
    return True


def _frame(text: str, attribution: Attribution) -> list[Span]:
    """What must stand beside a statement: the cue, and of a speaker the last word before a parenthesis."""
    found = list(attribution.cue)
    for mention in attribution.speaker:
        words = list(re.finditer(r"\S+", mention.of(text).split(" (")[0]))
        if words:
            found.append(Span(mention.start + words[-1].start(), mention.start + words[-1].end()))
    return found


def is_refusal(sentence: Sentence) -> bool:
    """Whether the sentence says that somebody says nothing: no news, and shown only where there is little else."""
    return sentence.refuses or any(a.form is ReportForm.NO_COMMENT for a in sentence.attributions)


def keeps_speaker(clause: Clause, sentence: Sentence) -> bool:
    """Whether every statement in the clause still has its frame, and no Konjunktiv I or quotation has none."""
    spans = clause.spans()
    framed = False
    for attribution in sentence.attributions:
        if not any(part.overlaps(span) for part in attribution.content for span in spans):
            # A frame alone ("Die Forscherin sagt") promises what the point does not hold.
            if attribution.content and any(part.overlaps(span) for part in attribution.cue for span in spans):
                return False
            continue
        if attribution.form is ReportForm.SUBJUNCTIVE:
            return False
        frame = _frame(clause.text, attribution)
        if attribution.form is ReportForm.HEARSAY:
            # "sollen betroffen sein" says itself that it is heard; who said so may stand in another sentence.
            frame = [part for part in frame if part.overlaps(sentence.span)]
        if not frame or not all(any(span.contains(part) for span in spans) for part in frame):
            return False
        framed = framed or bool(attribution.speaker) or attribution.form is ReportForm.HEARSAY
    return framed or not (is_subjunctive(clause.words) or has_loose_quotation(clause))


__all__ = ["is_fair", "is_refusal", "keeps_speaker"]

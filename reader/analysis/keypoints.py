"""Das Wichtigste: the editors' own points, else some drawn from the text, word for word and never without their speaker.

An extracted point is its spans: one blank between two pieces, none before a mark, a capital at the start; a point in
speaker form ("Streeck: Kokain macht abhängig") has its first piece parted by a colon and a blank. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reader.analysis.compression import ARTICLE_RULE, Clause, Cut, render, shortened
from reader.analysis.fitness import LAST_RESORT_WORDS, MOST_WORDS, fault, is_subjunctive
from reader.analysis.ranking import Ranking, Vector, chosen, cosine
from reader.analysis.stems import content_stems, lexicon
from reader.model.analysis import (
    Attribution,
    Completeness,
    Genre,
    KeyPoint,
    PointOrigin,
    ReportForm,
    Source,
)
from reader.model.article import RUNNING_KINDS, BlockKind, Document
from reader.model.span import Span
from reader.text.sentences import sentences

Form = Literal["list", "sentence"]

MOST_POINTS, LEAST_POINTS = 6, 3
MOST_SENTENCES = 400
"""Later sentences of a very long text are not candidates."""
SAME_WORDS = 0.45
"""Share of an editorial point's stems that a sentence must hold to be its evidence."""
NO_POINTS_GENRES = frozenset({Genre.ADVERTISEMENT, Genre.TICKER, Genre.PODCAST})


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the running text; ``span`` is without dateline, ``whole`` with it."""

    span: Span
    whole: Span
    position: int
    vector: Vector
    score: float
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    spans: tuple[Span, ...]
    sentence: _Sentence
    vector: Vector
    score: float
    sources: tuple[int, ...]


def key_points(
    document: Document,
    sources: tuple[Source, ...],
    attributions: tuple[Attribution, ...],
    how_much: Completeness,
    kind: Genre,
) -> tuple[KeyPoint, ...]:
    """The points of the document: all editorial ones in order, else up to six extracted ones in text order, or none."""
    editorial = _editorial(document, attributions)
    if editorial:
        return editorial
    if (
        how_much is not Completeness.FULL
        or kind in NO_POINTS_GENRES
        or not document.language.startswith("de")
    ):
        return ()
    return extracted(document, sources, attributions)


def _editorial(document: Document, attributions: tuple[Attribution, ...]) -> tuple[KeyPoint, ...]:
    blocks = document.of_kind(BlockKind.SUMMARY)
    if not blocks:
        return ()
    running = [(span, frozenset(content_stems(span.of(document.text)))) for span in _running(document)]
    points: list[KeyPoint] = []
    for block in blocks:
        text = block.span.of(document.text)
        evidence = _evidence(frozenset(content_stems(text)), running)
        points.append(
            KeyPoint(
                text=text,
                spans=(block.span,),
                sources=_sources_at(attributions, (evidence,)) if evidence else (),
                origin=PointOrigin.EDITORIAL,
                evidence=evidence,
                score=1.0,
            )
        )
    return tuple(points)


def _running(document: Document) -> list[Span]:
    return [
        span
        for block in document.of_kind(*RUNNING_KINDS)
        for span in sentences(document.text, block.span.start, block.span.end)
    ]


def _evidence(stems: frozenset[str], running: Sequence[tuple[Span, frozenset[str]]]) -> Span | None:
    """The sentence that shares most stems with the point, if that is enough of them; the earlier one of equals."""
    if not stems:
        return None
    best, share = None, 0.0
    for span, others in running:
        overlap = len(stems & others) / len(stems)
        if overlap > share:
            best, share = span, overlap
    return best if share >= SAME_WORDS else None


def _sources_at(attributions: Sequence[Attribution], spans: Sequence[Span]) -> tuple[int, ...]:
    """Ids of the sources whose statements stand in the spans, in order of appearance."""
    found = [
        a.source
        for a in attributions
        if a.source is not None and any(part.overlaps(span) for part in a.content for span in spans)
    ]
    return tuple(dict.fromkeys(found))


@cache
def _dateline() -> re.Pattern[str]:
    return re.compile(lexicon()["dateline"]["pattern"])


def extracted(
    document: Document,
    sources: tuple[Source, ...],
    attributions: tuple[Attribution, ...],
    form: Form = "list",
    number: int = MOST_POINTS,
) -> tuple[KeyPoint, ...]:
    """Up to ``number`` points from the running text, in text order; "sentence" gives whole sentences instead of short forms."""
    ranked = _ranked(document, attributions)
    if not ranked:
        return ()
    names = {source.id: source for source in sources}
    candidates = [c for s in ranked for c in _candidates(document, s, names, form)]
    ranking_limit = 0.5 if form == "list" else 0.6
    picked = chosen(
        [c.vector for c in candidates],
        [c.score for c in candidates],
        number,
        likeness=0.5,
        limit=ranking_limit,
    )
    taken: list[_Candidate] = []
    for n in picked:
        if all(candidates[n].sentence is not other.sentence for other in taken):
            taken.append(candidates[n])
    if form == "list" and len(taken) < LEAST_POINTS:
        taken += _last_resort(document, ranked, names, taken)
    taken.sort(key=lambda c: c.spans[-1].start)
    return tuple(
        KeyPoint(
            text=c.text,
            spans=c.spans,
            sources=c.sources,
            origin=PointOrigin.EXTRACTED,
            evidence=c.sentence.whole,
            score=round(min(1.0, max(0.0, c.score)), 4),
        )
        for c in taken
    )


def _ranked(document: Document, attributions: tuple[Attribution, ...]) -> list[_Sentence]:
    text = document.text
    spans: list[tuple[Span, Span]] = []
    for whole in _running(document)[:MOST_SENTENCES]:
        match = _dateline().match(whole.of(text))
        start = whole.start + (match.end() if match else 0)
        if start < whole.end:
            spans.append((Span(start, whole.end), whole))
    stems = [content_stems(span.of(text)) for span, _ in spans]
    ranking = Ranking(stems, content_stems(f"{document.title} {document.kicker}"))
    by_place = _attributions_by_sentence([span for span, _ in spans], attributions)
    found: list[_Sentence] = []
    for position, ((span, whole), words) in enumerate(zip(spans, stems, strict=True)):
        vector = ranking.vector(words)
        score = ranking.score(vector, position, lead=LEAD, headline=HEADLINE, central=CENTRAL)
        found.append(_Sentence(span, whole, position, vector, score, by_place[position]))
    return found


LEAD, HEADLINE, CENTRAL = 0.35, 0.35, 0.6


def _attributions_by_sentence(
    spans: Sequence[Span], attributions: Sequence[Attribution]
) -> list[tuple[Attribution, ...]]:
    """For each sentence the attributions with a part in it."""
    starts = [span.start for span in spans]
    found: list[list[Attribution]] = [[] for _ in spans]
    from bisect import bisect_right

    for attribution in attributions:
        for part in (*attribution.content, *attribution.cue, *attribution.speaker):
            here = max(0, bisect_right(starts, part.start) - 1)
            while here < len(spans) and spans[here].start < part.end:
                if spans[here].overlaps(part) and attribution not in found[here]:
                    found[here].append(attribution)
                here += 1
    return [tuple(group) for group in found]


def _candidates(
    document: Document, sentence: _Sentence, names: dict[int, Source], form: Form
) -> list[_Candidate]:
    text = document.text
    whole = Clause.of(text, sentence.span)
    if form == "sentence":
        if fault(whole, most=40) in (None, "pronoun") and _keeps_speaker(whole, sentence):
            return [_made(text, whole, (), sentence, names)]
        return []
    best: _Candidate | None = None
    for clause, speaker in _forms(text, whole, sentence, names):
        if fault(clause, most=MOST_WORDS - (2 if speaker else 0), spoken=bool(speaker)) is not None:
            continue
        if speaker is None and not _keeps_speaker(clause, sentence):
            continue
        best = _made(text, clause, (speaker,) if speaker else (), sentence, names)
    return [best] if best else []


def _forms(
    text: str, whole: Clause, sentence: _Sentence, names: dict[int, Source]
) -> list[tuple[Clause, Span | None]]:
    """Everything the sentence may become, the more wanted forms later."""

    def allowed(clause: Clause, cut: Cut) -> bool:
        return _cut_is_fair(clause, cut, sentence)

    forms: list[tuple[Clause, Span | None]] = []
    for clause in shortened(whole, allowed):
        clause = clause.trimmed()
        forms.append((clause, None))
        cuts = ARTICLE_RULE.find(clause)
        if cuts and all(allowed(clause, cut) for cut in cuts):
            forms.append((clause.without(cuts), None))
    return forms


def _cut_is_fair(clause: Clause, cut: Cut, sentence: _Sentence) -> bool:
    """Whether the cut parts no statement from its frame and leaves no frame without its statement."""
    gone = Span(clause.starts[cut[0]], clause.ends[cut[1] - 1])
    for attribution in sentence.attributions:
        frame = [s for s in (*attribution.cue, *attribution.speaker) if s.overlaps(sentence.span)]
        content = [s for s in attribution.content if s.overlaps(sentence.span)]
        loses_frame = any(part.overlaps(gone) for part in frame)
        loses_all = all(gone.contains(part) for part in content)
        touches = any(part.overlaps(gone) for part in content)
        if loses_frame and not loses_all:
            return False
        if touches and loses_all and not all(gone.contains(part) for part in frame):
            return False
    return True


def _keeps_speaker(clause: Clause, sentence: _Sentence) -> bool:
    """Whether every statement in the clause still has its frame, and no Konjunktiv I stands without one."""
    spans = clause.spans()
    framed = False
    for attribution in sentence.attributions:
        if not any(part.overlaps(span) for part in attribution.content for span in spans):
            continue
        frame = (*attribution.cue, *attribution.speaker)
        if (
            attribution.form is ReportForm.SUBJUNCTIVE
            or (not attribution.speaker
            and attribution.form is not ReportForm.HEARSAY)
        ):
            return False
        if not all(any(span.contains(part) for span in spans) for part in frame):
            return False
        framed = True
    return framed or not is_subjunctive(clause.lows)


def _made(
    text: str, clause: Clause, speaker: tuple[Span, ...], sentence: _Sentence, names: dict[int, Source]
) -> _Candidate:
    spans = clause.spans()
    line = render(text, spans)
    return _Candidate(
        line, spans, sentence, sentence.vector, sentence.score, _sources_at(sentence.attributions, spans)
    )


def _last_resort(
    document: Document, ranked: Sequence[_Sentence], names: dict[int, Source], taken: Sequence[_Candidate]
) -> list[_Candidate]:
    """Whole sentences beyond the usual length, until an article has its least number of points; their score is halved."""
    found: list[_Candidate] = []
    for sentence in sorted(ranked, key=lambda s: (-s.score, s.position)):
        if len(taken) + len(found) >= LEAST_POINTS:
            break
        if any(c.sentence is sentence or cosine(c.vector, sentence.vector) > 0.6 for c in (*taken, *found)):
            continue
        clause = Clause.of(document.text, sentence.span).trimmed()
        if fault(clause, most=LAST_RESORT_WORDS) is None and _keeps_speaker(clause, sentence):
            found.append(_made(document.text, clause, (), sentence, names))
    return found


__all__ = ["extracted", "key_points"]

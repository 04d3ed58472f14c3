"""Das Wichtigste: the editors' own points, else some drawn from the text, word for word and with their speaker.

An extracted point is its spans: one blank between two pieces, none before a mark, a capital at the start. In speaker
form ("Streeck: Kokain macht abhängig") the name goes before the statement with a colon; its span keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.analysis.argued import is_argued
from reader.analysis.candidates import Candidate, Form, candidates_of
from reader.analysis.lexicon import noun_kind
from reader.analysis.material import Material
from reader.analysis.names import is_given_name
from reader.analysis.newsvalue import (
    AGAIN,
    EASY_WORDS,
    FULL_SCORE,
    LEAST_OF_ARGUED,
    LEAST_OF_FEW,
    LEAST_SCORE,
    LEAST_SHARE,
    LEAST_WORTH,
    UNTOLD,
)
from reader.analysis.ranking import Ranking, chosen
from reader.analysis.stems import content_stems, stem
from reader.model.analysis import Attribution, Completeness, Genre, KeyPoint, PointOrigin, Source
from reader.model.article import RUNNING_KINDS, BlockKind, Document
from reader.model.span import Span
from reader.text.sentences import sentences

MOST_POINTS, FEWEST_POINTS = 6, 3
EVIDENCE_SHARE = 0.45
"""Share of an editorial point's stems that a sentence must hold to be its evidence."""
LIKENESS = {"list": 0.25, "sentence": 0.5}
"""How much a point loses by being like one that is chosen already (lambda of MMR)."""
LIMIT = {"list": 0.5, "sentence": 0.7}
"""Two points more alike than this are one."""
SHARED = 3
"""Words of the title that a point which says the same has at least."""
_SPEAKER = re.compile(r"[^:.!?]{0,40}\b([A-ZÄÖÜ][\w-]+): ")
_NOUN = re.compile(r"\b[A-ZÄÖÜ][\w-]+")
OPENING, EARLY = 4, 12
"""Sentences from which a point may be taken although it is weak."""
WITHOUT_POINTS = frozenset({Genre.ADVERTISEMENT, Genre.TICKER, Genre.PODCAST})


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
    if how_much is not Completeness.FULL or kind in WITHOUT_POINTS or not document.language.startswith("de"):
        return ()
    told = _first_question(document) if kind is Genre.INTERVIEW else len(document.text)
    return extracted(document, sources, attributions, told=told)


def _first_question(document: Document) -> int:
    """Where an interview begins to ask: behind it only answers with their speaker are points."""
    asked = (
        b.span for b in document.blocks if "?" in b.span.of(document.text)[-3:] or "? " in b.span.of(document.text)
    )
    return next((span.start for span in asked), len(document.text))


def extracted(
    document: Document,
    sources: tuple[Source, ...],
    attributions: tuple[Attribution, ...],
    form: Form = "list",
    number: int = MOST_POINTS,
    told: int | None = None,
) -> tuple[KeyPoint, ...]:
    """Up to ``number`` points from the running text, in text order; the form "sentence" gives whole sentences.

    Behind the offset ``told`` only speeches that can have their speaker in front are points.
    """
    material = Material.of(document, sources, attributions)
    end = len(document.text) if told is None else told
    found = [
        c
        for c in candidates_of(material, form)
        if (form == "sentence" or c.worth >= LEAST_WORTH)
        and (c.is_spoken or c.sentence.span.end <= end)
        and not _is_claim_of(document.title, material.ranking.headline, c)
    ]
    if form == "sentence":
        taken = _unlike(found, form, number)
    else:
        running = [s.span.of(document.text) for s in material.sentences if not s.is_heading]
        argued = is_argued(running, len(attributions))
        fresh = [c for c in found if not _is_in(material.ranking.headline, c)]
        # Where nothing else is left, the title in other words is better than nothing.
        taken = _strong(material.ranking, _unlike(fresh, form, number), argued=argued)
        taken = taken or _strong(material.ranking, _unlike(found, form, number), argued=argued)
    taken.sort(key=lambda c: (c.sentence.span.start, c.spans[-1].start))
    return tuple(
        KeyPoint(
            text=c.text,
            spans=c.spans,
            sources=c.sources,
            origin=PointOrigin.EXTRACTED,
            evidence=c.sentence.evidence,
            score=round(c.score, 4),
        )
        for c in taken
    )


def _unlike(found: Sequence[Candidate], form: Form, number: int) -> list[Candidate]:
    """Up to ``number`` candidates of different sentences, unlike each other, the best first."""
    order = chosen(
        [c.vector for c in found],
        [c.score for c in found],
        len(found),
        likeness=LIKENESS[form],
        limit=LIMIT[form],
        kinds=[c.kind for c in found] if form == "list" else (),
        again=AGAIN,
    )
    taken: list[Candidate] = []
    for candidate in (found[n] for n in order):
        if len(taken) < number and all(candidate.sentence is not other.sentence for other in taken):
            taken.append(candidate)
    return taken


def _strong(ranking: Ranking, taken: Sequence[Candidate], *, argued: bool) -> list[Candidate]:
    """Fewer points rather than weak ones; in a text that argues only the strongest."""
    ordered = sorted(taken, key=lambda c: -c.score)
    best = min(FULL_SCORE, ordered[0].score) if ordered else 0.0
    least = max(LEAST_OF_ARGUED if argued else LEAST_SCORE, LEAST_SHARE * best)
    return [
        c
        for n, c in enumerate(ordered)
        if c.score >= least or (n < FEWEST_POINTS and not argued and _may_fill(ranking, c))
    ]


def _may_fill(ranking: Ranking, candidate: Candidate) -> bool:
    """Whether a weak point may stand where there are few: it opens the article, or is sound, early and on the topic."""
    place = candidate.sentence.position
    about = {*ranking.headline, *ranking.topics}
    sound = candidate.worth == 1.0 and place < EARLY and not about.isdisjoint(candidate.vector)
    if len(candidate.text.split()) > EASY_WORDS:
        return False
    return candidate.score >= LEAST_OF_FEW and (sound or (place < OPENING and candidate.worth >= UNTOLD))


def _is_claim_of(title: str, headline: Sequence[str], candidate: Candidate) -> bool:
    """Whether the title gives the statement to somebody ("Ministerium: Impfstoff wirkt") and the point to nobody."""
    speaker = _SPEAKER.match(title)
    if candidate.sources or not speaker or noun_kind(speaker[1]) is None:
        return False
    return 2 * sum(word in headline for word in candidate.vector) >= len(candidate.vector)


def _is_in(headline: Sequence[str], candidate: Candidate) -> bool:
    """Whether the point says next to nothing that the title above it has not said: one noun at most, and no figure.

    Its verbs and adjectives may be others: "wirft … vor" and "hat … vorgeworfen" say the same.
    """
    known = _UNTELLING | _abbreviated(candidate.text, headline)
    nouns = [content_stems(word) for word in _NOUN.findall(candidate.text) if not is_given_name(word)]
    figures = [[word] for word in candidate.vector if word[0].isdigit()]
    new = [
        parts
        for parts in (*nouns, *figures)
        if parts and known.isdisjoint(parts) and not any(p in other or other in p for p in parts for other in headline)
    ]
    shared = sum(word in headline for word in candidate.vector)
    return shared >= SHARED and (not new or (len(new) == 1 and not new[0][0][0].isdigit()))


def _abbreviated(text: str, headline: Sequence[str]) -> set[str]:
    """Stems of the names of which the headline has the initials: "Robert Koch-Institut" where it says "RKI"."""
    found: set[str] = set()
    for name in _NAMES.findall(text):
        words = re.split("[ -]", name)
        if stem("".join(word[0] for word in words)) in headline:
            found.update(content_stems(name))
    return found


_NAMES = re.compile(r"\b(?!(?:[DIA]\w{1,2}|Eine?|Beim|Vom) )[A-ZÄÖÜ]\w+(?:[ -][A-ZÄÖÜ]\w+)+")
"""Words with capitals in a row, without the article or preposition that opens a sentence."""
_UNTELLING = frozenset(
    stem(word)
    for word in ("Tag", "Tages", "Woche", "Monat", "Jahr", "Zusammenhang", "Rahmen", "Angaben", "Deutschland")
)
"""Nouns that add nothing to what a headline says."""


def _editorial(document: Document, attributions: tuple[Attribution, ...]) -> tuple[KeyPoint, ...]:
    blocks = document.of_kind(BlockKind.SUMMARY)
    if not blocks:
        return ()
    running = [
        (span, frozenset(content_stems(span.of(document.text))))
        for block in document.of_kind(*RUNNING_KINDS)
        for span in sentences(document.text, block.span.start, block.span.end)
    ]
    points: list[KeyPoint] = []
    for block in blocks:
        text = block.span.of(document.text)
        evidence = _evidence(frozenset(content_stems(text)), running)
        said = [
            a.source
            for a in attributions
            if evidence and a.source is not None and any(part.overlaps(evidence) for part in a.content)
        ]
        points.append(
            KeyPoint(
                text=text,
                spans=(block.span,),
                sources=tuple(dict.fromkeys(said)),
                origin=PointOrigin.EDITORIAL,
                evidence=evidence,
                score=1.0,
            )
        )
    return tuple(points)


def _evidence(stems: frozenset[str], running: Sequence[tuple[Span, frozenset[str]]]) -> Span | None:
    """The sentence that shares most stems with the point, if that is enough of them; the earlier one of equals."""
    best, share = None, 0.0
    for span, others in running:
        overlap = len(stems & others) / len(stems) if stems else 0.0
        if overlap > share:
            best, share = span, overlap
    return best if share >= EVIDENCE_SHARE else None


__all__ = ["extracted", "key_points"]

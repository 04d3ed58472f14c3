"""Statements that need the sentences around them: pointing back, Konjunktiv I carried on, quotations that stand alone."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.constructions import Candidate, Range, Sentence, ranges
from reader.analysis.clauses import NAMED, QUOTED
from reader.analysis.cues import chain, speaker_of
from reader.analysis.lexicon import CLAUSE, FRAME, QUOTE, WRITING
from reader.model.analysis import ReportForm

_POINTERS = frozenset("das dies dieses so darüber davon diese dasselbe dergleichen hiervon".split())


def body(s: Sentence) -> Range:
    """The tokens of a sentence without the full stop."""
    g = s.g
    j = s.unit.j
    while j > s.unit.i and g.words[j - 1] in ".!?…" and not g.hide[j - 1]:
        j -= 1
    return (s.unit.i, j)


def pointing_back(s: Sentence, before: Sentence | None) -> list[Candidate]:
    """Das teilte X mit: the content is the sentence before, or the clauses before the semicolon."""
    g = s.g
    for c, clause in enumerate(s.clauses):
        if clause.kind not in ("main", "first") or clause.verb < 0:
            continue
        if c and clause.opener not in {";", "–", ":"}:
            continue
        low = g.lows[clause.first]
        pointer = low in _POINTERS or any(
            g.lows[k] == "darüber" for k in range(clause.first, clause.j)
        )
        if not pointer or not (low in _POINTERS and clause.first + 1 <= clause.verb <= clause.first + 3 or low not in _POINTERS):
            continue
        if low in ("das", "diese", "dieses", "dies") and clause.verb != clause.first + 1 and g.lows[clause.first + 1] not in (
            "jedenfalls", "zumindest", "alles", "haben", "hat", "hatte",
        ):
            continue
        hits = [h for h in s.hits(c) if h.form.takes & (CLAUSE | FRAME | QUOTE) and not h.infinitive]
        if not hits:
            continue
        hit = hits[0]
        if hit.form.lemma in ("erklären", "finden", "wissen", "bedeuten", "zeigen", "wünschen", "begrüßen", "kritisieren") and low == "das" and (
            hit.form.lemma != "erklären"
        ):
            continue
        if c + 1 < len(s.clauses) and s.clauses[c + 1].kind in ("sub",) and g.lows[s.clauses[c + 1].first] in ("dass", "daß"):
            continue
        speaker = speaker_of(s, c, hit)
        if speaker is None and not hit.passive and not hit.form.takes & WRITING:
            continue
        if speaker is not None and g.lows[speaker.i] in ("das", "dies", "dieses"):
            continue
        if c:
            content = (s.clauses[0].i, s.clauses[c - 1].j)
        elif before is not None and before.unit.paragraph >= s.unit.paragraph - 1:
            content = body(before)
        else:
            continue
        cue = ranges(hit.tokens)
        return [
            Candidate(
                "points-back", ReportForm.INDIRECT, [content], cue, 82, speaker, via=chain(s, c, speaker), unit=s.number, shared=True
            )
        ]
    return []


def subjunctive(s: Sentence) -> list[Candidate]:
    """A sentence in Konjunktiv I without a frame of its own."""
    main = [clause for clause in s.clauses if clause.kind in ("main", "first")]
    if not main:
        return []
    lead = main[0]
    first = lead.mood & m.SUBJUNCTIVE1
    second = lead.mood & m.SUBJUNCTIVE2
    if not first and not any(c.mood & m.SUBJUNCTIVE1 for c in main):
        if not second:
            return []
        return [Candidate("subjunctive2", ReportForm.SUBJUNCTIVE, [body(s)], [], 30, carries=True, unit=s.number)]
    return [Candidate("subjunctive1", ReportForm.SUBJUNCTIVE, [body(s)], [], 65 if first else 50, carries=True, unit=s.number)]


def lone_quotes(s: Sentence) -> list[Candidate]:
    """A quotation that is a sentence of its own, and "Name: „…“"."""
    g = s.g
    i, j = s.unit.i, s.unit.j
    if not s.unit.quotes:
        return []
    a, b = g.quote_tokens[s.unit.quotes[0]]
    inner = [k for k in range(a, b) if g.words[k][0].isalnum()]
    outside = [k for k in range(i, j) if g.words[k][0].isalnum() and g.hide[k] not in (QUOTED, NAMED)]
    if a == i and not outside and len(inner) >= 3:
        return [Candidate("quote-alone", ReportForm.DIRECT, [(a, max(b, g.quote_tokens[s.unit.quotes[-1]][1]))], [], 60, carries=True, unit=s.number)]
    if len(s.clauses) >= 2 and s.clauses[1].opener == ":" and g.hide[s.clauses[1].i] == QUOTED and s.clauses[0].kind == "part":
        phrase = s.chunker.at(s.clauses[0].first, s.clauses[0].j)
        if phrase is not None and phrase.j == s.clauses[0].j and phrase.name is not None and not phrase.preposition:
            return [Candidate("name-colon", ReportForm.DIRECT, [(a, b)], [], 80, phrase, unit=s.number)]
    return []

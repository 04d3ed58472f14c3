"""Nouns as cues: "der Vorwurf der Freien Wähler, die Stadt wolle …", "ein Gutachten, wonach …"."""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.constructions import Candidate, Sentence
from reader.analysis.lexicon import noun_kind, words
from reader.analysis.nounphrases import NounPhrase
from reader.analysis.sayings import is_saying
from reader.model.analysis import ReportForm, SourceKind


def nominal(s: Sentence) -> list[Candidate]:
    """Der Vorwurf der Freien Wähler, die Stadt wolle nur Kasse machen."""
    found = []
    g = s.g
    nouns = words("nominal", "nouns", "speech")
    for c in range(1, len(s.clauses)):
        clause, before = s.clauses[c], s.clauses[c - 1]
        if clause.opener != "," or before.kind == "quote":
            continue
        that = clause.kind == "sub" and g.lows[clause.first] in ("dass", "daß")
        claim = clause.kind in ("main", "first") and clause.mood & m.SUBJUNCTIVE1
        if not (that or claim or clause.kind == "zu") or g.lows[clause.first] in ("um", "ohne", "statt", "anstatt"):
            continue
        holder = None
        for phrase in s.phrases(c - 1):
            if g.lows[phrase.noun] in nouns and phrase.noun < phrase.core and before.j - phrase.j <= 3:
                holder = phrase
        if holder is None:
            continue
        k = holder.core
        speaker = None
        if k < before.j and (g.lows[k] in s.chunker.genitive or g.lows[k] in ("von", "vom", "aus")):
            speaker = s.chunker.at(k, before.j)
        elif holder.article in words("determiners", "possessive"):
            speaker = NounPhrase(holder.i, holder.i + 1, holder.i)
            speaker.pronoun = True
        elif before.verb >= 0:
            subject = s.subject(c - 1, before.verb)
            speaker = subject if subject is not None and subject.i != holder.i else None
        last = c
        while (
            last + 1 < len(s.clauses)
            and s.clauses[last + 1].opener == ","
            and s.clauses[last + 1].kind in ("relative", "sub", "zu", "part")
        ):
            last += 1
        if s.clauses[last].kind == "part":
            last = c
        score = 66 if that or claim else 58
        found.append(
            Candidate(
                "nominal",
                ReportForm.INDIRECT,
                [(clause.i, s.clauses[last].j)],
                [(holder.i, holder.core)],
                score,
                speaker,
                unit=s.number,
                carries=False,
                nested=True,
            )
        )
    return found


def wonach(s: Sentence, k: int, length: int) -> list[Candidate]:
    """Ein Bericht, wonach die Zahlen steigen."""
    c = s.clause_of(k)
    if c <= 0 or s.clauses[c].first != k:
        return []
    phrases = s.phrases(c - 1)
    if not phrases:
        return []
    holder = None
    nouns = words("nominal", "nouns", "speech")
    for phrase in phrases:
        low = s.g.lows[phrase.noun]
        if (
            is_saying(low)
            or low in nouns
            or noun_kind(s.g.words[phrase.noun]) in (SourceKind.DOCUMENT, SourceKind.OUTLET)
        ):
            holder = phrase
    if holder is None:
        return []
    last = c
    while (
        last + 1 < len(s.clauses)
        and s.clauses[last + 1].kind in ("zu", "sub", "relative", "part")
        and not s.hits(last + 1)
    ):
        last += 1
    return [
        Candidate(
            "wonach",
            ReportForm.INDIRECT,
            [(k + length, s.clauses[last].j)],
            [(k, k + length)],
            75,
            holder,
            unit=s.number,
            nested=True,
        )
    ]

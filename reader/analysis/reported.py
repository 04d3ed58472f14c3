"""Summaries of speech acts: "X kritisierte den Plan", "X sprach von einem Skandal"."""

from __future__ import annotations

from reader.analysis.constructions import Candidate, Hit, Range, Sentence, ranges, without
from reader.analysis.cues import chain, speaker_of
from reader.analysis.lexicon import OBJECT, PREPOSITION
from reader.model.analysis import ReportForm


def candidates(s: Sentence) -> list[Candidate]:
    """The objects of verbs of saying that sum up what was said."""
    found = []
    for c, clause in enumerate(s.clauses):
        if clause.kind not in ("main", "first"):
            continue
        for hit in s.hits(c):
            if hit.infinitive:
                continue
            content = _content(s, c, hit)
            if content is None:
                continue
            pieces, score = content
            speaker = speaker_of(s, c, hit)
            if speaker is None:
                continue
            found.append(
                Candidate(
                    "summary", ReportForm.REPORTED, pieces, ranges(hit.tokens), score, speaker, via=chain(s, c, speaker), unit=s.number
                )
            )
            break
    return found


def _content(s: Sentence, c: int, hit: Hit) -> tuple[list[Range], int] | None:
    g = s.g
    clause = s.clauses[c]
    takes = hit.form.takes
    speaker = speaker_of(s, c, hit)
    if speaker is None or (speaker.pronoun and g.lows[speaker.i] not in ("er", "sie", "dieser", "diese")):
        return None
    if hit.form.preposition == "als":
        als = next((k for k in range(clause.first, clause.j) if g.lows[k] == "als" and not g.hide[k]), -1)
        if als < 0 and hit.form.lemma != "nennen":
            return None
        holes = [(k, k + 1) for k in hit.tokens] + [(speaker.i, speaker.j)]
        if clause.verb >= 0:
            holes.append((clause.verb, clause.verb + 1))
        if hit.form.lemma == "nennen":
            return None
        return without((clause.first, clause.j), holes), 60
    if takes & PREPOSITION:
        wanted = hit.form.preposition
        for phrase in s.phrases(c):
            low = phrase.preposition
            if low == wanted or (wanted == "von" and low == "vom") or (wanted == "zu" and low in ("zum", "zur")):
                if hit.passive:
                    continue
                stop = _object_end(s, c, phrase.begin, hit)
                return [(phrase.begin, stop)], 62
        return None
    if takes & OBJECT and not hit.passive:
        for phrase in s.phrases(c):
            if phrase.i == speaker.i or phrase.preposition or phrase.pronoun:
                continue
            if phrase.article in ("dem", "der", "des", "einem", "einer", "eines"):
                continue
            if speaker.i <= phrase.i < speaker.j:
                continue
            stop = _object_end(s, c, phrase.i, hit)
            return [(phrase.i, stop)], 55
    return None


def _object_end(s: Sentence, c: int, i: int, hit: Hit) -> int:
    """Where the object's words end: before the separated prefix, the participle or the verb, else with the clause."""
    clause = s.clauses[c]
    stop = clause.j
    for k in sorted({*hit.tokens, clause.verb}):
        if k > i:
            stop = min(stop, k)
    return stop

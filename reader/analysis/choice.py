"""Which candidates stand: by score, without illegal overlap, hearsay joined with its frame."""

from __future__ import annotations

from reader.analysis import cues, frames, hearsay, passages, refusal, reported
from reader.analysis.constructions import Candidate, Range, Sentence, without
from reader.analysis.scoring import shown
from reader.model.analysis import ReportForm

_FRAME_RULES = frozenset({"laut", "nach-saying", "zufolge", "demnach", "wie-frame", "aus-sicht"})


def choose(sentences: list[Sentence]) -> list[Candidate]:
    """The best candidates without illegal overlap, in text order."""
    chosen: list[Candidate] = []
    before: Sentence | None = None
    for sentence in sentences:
        if not sentence.clauses:
            continue
        found = [
            *cues.candidates(sentence),
            *frames.candidates(sentence),
            *refusal.candidates(sentence),
            *hearsay.candidates(sentence),
            *passages.pointing_back(sentence, before),
        ]
        if not found or sentence.unit.quotes:
            found.extend(passages.lone_quotes(sentence))
        found.extend(reported.candidates(sentence))
        found.extend(passages.subjunctive(sentence))
        before = sentence
        found.sort(key=lambda c: (-c.score, c.start, c.end))
        found = _hearsay_in_frames(found)
        kept: list[Candidate] = []
        for candidate in found:
            if not shown(candidate):
                continue
            rival = next((other for other in kept if not _compatible(candidate, other)), None)
            if rival is None:
                kept.append(candidate)
            elif candidate.speaker is not None and _is_basis(candidate, rival):
                rival.via.append((candidate.speaker, False))
        _carry_on_behind_colon(kept)
        kept = [c for c in kept if not (c.rule == "points-back" and _credit_hearsay(c, [*chosen, *kept]))]
        kept.sort(key=lambda c: (c.start, -c.end))
        chosen.extend(kept)
    return chosen


def _is_basis(frame: Candidate, rival: Candidate) -> bool:
    """ "… nach Zahlen des Städtetags …, rechnete X vor": X has it from there."""
    return (
        frame.rule in _FRAME_RULES
        and rival.speaker is not None
        and bool(frame.cue)
        and any(i <= frame.cue[0][0] < j for i, j in rival.content)
    )


def _carry_on_behind_colon(kept: list[Candidate]) -> None:
    """ "klagt über mangelnde Information: Man habe …": the verb has its object, the clause behind the colon goes on."""
    for candidate in kept:
        if candidate.rule == "clause-behind-colon" and any(
            other.form is ReportForm.REPORTED and _overlap(other.cue, candidate.cue) for other in kept
        ):
            candidate.form = ReportForm.SUBJUNCTIVE
            candidate.cue = []


def _hearsay_in_frames(found: list[Candidate]) -> list[Candidate]:
    """Join "soll" as hearsay with the frame in its clause: "soll laut Anklage Geld umgeleitet haben"."""
    heard = [c for c in found if c.form is ReportForm.HEARSAY and c.rule.startswith("soll")]
    if not heard:
        return found
    gone: set[int] = set()
    for frame in found:
        if frame.rule not in _FRAME_RULES:
            continue
        for rumour in heard:
            if id(rumour) not in gone and _overlap(frame.content, rumour.content):
                frame.form = ReportForm.HEARSAY
                frame.content = [p for span in frame.content for p in without(span, rumour.cue)]
                frame.cue = sorted(frame.cue + rumour.cue)
                gone.add(id(rumour))
                break
    return [c for c in found if id(c) not in gone]


def _credit_hearsay(pointer: Candidate, before: list[Candidate]) -> bool:
    """Give hearsay without a source the one that the next sentence names: "Das will das Magazin erfahren haben"."""
    for other in reversed(before[-6:]):
        if other.form is ReportForm.HEARSAY and other.speaker is None and _overlap(other.content, pointer.content):
            other.speaker = pointer.speaker
            other.cue = sorted(other.cue + pointer.cue)
            other.via.extend(pointer.via)
            return True
    return False


def _overlap(a: list[Range], b: list[Range]) -> bool:
    return any(i < q and p < j for i, j in a for p, q in b)


def _compatible(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates of one sentence may stand side by side."""
    if a.shared or b.shared:
        return True
    if a.cue and b.cue and _overlap(a.cue, b.cue):
        # "wies die Vorwürfe zurück: „…“" sums up and quotes with one verb
        summary = (a.form is ReportForm.REPORTED) != (b.form is ReportForm.REPORTED)
        return summary and not _overlap(a.content, b.content)
    if not _overlap(a.content, b.content):
        return True
    if ReportForm.NO_COMMENT in (a.form, b.form) and a.speaker and b.speaker and a.speaker.i == b.speaker.i:
        # "Der Sprecher sagte, man äußere sich nicht": one refusal, not a statement besides
        return False
    for outer, inner in ((a, b), (b, a)):
        if outer.rule.startswith("subjunctive") and (
            inner.rule in _FRAME_RULES or not (inner.cue and outer.start < inner.cue[0][0] < inner.start)
        ):
            continue
        if inner.cue and all(any(i <= p and q <= j for i, j in outer.content) for p, q in inner.content + inner.cue):
            if inner.nested and inner.speaker and outer.speaker and inner.speaker.i == outer.speaker.i:
                # "Er sei traurig, sagte er, und habe nicht mit Regen gerechnet": one speech
                return False
            if inner.form is ReportForm.HEARSAY or outer.form is ReportForm.DIRECT:
                return False
            return inner.speaker is not None
    return False

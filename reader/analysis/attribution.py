"""Who says so: candidates of every construction, chosen by score, resolved over the text, as spans of the document."""

from __future__ import annotations

from dataclasses import replace

from reader.analysis import chains
from reader.analysis.answers import with_answers
from reader.analysis.choice import choose
from reader.analysis.clauses import Grammar
from reader.analysis.constructions import Candidate, Sentence
from reader.analysis.credits import agency_credits
from reader.analysis.discourse import heard_from, man_before, text_before, told_therein, topic
from reader.analysis.interview import Interview, read_interview
from reader.analysis.morphology import SUBJUNCTIVE1, SUBJUNCTIVE2
from reader.analysis.nounphrases import Chunker, NounPhrase
from reader.analysis.register import Entity, Register
from reader.analysis.scoring import confidence
from reader.model.analysis import Attribution, Genre, ReportForm, Source, SourceKind
from reader.model.article import RUNNING_KINDS, Document
from reader.model.span import Span


def attribute(document: Document, genre: Genre) -> tuple[tuple[Source, ...], tuple[Attribution, ...]]:
    """The sources of a document and every attributed statement, in text order. Linear in the text's length."""
    stretches = _stretches(document)
    agencies = agency_credits(document)
    if not stretches and not agencies:
        return (), ()
    grammar = Grammar(document.text, stretches)
    chunker = Chunker(grammar)
    sentences = [Sentence(grammar, chunker, number) for number in range(len(grammar.units))]
    chosen = choose(sentences)
    interview = read_interview(document, said=genre is Genre.INTERVIEW)
    return _resolve(grammar, chunker, sentences, chosen, agencies, interview)


_OPENING = "„“”»«\"'(["


def _stretches(document: Document) -> list[tuple[int, int]]:
    """Paragraphs of running text: blocks, parted at line feeds."""
    found = []
    text = document.text
    for block in document.blocks:
        if block.kind not in RUNNING_KINDS:
            continue
        at, end = block.span.start, block.span.end
        while at < end:
            feed = text.find("\n", at, end)
            stop = end if feed < 0 else feed
            if text[at:stop].strip():
                found.append((at, stop))
            at = stop + 1
    return found


def _resolve(
    grammar: Grammar,
    chunker: Chunker,
    sentences: list[Sentence],
    chosen: list[Candidate],
    agencies: list[tuple[str, Span]],
    interview: Interview | None,
) -> tuple[tuple[Source, ...], tuple[Attribution, ...]]:
    register = Register(grammar, chunker)
    out: list[Attribution] = []
    last: Entity | None = None
    speaking: Entity | None = None
    last_unit = -10
    last_form = ReportForm.DIRECT
    used: set[int] = set()
    outer: Candidate | None = None
    for candidate in chosen:
        unit = sentences[candidate.unit].unit
        source: Entity | None = None
        speaker: tuple[Span, ...] = ()
        if candidate.rule == "subjunctive2" and not _carried_on(sentences, candidate, last_unit, last_form):
            continue
        if candidate.rule == "subjunctive1" and last is None and _asks(grammar, unit.i):
            continue
        if candidate.rule == "quote-alone" and (last is None or candidate.unit - last_unit > 3):
            continue
        if candidate.speaker is not None:
            source = man_before(sentences, candidate, register) or register.resolve(candidate.speaker, unit.j)
            if source is not None:
                i, j = candidate.speaker.i, candidate.speaker.j
                speaker = (Span(grammar.starts[i], grammar.ends[j - 1]),)
                if candidate.cue:
                    cue = grammar.lows[candidate.cue[0][0]]
                    directly = candidate.form is ReportForm.DIRECT or candidate.rule == "so-frame"
                    register.spoke(source, cue, directly=directly)
        elif told_therein(grammar, candidate):
            source, speaker = text_before(sentences, candidate, register)
        elif candidate.carries:
            source = None
            if candidate.unit - last_unit > 1 and candidate.form is not ReportForm.NO_COMMENT:
                stale = (
                    last is None
                    or candidate.unit - last_unit > 4
                    or sentences[last_unit].unit.paragraph != unit.paragraph
                )
                source = topic(sentences, candidate.unit - 1, register, stale=stale)
            if source is None and last is not None and candidate.unit - last_unit <= 4:
                source = last
                if (
                    candidate.proform is not None
                    and candidate.rule != "demnach"
                    and last.kind is SourceKind.DOCUMENT
                    and speaking is not None
                ):
                    # "den Angaben zufolge" takes up who gave them
                    source = speaking
        elif candidate.form is ReportForm.HEARSAY and heard_from(sentences, candidate, last, last_unit):
            source = last
        if candidate.proform is not None and not speaker:
            i, j = candidate.proform
            speaker = (Span(grammar.starts[i], grammar.ends[j - 1]),)
        if source is not None and not speaker:
            speaker = _nearest_mention(grammar, source, candidate)
        for deeper, through in candidate.via:
            linked = _link(register, source, deeper, through, unit.j)
            if linked is not None:
                used.add(linked.id)
        if source is not None:
            used.add(source.id)
            if candidate.form is not ReportForm.NO_COMMENT and not _inside(candidate, outer):
                last, last_unit, last_form = source, candidate.unit, candidate.form
                speaking = source if source.kind is not SourceKind.DOCUMENT else speaking
        elif candidate.speaker is None and candidate.carries:
            last_unit = candidate.unit if last is not None else last_unit
            last_form = candidate.form
        if candidate.end > (outer.end if outer is not None else 0):
            outer = candidate
        content = _spans(grammar, candidate)
        if not content:
            continue
        out.append(
            Attribution(
                content=content,
                form=candidate.form,
                cue=tuple(Span(grammar.starts[i], grammar.ends[j - 1]) for i, j in candidate.cue),
                speaker=speaker,
                source=source.id if source is not None else None,
                confidence=confidence(candidate),
                why=candidate.rule,
            )
        )
    for sentence in sentences:
        for who, whom in chains.appeals(sentence):
            linked = _link(register, register.resolve(who, sentence.unit.j), whom, False, sentence.unit.j)
            if linked is not None and linked.via in used:
                used.add(linked.id)
    if interview is not None:
        out, used = with_answers(out, interview, register, used)
    out.sort(key=lambda a: (a.content[0].start, -a.content[-1].end))
    for name, span in agencies:
        used.add(register.credit(name, span).id)
    sources, numbers = register.sources(used)
    return sources, tuple(replace(a, source=numbers[a.source]) if a.source is not None else a for a in out)


def _asks(grammar: Grammar, i: int) -> bool:
    """Whether a sentence is a request to the reader: "Man nehme drei Eier"."""
    return grammar.lows[i] == "man" and bool(grammar.verbs[i + 1] & SUBJUNCTIVE1)


def _inside(candidate: Candidate, outer: Candidate | None) -> bool:
    """Whether a statement is told within another: who speaks in it does not speak on afterwards."""
    return (
        outer is not None
        and outer.form in (ReportForm.INDIRECT, ReportForm.SUBJUNCTIVE)
        and bool(candidate.cue)
        and any(i <= candidate.cue[0][0] and candidate.end <= j for i, j in outer.content)
    )


def _nearest_mention(grammar: Grammar, source: Entity, candidate: Candidate) -> tuple[Span, ...]:
    """The last mention of a source before the content: it stands for the speaker where the sentence names none."""
    before = [r for r in source.mentions if r[1] <= candidate.start]
    if candidate.form is ReportForm.SUBJUNCTIVE:
        before = [r for r in before if r not in source.pronouns] or before
    if not before:
        return ()
    i, j = max(before)
    return (Span(grammar.starts[i], grammar.ends[j - 1]),)


def _carried_on(sentences: list[Sentence], candidate: Candidate, last_unit: int, last_form: ReportForm) -> bool:
    """Whether a sentence in Konjunktiv II goes on with the indirect speech right before it."""
    if candidate.unit - last_unit > 1 or last_form in (ReportForm.DIRECT, ReportForm.NO_COMMENT):
        return False
    before = sentences[last_unit].unit
    if sentences[candidate.unit].unit.paragraph != before.paragraph:
        return False
    if any(clause.mood & (SUBJUNCTIVE1 | SUBJUNCTIVE2) for clause in before.clauses):
        return True
    # the plural has no Konjunktiv I of its own
    s = sentences[candidate.unit]
    lead = next(clause for clause in s.clauses if clause.kind in ("main", "first"))
    return s.g.lows[lead.verb].endswith("n")


def _link(register: Register, source: Entity | None, deeper: NounPhrase, through: bool, unit_end: int) -> Entity | None:
    """Note one link of a chain; the other source when it is part of the chain now."""
    if source is None:
        return None
    if through and source.kind is SourceKind.AGENCY:
        return None
    other = register.resolve(deeper, unit_end)
    if other is None or other is source:
        return None
    carried, carrier = (source, other) if through else (other, source)
    if through and carrier.kind not in (SourceKind.AGENCY, SourceKind.OUTLET, SourceKind.ANONYMOUS):
        if deeper.name is None:
            return None
        carrier.kind = SourceKind.OUTLET
    if carried.via is None and not _reaches(register, carrier, carried):
        carried.via = carrier.id
        return other
    return None


def _reaches(register: Register, start: Entity, goal: Entity) -> bool:
    """Whether a chain already leads from one source to another."""
    by_id = {e.id: e for e in register.entities}
    seen = set()
    at: int | None = start.id
    while at is not None and at not in seen:
        if at == goal.id:
            return True
        seen.add(at)
        at = by_id[at].via
    return False


def _spans(grammar: Grammar, candidate: Candidate) -> tuple[Span, ...]:
    """The content as spans, without marks at the edges that do not belong to it."""
    found = []
    words = grammar.words
    for i, j in candidate.content:
        while i < j and not words[i][0].isalnum() and words[i] not in _OPENING:
            i += 1
        while (
            j > i and not words[j - 1][0].isalnum() and words[j - 1] not in "„“”»«\"')]%€" and grammar.hide[j - 1] == 0
        ):
            j -= 1
        if i < j and any(words[k][0].isalnum() for k in range(i, j)):
            found.append(Span(grammar.starts[i], grammar.ends[j - 1]))
    return tuple(found)

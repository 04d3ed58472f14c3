"""Who is meant where the sentence does not say: its topic, "er" and "dieser", the text in "hieß es darin"."""

from __future__ import annotations

from reader.analysis.clauses import Grammar
from reader.analysis.constructions import Candidate, Sentence
from reader.analysis.lexicon import noun_kind, words
from reader.analysis.nounphrases import NounPhrase
from reader.analysis.register import Entity, Register
from reader.model.analysis import ReportForm, SourceKind
from reader.model.span import Span


def topic(sentences: list[Sentence], number: int, register: Register, *, stale: bool) -> Entity | None:
    """Who the sentence before is about, when its subject speaks there, or could and nobody spoke lately (``stale``)."""
    if number < 0:
        return None
    s = sentences[number]
    for c, clause in enumerate(s.clauses):
        if clause.kind in ("main", "first") and clause.verb >= 0:
            phrase = s.subject(c, clause.verb)
            if phrase is not None and s.speaks(phrase) and (stale or s.hits(c)):
                return register.resolve(phrase, s.unit.j)
            return None
    return None


def heard_from(sentences: list[Sentence], candidate: Candidate, last: Entity | None, last_unit: int) -> bool:
    """Whether hearsay directly carries on a report whose source was just named."""
    if (
        last is None
        or candidate.rule == "vernehmen"
        or not 0 <= candidate.unit - last_unit <= 1
        or last.kind in (SourceKind.INSTITUTION, SourceKind.ANONYMOUS)
    ):
        return False
    return sentences[candidate.unit].unit.paragraph == sentences[last_unit].unit.paragraph


_ONE = (SourceKind.PERSON, SourceKind.SPOKESPERSON)
_MASCULINE = frozenset(["er", "ihm", "sein", "seine", "seiner", "seinen", "seinem"])


def man_before(sentences: list[Sentence], candidate: Candidate, register: Register) -> Entity | None:
    """Whom "er" or "dieser" means when the man was named in the sentence before and has not spoken yet.

    "Der Trainer Uwe Kranz lachte. Er bleibe, sagte er." ``None`` leaves it to those who spoke.
    """
    pronoun = candidate.speaker
    if pronoun is None or not pronoun.pronoun:
        return None
    low = register.g.lows[pronoun.i]
    if low == "sie":
        return _those_before(sentences, candidate.unit, pronoun, register)
    if low != "dieser" and low not in _MASCULINE:
        return None
    for number in range(candidate.unit - 1, max(candidate.unit - 3, -1), -1):
        s = sentences[number]
        if any(e.last >= s.unit.i and e.kind in _ONE and not e.plural for e in register.entities):
            return None
        named = _last_named(s, register) if low == "dieser" else _named_subject(s, register)
        if named is not None:
            entity = register.resolve(named, s.unit.j)
            if entity is not None:
                entity.kind, entity.guessed = SourceKind.PERSON, False
                entity.last = pronoun.i
                entity.mentions.add(register.span_of(pronoun))
                entity.pronouns.add(register.span_of(pronoun))
            return entity
        if not any(p.pronoun and register.g.lows[p.i] == "er" for c in range(len(s.clauses)) for p in s.phrases(c)):
            return None
    return None


def _those_before(sentences: list[Sentence], number: int, pronoun: NounPhrase, register: Register) -> Entity | None:
    """Whom "sie" with a plural verb means: the two named right before. "Kolb und Dahl schwiegen; sie hatten …"."""
    s = sentences[number]
    own = s.clause_of(pronoun.i)
    if own < 0 or s.clauses[own].verb < 0 or not register.g.lows[s.clauses[own].verb].endswith("n"):
        return None
    places = [(s, c) for c in range(own - 1, -1, -1)]
    if number:
        before = sentences[number - 1]
        places += [(before, c) for c in range(len(before.clauses) - 1, -1, -1)]
    for where, c in places:
        clause = where.clauses[c]
        if clause.kind not in ("main", "first") or clause.verb < 0:
            continue
        phrase = where.subject(c, clause.verb)
        several = phrase is not None and "und" in register.g.lows[phrase.core : phrase.j]
        many = where is not s and register.g.lows[clause.verb].endswith("n")
        if phrase is not None and ((several and phrase.name) or (many and not phrase.pronoun and where.speaks(phrase))):
            entity = register.resolve(phrase, where.unit.j)
            if entity is not None:
                entity.mentions.add(register.span_of(pronoun))
                entity.pronouns.add(register.span_of(pronoun))
                entity.last = pronoun.i
            return entity
        if phrase is not None:
            return None
    return None


def _named_subject(s: Sentence, register: Register) -> NounPhrase | None:
    for c, clause in enumerate(s.clauses):
        if clause.kind in ("main", "first") and clause.verb >= 0:
            phrase = s.subject(c, clause.verb)
            return phrase if phrase is not None and _is_man(phrase, s, register) else None
    return None


def _last_named(s: Sentence, register: Register) -> NounPhrase | None:
    phrases = [p for c in range(len(s.clauses)) for p in s.phrases(c)]
    return next((p for p in reversed(phrases) if _is_man(p, s, register)), None)


def _is_man(phrase: NounPhrase, s: Sentence, register: Register) -> bool:
    if phrase.pronoun or phrase.j > phrase.core:
        return False
    if phrase.name is None:
        # "der Mann", "ein Angler"
        person = noun_kind(register.g.words[phrase.noun]) is SourceKind.PERSON
        return person and phrase.article in ("der", "ein", "dieser") and not register.g.lows[phrase.noun].endswith("in")
    if phrase.noun < phrase.name[0] and register.g.lows[phrase.noun].endswith("in"):
        return False
    return register.bare(phrase) or register.kind_of(phrase, s.unit.j) is SourceKind.PERSON


def told_therein(grammar: Grammar, candidate: Candidate) -> bool:
    """Whether the frame points into a text named before: "hieß es darin"."""
    if not candidate.cue or candidate.form is ReportForm.HEARSAY:
        return False
    end = candidate.cue[-1][1]
    return any(low in ("darin", "dort") for low in grammar.lows[end : end + 2])


def text_before(
    sentences: list[Sentence], candidate: Candidate, register: Register
) -> tuple[Entity | None, tuple[Span, ...]]:
    """The text that "darin" points into, at most two sentences before, and where it is named."""
    paragraph = sentences[candidate.unit].unit.paragraph
    for number in range(candidate.unit, max(candidate.unit - 3, -1), -1):
        s = sentences[number]
        if s.unit.paragraph != paragraph:
            break
        for c in range(len(s.clauses) - 1, -1, -1):
            for phrase in reversed(s.phrases(c)):
                if phrase.pronoun or phrase.j > candidate.cue[0][0]:
                    continue
                low = register.g.lows[phrase.noun]
                if noun_kind(register.g.words[phrase.noun]) is SourceKind.DOCUMENT or low in words(
                    "outlet", "reports", "nouns"
                ):
                    g = register.g
                    return register.resolve(phrase, s.unit.j), (Span(g.starts[phrase.i], g.ends[phrase.j - 1]),)
    return None, ()

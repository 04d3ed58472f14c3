"""Who says so in the clause of a verb of saying: its subject, the text it stands in, the agent, whom a house quotes."""

from __future__ import annotations

from reader.analysis.chains import is_medium
from reader.analysis.constructions import Hit, Sentence
from reader.analysis.lexicon import OBJECT, WRITING, noun_kind
from reader.analysis.nounphrases import NounPhrase
from reader.analysis.sayings import coordinated, is_saying, source_inside
from reader.model.analysis import SourceKind


def speaker_of(s: Sentence, c: int, hit: Hit) -> NounPhrase | None:
    """Who says so in the clause of a verb of saying."""
    clause = s.clauses[c]
    if hit.form.takes & WRITING:
        place = _place(s, c, of="rede" not in hit.form.needs)
        if place is not None:
            return place
        if hit.form.lemma in ("heißen", "heissen", "stehen", "hervorgehen", "verlauten"):
            return None
    if hit.passive:
        for phrase in s.phrases(c):
            if phrase.preposition in ("von", "vom", "seitens", "durch"):
                return phrase
        if hit.form.lemma == "zitieren":
            return s.subject(c, clause.verb)
        return _place(s, c) if not hit.form.takes & OBJECT else None
    verb = clause.verb if clause.verb >= 0 else hit.k
    if hit.form.lemma == "zitieren":
        quoted = _quoted_person(s, c)
        if quoted is not None:
            return quoted
    subject = with_apposition(s, s.subject(c, verb))
    if clause.kind == "relative" and (
        subject is None
        or (subject.i == clause.first and s.g.lows[subject.i] in ("der", "die", "das", "welche", "welcher"))
    ):
        return antecedent(s, c)
    if subject is None and clause.kind == "first" and c >= 1:
        return antecedent(s, c, whole=True)
    return subject


def _quoted_person(s: Sentence, c: int) -> NounPhrase | None:
    """Whom a house quotes: "zitierte das Blatt einen Berater"."""
    for phrase in s.phrases(c):
        if not phrase.preposition and not phrase.pronoun and phrase.article in ("einen", "den", "seinen", "ihren"):
            return phrase
    phrases = [p for p in s.phrases(c) if not p.preposition and not p.pronoun and p.nominative]
    if len(phrases) == 2 and is_medium(s, phrases[0]):
        return phrases[1]
    return None


def with_apposition(s: Sentence, phrase: NounPhrase | None) -> NounPhrase | None:
    """The phrase with the apposition behind it: "Nadia Hürlimann, Präsidentin der Organisation Primo"."""
    if phrase is None or phrase.pronoun or phrase.j + 1 >= s.unit.j or s.g.words[phrase.j] != ",":
        return phrase
    c = s.clause_of(phrase.j + 1)
    if c < 0 or s.clauses[c].kind != "part" or s.clauses[c].opener != ",":
        return phrase
    other = s.chunker.at(s.clauses[c].first, s.clauses[c].j)
    if (
        other is not None
        and not other.pronoun
        and not other.preposition
        and other.nominative
        and other.j == s.clauses[c].j
    ) and ((phrase.name is None) != (other.name is None) or noun_kind(s.g.words[other.noun]) is not None):
        phrase.j = other.j
        if phrase.name is None and other.name is not None and other.noun == other.name[0]:
            phrase.name, phrase.head = other.name, other.head
    return phrase


def _place(s: Sentence, c: int, *, of: bool = True) -> NounPhrase | None:
    """The text or circle where it is said: "heißt es in NP", "aus NP hieß es", "geht aus NP hervor".

    Without ``of`` a phrase with "von" is none: "ist in dem Brief von Kürzungen die Rede".
    """
    parted = [p for n in range(c) if s.clauses[n].kind == "part" for p in s.phrases(n)] if not of else []
    for phrase in [*parted, *s.phrases(c)]:
        if not of and (
            phrase.preposition not in ("in", "im") or noun_kind(s.g.words[phrase.noun]) is not SourceKind.DOCUMENT
        ):
            continue
        low = s.g.lows[phrase.head]
        if low.isdigit() or s.g.lows[phrase.noun] == "seite":
            continue
        if phrase.preposition in ("in", "im", "aus", "auf", "seitens", "bei", "beim", "von", "vom", "laut") and (
            low not in s.chunker.times
        ):
            if is_saying(s.g.lows[phrase.noun]) and noun_kind(s.g.words[phrase.noun]) is None:
                # "geht aus Zahlen der Behörde hervor": the house speaks
                inner, _ = source_inside(s, phrase)
                if inner is not None:
                    return inner
            return coordinated(s, phrase)
    return None


def antecedent(s: Sentence, c: int, *, whole: bool = False) -> NounPhrase | None:
    """The noun phrase that a relative clause, or a predicate cut off by one, belongs to."""
    for before in range(c - 1, -1, -1):
        clause = s.clauses[before]
        if whole and clause.kind == "relative":
            continue
        phrases = s.phrases(before)
        if whole:
            phrases = [p for p in phrases if p.nominative]
        if phrases:
            return phrases[0] if whole else phrases[-1]
        if not whole:
            break
    return None

"""Chains of sources: to whom something was said, and from whom a house has it.

"sagte er der Agentur" makes the speaker heard through the agency; "Reuters unter Berufung auf Insider" makes the
insiders heard through Reuters.
"""

from __future__ import annotations

from reader.analysis import morphology as m
from reader.analysis.clauses import NAMED, QUOTED
from reader.analysis.constructions import Link, Sentence
from reader.analysis.lexicon import media_names, noun_kind, words
from reader.analysis.nounphrases import NounPhrase
from reader.model.analysis import SourceKind

_MEDIA = frozenset({SourceKind.AGENCY, SourceKind.OUTLET})


def is_medium(s: Sentence, phrase: NounPhrase) -> bool:
    """Whether a phrase names an agency, a newspaper or a broadcaster."""
    g = s.g
    if phrase.pronoun:
        return False
    if phrase.name is not None:
        name = g.text[g.starts[phrase.name[0]] : g.ends[phrase.name[1] - 1]].strip("„“”»«\"' ")
        if name in media_names() or name.removesuffix("s") in media_names():
            return True
        if g.hide[phrase.name[0]] in (NAMED, QUOTED) and phrase.article:
            return True
        if g.lows[phrase.head] in words("outlet", "name_endings", "nouns") and phrase.article:
            return True
    return noun_kind(g.words[phrase.noun]) in _MEDIA or g.lows[phrase.noun] == "agentur"


def links(s: Sentence, c: int, speaker: NounPhrase | None) -> list[Link]:
    """The chain links that the frame in clause ``c`` and the relative clause behind it name."""
    found: list[Link] = []
    g = s.g
    for phrase in s.phrases(c):
        if (speaker is not None and speaker.i <= phrase.i < speaker.j) or phrase.pronoun:
            continue
        before = g.lows[phrase.begin - 1] if phrase.begin > s.unit.i else ""
        if (phrase.preposition == "auf" and before in ("berufung", "verweis", "bezug")) or (
            phrase.preposition in ("aus", "von") and _keeps_back(s, phrase) and _learns(s, c)
        ):
            found.append((phrase, False))
        elif phrase.preposition in ("", "gegenüber", "im", "in", "laut", "bei") and is_medium(s, phrase):
            nominative = phrase.preposition == "" and phrase.nominative and phrase.article
            if (
                nominative
                and not _quotes(s, c)
                and not (phrase.article == "der" and speaker is not None and speaker.i < phrase.i)
            ):
                continue
            found.append((phrase, True))
        elif phrase.preposition == "aus" and _keeps_back(s, phrase) and before in ("angaben", "informationen"):
            found.append((phrase, True))
    found.extend(_holder(s, c))
    return found


def _quotes(s: Sentence, c: int) -> bool:
    clause = s.clauses[c]
    return bool(set(s.g.lows[clause.first : clause.j]) & words("chains", "citing", "speech"))


def _keeps_back(s: Sentence, phrase: NounPhrase) -> bool:
    if (
        noun_kind(s.g.words[phrase.noun]) is SourceKind.ANONYMOUS
        or noun_kind(s.g.words[phrase.head]) is SourceKind.ANONYMOUS
    ):
        return True
    return bool(
        {s.g.lows[k] for k in range(phrase.i, phrase.j)}
        & (words("anonymous", "familiar", "nouns") | {"freunden", "freunde"})
    )


def _learns(s: Sentence, c: int) -> bool:
    clause = s.clauses[c]
    return any(
        s.g.lows[k] in ("erfuhr", "erfuhren", "erfahren", "hörte", "gehört") for k in range(clause.first, clause.j)
    )


def _holder(s: Sentence, c: int) -> list[Link]:
    """Ein Papier, das der Agentur vorliegt; ein Brief, aus dem das Blatt zitiert."""
    if c + 1 >= len(s.clauses) or s.clauses[c + 1].kind != "relative":
        return []
    clause = s.clauses[c + 1]
    span = set(s.g.lows[clause.first : clause.j])
    if not span & (words("chains", "holding", "speech") | words("chains", "citing", "speech")):
        return []
    for phrase in s.phrases(c + 1):
        if phrase.i > clause.first and not phrase.pronoun and not phrase.preposition:
            return [(phrase, True)]
    return []


def appeals(s: Sentence) -> list[tuple[NounPhrase, NounPhrase]]:
    """(who, on whom) of "Das Blatt beruft sich auf Insider"."""
    found: list[tuple[NounPhrase, NounPhrase]] = []
    g = s.g
    for c, clause in enumerate(s.clauses):
        if clause.verb < 0 or g.lows[clause.verb] not in (
            "beruft",
            "berief",
            "berufen",
            "beriefen",
            "stützt",
            "stützen",
        ):
            continue
        if not g.verbs[clause.verb] & (m.ANY_FINITE | m.PLURAL) or "sich" not in g.lows[clause.first : clause.j]:
            continue
        subject = s.subject(c, clause.verb)
        if subject is None and c:
            earlier = s.clauses[c - 1]
            for before in range(c - 1, -1, -1):
                earlier = s.clauses[before]
                if earlier.kind == "main" and earlier.verb >= 0:
                    subject = s.subject(before, earlier.verb)
                    break
        if subject is not None:
            found.extend((subject, phrase) for phrase in s.phrases(c) if phrase.preposition == "auf")
    return found

"""Shorter forms of one German sentence by deletion alone: words and their order stay the article's.

Knows grammar, not relevance. Every rule takes away what the main clause can do without and what changes nothing that it
claims: insertions, trailing clauses of reason or remark, bare time phrases, connectors. Conditions, negations, hedges,
modals and object clauses are never touched, and nothing inside a quotation is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reader.analysis.adjuncts import circumstances, doublets, modifiers, second_place, time_phrase
from reader.analysis.coordination import second_predicate, second_verb_group
from reader.analysis.deletion import Clause, Cut, is_finite, main_verb
from reader.analysis.morphology import PARTICIPLE, verb_form
from reader.analysis.stems import stem, word_set
from reader.analysis.subclauses import comma_insertion, dash_insertion, parentheses, tail
from reader.analysis.telegram import all_articles, indefinite_article, leading_article

WANTED_WORDS, MOST_WORDS = 12, 14
"""Words of a point in a list: what shortening aims at, and the bound."""


_PAST = frozenset("war waren wurde wurden hatte hatten hat haben".split())


def _zero_conjunction(clause: Clause) -> list[Cut]:
    if len(clause) < 4 or clause.lows[0] not in word_set("zero") or is_finite(clause.lows[1]):
        return []
    return [(0, 1)] if clause.words[1][0].isalnum() and clause.lows[1] != "nicht" else []


def _leading_also(clause: Clause) -> list[Cut]:
    """ "Auch Söder will Tests": what is said holds without its being one more."""
    if len(clause) < 4 or clause.lows[0] not in ("auch", "ebenfalls") or clause.quoted[0]:
        return []
    follows = clause.words[1]
    opens = (
        follows[0].isupper()
        or follows in ("der", "die", "das")
        or (clause.lows[0] == "ebenfalls" and follows in ("am", "im"))
    )
    if not opens or follows.lower() in word_set("opening") or any(low in _BESIDE for low in clause.lows):
        return []
    return [(0, 1)]


def _also(clause: Clause) -> list[Cut]:
    """ "auch" inside the clause, where it stands alone and no pair needs it."""
    if any(low in _BESIDE for low in clause.lows):
        return []
    return [
        (n, n + 1)
        for n in range(2, len(clause) - 1)
        if clause.lows[n] == "auch"
        and not clause.quoted[n]
        and clause.words[n - 1][0].isalnum()
        and clause.lows[n - 1] not in ("und", "oder", "aber", "doch", "wenn", "so", "wie", "wer", "was", "nun", "aber")
        and clause.lows[n + 1]
        not in ("noch", "nicht", "nur", "wenn", "ohne", "mal", "schon", "dann", "so", ",", "kein", "keine", "als")
    ]


_BESIDE = frozenset("sondern sowohl weder wenn falls je ob nicht kein keine".split())


def _connector(clause: Clause) -> list[Cut]:
    cuts: list[Cut] = []
    for n in range(2, len(clause) - 1):
        if clause.lows[n] not in word_set("connector") or clause.quoted[n] or not clause.words[n].islower():
            continue
        before, after = clause.lows[n - 1], clause.lows[n + 1]
        if not clause.words[n - 1][0].isalnum() or before in ("und", "oder", "nicht", "sondern", "zwar"):
            continue
        # "geht es dabei um", "dabei sind drei Banken"
        if clause.lows[n] == "dabei" and ("es" in clause.lows or {before, after} & word_set("copula")):
            continue
        # "erscheine dann als Maßstab" is a condition, "wurde dann abgebrochen" only the order of events.
        # So does "sollte man dabei Handschuhe tragen".
        if clause.lows[n] in ("dann", "dabei") and not _PAST & set(clause.lows):
            continue
        if clause.lows[n] in ("dabei", "dann") and not (
            after[0].isdigit() or clause.words[n + 1][0].isupper() or after in word_set("function")
        ):
            continue
        # "…, fand aber keinen Verstoß": the word joins two predicates of one subject.
        if n >= 2 and clause.words[n - 2] == "," and clause.words[n - 1].islower() and is_finite(before):
            continue
        # "nun auch", "daher, dass": the word belongs to its neighbour.
        if after in (",", "auch", "noch", "nicht", "nur", "einmal", "wieder") or "zwar" in clause.lows:
            continue
        cuts.append((n, n + 1))
    return cuts


def _pointing_place(clause: Clause) -> list[Cut]:
    """ "hatte dort für Sperrungen gesorgt": what happened has happened, wherever that was said before.

    Only before a participle or infinitive at the end, and where more than the adverb stands between the two verbs.
    """
    end = len(clause.trimmed())
    verb = main_verb(clause, 1, end)
    last = clause.lows[end - 1] if end else ""
    if not verb or clause.lows[verb] not in _PAST or not verb_form(last) & PARTICIPLE or "," in clause.words[:end]:
        return []
    return [
        (n, n + 1)
        for n in range(verb + 1, end - 2)
        if clause.lows[n] in ("dort", "hier")
        and clause.words[n].islower()
        and not clause.quoted[n]
        and clause.words[n - 1][0].isalnum()
        and clause.lows[n + 1] not in ("nicht", "nur", "erst", "schon", "auch", "noch", "aber")
        and clause.lows[n - 1] not in ("nicht", "nur", "erst", "schon", "auch", "noch", "und", "von")
        and any(word[0].isupper() for word in clause.words[n + 1 : end - 1])
    ]


@dataclass(frozen=True, slots=True)
class Rule:
    """A deletion with one sentence that it shortens, what is left of it, and one that it must leave alone."""

    name: str
    find: Callable[[Clause], list[Cut]]
    shortens: str
    leaves: str
    spares: str


INNER_RULES = (
    Rule(
        "parenthesis",
        parentheses,
        "Der Minister (SPD) reist nach Rom.",
        "Der Minister reist nach Rom.",
        "Der Minister reist nach Rom.",
    ),
    Rule(
        "zero conjunction",
        _zero_conjunction,
        "Doch die Regierung hat den Plan verworfen.",
        "Die Regierung hat den Plan verworfen.",
        "Doch kam es anders als gedacht.",
    ),
    Rule(
        "leading also",
        _leading_also,
        "Auch der Stadtrat hat den Plan verworfen.",
        "Der Stadtrat hat den Plan verworfen.",
        "Auch wer spät kommt, zahlt den Eintritt.",
    ),
    Rule(
        "connector",
        _connector,
        "Die Stadt hat zudem zwei Brücken gesperrt.",
        "Die Stadt hat zwei Brücken gesperrt.",
        "Die Brücke ist zwar alt, aber dennoch sicher.",
    ),
    Rule(
        "time phrase",
        time_phrase,
        "Der Rat hat am Donnerstag den Haushalt beschlossen.",
        "Der Rat hat den Haushalt beschlossen.",
        "Die Messe startet am Donnerstag in Kiel.",
    ),
    Rule(
        "pointing place",
        _pointing_place,
        "Der Beton hatte dort für drei Sperrungen gesorgt.",
        "Der Beton hatte für drei Sperrungen gesorgt.",
        "Der Beton soll dort für drei Sperrungen sorgen.",
    ),
    Rule(
        "dash insertion",
        dash_insertion,
        "Der Hafen – der größte des Landes – bleibt geschlossen.",
        "Der Hafen bleibt geschlossen.",
        "Der Hafen bleibt geschlossen – vorerst.",
    ),
    Rule(
        "comma insertion",
        comma_insertion,
        "Die Fähre, die am Montag auslief, sank vor der Küste.",
        "Die Fähre sank vor der Küste.",
        "Alle Fähren, die am Montag ausliefen, sanken.",
    ),
)
"""Deletions inside the main clause, in order."""


TAIL_RULES = (
    Rule(
        "tail",
        tail,
        "Die Stadt sperrt die Brücke, weil der Beton bröckelt.",
        "Die Stadt sperrt die Brücke.",
        "Die Stadt sperrt die Brücke, wenn der Beton bröckelt.",
    ),
    Rule(
        "second predicate",
        second_predicate,
        "Die Stadt sperrt am Abend die Brücke und will sie abreißen.",
        "Die Stadt sperrt am Abend die Brücke.",
        "Die Stadt sperrt die Brücke und die Straße.",
    ),
    Rule(
        "second verb group",
        second_verb_group,
        "Die Stadt hat die Brücke gesperrt und den Verkehr über die Nachbarorte umgeleitet.",
        "Die Stadt hat die Brücke gesperrt.",
        "Die Stadt hat nicht nur die Brücke gesperrt und den Verkehr über die Nachbarorte umgeleitet.",
    ),
)
"""Deletions at the end; the first may be made more than once."""


STYLE_RULES = (
    Rule(
        "leading article",
        leading_article,
        "Die Stadt sperrt zwei Brücken.",
        "Stadt sperrt zwei Brücken.",
        "Die Stadt sperrt die Brücke.",
    ),
    Rule(
        "indefinite article",
        indefinite_article,
        "Gericht stoppt einen eifrigen Spender.",
        "Gericht stoppt eifrigen Spender.",
        "Der Prozess dauert ein Jahr.",
    ),
    Rule(
        "all articles",
        all_articles,
        "Das Gericht hat die Klage der Stadt abgewiesen.",
        "Gericht hat Klage der Stadt abgewiesen.",
        "Das Gericht hat das neue Gesetz gekippt.",
    ),
)
"""Telegram style: only for points in a list."""


DETAIL_RULES = (
    Rule(
        "doublet",
        doublets,
        "Die Bürgerinnen und Bürger haben den Plan abgelehnt.",
        "Die Bürger haben den Plan abgelehnt.",
        "Die Bürgerinnen und Vereine haben den Plan abgelehnt.",
    ),
    Rule(
        "also",
        _also,
        "Der Rat hat auch den Haushalt beschlossen.",
        "Der Rat hat den Haushalt beschlossen.",
        "Der Rat hat nicht nur den Haushalt beschlossen, sondern auch die Satzung.",
    ),
    Rule(
        "modifier",
        modifiers,
        "Die Stadt hat den Plan heftig kritisiert.",
        "Die Stadt hat den Plan kritisiert.",
        "Die Stadt muss den Plan möglichst rasch ändern.",
    ),
    Rule(
        "second place",
        second_place,
        "Bei einem Brand in einer Halle in der Stadt Kiel wurden zwei Männer verletzt.",
        "Bei einem Brand in einer Halle wurden zwei Männer verletzt.",
        "Bei einem Brand wurden in einer Halle in Kiel zwei Männer verletzt.",
    ),
    Rule(
        "circumstance",
        circumstances,
        "Der Rat verurteilte in der Sitzung den Angriff.",
        "Der Rat verurteilte den Angriff.",
        "Die Behörde warnte vor dem Sturm.",
    ),
)
"""Details: they go only while a point is longer than wanted, the smaller loss first."""


def shortened(
    clause: Clause,
    allowed: Callable[[Clause, Cut], bool],
    weight: Callable[[str], float],
    names: Callable[[Clause], list[Cut]] | None = None,
) -> Iterator[Clause]:
    """The clause without insertions and trailing clauses, and its shorter forms, each shorter than the one before.

    ``allowed`` may forbid single cuts. Details go only while there are more than ``WANTED_WORDS``, those first whose
    stems have the least ``weight``.
    ``names`` finds what stands before a family name.
    """
    for rule in (*INNER_RULES, *TAIL_RULES[:1] * 3):
        cuts = [cut for cut in rule.find(clause) if allowed(clause, cut)]
        clause = clause.without(cuts) if cuts else clause
    yield clause
    for rule in (*TAIL_RULES[1:], *TAIL_RULES[:1]):
        cuts = [cut for cut in rule.find(clause) if allowed(clause, cut)]
        if cuts:
            clause = clause.without(cuts)
            yield clause
    finders = [*([names] if names else []), *(rule.find for rule in DETAIL_RULES)]
    while clause.number_of_words() > WANTED_WORDS:
        cut = _next_cut(clause, finders, allowed, weight)
        if cut is None:
            return
        clause = clause.without([cut])
        yield clause


def _next_cut(
    clause: Clause,
    finders: Sequence[Callable[[Clause], list[Cut]]],
    allowed: Callable[[Clause, Cut], bool],
    weight: Callable[[str], float],
) -> Cut | None:
    for find in finders:
        for cut in _lightest(clause, find(clause), weight):
            if allowed(clause, cut):
                return cut
    return None


def _lightest(clause: Clause, cuts: list[Cut], weight: Callable[[str], float]) -> list[Cut]:
    """The cuts, those that cost the article least first, later ones before earlier ones."""
    if len(cuts) < 2:
        return cuts
    return sorted(cuts, key=lambda cut: (max(weight(stem(word)) for word in clause.words[cut[0] : cut[1]]), -cut[0]))


__all__ = [
    "DETAIL_RULES",
    "INNER_RULES",
    "STYLE_RULES",
    "TAIL_RULES",
    "WANTED_WORDS",
    "Rule",
    "shortened",
]

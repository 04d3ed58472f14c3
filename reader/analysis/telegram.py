"""Headline style: articles that a line may do without."""

from __future__ import annotations

import re
from functools import cache

from reader.analysis.deletion import ADJECTIVE, Clause, Cut, main_verb, words_of
from reader.analysis.morphology import verb_form
from reader.analysis.stems import lexicon, word_set

_FEMININE = tuple(
    "ung heit keit schaft ion tät wahl macht kraft stadt welt polizei frau zahl bank zeit arbeit ik ie ei".split()
)


def leading_article(clause: Clause) -> list[Cut]:
    """The article of the first noun, where no adjective must take over its ending."""
    if len(clause) < 4 or clause.lows[0] not in ("der", "die", "das", "ein", "eine") or clause.quoted[0]:
        return []
    return bare_subject(clause) if reads_as_headline(clause.without([(0, 1)])) else []


def bare_subject(clause: Clause) -> list[Cut]:
    """The article of the first noun; what follows may keep its own ("Stadtrat hat die Entscheidung vertagt")."""
    if len(clause) < 4 or clause.lows[0] not in ("der", "die", "das", "ein", "eine") or clause.quoted[0]:
        return []
    # "Ein Jahr zuvor hatte …", "Eine Stunde soll sechs Euro kosten": counted, not named.
    if clause.lows[1] in word_set("measure") | word_set("light") or tells_in_preterite(clause):
        return []
    noun = clause.words[1]
    if not noun.split("-")[-1][:1].isupper() or adjectival_noun().search(noun) or noun[-1] == "-":
        return []
    if clause.lows[0] in ("der", "ein") and clause.lows[1].endswith(("ige", "ene", "ete", "iger", "ener", "eter")):
        return []
    # A capital adjective of a name bends with its article: "Der Internationale Gerichtshof".
    if clause.lows[1].endswith(("e", "en", "er", "es")) and clause.words[2][0].isupper():
        return []
    # Before a feminine noun "der" is a dative that the line needs: "Der Auswahl liegt ein Modell zugrunde".
    if clause.lows[0] == "der" and clause.lows[1].endswith(_FEMININE):
        return []
    if clause.lows[2] in ("und", "oder", "sowie", ","):
        return []
    return [(0, 1)]


def reads_as_headline(clause: Clause) -> bool:
    """Whether the line goes without articles outside its prepositional phrases, and does not tell in the preterite.

    "Stadt sperrt Brücke nach der Flut", but not "Stadt sperrt die Brücke" or "Bau war bereits fertig".
    """
    if tells_in_preterite(clause):
        return False
    for n in range(len(clause) - 1):
        low, before = clause.lows[n], clause.lows[n - 1] if n else ""
        # "Vorbild gibt es": what stands first is no subject.
        if low in ("es", "man") and not clause.quoted[n]:
            return False
        if clause.quoted[n] or low not in _ARTICLES or not clause.words[n + 1][0].isalnum():
            continue
        is_relative = before == "," and clause.words[n + 1].islower()
        if is_relative or before in word_set("prepositions") | {"als"}:
            continue
        # A genitive leans on its noun: "Chef der Bank".
        if low in ("der", "des", "eines", "einer") and n and clause.words[n - 1][0].isupper():
            continue
        return False
    return True


def tells_in_preterite(clause: Clause) -> bool:
    """Whether the main verb stands in the preterite, or none is found."""
    verb = main_verb(clause)
    return not verb or clause.lows[verb] in word_set("past") or bool(_WEAK_PRETERITE.search(clause.lows[verb]))


_ARTICLES = frozenset("der die das den dem des ein eine einen einem einer eines".split())
_WEAK_PRETERITE = re.compile(r"[a-zäöüß]{2,}te(?:n)?$")


def indefinite_article(clause: Clause) -> list[Cut]:
    """ "ein", "eine", "einen" before a noun, with or without adjective: headlines leave them out."""
    cuts: list[Cut] = []
    closed = word_set("function") | word_set("opening") | word_set("prepositions")
    if clause.lows[0] in closed or not clause.words[0][0].isupper() or verb_form(clause.lows[0]):
        bare = clause.lows[0] in ("ein", "eine") and _is_bare_start(clause)
        return [(0, 1)] * (bare and reads_as_headline(clause.without([(0, 1)])))
    verb = main_verb(clause)
    # Beside a definite subject or a verb at the end the line would read as a sentence with a word missing.
    if not verb or clause.lows[verb] in word_set("bracket") or clause.lows[verb + 1 : verb + 2] in (["der"], ["die"]):
        return cuts
    # "zieht ein Blatt hervor", "ist ein Erfolg": verb and noun are told together.
    last = next((low for low in reversed(clause.lows) if low[0].isalnum()), "")
    if last in word_set("separated") or clause.lows[verb] in word_set("copula"):
        return cuts
    for n in range(len(clause) - 1):
        if clause.words[n] not in ("ein", "eine", "einen", "Ein", "Eine", "Einen") or clause.quoted[n]:
            continue
        noun = n + 1
        while noun < len(clause) - 1 and noun < n + 4 and ADJECTIVE.fullmatch(clause.lows[noun]):
            if clause.words[noun][0].isupper() or clause.lows[noun] in word_set("function"):
                break
            noun += 1
        word = clause.words[noun]
        if not word[0].isupper() or clause.lows[noun] in word_set("measure") | word_set("light"):
            continue
        if n and (n != verb + 1 and clause.lows[n - 1] not in word_set("prepositions")):
            continue
        if n and clause.lows[n - 1] in word_set("before_one"):
            continue
        # Adjectives used as nouns take over the ending: "ein Abgeordneter" is whole, "einen Abgeordneten" is not.
        if noun == n + 1 and clause.lows[n] == "einen" and adjectival_noun().search(word):
            continue
        cuts.append((n, n + 1))
    return cuts if reads_as_headline(clause.without(cuts)) else []


def all_articles(clause: Clause) -> list[Cut]:
    """Every article of the main clause outside its prepositional phrases and genitives, or none: a line of one style.

    Only where the words behind it keep their endings ("die neue Brücke" -> "neue Brücke", but "das neue Bad" stays).
    """
    verb = main_verb(clause)
    if not verb or tells_in_preterite(clause) or clause.lows[verb] in word_set("copula") - _PASSIVES:
        return []
    if clause.lows[verb] in word_set("subjunctive") | _OBJECT_FIRST:
        return []
    if clause.lows[0] in word_set("pronoun") | word_set("opening") | {"es", "man"}:
        return []
    # "Den Vorstand freut, dass …": without its article the object reads as the subject.
    if clause.lows[0] in ("den", "dem", "des"):
        return []
    # "Am Donnerstag will Behörde …": behind its verb the subject keeps its article.
    if clause.lows[0] in word_set("prepositions") | words_of("adjunct", "contracted"):
        return []
    # "Acht Jahre nach der Wahl ermittelt Justiz …"
    if {"nach", "vor", "seit"} & set(clause.lows[1:3]):
        return []
    end = next((n for n, word in enumerate(clause.words) if word in ",;:–—("), len(clause))
    cuts: list[Cut] = []
    for n in range(end - 1):
        low, before = clause.lows[n], clause.lows[n - 1] if n else ""
        if low in ("es", "man", "sich") and n < verb:
            return []
        if low not in _ARTICLES or clause.quoted[n] or before in word_set("prepositions") | {"als", "wie"}:
            continue
        # A genitive leans on its noun: "Chef der Bank".
        if low in ("der", "des", "eines", "einer") and n and clause.words[n - 1][0].isupper():
            continue
        if not _goes_bare(clause, n, end, first=n == 0):
            return []
        cuts.append((n, n + 1))
    return cuts


_OBJECT_FIRST = frozenset("ergab ergaben ergibt ergeben ergebe".split())
"""Their subject often stands behind them: "Das Ergebnis ergab eine Umfrage"."""
_PASSIVES = frozenset("wird werden wurde wurden ist sind".split())


def _goes_bare(clause: Clause, place: int, end: int, *, first: bool) -> bool:
    """Whether the noun phrase stands without its article: the adjective's ending fits, the noun is no measure."""
    low = clause.lows[place]
    if low not in ("die", "das", "den", "ein", "eine", "einen") and not (first and low == "der"):
        return False
    noun = place + 1
    while noun < end and clause.words[noun][0].islower():
        attribute = clause.lows[noun]
        if not ADJECTIVE.fullmatch(attribute) or attribute in word_set("function"):
            return False
        fits = (
            attribute.endswith("e")
            if low in ("die", "eine")
            else attribute.endswith("en")
            if low in ("den", "einen")
            else attribute.endswith(("er", "es"))
            if low == "ein"
            else False
        )
        if not fits:
            return False
        noun += 1
    if noun < end and clause.words[noun][0].isdigit() and clause.words[noun + 1 : noun + 2] == ["."]:
        noun += 2
    if noun >= end or not clause.words[noun][0].isupper():
        return False
    word, thing = clause.words[noun], clause.lows[noun]
    if thing in word_set("measure") | word_set("light") or adjectival_noun().search(word) or word[-1] == "-":
        return False
    # "die Vereinigten Staaten": a capital adjective of a name bends with its article.
    if thing.endswith(("e", "en", "er", "es")) and noun + 1 < end and clause.words[noun + 1][0].isupper():
        return False
    # "dankten den Verbänden": a dative plural needs its article.
    if low == "den" and noun == place + 1 and thing.endswith("n"):
        return False
    if first and low == "der" and thing.endswith(_FEMININE):
        return False
    if low in ("ein", "eine", "einen") and place and clause.lows[place - 1] in word_set("before_one"):
        return False
    return clause.lows[noun + 1 : noun + 2] not in (["und"], ["oder"], ["sowie"])


def _is_bare_start(clause: Clause) -> bool:
    """Whether the sentence begins with "ein" or "eine" before a noun, an adjective between them or not."""
    here = 1
    while here < min(4, len(clause) - 1) and clause.words[here][0].islower() and ADJECTIVE.fullmatch(clause.lows[here]):
        here += 1
    joined = here + 1 < len(clause) and clause.lows[here + 1] in ("und", "oder", "sowie", ",")
    return clause.words[here][0].isupper() and clause.lows[here] not in word_set("measure") and not joined


@cache
def adjectival_noun() -> re.Pattern[str]:
    """Nouns that bend as adjectives do ("der Abgeordnete")."""
    return re.compile(lexicon()["words"]["adjectival_noun"])


__all__ = ["adjectival_noun", "all_articles", "indefinite_article", "leading_article"]

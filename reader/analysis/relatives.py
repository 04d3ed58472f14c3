"""Relative clauses: where one begins, whether it is one, and whether its noun can do without it."""

from __future__ import annotations

import re

from reader.analysis.deletion import ADJECTIVE, Clause, is_finite, is_surely_finite, words_of
from reader.analysis.morphology import PARTICIPLE, verb_form
from reader.analysis.stems import word_set

NOUN_PHRASE = frozenset(
    "der die das ein eine einer eines einem einen sein seine ihr ihre deren dessen den dem des langjähriger "
    "langjährige ehemals früher".split()
)
"""Words that open a noun phrase."""
_SUPERLATIVE = re.compile(r"größte[nrs]?|[a-zäöüß]{3,}ste[nrs]?")
_SUBORDINATORS = frozenset("bis seit während ohne statt".split())
"""Prepositions that open a clause as well: "bis der Winter kommt" is no relative clause."""
_ARTICLES = frozenset(["der", "die", "das", "den", "dem", "des", "denen"])
_HAPPENED = frozenset("wurde wurden ist sind hat haben".split())
_LIMITS = frozenset("nicht kein keine keinen nur noch bisher bereits".split())
_COUNT = re.compile(r"(?:zahl|anteil|menge|mehrheit|teil|gruppe|liste|hälfte|drittel|viertel|summe|reihe)$")


def is_verb_final(clause: Clause, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` end in a finite verb, as a subordinate clause does."""
    last = end - 1
    while last > start and not clause.words[last][0].isalnum():
        last -= 1
    return last > start and clause.words[last][0].islower() and is_finite(clause.lows[last])


def relative_start(clause: Clause, start: int) -> int:
    """Index behind the relative pronoun at ``start`` (with its preposition), or 0."""
    relative = word_set("relative")
    here = start
    if here < len(clause) and clause.lows[here] in word_set("prepositions") - _SUBORDINATORS:
        here += 1
        if here >= len(clause) or clause.lows[here] not in relative:
            return 0
    if here >= len(clause) or not clause.words[here][0].islower() or clause.lows[here] not in relative:
        return 0
    return here + 1


def is_relative(clause: Clause, start: int, end: int) -> bool:
    """Whether ``start`` to ``end`` is a relative clause and no V2 clause ("…, die Lage habe sich gebessert")."""
    here = relative_start(clause, start)
    if not here or here >= end or not is_verb_final(clause, here - 1, end):
        return False
    # "am Freitag, den 14. März": a date.
    if clause.words[here][0].isdigit() and (clause.words[here].endswith(".") or clause.words[here + 1] == "."):
        return False
    pronoun = clause.lows[here - 1]
    if pronoun in ("deren", "dessen") or len(pronoun) > 3:
        return True
    following = here
    while following < end - 1 and ADJECTIVE.fullmatch(clause.words[following]):
        if clause.lows[following] in word_set("function") or is_surely_finite(clause.lows[following]):
            break
        following += 1
    return not clause.words[following][0].isupper()


def is_restricted(clause: Clause, comma: int, end: int | None = None) -> bool:
    """Whether the noun before the comma needs its relative clause to say which one is meant.

    ``end`` is the comma that closes the clause; None where it closes the sentence.
    """
    low = comma - 1
    right = next((n for n in range(comma + 1, len(clause)) if clause.words[n] == ","), len(clause))
    # "die Rückkehrer, die nicht aus Risikogebieten kommen": what is denied or limited tells them apart.
    if _LIMITS & set(clause.lows[comma:right]):
        return True
    # "zieht ein Blatt hervor, das …": the noun stands before the end of its verb.
    if clause.lows[low] in word_set("restrictive"):
        return True
    while low > max(1, comma - 3) and clause.words[low][0].islower():
        low -= 1
    window = clause.lows[max(0, low - 5) : low + 1]
    is_event = _tells_of_an_event(clause, comma, len(clause) if end is None else end)
    if is_event and window[-2:-1] and window[-2] in ("einer", "eines"):
        del window[-2]
    if clause.lows[low] in word_set("restrictive") or any(
        word in word_set("restrictive") - _ARTICLES for word in window
    ):
        return True
    is_one = any(word in ("ein", "eine", "einen", "einem", "einer") for word in window)
    if clause.words[low][0].isupper() and is_one and not is_event:
        return True
    # "die Zahl der Fälle, die …", "Menschen, die …": told apart by what follows alone.
    counted = low > 1 and clause.lows[low - 1] in ("der", "von") and bool(_COUNT.search(clause.lows[low - 2]))
    # "Zu den Fachleuten, die das sagen, gehört Brandt"
    counted = counted or clause.lows[:2] == ["zu", "den"]
    if counted or clause.lows[low] in ("menschen", "leute", "leuten", "personen"):
        return True
    # "früher als der Turm, der auf dem Gelände steht"
    if {"als", "wie"} & set(window):
        return True
    # "bei den Maßnahmen, die noch kommen könnten": several, told apart by what is said of them.
    governed = low > 1 and clause.lows[low - 1] == "den" and clause.lows[low - 2] in word_set("prepositions")
    if governed and _is_of_several(clause, comma):
        return True
    # "Fünf Berichte, die auf einer Meldung beruhen, sind eine Quelle": so many of which kind?
    if low and (clause.words[low - 1][0].isdigit() or clause.lows[low - 1] in word_set("counting")):
        return True
    # "enthielten Stoffe, die erst später hergestellt wurden": a bare plural is told apart by its clause.
    pronouns = clause.lows[comma + 1 : comma + 3]
    dated = low > 0 and clause.lows[low - 1] in words_of("reference", "times") | words_of("reference", "counted")
    # "Selbst Kinder, die …"
    opens = low == 1 and clause.lows[0] in word_set("function")
    is_bare = clause.words[low][0].isupper() and (low == 0 or dated or opens or clause.words[low - 1][0].islower())
    if (
        is_bare
        and any(word in ("die", "denen", "deren", "welche", "welchen") for word in pronouns)
        and clause.lows[low].endswith(("e", "en", "er", "n", "s"))
        and (low == 0 or dated or is_finite(clause.lows[low - 1]) or not _has_determiner(clause, low))
        and clause.lows[low - 1] not in NOUN_PHRASE
    ):
        return True
    # "der größte Tausch, den die Stadt gesehen hat": the clause says among what.
    if any(_SUPERLATIVE.fullmatch(word) and word not in word_set("no_verb") for word in window):
        return True
    main = clause.lows[:comma]
    if "geworden" in main:
        return True
    if any(word in ("nicht", "kein", "keine", "keinen", "nur", "niemand") for word in main):
        return True
    return any(word in word_set("copula") for word in main) and not any(
        word.startswith(("ge", "ver", "be", "er", "zer", "ent")) and word.endswith(("t", "en"))
        for word in (*main, *(clause.lows[end:] if end is not None else ()))
    )


def _tells_of_an_event(clause: Clause, left: int, right: int) -> bool:
    """Whether the main clause tells what happened: then "ein Mann, der …" is somebody, and no kind of people."""
    main = [low for n, low in enumerate(clause.lows) if not left <= n <= right and low[0].isalnum()]
    return bool(_HAPPENED & set(main)) and bool(verb_form(main[-1]) & PARTICIPLE)


def _has_determiner(clause: Clause, noun: int) -> bool:
    """Whether an article or the like stands before the adjectives of the noun ("die neuen Bäder")."""
    here = noun - 1
    while here > 0 and ADJECTIVE.fullmatch(clause.lows[here]) and clause.lows[here] not in NOUN_PHRASE:
        here -= 1
    return here < noun - 1 and (clause.lows[here] in NOUN_PHRASE or here == 0)


def _is_of_several(clause: Clause, comma: int) -> bool:
    """Whether the relative clause behind the comma has a plural verb with its pronoun as subject or object."""
    right = next((n for n in range(comma + 1, len(clause)) if clause.words[n] == ","), len(clause))
    last = clause.lows[right - 1] if right > comma + 2 else ""
    return clause.lows[comma + 1] in ("die", "denen", "deren") and last.endswith("n") and is_finite(last)


__all__ = ["NOUN_PHRASE", "is_relative", "is_restricted", "is_verb_final", "relative_start"]

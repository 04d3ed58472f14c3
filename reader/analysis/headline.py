"""The headline form of a passive or a perfect with "sein": "Vier Spieler mit Sperren belegt".

The auxiliary goes, the participle stays, and so does the order of the words: "In Leipzig wurden die Gleise gesperrt" ->
"In Leipzig Gleise gesperrt". An opening that names only the occasion goes with the auxiliary: "Bei dem Einsatz wurden
zwei Männer verletzt" -> "Zwei Männer verletzt"; a place, a year or a limit stays.
"""

from __future__ import annotations

from reader.analysis import morphology
from reader.analysis.adjuncts import phrase_end
from reader.analysis.deletion import ADJECTIVE, Clause, Cut, is_surely_finite, words_of
from reader.analysis.morphology import verb_form
from reader.analysis.stems import word_set
from reader.analysis.telegram import adjectival_noun

_STATES = frozenset(["ist", "sind"])
_EVENTS = frozenset(["wurde", "wurden"])
_OPENERS = frozenset("in im am an auf bei beim nach".split())
_OCCASIONS = frozenset("am bei beim nach".split())
_ARTICLES = frozenset("der die das dem den des ein eine einen einem einer eines".split())
_NOT_NOMINATIVE = frozenset("es man sich dem den des einem einen einer zu zum zur kein keine".split())
_LEAST_LEFT = 3


def participle_lines(clause: Clause) -> list[Clause]:
    """The clause without its auxiliary, the shorter form last; none where it might read badly or say something else."""
    end = len(clause)
    if end < 4 or any(word in ",:;–—()?!" for word in clause.words):
        return []
    verb = next((n for n in range(1, end) if _is_main(clause, n)), 0)
    if not verb or clause.quoted[verb] or clause.lows[verb] not in _STATES | _EVENTS:
        return []
    if any(_is_main(clause, n) and not _is_participle(clause.lows[n]) for n in range(verb + 1, end)):
        return []
    has_worden = clause.lows[end - 1] == "worden"
    last = end - 2 if has_worden else end - 1
    # "wurde mit den Worten zitiert: …" tells nothing without what follows.
    if clause.lows[last] in ("gewesen", "geblieben", "geworden", "zitiert", "genannt", "erwähnt"):
        return []
    if last <= verb + 1 or not clause.words[last].islower() or not _is_participle(clause.lows[last]):
        return []
    # "weit von dem entfernt, woran …": what it points at is gone.
    if clause.lows[last - 1] in _ARTICLES:
        return []
    tail: list[Cut] = [(end - 1, end)] if has_worden else []
    if _is_opening(clause, verb):
        if not _is_subject(clause, verb + 1, last):
            return []
        found = []
        if clause.lows[0] in _OPENERS:
            start = verb + 1 + _bare(clause, verb + 1)
            if start > verb:
                found.append(clause.without([(verb, start), *tail]))
        if (clause.lows[verb] not in _STATES or has_worden) and _may_go(clause, verb):
            start = verb + 1 + _bare(clause, verb + 1)
            if start > verb:
                found.append(clause.without([(0, start), *tail]))
    else:
        start = _bare(clause, 0)
        # "Der Frau wurde der Pass entzogen": a dative stands first.
        dative = clause.lows[verb + 1] in ("der", "die", "das", "ein", "eine", "es", "sich")
        if (
            dative
            or start < 0
            or clause.lows[0] in words_of("headline", "no_subject")
            or not _is_governed(clause, verb + 1, last)
            or not _is_subject(clause, 0, verb)
        ):
            return []
        found = [clause.without([(0, start), (verb, verb + 1), *tail])]
    return [line for line in found if line.number_of_words() >= _LEAST_LEFT]


def _is_governed(clause: Clause, start: int, end: int) -> bool:
    """Whether no noun phrase between the verbs stands free: "ist seiner Frau gewidmet" needs its verb to be read."""
    first = next((n for n in range(start, end) if clause.words[n][0].isupper()), end)
    if first == end:
        return True
    return any(low in word_set("prepositions") | words_of("adjunct", "contracted") for low in clause.lows[start:first])


def verb_first_lines(clause: Clause) -> list[Clause]:
    """What is left of a passive behind its frame: "wurden zwei Männer verletzt" -> "Zwei Männer verletzt"."""
    end = len(clause)
    if end < 4 or any(word in ",:;–—()?!" for word in clause.words) or clause.quoted[0]:
        return []
    has_worden = clause.lows[end - 1] == "worden"
    last = end - 2 if has_worden else end - 1
    passive = clause.lows[0] in _EVENTS or (has_worden and clause.lows[0] in _STATES)
    if not passive or not clause.words[last].islower() or not _is_participle(clause.lows[last]):
        return []
    if any(_is_main(clause, n) and not _is_participle(clause.lows[n]) for n in range(1, end)):
        return []
    start = 1
    while clause.lows[start] in _OPENERS:
        start = phrase_end(clause, start)
        if not start or start >= last:
            return []
    bare = _bare(clause, start)
    if bare < 0 or not _is_subject(clause, start, last) or clause.lows[last - 1] in _ARTICLES:
        return []
    if start > 1 and clause.lows[1] not in _OCCASIONS:
        # A place stays, before its subject as the article has it.
        return [clause.without([(0, 1), (start, start + bare), *([(end - 1, end)] if has_worden else [])])]
    return [clause.without([(0, start + bare), *([(end - 1, end)] if has_worden else [])])]


def _is_main(clause: Clause, n: int) -> bool:
    return clause.words[n].islower() and is_surely_finite(clause.lows[n])


def _is_participle(low: str) -> bool:
    return bool(verb_form(low) & morphology.PARTICIPLE) and low not in word_set("no_verb")


def _is_opening(clause: Clause, verb: int) -> bool:
    """Whether what stands before the verb is one circumstance and nothing else."""
    if verb == 1:
        return clause.lows[0] in words_of("headline", "adverbs")
    if clause.lows[0] not in _OPENERS or words_of("headline", "limits") & set(clause.lows[:verb]):
        return False
    here = 0
    while here < verb and clause.lows[here] in _OPENERS:
        here = phrase_end(clause, here)
        if not here:
            return False
    return here == verb


def _may_go(clause: Clause, verb: int) -> bool:
    """Whether the opening names an occasion or a day of the news, no place, no year and no limit."""
    if verb == 1:
        return True
    opening = clause.lows[:verb]
    past = any(char.isdigit() for low in opening for char in low) or words_of("headline", "long_ago") & set(opening)
    return opening[0] in _OCCASIONS and not past and "in" not in opening and "im" not in opening


def _is_subject(clause: Clause, start: int, end: int) -> bool:
    """Whether a noun phrase in the nominative may begin at ``start``."""
    low = clause.lows[start]
    if low in word_set("pronoun") | word_set("prepositions") | word_set("opening") | _NOT_NOMINATIVE:
        return False
    here = start + (low in ("der", "die", "das", "ein", "eine", "mehrere", "zahlreiche", "viele"))
    while here < end and not clause.words[here][0].isupper():
        known = clause.lows[here][0].isdigit() or clause.lows[here] in word_set("quantity")
        if not known and not ADJECTIVE.fullmatch(clause.lows[here]):
            return False
        here += 1
    return here < end


def _bare(clause: Clause, start: int) -> int:
    """1 where the article at ``start`` may go, 0 where there is none, -1 where an adjective would need its ending."""
    low, following = clause.lows[start], clause.words[start + 1]
    if low in ("der", "die", "das"):
        joined = clause.lows[start + 2] in ("und", "oder", "sowie")
        # "das EU-weite Ziel"
        if following.split("-")[-1][:1].islower():
            return -1
        return 1 if following[0].isupper() and not adjectival_noun().search(following) and not joined else -1
    if low in ("ein", "eine"):
        return 1 if following.lower() not in word_set("measure") else -1
    return 0


__all__ = ["participle_lines", "verb_first_lines"]

"""Details that a main clause may lose: circumstances, attributes, genitives and adverbs, never a verb's complement.

A prepositional phrase counts as a circumstance when the clause keeps an object or a verb at its end without it, when
its preposition is one of place, time or cause, and when neither a negation nor a superlative ties the claim to it.
"""

from __future__ import annotations

import re
from functools import cache

from reader.analysis import morphology
from reader.analysis.deletion import ADJECTIVE, Clause, Cut, is_finite, is_surely_finite, main_verb, words_of
from reader.analysis.stems import lexicon, word_set

_PARTICIPLE = re.compile(r"[a-zäöüß]*(?:ge[a-zäöüß]+|[a-zäöüß]+)(?:t|en|nd)(?:e|en|er|es|em)")

_SUPERLATIVE = re.compile(r"[a-zäöüß]{3,}(?:ste|sten|ster|stes|stem)")
_DATIVE = frozenset("dem der einem einer den diesem dieser seinem seiner ihrem ihrer mehreren beiden zwei drei".split())


def phrase_end(clause: Clause, start: int) -> int:
    """Index behind the noun phrase that the preposition at ``start`` governs, or 0."""
    here = start + 1
    size = len(clause)
    limit = min(size, start + 9)
    while here < limit and not clause.words[here][0].isupper():
        low = clause.lows[here]
        is_part = low in _DATIVE or low[0].isdigit() or low in word_set("quantity") or ADJECTIVE.fullmatch(low)
        if not is_part or clause.quoted[here]:
            return 0
        here += 1
    if here >= limit or clause.quoted[here]:
        return 0
    while (
        here < size and (clause.words[here][0].isupper() or clause.words[here][0].isdigit()) and not clause.quoted[here]
    ):
        here += 1
    # One genitive belongs to it: "in der Nähe des Tatorts".
    if here < size - 1 and clause.lows[here] in ("des", "der", "eines", "einer"):
        after = here + 1
        while after < size and ADJECTIVE.fullmatch(clause.lows[after]) and clause.words[after][0].islower():
            after += 1
        if after < size and clause.words[after][0].isupper():
            while after < size and clause.words[after][0].isupper():
                after += 1
            here = after
    return here


def _is_circumstance(clause: Clause, start: int, end: int) -> bool:
    """Whether preposition and article at ``start`` tell a place, a time or an occasion."""
    low, second = clause.lows[start], clause.lows[start + 1]
    noun = next((n for n in range(start + 1, end) if clause.words[n][0].isupper()), start)
    if clause.lows[noun] in words_of("adjunct", "bound"):
        return False
    if low in ("im", "beim", "während", "angesichts", "aufgrund", "infolge", "anlässlich", "wegen"):
        return True
    if low == "in" and second == "den":
        return clause.lows[noun].endswith(("n", "s"))
    if low == "in" and clause.words[start + 1][0].isupper():
        return clause.lows[start + 1] in words_of("adjunct", "places")
    if low == "in" or low == "auf":
        return second in (
            "dem",
            "der",
            "einem",
            "einer",
            "diesem",
            "dieser",
            "seinem",
            "seiner",
            "ihrem",
            "ihrer",
            "mehreren",
        )
    if low in ("nach", "vor", "bei"):
        return second in _DATIVE
    return False


def _is_open_to_loss(clause: Clause, verb: int) -> bool:
    """Whether no word makes the claim true only with all its circumstances."""
    for n, low in enumerate(clause.lows):
        if low in words_of("adjunct", "binding") or (
            _SUPERLATIVE.fullmatch(low) and low not in word_set("no_verb") and n != verb
        ):
            return False
    return True


def circumstances(clause: Clause) -> list[Cut]:
    """The phrases that may go."""
    end = len(clause)
    while end and not clause.words[end - 1][0].isalnum():
        end -= 1
    verb = main_verb(clause, 1, end)
    if not verb or not _is_open_to_loss(clause, verb) or any(word in ",:;–—" for word in clause.words[:end]):
        return []
    phrases: list[Cut] = []
    openers = word_set("prepositions") | words_of("adjunct", "contracted")
    inside = [False] * end
    n = verb + 1
    while n < end:
        reached = phrase_end(clause, n) if clause.lows[n] in openers else 0
        if reached:
            phrases.append((n, reached))
            inside[n:reached] = [True] * (reached - n)
            n = reached
        else:
            n += 1
    last = clause.lows[end - 1]
    has_bracket = bool(morphology.verb_form(last) & (morphology.PARTICIPLE | morphology.INFINITIVE)) and end - 1 > verb
    nouns = 0
    for n in range(verb + 1, end):
        opens = clause.words[n][0].isupper() and not clause.words[n - 1][0].isupper()
        nouns += opens and not inside[n] and not (n - 1 > verb and inside[n - 1])
    needed = 1 if _subject_first(clause, verb) else 2
    if not has_bracket and (nouns < needed or clause.lows[verb] in word_set("copula")):
        return []
    return [
        (start, stop)
        for start, stop in phrases
        if stop <= end
        and _is_circumstance(clause, start, stop)
        and clause.lows[start - 1] not in words_of("adjunct", "leaning")
        and not clause.lows[start - 1][0].isdigit()
        and (stop == end or clause.lows[stop] not in openers | words_of("adjunct", "joining"))
        and not (stop < end and clause.words[stop][0] in '„»"(')
    ]


def _subject_first(clause: Clause, verb: int) -> bool:
    """Whether the first field looks like a subject: no preposition or adverb opens it."""
    low = clause.lows[0]
    return low not in word_set("prepositions") | words_of("adjunct", "contracted") and (
        clause.words[verb - 1][0].isupper() or clause.words[verb - 1][0].isdigit()
    )


def modifiers(clause: Clause) -> list[Cut]:
    """Single words that may go: adverbs of manner and time, adjectives that only colour."""
    cuts: list[Cut] = []
    size = len(clause)
    if any(low in words_of("modifier", "binding") for low in clause.lows):
        return cuts
    for n in range(1, size - 1):
        low = clause.lows[n]
        if clause.quoted[n] or not clause.words[n][0].islower():
            continue
        before, after = clause.lows[n - 1], clause.lows[n + 1]
        if low in words_of("modifier", "adverbs"):
            # In front of a number, a preposition or an adjective the adverb belongs to what follows.
            joined = (
                after[0].isdigit() or after in word_set("prepositions") or after in ("und", "oder", "als", "wie", ",")
            )
            alone = clause.words[n + 1][0].isupper() or is_surely_finite(after) or bool(morphology.verb_form(after))
            article = after in _AFTER_ADVERB
            if not joined and (alone or article) and before not in words_of("modifier", "degree"):
                cuts.append((n, n + 1))
        elif before in _ARTICLES and n + 2 < size and clause.words[n + 1][0].isupper():
            cuts += [(n, n + 1)] * bool(ADJECTIVE.fullmatch(low) and _colours(low))
    return cuts


_ARTICLES = frozenset(
    "der die das den dem des ein eine einen einem einer eines seine seinen ihre ihren ihrem seinem".split()
)
_AFTER_ADVERB = frozenset("der die das den dem ein eine einen seine seinen ihre ihren".split())
_DEFINITE = frozenset("der die das den dem des seine seinen ihre ihren ihrem seinem zwei zweier drei dreier".split())
_ENDING = re.compile(r"(?:e|en|er|es|em)$")


def _colours(low: str) -> bool:
    return _ENDING.sub("", low) in words_of("modifier", "adjectives")


def adjectives(clause: Clause) -> list[Cut]:
    """Adjectives behind a definite article, but for those that deny, date or tell apart."""
    if any(low in words_of("modifier", "binding") for low in clause.lows):
        return []
    cuts: list[Cut] = []
    for n in range(1, len(clause) - 1):
        low, before = clause.lows[n], clause.lows[n - 1]
        if clause.quoted[n] or not clause.words[n][0].islower() or not ADJECTIVE.fullmatch(low):
            continue
        if not clause.words[n + 1][0].isupper() or morphology.verb_form(low) & (
            morphology.FINITE | morphology.INFINITIVE
        ):
            continue
        if before not in _DEFINITE:
            continue
        if (
            _SUPERLATIVE.fullmatch(low)
            or low in word_set("function")
            or _ENDING.sub("", low) in words_of("modifier", "defining")
        ):
            continue
        cuts.append((n, n + 1))
    return cuts


def genitives(clause: Clause) -> list[Cut]:
    """Genitives behind any noun that means something without: "eine Klage [des Konzerns] gegen das Land"."""
    return nested_genitives(clause, anywhere=True)


def nested_genitives(clause: Clause, *, anywhere: bool = False) -> list[Cut]:
    """Genitives that hang on a genitive or on a noun behind a preposition: "wegen des Angriffs [der Truppen]"."""
    if any(low in words_of("modifier", "binding") for low in clause.lows):
        return []
    cuts: list[Cut] = []
    openers = word_set("prepositions") | words_of("adjunct", "contracted")
    # In the first field a genitive says when or under whom the claim holds.
    for n in range(max(3, main_verb(clause) + 1), len(clause) - 1):
        end = _genitive_end(clause, n)
        if not end or clause.lows[n - 1] in words_of("adjunct", "relational") or clause.lows[n - 1].endswith(_VERBAL):
            continue
        head = n - 1
        while head > 0 and clause.lows[head] not in _CASES:
            if not (clause.words[head][0].isupper() or ADJECTIVE.fullmatch(clause.lows[head])):
                break
            head -= 1
        # The head must itself be a genitive behind a noun, or stand behind a preposition.
        opener = clause.lows[head]
        is_genitive = opener in _GENITIVES and head > 0 and clause.words[head - 1][0].isupper()
        behind = clause.lows[head - 1] if head and opener in _CASES else opener
        if anywhere or is_genitive or behind in openers:
            cuts.append((n, end))
    return cuts


_GENITIVES = frozenset("des der eines einer".split())
_CASES = _GENITIVES | frozenset("dem den einem".split())
_VERBAL = ("ung", "ungen", "nahme", "gabe", "gang", "fahrt")
"""Nouns of verbs have their object in the genitive: "die Einrichtung eines Gartens"."""
_FEMININE = ("ung", "heit", "keit", "schaft", "ion", "tät", "ik", "ie", "ei", "en", "in", "ur", "anz", "enz")
"""Only behind these is "der" surely no nominative: "der Maulwurf" is none."""


def _genitive_end(clause: Clause, start: int) -> int:
    """Index behind the genitive that opens at ``start`` behind a noun, or 0."""
    low, size = clause.lows[start], len(clause)
    if low not in _GENITIVES or clause.quoted[start] or not clause.words[start - 1][0].isupper():
        return 0
    end = start + 1
    while end < size and clause.words[end][0].islower() and ADJECTIVE.fullmatch(clause.lows[end]):
        end += 1
    if end >= size or not clause.words[end][0].isupper() or clause.quoted[end]:
        return 0
    if low == "der" and end == start + 1 and not clause.lows[end].endswith(_FEMININE):
        return 0
    while end < size and clause.words[end][0].isupper():
        end += 1
    if end < size and (clause.lows[end] in words_of("adjunct", "joining") or clause.words[end] in '„»"('):
        return 0
    return end


def nested_phrases(clause: Clause) -> list[Cut]:
    """Prepositional phrases behind a noun that is itself inside one: "für die Debatte [über den Konsum]"."""
    end = len(clause)
    while end and not clause.words[end - 1][0].isalnum():
        end -= 1
    verb = main_verb(clause, 1, end)
    if not verb or not _is_open_to_loss(clause, verb) or clause.lows[end - 1].endswith("nd"):
        return []
    cuts: list[Cut] = []
    openers = word_set("prepositions") | words_of("adjunct", "contracted")
    previous = 0
    n = 0
    while n < end:
        reached = phrase_end(clause, n) if clause.lows[n] in openers else 0
        if not reached:
            n += 1
            continue
        noun = next((k for k in range(n + 1, reached) if clause.words[k][0].isupper()), n)
        free = reached == end or clause.lows[reached] not in openers | words_of("adjunct", "joining")
        quoted_next = reached < end and clause.words[reached] in '„»"('
        is_bound = quoted_next or clause.lows[noun] in words_of("adjunct", "bound")
        is_attribute = clause.lows[n] in words_of("adjunct", "attributive") and not is_bound
        if previous == n and free and is_attribute and n != verb + 1:
            cuts.append((n, reached))
        previous = n = reached
    return cuts


@cache
def _time() -> re.Pattern[str]:
    phrases = "|".join(f"(?:{phrase})" for phrase in lexicon()["time"]["phrases"])
    return re.compile(rf"(?<!\S)(?:{phrases})(?=[\s.!?]|$)".replace(" ", r"\s+"), re.IGNORECASE)


def time_phrase(clause: Clause) -> list[Cut]:
    """Bare phrases of time in the middle of a sentence about the past ("hat am Donnerstag beschlossen")."""
    if any(low in words_of("time", "future") for low in clause.lows):
        return []
    cuts: list[Cut] = []
    line = " ".join(clause.words)
    offsets: list[int] = []
    at = 0
    for word in clause.words:
        offsets.append(at)
        at += len(word) + 1
    for match in _time().finditer(line):
        start = offsets.index(match.start()) if match.start() in offsets else -1
        end = start + len(match[0].split())
        if start < 2 or end > len(clause) or any(clause.quoted[start:end]):
            continue
        if clause.lows[start - 1] in words_of("time", "keep_after") or clause.lows[start - 1][0].isdigit():
            continue
        if end < len(clause) and clause.lows[end] in words_of("time", "keep_before"):
            continue
        # Inside a subordinate clause the time may tell which one is meant.
        if "," in clause.words[:start]:
            continue
        # The first field must keep its one member: a verb or noun stands before the phrase.
        if not any(is_finite(low) for low in clause.lows[:start]):
            continue
        cuts.append((start, end))
    return cuts


def participial_attribute(clause: Clause) -> list[Cut]:
    """What stands between an article and a participle before its noun ("die am Vorabend vorgelegten Zahlen")."""
    cuts: list[Cut] = []
    # "eines der … betroffenen Länder": the attribute is what is said.
    if any(low in word_set("copula") for low in clause.lows):
        return cuts
    n = 0
    while n < len(clause) - 3:
        if clause.lows[n] in ("der", "die", "das", "den", "dem", "des") and not clause.quoted[n]:
            end = _attribute_end(clause, n + 1)
            if end:
                cuts.append((n + 1, end))
                n = end
        n += 1
    return cuts


def _attribute_end(clause: Clause, start: int) -> int:
    """Index behind the participle that closes an extended attribute opening at ``start``, or 0."""
    if clause.lows[start] not in word_set("attribute_opening"):
        return 0
    for n in range(start + 1, min(start + 9, len(clause) - 1)):
        low = clause.lows[n]
        if not clause.words[n][0].isalnum() or low in ("und", "oder", "nicht") or low in word_set("auxiliary"):
            return 0
        if _SUPERLATIVE.fullmatch(low):
            return 0
        if clause.words[n][0].islower() and _PARTICIPLE.fullmatch(low) and clause.words[n + 1][0].isupper():
            return n + 1
    return 0


__all__ = [
    "adjectives",
    "circumstances",
    "genitives",
    "modifiers",
    "nested_genitives",
    "nested_phrases",
    "participial_attribute",
    "phrase_end",
    "time_phrase",
]

"""Details that a main clause may lose: circumstances, times and adverbs, never a verb's complement.

A prepositional phrase counts as a circumstance when the clause keeps an object or a verb at its end without it, when
its preposition is one of place, time or cause, and when neither a negation nor a superlative ties the claim to it.
"""

from __future__ import annotations

import re
from functools import cache

from reader.analysis import morphology
from reader.analysis.deletion import ADJECTIVE, Clause, Cut, is_finite, is_surely_finite, main_verb, words_of
from reader.analysis.lexicon import noun_kind
from reader.analysis.stems import lexicon, word_set

_SUPERLATIVE = re.compile(r"[a-zäöüß]{3,}(?:ste|sten|ster|stes|stem)")
_DATIVE = frozenset("dem der einem einer den diesem dieser seinem seiner ihrem ihrer mehreren beiden zwei drei".split())


_GENITIVES = frozenset(
    "des der eines einer seiner seines ihrer ihres dieser dieses deren dessen aller beider mehrerer vieler".split()
)


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
    if here < size - 1 and clause.lows[here] in _GENITIVES:
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
    # "ist in den Niederlanden auf jedem Handy installiert": what holds there need not hold elsewhere; what happened
    # there has happened.
    if low in ("in", "im", "auf") and not _PAST & set(clause.lows) and not _is_past(clause):
        return False
    noun = next((n for n in range(start + 1, end) if clause.words[n][0].isupper()), start)
    if clause.lows[noun] in words_of("adjunct", "bound"):
        return False
    if _concerns(clause, low, noun):
        return False
    # "ermittelt wegen Mordes": of what somebody is accused.
    if low == "wegen" and any(_ACCUSES.search(word) for word in clause.lows):
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
    # "haben seit dem Vormittag demonstriert"
    if low == "seit":
        return second in ("dem", "der") and clause.lows[noun].endswith(tuple(words_of("reference", "times")))
    return False


_ACCUSES = re.compile(
    r"^(?:ermittel|verdächtig|verurteil|angeklag|klag|verklag|gesuch|festgenommen|verhafte|inhaftier|bestraf|angezeig)"
    r"|anklage$|anzeige$|strafe$|verfahren$|haft$|prozess$|ermittlungen$|verdacht$|klage$"
)


def _concerns(clause: Clause, low: str, noun: int) -> bool:
    """ "haben bei der Bank den Stecker gezogen": where somebody is named, the phrase says whom it concerns."""
    return low in ("bei", "beim") and (noun_kind(clause.words[noun]) is not None or clause.words[noun].isupper())


_PAST = frozenset("hat haben wurde wurden hatte hatten war waren".split())


def _is_past(clause: Clause) -> bool:
    """Whether the main verb is a preterite."""
    verb = main_verb(clause)
    return bool(verb) and (clause.lows[verb] in word_set("past") or bool(_PRETERITE.search(clause.lows[verb])))


_PRETERITE = re.compile(r"[a-zäöüß]{2,}te(?:n)?$")


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
        return _behind_verb(clause, verb, end, phrases)
    # "hat die Gruppe auf dem Radar", "stellt den Plan in den Raum": object and phrase make one expression.
    if not has_bracket and clause.lows[verb] in words_of("adjunct", "light_verbs"):
        return _behind_verb(clause, verb, end, phrases)
    found = _behind_verb(clause, verb, end, phrases)
    return found + [
        (start, stop)
        for start, stop in phrases
        if stop <= end
        and _is_circumstance(clause, start, stop)
        and clause.lows[start - 1] not in words_of("adjunct", "leaning")
        and not clause.lows[start - 1][0].isdigit()
        and not _is_rate(clause, start, stop)
        and not _dates_a_figure(clause, start, stop)
        and not _says_which(clause, start)
        and not (has_bracket and stop == end - 1 and _is_new(clause, start))
        and (stop == end or clause.lows[stop] not in words_of("adjunct", "joining"))
        and (stop == end or clause.lows[stop] not in openers or _stands_alone(clause, start, stop))
        and not (stop < end and clause.words[stop][0] in '„»«‚"(')
        and (start, stop) not in found
    ]


def second_place(clause: Clause) -> list[Cut]:
    """Where the place of an event lies: "Bei einem Brand in einer Halle in der Stadt Kiel wurden …"."""
    verb = main_verb(clause)
    if (
        not verb
        or clause.lows[verb] not in _PAST | {"ist", "sind"}
        or any(word in ",:;–—" for word in clause.words[:verb])
    ):
        return []
    openers = word_set("prepositions") | words_of("adjunct", "contracted")
    if clause.lows[0] not in openers or not _is_open_to_loss(clause, verb):
        return []
    here, phrases = 0, []
    while here < verb and clause.lows[here] in openers:
        reached = phrase_end(clause, here)
        if not reached or reached > verb:
            return []
        phrases.append((here, reached))
        here = reached
    if here != verb or len(phrases) < 2 or clause.lows[phrases[-1][0]] not in _LYING:
        return []
    return [phrases[-1]]


_LYING = frozenset("in im an am auf bei beim nahe".split())


def _dates_a_figure(clause: Clause, start: int, end: int) -> bool:
    """Whether the phrase names the year or month in which a figure held ("stieg im Mai auf 45 Prozent")."""
    counted = any(clause.words[n][0].isdigit() for n in range(len(clause)) if not start <= n < end)
    return counted and any(low in _PERIODS or _YEAR.fullmatch(low) for low in clause.lows[start:end])


_PERIODS = frozenset(
    "jahr jahres monat quartal halbjahr januar februar märz april mai juni juli august september oktober november "
    "dezember vorjahr vorjahres vormonat sommer herbst winter frühjahr".split()
)


def _stands_alone(clause: Clause, start: int, end: int) -> bool:
    """Whether the phrase is a mere place or time, so that the phrase behind it does not belong to it.

    "hat in Wien gegen das Gesetz gestimmt", but not "hat in der Debatte über das Gesetz geschwiegen".
    """
    noun = clause.lows[end - 1]
    is_place = end - start == 2 and clause.lows[start] == "in" and noun in words_of("adjunct", "places")
    return is_place or noun.endswith(tuple(words_of("reference", "times"))) or _YEAR.fullmatch(noun) is not None


_YEAR = re.compile(r"(?:19|20)\d\d")


def _says_which(clause: Clause, start: int) -> bool:
    """Whether the phrase stands behind a noun and may say which one is meant.

    Behind "die" ("die Schulen im Kreis Musterstadt") and behind a genitive ("die Synode der Kirche in Bayern").
    """
    if not clause.words[start - 1][0].isupper():
        return False
    if "die" in clause.lows[max(0, start - 3) : start - 1]:
        return True
    return any(
        clause.lows[n] in _GENITIVES and clause.words[n - 1][0].isupper() for n in range(max(1, start - 4), start - 1)
    )


def _is_new(clause: Clause, start: int) -> bool:
    """ "hat den Fall in einem Roman verarbeitet": right before the closing verb, something new belongs to the verb."""
    return clause.lows[start] in ("in", "auf", "an", "zu") and clause.lows[start + 1] in ("einem", "einer")


def _behind_verb(clause: Clause, verb: int, end: int, phrases: list[Cut]) -> list[Cut]:
    """A phrase of place or time between the verb and an object with article ("bringen in Brüssel das Paket …").

    A complement would stand behind the object.
    """
    if not _subject_first(clause, verb):
        return []
    for start, stop in phrases:
        if start != verb + 1 or stop >= end or clause.lows[start] not in _PLACES_AND_TIMES:
            continue
        noun = next((n for n in range(start + 1, stop) if clause.words[n][0].isupper()), start)
        if _concerns(clause, clause.lows[start], noun):
            continue
        if clause.lows[noun] in words_of("adjunct", "bound") or clause.lows[start + 1] in ("die", "das", "den"):
            continue
        here = stop + 1
        if clause.lows[stop] not in _OBJECT_ARTICLES:
            continue
        while here < end and ADJECTIVE.fullmatch(clause.lows[here]) and clause.words[here][0].islower():
            here += 1
        if here < end and (clause.words[here][0].isupper() or clause.words[here][0].isdigit()):
            return [(start, stop)]
    return []


_PLACES_AND_TIMES = frozenset("in im am an bei beim nach vor während auf".split())
_OBJECT_ARTICLES = frozenset("den das die einen eine ein seinen seine ihren ihre".split())


def _is_rate(clause: Clause, start: int, end: int) -> bool:
    """Whether the phrase says in what time so many come ("230 Arbeitstage im Jahr")."""
    counted = any(
        word[0].isdigit() or word in words_of("adjunct", "amounts") for word in clause.lows[start - 3 : start]
    )
    return counted and any(low in words_of("reference", "times") for low in clause.lows[start:end])


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
        # "ein Jahr zuvor", "drei Tage danach": the adverb says from when the time is counted.
        if low in _COUNTED_FROM and before in word_set("measure") | words_of("reference", "times") | _SPANS:
            continue
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
            # "die beliebte Ilse Brandt": without it the name has no article.
            is_name = clause.words[n + 2][0].isupper()
            cuts += [(n, n + 1)] * bool(not is_name and ADJECTIVE.fullmatch(low) and _colours(low))
    return cuts


def doublets(clause: Clause) -> list[Cut]:
    """One of two forms of a plural of persons, as headlines have it: "Bürgerinnen und Bürger"."""
    cuts: list[Cut] = []
    for n in range(len(clause) - 2):
        first, joint, second = clause.words[n], clause.lows[n + 1], clause.words[n + 2]
        if joint not in ("und", "oder") or any(clause.quoted[n : n + 3]):
            continue
        if _is_pair(first, second):
            cuts.append((n, n + 2))
        elif _is_pair(second, first):
            cuts.append((n + 1, n + 3))
    return cuts


def _is_pair(feminine: str, other: str) -> bool:
    root = feminine.removesuffix("innen")
    return root != feminine and len(root) > 3 and other[:1].isupper() and other.startswith(root[:-1])


_ARTICLES = frozenset(
    "der die das den dem des ein eine einen einem einer eines seine seinen ihre ihren ihrem seinem".split()
)
_COUNTED_FROM = frozenset("zuvor danach darauf davor später früher daraufhin".split())
_SPANS = frozenset("jahre jahren monate monaten wochen stunden minuten sekunden wenig kurz lange".split())
_AFTER_ADVERB = frozenset("der die das den dem ein eine einen seine seinen ihre ihren".split())
_ENDING = re.compile(r"(?:e|en|er|es|em)$")


def _colours(low: str) -> bool:
    return _ENDING.sub("", low) in words_of("modifier", "adjectives")


_NEGATIONS = frozenset("nicht nie niemals niemand niemanden nichts kein keine keinen keinem keiner keines".split())


@cache
def _time() -> re.Pattern[str]:
    phrases = "|".join(f"(?:{phrase})" for phrase in lexicon()["time"]["phrases"])
    return re.compile(rf"(?<!\S)(?:{phrases})(?=[\s.!?]|$)".replace(" ", r"\s+"), re.IGNORECASE)


def time_phrase(clause: Clause) -> list[Cut]:
    """Bare phrases of time in the middle of a sentence about the past ("hat am Donnerstag beschlossen")."""
    # "Ein Gespräch gab es am Dienstag nicht": at another time there may have been one.
    if any(low in words_of("time", "future") or low in _NEGATIONS for low in clause.lows):
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
        # "Bild am Sonntag", "Welt am Sonntag"
        if clause.lows[start] == "am" and clause.lows[start - 1] in ("bild", "welt", "blick", "heute", "krone"):
            continue
        if clause.lows[start - 1] in words_of("time", "keep_after") or clause.lows[start - 1][0].isdigit():
            continue
        if end < len(clause) and clause.lows[end] in words_of("time", "keep_before"):
            continue
        if _dates_a_figure(clause, start, end):
            continue
        # Inside a subordinate clause the time may tell which one is meant.
        if "," in clause.words[:start]:
            continue
        # The first field must keep its one member: a verb or noun stands before the phrase.
        if not any(is_finite(low) for low in clause.lows[:start]):
            continue
        cuts.append((start, end))
    return cuts


__all__ = ["circumstances", "doublets", "modifiers", "phrase_end", "second_place", "time_phrase"]

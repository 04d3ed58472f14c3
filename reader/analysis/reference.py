"""What a point may not point at: words inside it that lean on another sentence.

Judges the words of one point; ``fitness`` asks it.
"""

from __future__ import annotations

import re

from reader.analysis import morphology
from reader.analysis.deletion import ADJECTIVE, Clause, is_finite, is_surely_finite, words_of
from reader.analysis.openings import AGAINST, COUNTED_FROM, OTHER, POSSESSIVE
from reader.analysis.stems import word_set


def fault_of_reference(clause: Clause, spoken: bool, framed: bool) -> str | None:
    """The name of the word that points at nothing in the clause, or None; see ``fitness.fault`` for the flags."""
    first_person, pronouns = word_set("first_person"), word_set("pronoun")
    for n, low in enumerate(clause.lows):
        if low in first_person and not spoken:
            return "first person"
        if clause.words[n] in ("Sie", "Ihre", "Ihren", "Ihr", "Ihnen", "Ihrem", "Ihrer"):
            return "address"
        # "vom Sturmtief Ignatz und dessen Ausläufer": whose, stands right before it.
        joined = low == "dessen" and n > 1 and clause.lows[n - 1] == "und" and clause.words[n - 2][0].isupper()
        if low in pronouns and clause.words[n].islower() and not joined and not _is_bound(clause, n, framed):
            return "pronoun"
        if n and low == "es" and not any(other in words_of("reference", "impersonal") for other in clause.lows):
            return "pronoun"
        # "macht das alles Sinn", "Das Gerät selbst ist": what all, in contrast to what?
        if (
            low in _ALL
            and clause.lows[n : n + 2] in (["das", "alles"], ["all", "das"], ["dies", "alles"])
            and not spoken
        ):
            return "pronoun"
        if low == "selbst" and n and clause.words[n - 1][0].isupper() and not _is_name(clause, n - 1):
            return "pronoun"
        if (
            low in ("einiges", "vieles", "manches")
            and clause.words[n + 1 : n + 2] != [","]
            and (n + 1 >= len(clause) or not clause.words[n + 1][0].isupper())
        ):
            return "pronoun"
        # "Ein Teil liegt jedoch …": in contrast to what?
        if low in _CONTRAST and n and "," not in clause.words[:n] and not clause.quoted[n]:
            return "leaning start"
        if low in AGAINST and 0 < n <= 6 and not clause.quoted[n] and _precedes_verb(clause, n):
            return "leaning start"
        if low in _SAMES and "wie" not in clause.lows[n:]:
            return "pronoun"
        # "gilt Ähnliches", "äußerte sich ähnlich", "derart gefährlich": as what?
        # "sind also noch offen": from what does it follow?
        if low == "also" and n and clause.lows[n - 1][0].isalnum():
            return "pronoun"
        if low in ("ähnliches", "ähnlich") and "wie" not in clause.lows:
            return "pronoun"
        if low == "derart" and "dass" not in clause.lows:
            return "pronoun"
        # "sind in dem Einsatz": where no relative clause follows, German joins both words ("im Einsatz").
        if low in ("dem", "das") and n and clause.lows[n - 1] in _JOINING[low] and _stands_for_that(clause, n):
            return "pronoun"
        # "Im Mai gründeten die beiden Forscher …": which two?
        if low == "beiden" and n and clause.lows[n - 1] in ("die", "der", "den") and "und" not in clause.lows[n:]:
            return "pronoun"
        # "der 44-Jährige", "die 26-jährige Angreiferin": who?
        if (
            0 < n < 3
            and low[0].isdigit()
            and _AGE.fullmatch(low)
            and clause.lows[n - 1] in ("der", "die")
            and not _is_named(clause, n + 1)
        ):
            return "pronoun"
        if clause.words[n][0].isdigit() and _AGED.fullmatch(clause.words[n]):
            return "pronoun"
        if low == "beide" and not _has_noun(clause, n):
            return "pronoun"
        if low in ("ihrer", "seiner") and n and clause.lows[n - 1] in ("einer", "eine", "eines"):
            return "pronoun"
        if low.startswith("damalige") or (low == "damals" and "," not in clause.words[n + 1 : n + 2]):
            return "pronoun"
        # "verkündete ein halbes Jahr später seinen Rücktritt": later than what?
        if (
            n > 1
            and low in COUNTED_FROM
            and low != "davor"
            and clause.lows[n - 1] in words_of("reference", "times") | words_of("reference", "counted")
            and clause.lows[n + 1 : n + 2] != ["als"]
        ):
            return "pronoun"
        # "können das Thema so beiseite schieben": in what way?
        if low == "so" and n and not _HOW & set(clause.lows[n:]) and not spoken:
            return "pronoun"
        is_time = low in ("in", "zu") and clause.lows[n + 1 : n + 3] == ["der", "zeit"]
        if is_time and (n + 3 >= len(clause) - 1 or (low == "in" and clause.words[n + 3][0].islower())):
            return "pronoun"
        # "macht ihr Angst": a pronoun; before a feminine noun the possessive would be "ihre".
        if low == "ihr" and n and n + 1 < len(clause) and clause.lows[n + 1] in _FEMININES:
            return "pronoun"
        # "jährt sich an dem Tag": which one?
        is_day = low == "an" and clause.lows[n + 1 : n + 3] in (["dem", "tag"], ["dem", "abend"])
        if is_day and clause.words[n + 3 : n + 4] != [","]:
            return "pronoun"
        # "Jetzt wurde ihre Leiche entdeckt", "führte mit ihr ein Gespräch": whose, with whom?
        if n and not spoken and low[0] in "si" and POSSESSIVE.fullmatch(low) and not _has_owner(clause, n):
            return "pronoun"
        if low == "ihr" and n and clause.lows[n - 1] in word_set("prepositions") and not _has_noun(clause, n):
            return "pronoun"
        # "seien dann nicht mehr sicher": when, in what case?
        if low == "dann" and not _CASES & set(clause.lows):
            return "pronoun"
        if low in ("solchen", "solcher", "solche") and "wie" not in clause.lows[n:]:
            return "pronoun"
        if low == "deren" and n and clause.lows[n - 1] != "und" and "," not in clause.words[max(0, n - 2) : n]:
            return "pronoun"
        if low == "entsprechend" and n and is_finite(clause.lows[n - 1]):
            return "pronoun"
        if low == "da" and n and clause.lows[n - 1][0].isalnum():
            return "pronoun"
        if n and OTHER.fullmatch(low) and _ONE & set(clause.lows[max(0, n - 2) : n]) and "als" not in clause.lows[n:]:
            return "pronoun"
        # "gelten folgende Regeln", "in den folgenden Jahren": which ones stands in another sentence.
        if low in _FOLLOWING:
            return "pronoun"
        if n and low in ("nächsten", "darauffolgenden") and n + 1 < len(clause):
            day = clause.lows[n + 1]
            if day in ("tag", "morgen", "abend") or (low != "nächsten" and day in words_of("reference", "times")):
                return "pronoun"
        if low in ("anderen", "andere") and n and clause.lows[n - 1] in ("die", "der", "den", "dem"):
            return "pronoun"
        # "konnte man auch bei anderen Marken beobachten": other than which?
        governed = n and clause.lows[n - 1] in ("bei", "in", "an", "aus")
        if low == "anderen" and governed and "als" not in clause.lows[n:]:
            return "pronoun"
        if low == "das" and clause.words[n].islower() and not _opens_noun(clause, n):
            return "pronoun"
        # "sagte, das sei möglich": what?
        if low == "das" and n and clause.words[n - 1] == "," and is_finite((clause.lows[n + 1 :] or ["."])[0]):
            behind = (clause.words[n + 2 :] or ["."])[0]
            if behind[0].isalnum():
                return "pronoun"
        # "ist mehr, viel mehr": than what?
        if low in ("mehr", "weniger") and clause.lows[n - 1] in _IS and clause.words[n + 1 : n + 2] in ([], [","]):
            return "pronoun"
        if low in word_set("pointing") and not _is_answered(clause, n):
            return "pronoun"
        if n and clause.words[n - 1] == ":" and low in word_set("opening"):
            return "leaning start"
    return None


_JOINING = {"dem": frozenset("in an bei von zu".split()), "das": frozenset("in an".split())}
"""Prepositions that become one word with the article ("im", "ans") unless it is stressed."""


def _stands_for_that(clause: Clause, place: int) -> bool:
    """Whether the article at ``place`` points: no comma, no name, no adjective and no quotation follows its noun."""
    noun = place + 1
    if noun >= len(clause) or not clause.words[noun][0].isupper():
        return False
    behind = clause.words[noun + 1 : noun + 2]
    return not behind or (behind[0][0].islower() and behind[0] not in ("des", "der", "von", "mit", "um", "zum", "zur"))


_FOLLOWING = frozenset("folgende folgenden folgender folgendes folgendem".split())
_ALL = frozenset(["das", "all", "dies"])
_CONTRAST = frozenset("jedoch allerdings hingegen wiederum".split())
_IS = frozenset("ist sind war waren".split())
_AGE = re.compile(r"\d{1,3}-jährige[nr]?")
_AGED = re.compile(r"\d{1,3}-Jährige[nr]?")
_FEMININES = frozenset("angst sorge sorgen hilfe kraft hoffnung freude unterstützung zuflucht gewissheit".split())
_HOW = frozenset("wie dass viel viele genannte genannten genannter schnell".split())
_CASES = frozenset("wenn falls sobald sofern erst bis nachdem selbst".split())
_MEASURES = frozenset("sehr besonders weit so am ganz zu und oder nach vor in von mit an".split())
_ONE = frozenset("ein eine einem einen einer eines etwas".split())
_SAMES = frozenset("derselbe dieselbe dasselbe denselben demselben derselben desselben dieselben selben".split())


def _is_name(clause: Clause, place: int) -> bool:
    """Whether the word is a name: no article and no attribute stands before it."""
    before = clause.lows[place - 1] if place else ""
    return not before or (clause.words[place - 1][0].isupper() and before not in _DETERMINERS)


def _is_named(clause: Clause, place: int) -> bool:
    """Whether the noun at ``place`` has a name behind it ("die 26-jährige Angreiferin Ilse Brandt")."""
    here = place
    while here < len(clause) - 1 and clause.words[here][0].islower():
        here += 1
    return here + 1 < len(clause) and clause.words[here + 1][0].isupper()


def _precedes_verb(clause: Clause, place: int) -> bool:
    """Whether a finite verb follows and a noun or a mark goes before: the word stands behind the first constituent."""
    behind = clause.lows[place + 1 : place + 2]
    before = clause.words[place - 1]
    return (
        bool(behind) and clause.words[place + 1].islower() and is_surely_finite(behind[0]) and not before[0].islower()
    )


_DETERMINERS = frozenset("der die das den dem des ein eine".split())


def _has_owner(clause: Clause, place: int) -> bool:
    """Whether a noun or a name stands before the possessive that it can belong to."""
    first = clause.lows[0]
    verb = next((n for n in range(1, place) if clause.words[n].islower() and is_surely_finite(clause.lows[n])), 0)
    # "Auf der Wand hängt sein Bild": the wall has no picture of its own.
    if first in word_set("prepositions") and verb:
        return any(word[0].isupper() for word in clause.words[verb:place])
    if any(word[0].isupper() for word in clause.words[1:place]):
        return True
    return clause.words[0][0].isupper() and first not in word_set("function") and not morphology.verb_form(first)


def _has_noun(clause: Clause, place: int) -> bool:
    """Whether a noun follows, an attribute between them or not."""
    following = clause.words[place + 1 : place + 3]
    return bool(following) and (
        following[0][0].isupper()
        or (
            len(following) > 1
            and following[1][0].isupper()
            and bool(ADJECTIVE.fullmatch(following[0]))
            and following[0] not in word_set("function")
        )
    )


def _opens_noun(clause: Clause, place: int) -> bool:
    """Whether "das" is an article or, behind a comma, a relative pronoun."""
    if place and clause.words[place - 1] == ",":
        return True
    here = place + 1
    # "übernehmen das die Medien": the article of another noun.
    if clause.lows[here : here + 1] and clause.lows[here] in _DETERMINERS:
        return False
    while here < len(clause) and clause.words[here][0].islower() and ADJECTIVE.fullmatch(clause.lows[here]):
        here += 1
    following = clause.words[here] if here < len(clause) else "."
    if here == place + 1 and not following[0].islower():
        return True
    # "das vollkommen Neue", "das sehr alte Haus", but not "das vollkommen verständlich".
    return following[0].isupper() or following[0].isdigit() or following in '„“"»«,' or following in _MEASURES


def _is_answered(clause: Clause, place: int) -> bool:
    """Whether a clause behind the pointing adverb says what it points at ("darauf, dass …", "dazu bereit, zu …")."""
    if "," not in clause.words[place:]:
        return False
    comma = clause.words.index(",", place)
    rest = clause.lows[comma + 1 :]
    return bool(rest) and (rest[0] in word_set("subordinator") or "zu" in rest or any(map(_has_zu_inside, rest)))


def _has_zu_inside(low: str) -> bool:
    """Whether the word is an infinitive with its "zu" behind the prefix ("auszusetzen")."""
    prefix, _, verb = low.partition("zu")
    return prefix in _PREFIXES and bool(morphology.verb_form(prefix + verb) & morphology.INFINITIVE)


_PREFIXES = frozenset(
    "ab an auf aus bei durch ein fest fort frei her heraus herbei hin hinein hinaus los mit nach nieder statt teil um "
    "unter vor voran vorbei weg weiter wieder zurück zusammen".split()
)


def _is_bound(clause: Clause, place: int, framed: bool) -> bool:
    """Whether the pronoun stands in what its speaker says ("…, warum er ging") or is an article ("diesem Jahr")."""
    low = clause.lows[place]
    if low.startswith(("dies", "jen")) and place + 1 < len(clause) and low != "dies":
        return any(low in words_of("reference", "times") for low in clause.lows[place + 1 : place + 4])
    if not framed:
        return False
    comma = max((n for n in range(place) if clause.words[n] == ","), default=0)
    return bool(comma) and clause.lows[comma + 1] in word_set("subordinator") and comma > 1


__all__ = ["fault_of_reference"]

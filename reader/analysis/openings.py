"""How a point may not begin: with words that lean on another sentence, with a verb, with a mark.

Judges the first words of one point; ``fitness`` asks it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.analysis import morphology
from reader.analysis.deletion import ADJECTIVE, is_finite, is_surely_finite, words_of
from reader.analysis.stems import word_set

_ATTRIBUTE = re.compile(
    r"[a-zäöüß-]{2,}(?:e|en|er|es|em)|\d[\d.,]*|rund|etwa|fast|knapp|sehr|besonders|weit|mehr|als|so|bis|zu"
)
_EXPLETIVE = frozenset(["gibt", "gab", "fehlt", "fehlte", "drohen", "droht", "bleibt", "gelten", "gilt"])


def fault_of_opening(words: Sequence[str], lows: Sequence[str]) -> str | None:
    """The name of what is wrong with the first words, or None."""
    first = next((n for n, word in enumerate(words) if word[0].isalnum()), 0)
    low = lows[first]
    if first and words[0] not in '„“”"»«':
        return "mark at the start"
    if low == "es" and lows[first + 1] in _EXPLETIVE:
        return None
    if low in ("beide", "andere") and words[first + 1][0].islower():
        return "leaning start"
    # "Insbesondere die Händler klagen", "Fast ebenso deutlich stieg …": among whom, as what?
    if low == "insbesondere" or ("ebenso" in lows[: first + 3] and "wie" not in lows):
        return "leaning start"
    # "Andere Häuser haben nachgerüstet": other than which?
    if low in ("andere", "anderen", "weitere") and lows[first + 2 : first + 3] != ["als"]:
        return "leaning start"
    # "Ein weiterer Unfall": besides which one?
    if low in ("ein", "eine") and lows[first + 1 : first + 2] in (["weiterer"], ["weitere"], ["weiteres"]):
        return "leaning start"
    # "Das alles brauche Mut"
    if low == "das" and lows[first + 1 : first + 2] == ["alles"]:
        return "leaning start"
    if _leans(words, lows, first):
        return "leaning start"
    if low in word_set("opening") and not _opens_phrase(words, lows, first):
        return "leaning start"
    if low in ("der", "die", "das", "den", "dem", "des") and not _governs_noun(words, lows, first + 1):
        here = first + 1
        if here < len(words) and words[here][0].islower() and _is_predicate(words, lows, here):
            return "demonstrative start"
        while here < len(words) and _ATTRIBUTE.fullmatch(lows[here]) and not words[here][0].isupper():
            if lows[here] in _GOVERNING:
                return "demonstrative start"
            here += 1
        if here >= len(words) or not (words[here][0].isupper() or words[here] in '„"»«'):
            return "demonstrative start"
    if is_finite(low) and not words[first][0].isupper():
        return "verb first"
    if low in word_set("auxiliary"):
        return "verb first"
    following = lows[first + 1] if first + 1 < len(lows) else ""
    if morphology.verb_form(low) & (morphology.FINITE | morphology.PLURAL) and following in word_set("subject_opening"):
        return "verb first"
    return None


def _opens_phrase(words: Sequence[str], lows: Sequence[str], first: int) -> bool:
    """Whether the word opens a phrase that says itself what it means ("Kurz vor den Spielen", "Als Reaktion auf …")."""
    following = lows[first + 1 : first + 3]
    if lows[first] == "kurz" and following and following[0] in ("vor", "nach"):
        # "Kurz nach Mitternacht" says when, "Kurz vor dem Ziel brach …" may do without what went before as well.
        return _governs_noun(words, lows, first + 2) or words[min(first + 2, len(words) - 1)][0].isupper()
    return lows[first] == "als" and following in (["reaktion", "auf"], ["grund", "für"], ["folge", "des"])


def _governs_noun(words: Sequence[str], lows: Sequence[str], place: int) -> bool:
    """Whether attributes and what leans on them lead from ``place`` to a noun before any finite verb.

    "der [eigentlich geruchlose] Rauch", "das [im Aufbau befindliche] System", "die [damals] 20-Jährige".
    """
    if place >= len(words) or (words[place][0].islower() and _is_predicate(words, lows, place)):
        return False
    # "Das inmitten großer Veränderungen": what a preposition governs is not what the article stands for.
    governed = inside = lows[place] in word_set("prepositions") | _CONTRACTED | _GOVERNING
    for n in range(place, min(place + 9, len(words))):
        word = words[n]
        if not word[0].isalnum() or (n > place and lows[n] in word_set("pronoun")):
            return False
        if word[0].islower():
            if is_surely_finite(lows[n]) or lows[n] in word_set("auxiliary"):
                return False
            continue
        is_attributed = n == place or bool(_ATTRIBUTE.fullmatch(lows[n - 1])) or lows[n - 1] in _NEAR
        if governed and n > place and not _ATTRIBUTE.fullmatch(lows[n - 1]):
            is_attributed = False
        leads_on = n > place and lows[n - 1] in word_set("prepositions") | _CONTRACTED
        if is_attributed and not leads_on and not inside:
            return True
        inside = False
    return False


_NEAR = frozenset("damals heute inzwischen mittlerweile der die das den dem einer einem einen".split())
_GOVERNING = frozenset("inmitten angesichts dank samt".split())
_CONTRACTED = frozenset("im am zum zur beim vom ins ans".split())


def _leans(words: Sequence[str], lows: Sequence[str], first: int) -> bool:
    """Whether the first words point back without a pronoun of their own."""
    low = lows[first]
    following = lows[first + 1] if first + 1 < len(lows) else ""
    # "In seinen Augen …", "Bei anderen Bädern …": whose, than which?
    if low in word_set("prepositions") and (
        POSSESSIVE.fullmatch(following)
        or following in ("denen", "deren")
        or (OTHER.fullmatch(following) and "als" not in lows)
    ):
        return True
    # "Drei jedoch blieben …": three of what?
    is_verb = first + 1 < len(words) and words[first + 1].islower() and is_surely_finite(following)
    is_verb = is_verb or following in ("werden", "wurden", "sind", "waren")
    is_verb = is_verb or (low in ("manche", "einige", "mehrere") and _is_plural_verb(words, lows, first + 1))
    if low in _NUMBERS and (is_verb or following == "," or following in word_set("connector")):
        return True
    # "Bei vielen könnte …"
    behind = lows[first + 2] if first + 2 < len(lows) else ""
    if (
        low in word_set("prepositions")
        and following in _SOME
        and is_surely_finite(behind)
        and words[first + 2].islower()
    ):
        return True
    if low in ("schon", "bereits", "erst", "noch", "auch", "selbst", "gerade") and following in _POINTED:
        return True
    if low == "zum" and following in ("einen", "anderen"):
        return True
    # "Zu überzeugen ist ein Rat": so far only whom.
    if low == "zu" and morphology.verb_form(following) & morphology.INFINITIVE and words[first + 1].islower():
        return True
    if _STEP.match(" ".join(lows[first : first + 4])):
        return True
    # "Voigt allerdings hat …"
    if following in AGAINST:
        return True
    if low == "besonders" and following in ("ein", "eine", "einer"):
        return True
    return _compares(words, lows) or _counts_from_elsewhere(words, lows) or _lacks_its_noun(words, lows, first)


def _counts_from_elsewhere(words: Sequence[str], lows: Sequence[str]) -> bool:
    """Whether the first words tell a time from something said before ("Wenige Tage später …", "Ein Jahr zuvor …")."""
    for n, low in enumerate(lows[1:5], 1):
        if words[n].islower() and is_surely_finite(low) and low not in COUNTED_FROM:
            return False
        if low in COUNTED_FROM and lows[n - 1] in words_of("reference", "times") | words_of("reference", "counted"):
            # "zwei Tage vor dem Fest", "drei Jahre später als geplant" say themselves from when.
            return lows[n + 1 : n + 2] != ["als"]
    return False


def _is_plural_verb(words: Sequence[str], lows: Sequence[str], place: int) -> bool:
    """Whether a verb in the plural stands there; an adjective behind "manche" would end in "-e"."""
    if place >= len(words) or not words[place][0].islower() or not lows[place].endswith("en"):
        return False
    return bool(morphology.verb_form(lows[place]) & morphology.PLURAL)


_BY_HOW_MUCH = frozenset("etwas noch weit viel deutlich wesentlich weitaus".split())
_STEP = re.compile(
    r"(?:im|in einem|in der|beim) (?:ersten|zweiten|dritten|vierten|nächsten|letzten) "
    r"(?:schritt|teil|fall|punkt|phase|etappe|stufe)\b"
    r"|in der folge\b(?! (?:des|der|von|davon)\b)|im eigenen\b"
)
OTHER = re.compile(r"andere[nmrs]?")
AGAINST = frozenset("allerdings jedoch aber hingegen dagegen indes indessen wiederum".split())
POSSESSIVE = re.compile(r"(?:sein|ihr)(?:e[nmrs]?)?")
_SOME = frozenset("vielen manchen einigen beiden allen anderen wenigen".split())
_POINTED = frozenset("damals dort da danach dann hier daran darin dabei davor zuvor".split())
_NUMBERS = frozenset("einer eine zwei drei vier fünf sechs sieben acht neun zehn mehrere einige viele manche".split())
COUNTED_FROM = frozenset("später zuvor danach darauf davor früher".split())


def _lacks_its_noun(words: Sequence[str], lows: Sequence[str], first: int) -> bool:
    """Whether a verb and no noun stands behind preposition, article and ordinal ("An der dritten scheitert …")."""
    if lows[first] not in word_set("prepositions") or len(lows) < first + 5:
        return False
    article, attribute, verb = lows[first + 1 : first + 4]
    return (
        article in ("der", "dem", "den", "die", "das")
        and bool(ADJECTIVE.fullmatch(attribute))
        and words[first + 2].islower()
        and words[first + 3].islower()
        and is_surely_finite(verb)
    )


def _is_predicate(words: Sequence[str], lows: Sequence[str], place: int) -> bool:
    """Whether the word behind an article-like opener is a verb ("Das zeigen …") and no attribute of a noun."""
    flags = morphology.verb_form(lows[place])
    return (
        bool(flags & (morphology.ANY_FINITE | morphology.PLURAL))
        and not words[min(place + 1, len(words) - 1)][0].isupper()
    )


_COMPARATIVE = re.compile(
    r"(?!gläubiger|verdächtiger|fischer|heiliger)(?:[a-zäöü]{3,}(?:lich|ig|isch|sam|bar|haft|los|end)er"
    r"|offener|klarer|härter|schärfer|schneller|langsamer|höher|größer|kleiner|besser|schlechter|schlimmer|teurer|billiger"
    r"|stärker|schwächer|seltener|früher|später|länger|kürzer|älter|wärmer|kälter|gelassener|ernster|genauer|weiter|näher"
    r"|schwerer|leichter|einfacher|lauter|leiser|knapper|sicherer|enger|breiter|tiefer|mehr|weniger|lieber|milder|strenger)"
)
"""Comparatives; a noun in "-er" ("Forscher", "Kinder") is none."""


def _compares(words: Sequence[str], lows: Sequence[str]) -> bool:
    """Whether a comparative without "als" stands first, right before the verb ("Offener redet der Rat")."""
    if lows[0] in _BY_HOW_MUCH:
        words, lows = words[1:], lows[1:]
    return (
        len(words) > 2
        and bool(_COMPARATIVE.fullmatch(lows[0]))
        and "als" not in lows
        and words[1].islower()
        and is_surely_finite(lows[1])
        and lows[0] not in word_set("prepositions")
        and bool(morphology.verb_form(lows[1]))
        and words[2][0].islower()
    )


__all__ = ["AGAINST", "COUNTED_FROM", "OTHER", "POSSESSIVE", "fault_of_opening"]

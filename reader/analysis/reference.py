"""What a point may not point at: words that lean on another sentence, at its start or inside it.

Judges the words of one point; ``fitness`` asks it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.analysis import morphology
from reader.analysis.deletion import ADJECTIVE, Clause, is_finite, is_surely_finite, words_of
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
    # "Andere Häuser haben nachgerüstet": other than which?
    if low in ("andere", "anderen") and "als" not in lows:
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
    for n in range(place, min(place + 9, len(words))):
        word = words[n]
        if not word[0].isalnum() or (n > place and lows[n] in word_set("pronoun")):
            return False
        if word[0].islower():
            if is_surely_finite(lows[n]) or lows[n] in word_set("auxiliary"):
                return False
            continue
        is_attributed = n == place or bool(_ATTRIBUTE.fullmatch(lows[n - 1])) or lows[n - 1] in _NEAR
        leads_on = n > place and lows[n - 1] in word_set("prepositions") | _CONTRACTED
        if is_attributed and not leads_on:
            return True
    return False


_NEAR = frozenset("damals heute inzwischen mittlerweile der die das den dem einer einem einen".split())
_CONTRACTED = frozenset("im am zum zur beim vom ins ans".split())


def _leans(words: Sequence[str], lows: Sequence[str], first: int) -> bool:
    """Whether the first words point back without a pronoun of their own."""
    low = lows[first]
    following = lows[first + 1] if first + 1 < len(lows) else ""
    # "In seinen Augen …", "Bei anderen Bädern …": whose, than which?
    if low in word_set("prepositions") and (
        _POSSESSIVE.fullmatch(following)
        or following in ("denen", "deren")
        or (_OTHER.fullmatch(following) and "als" not in lows)
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
    if following in _AGAINST:
        return True
    if low == "besonders" and following in ("ein", "eine", "einer"):
        return True
    return _compares(words, lows) or _counts_from_elsewhere(words, lows) or _lacks_its_noun(words, lows, first)


def _counts_from_elsewhere(words: Sequence[str], lows: Sequence[str]) -> bool:
    """Whether the first words tell a time from something said before ("Wenige Tage später …", "Ein Jahr zuvor …")."""
    for n, low in enumerate(lows[1:5], 1):
        if words[n].islower() and is_surely_finite(low) and low not in _COUNTED_FROM:
            return False
        if low in _COUNTED_FROM and lows[n - 1] in words_of("reference", "times") | words_of("reference", "counted"):
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
_AGAINST = frozenset("allerdings jedoch aber hingegen dagegen indes indessen wiederum".split())
_POSSESSIVE = re.compile(r"(?:sein|ihr)(?:e[nmrs]?)?")
_SOME = frozenset("vielen manchen einigen beiden allen anderen wenigen".split())
_POINTED = frozenset("damals dort da danach dann hier daran darin dabei davor zuvor".split())
_NUMBERS = frozenset("einer eine zwei drei vier fünf sechs sieben acht neun zehn mehrere einige viele manche".split())
_COUNTED_FROM = frozenset("später zuvor danach darauf davor früher".split())


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


def fault_of_reference(clause: Clause, spoken: bool, framed: bool) -> str | None:
    """The name of the word that points at nothing in the clause, or None; see ``fitness.fault`` for the flags."""
    for n, low in enumerate(clause.lows):
        if low in word_set("first_person") and not spoken:
            return "first person"
        if clause.words[n] in ("Sie", "Ihre", "Ihren", "Ihr", "Ihnen", "Ihrem", "Ihrer"):
            return "address"
        # "vom Sturmtief Ignatz und dessen Ausläufer": whose, stands right before it.
        joined = low == "dessen" and n > 1 and clause.lows[n - 1] == "und" and clause.words[n - 2][0].isupper()
        if low in word_set("pronoun") and clause.words[n].islower() and not joined and not _is_bound(clause, n, framed):
            return "pronoun"
        if n and low == "es" and not any(other in words_of("reference", "impersonal") for other in clause.lows):
            return "pronoun"
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
        # "der 44-Jährige": who?
        if _AGED.fullmatch(clause.words[n]):
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
            and low in _COUNTED_FROM
            and low != "davor"
            and clause.lows[n - 1] in words_of("reference", "times") | words_of("reference", "counted")
            and clause.lows[n + 1 : n + 2] != ["als"]
        ):
            return "pronoun"
        # "können das Thema so beiseite schieben": in what way?
        if low == "so" and n and not _HOW & set(clause.lows[n:]) and not spoken:
            return "pronoun"
        if clause.lows[n : n + 3] in (["in", "der", "zeit"], ["zu", "der", "zeit"]) and n + 3 >= len(clause) - 1:
            return "pronoun"
        if clause.lows[n : n + 3] == ["in", "der", "zeit"] and clause.words[n + 3][0].islower():
            return "pronoun"
        # "macht ihr Angst": a pronoun; before a feminine noun the possessive would be "ihre".
        if low == "ihr" and n and n + 1 < len(clause) and clause.lows[n + 1] in _FEMININES:
            return "pronoun"
        # "jährt sich an dem Tag": which one?
        if clause.lows[n : n + 3] in (["an", "dem", "tag"], ["an", "dem", "abend"]) and clause.words[n + 3 : n + 4] != [
            ","
        ]:
            return "pronoun"
        # "Jetzt wurde ihre Leiche entdeckt", "führte mit ihr ein Gespräch": whose, with whom?
        if n and _POSSESSIVE.fullmatch(low) and not spoken and not _has_owner(clause, n):
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
        if n and _OTHER.fullmatch(low) and _ONE & set(clause.lows[max(0, n - 2) : n]) and "als" not in clause.lows[n:]:
            return "pronoun"
        if n and low in ("nächsten", "folgenden", "darauffolgenden") and n + 1 < len(clause):
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


_IS = frozenset("ist sind war waren".split())
_AGED = re.compile(r"\d{1,3}-Jährige[nr]?")
_FEMININES = frozenset("angst sorge sorgen hilfe kraft hoffnung freude unterstützung zuflucht gewissheit".split())
_HOW = frozenset("wie dass viel viele genannte genannten genannter schnell".split())
_CASES = frozenset("wenn falls sobald sofern erst bis nachdem selbst".split())
_MEASURES = frozenset("sehr besonders weit so am ganz zu und oder nach vor in von mit an".split())
_OTHER = re.compile(r"andere[nmrs]?")
_ONE = frozenset("ein eine einem einen einer eines etwas".split())
_SAMES = frozenset("derselbe dieselbe dasselbe denselben demselben derselben desselben dieselben selben".split())


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
    return bool(rest) and (rest[0] in word_set("subordinator") or "zu" in rest)


def _is_bound(clause: Clause, place: int, framed: bool) -> bool:
    """Whether the pronoun stands in what its speaker says ("…, warum er ging") or is an article ("diesem Jahr")."""
    low = clause.lows[place]
    if low.startswith(("dies", "jen")) and place + 1 < len(clause) and low != "dies":
        return any(low in words_of("reference", "times") for low in clause.lows[place + 1 : place + 4])
    if not framed:
        return False
    comma = max((n for n in range(place) if clause.words[n] == ","), default=0)
    return bool(comma) and clause.lows[comma + 1] in word_set("subordinator") and comma > 1


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


__all__ = ["fault_of_opening", "fault_of_reference"]

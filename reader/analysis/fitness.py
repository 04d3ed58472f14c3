"""What a key point must not be: the hard filters, each with a name; a point that meets none of them may be shown.

Judges the rendered words of one point; does not choose and does not shorten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reader.analysis import morphology
from reader.analysis.compression import MOST_WORDS
from reader.analysis.deletion import ADJECTIVE, Clause, is_finite, is_surely_finite, words_of
from reader.analysis.stems import content_stems, lexicon, word_set

LOOSE_QUOTATION = 5
"""Words in quotation marks from which on a point must name who says them."""
LEAST_WORDS, LEAST_STEMS, LAST_RESORT_WORDS = 3, 3, 22
"""Words of a point; one of the least length must be of topic words alone ("Betriebsrat wittert Kürzungen"). The last
bound holds only while a whole article would have fewer than three points."""


@cache
def _noise() -> re.Pattern[str]:
    phrases = "|".join(f"(?:{phrase})" for phrase in lexicon()["noise"]["phrases"])
    return re.compile(phrases.replace(" ", r"\s+"), re.IGNORECASE)


_ATTRIBUTE = re.compile(
    r"[a-zäöüß-]{2,}(?:e|en|er|es|em)|\d[\d.,]*|rund|etwa|fast|knapp|sehr|besonders|weit|mehr|als|so|bis|zu"
)
_ARTICLES = frozenset("der die das dem den des ein eine einer einem einen eines".split())
_STAND_INS = frozenset("hätte hätten wäre wären würde würden".split())
_EXPLETIVE = frozenset(["gibt", "gab", "fehlt", "fehlte", "drohen", "droht", "bleibt", "gelten", "gilt"])


def is_noise(sentence: str) -> bool:
    """Whether the sentence sells, guides or credits instead of telling ("Lesen Sie auch …", "Foto: …")."""
    return _noise().search(sentence) is not None


def has_loose_quotation(clause: Clause) -> bool:
    """Whether the point quotes a whole statement, longer than a word or two taken over from someone."""
    run = 0
    for word, quoted in zip(clause.words, clause.quoted, strict=True):
        run = run + word[0].isalnum() if quoted else 0
        if run >= LOOSE_QUOTATION:
            return True
    return False


def fault(
    clause: Clause, *, most: int = MOST_WORDS, spoken: bool = False, heading: bool = False, framed: bool = False
) -> str | None:
    """The name of what is wrong with the point, or None.

    ``spoken``: its speaker stands before it, so that Konjunktiv I and the first person have someone they belong to.
    """
    number = clause.number_of_words()
    if number < LEAST_WORDS or (number <= LEAST_WORDS and len(content_stems(" ".join(clause.words))) < LEAST_STEMS):
        return "too short"
    if number > most:
        return "too long"
    words, lows = clause.words, clause.lows
    if "?" in words:
        return "question"
    if words.count("!") and not spoken:
        return "exclamation"
    if not _is_balanced(words):
        return "open quotation"
    if "…" in words or "..." in words:
        return "ellipsis"
    named = _fault_of_opening(words, lows)
    if named:
        return named
    last = next(low for low in reversed(lows) if low[0].isalnum())
    if last in word_set("no_end") or words[-1] in (",", "–", "-", ":"):
        return "open end"
    return _fault_of_reference(clause, spoken, framed) or _fault_of_form(words, lows, heading)


def _is_balanced(words: Sequence[str]) -> bool:
    text = "".join(word for word in words if not word[0].isalnum())
    return (
        text.count("„") <= text.count("“") + text.count("”")
        and (text.count("“") + text.count("”") + text.count("„")) % 2 == 0
        and text.count('"') % 2 == 0
        and text.count("»") == text.count("«")
        and text.count("(") == text.count(")")
    )


def _fault_of_opening(words: Sequence[str], lows: Sequence[str]) -> str | None:
    first = next((n for n, word in enumerate(words) if word[0].isalnum()), 0)
    low = lows[first]
    if first and words[0] not in '„“”"»«':
        return "mark at the start"
    if low == "es" and lows[first + 1] in _EXPLETIVE:
        return None
    if low in ("beide", "andere") and words[first + 1][0].islower():
        return "leaning start"
    if _leans(words, lows, first):
        return "leaning start"
    if low in word_set("opening"):
        return "leaning start"
    if low in ("der", "die", "das", "den", "dem", "des"):
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


def _leans(words: Sequence[str], lows: Sequence[str], first: int) -> bool:
    """Whether the first words point back without a pronoun of their own."""
    low = lows[first]
    following = lows[first + 1] if first + 1 < len(lows) else ""
    # "In seinen Augen …", "Bei anderen Bädern …": whose, than which?
    if low in word_set("prepositions") and (
        _POSSESSIVE.fullmatch(following) or (_OTHER.fullmatch(following) and "als" not in lows)
    ):
        return True
    # "Drei jedoch blieben …": three of what?
    is_verb = first + 1 < len(words) and words[first + 1].islower() and is_surely_finite(following)
    if low in _NUMBERS and (is_verb or following == "," or following in word_set("connector")):
        return True
    if low in ("schon", "bereits", "erst", "noch", "auch", "selbst", "gerade") and following in _POINTED:
        return True
    if low == "zum" and following in ("einen", "anderen"):
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


_POSSESSIVE = re.compile(r"(?:sein|ihr)(?:e[nmrs]?)?")
_POINTED = frozenset("damals dort da danach dann hier daran darin dabei davor zuvor".split())
_NUMBERS = frozenset("einer eine zwei drei vier fünf sechs sieben acht neun zehn mehrere einige viele".split())
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


def _fault_of_reference(clause: Clause, spoken: bool, framed: bool) -> str | None:
    for n, low in enumerate(clause.lows):
        if low in word_set("first_person") and not spoken:
            return "first person"
        if clause.words[n] in ("Sie", "Ihre", "Ihren", "Ihr", "Ihnen", "Ihrem", "Ihrer"):
            return "address"
        if low in word_set("pronoun") and clause.words[n].islower() and not _is_bound(clause, n, framed):
            return "pronoun"
        if n and low == "es" and not any(other in words_of("reference", "impersonal") for other in clause.lows):
            return "pronoun"
        if low in _SAMES and "wie" not in clause.lows[n:]:
            return "pronoun"
        if low == "beide" and not _has_noun(clause, n):
            return "pronoun"
        if low in ("ihrer", "seiner") and n and clause.lows[n - 1] in ("einer", "eine", "eines"):
            return "pronoun"
        # "jährt sich an dem Tag": which one?
        if clause.lows[n : n + 3] in (["an", "dem", "tag"], ["an", "dem", "abend"]) and clause.words[n + 3 : n + 4] != [
            ","
        ]:
            return "pronoun"
        if low == "deren" and n and "," not in clause.words[max(0, n - 2) : n]:
            return "pronoun"
        if low == "entsprechend" and n and is_finite(clause.lows[n - 1]):
            return "pronoun"
        if low == "da" and n and clause.lows[n - 1][0].isalnum():
            return "pronoun"
        if n and _OTHER.fullmatch(low) and clause.lows[n - 1] in _ONE and "als" not in clause.lows[n:]:
            return "pronoun"
        if n and low in ("nächsten", "folgenden", "darauffolgenden") and n + 1 < len(clause):
            day = clause.lows[n + 1]
            if day in ("tag", "morgen", "abend") or (low != "nächsten" and day in words_of("reference", "times")):
                return "pronoun"
        if low in ("anderen", "andere") and n and clause.lows[n - 1] in ("die", "der", "den", "dem"):
            return "pronoun"
        if low == "das" and clause.words[n].islower() and not _opens_noun(clause, n):
            return "pronoun"
        if low in word_set("pointing") and not _is_answered(clause, n):
            return "pronoun"
        if n and clause.words[n - 1] == ":" and low in word_set("opening"):
            return "leaning start"
    return None


_MEASURES = frozenset("sehr besonders weit so am ganz zu und oder nach vor in von mit an".split())
_OTHER = re.compile(r"andere[nmrs]?")
_ONE = frozenset("ein eine einem einen einer eines etwas".split())
_SAMES = frozenset("derselbe dieselbe dasselbe denselben demselben derselben desselben dieselben selben".split())


def _has_noun(clause: Clause, place: int) -> bool:
    """Whether a noun follows, an attribute between them or not."""
    following = clause.words[place + 1 : place + 3]
    return bool(following) and (
        following[0][0].isupper()
        or (len(following) > 1 and following[1][0].isupper() and bool(ADJECTIVE.fullmatch(following[0])))
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


def _fault_of_form(words: Sequence[str], lows: Sequence[str], heading: bool) -> str | None:
    present = set(lows)
    for one, other in lexicon()["words"]["pairs"]:
        if one == "nur" and "nicht nur" not in " ".join(lows):
            continue
        if one in present and one == "zwar":
            if not present & {"aber", "doch", "allerdings", "jedoch", "dennoch"}:
                return "half coordination"
            continue
        if one in present and other not in present:
            return "half coordination"
    if words[-1] in ",;" or lows[-1] in ("und", "oder"):
        return "half coordination"
    if heading and len(words) > 1 and words[0].isdigit() and words[1] == ".":
        return "bare heading"
    if heading and (words[0] in '„"»“«' or len(words) < 4 or not _tells_something(words, lows)):
        return "bare heading"
    # "Drei Sonnen, verwandelt in Wellen": a picture.
    if heading and "," in words and not _has_main_verb(words, lows):
        return "bare heading"
    if not heading and not _has_main_verb(words, lows):
        return "no verb"
    # "Das Amt widersprach": whom, to what?
    if not heading and len(words) <= 5 and words[-1].islower() and is_surely_finite(lows[-1]) and "," not in words:
        return "too short"
    # "Eine Nachricht vom Händler, nüchtern formuliert: Unbekannte hätten …": an announcement without a verb.
    colon = words.index(":") if ":" in words else 0
    if not heading and colon > 4 and not any(_may_be_verb(words[n]) for n in range(colon - 1)):
        return "no verb"
    # An answer without its question.
    if not heading and {"antwortet", "antwortete", "antworten", "antworteten"} & set(lows) and "auf" not in lows:
        return "answer"
    return None


def _compares(words: Sequence[str], lows: Sequence[str]) -> bool:
    """Whether a comparative without "als" stands first, right before the verb ("Offener redet der Rat")."""
    return (
        lows[0].endswith("er")
        and "als" not in lows
        and words[1].islower()
        and is_surely_finite(lows[1])
        and lows[0] not in word_set("prepositions")
        and bool(morphology.verb_form(lows[1]))
        and words[2][0].islower()
    )


def _tells_something(words: Sequence[str], lows: Sequence[str]) -> bool:
    """Whether a sub-headline has a verb form, a number or a colon, and not only a topic ("Straße und Medien")."""
    return any(
        word in ":–"
        or word[0].isdigit()
        or (word[0].islower() and morphology.verb_form(low) and low not in word_set("no_verb"))
        for word, low in zip(words, lows, strict=True)
    )


def _has_main_verb(words: Sequence[str], lows: Sequence[str]) -> bool:
    """Whether a finite verb stands in a stretch between commas that no relative pronoun or subordinator opens."""
    start = 0
    for n in range(len(words) + 1):
        if n < len(words) and words[n] not in (",", ":", ";", "–", "—"):
            continue
        opener = start + (start < n and lows[start] in word_set("prepositions") and start > 0)
        subordinate = start > 0 and opener < n and lows[opener] in word_set("subordinator") | word_set("relative")
        if not subordinate and any(_is_verb(words, lows, k, n) for k in range(start, n)):
            return True
        start = n + 1
    return False


def _is_verb(words: Sequence[str], lows: Sequence[str], place: int, end: int) -> bool:
    if not words[place][0].islower() or not is_finite(lows[place]):
        return False
    # "an der installierten Leistung": between article and noun it is an attribute.
    if place and lows[place - 1] in _ARTICLES and place + 1 < end and words[place + 1][0].isupper():
        return False
    # "in mit Grundstücken besicherte Anleihen": a participle before its noun, behind what it governs.
    attributive = lows[place].endswith(("te", "ten")) and place + 1 < end and words[place + 1][0].isupper()
    if attributive and place > 1 and lows[place - 2] in word_set("prepositions"):
        return not any(low in word_set("prepositions") for low in lows[max(0, place - 3) : place - 2])
    if is_surely_finite(lows[place]):
        return True
    if place == end - 1 or "zu" in lows[max(0, place - 1) : place + 2]:
        return False
    if morphology.verb_form(lows[place]):
        # An infinitive or participle by its form: finite in second place, or behind the subject.
        return place == 1 or words[place - 1][0].isupper() or words[place - 1][0] in ')“”»«"'
    return not (words[place + 1][0].isupper() and lows[place].endswith(("en", "te", "ten")))


def _may_be_verb(word: str) -> bool:
    low = word.lower()
    return word.islower() and (is_surely_finite(low) or bool(morphology.verb_form(low) & morphology.PLURAL))


def is_subjunctive(lows: Sequence[str]) -> bool:
    """Whether a Konjunktiv I, or "hätte", "wäre", "würde" in its place, shows that someone else is speaking."""
    for n, low in enumerate(lows):
        if low in word_set("subjunctive") or low in _STAND_INS:
            return True
        at_end = n + 1 == len(lows) or not lows[n + 1][0].isalnum()
        flags = morphology.verb_form(low) if at_end and n else 0
        if flags & morphology.SUBJUNCTIVE1 and not flags & morphology.FINITE and low.endswith("e"):
            return True
    return False


__all__ = ["LAST_RESORT_WORDS", "LEAST_WORDS", "fault", "has_loose_quotation", "is_noise", "is_subjunctive"]

"""What a key point must not be: the hard filters, each with a name; a point that meets none of them may be shown.

Judges the rendered words of one point; does not choose and does not shorten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reader.analysis import morphology
from reader.analysis.compression import MOST_WORDS
from reader.analysis.deletion import ADJECTIVE, Clause, is_finite, is_surely_finite
from reader.analysis.openings import fault_of_opening
from reader.analysis.reference import fault_of_reference
from reader.analysis.stems import content_stems, lexicon, word_set

LOOSE_QUOTATION = 5
"""Words in quotation marks from which on a point must name who says them."""
LEAST_WORDS, LEAST_STEMS = 3, 3
"""Words of a point; one of the least length must be of topic words alone ("Betriebsrat wittert Kürzungen")."""


@cache
def _noise() -> re.Pattern[str]:
    phrases = "|".join(f"(?:{phrase})" for phrase in lexicon()["noise"]["phrases"])
    return re.compile(phrases.replace(" ", r"\s+"), re.IGNORECASE)


_ARTICLES = frozenset("der die das dem den des ein eine einer einem einen eines".split())
_ASKED = frozenset("dass ob wie warum was wo wann wer weshalb wohin".split())
_STAND_INS = frozenset("hätte hätten wäre wären würde würden".split())


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
    clause: Clause,
    *,
    most: int = MOST_WORDS,
    spoken: bool = False,
    heading: bool = False,
    framed: bool = False,
    verbless: bool = False,
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
    named = fault_of_opening(words, lows)
    if named:
        return named
    last = next(low for low in reversed(lows) if low[0].isalnum())
    if (last in word_set("no_end") and not _ends_sentence(clause)) or words[-1] in (",", "–", "-", ":"):
        return "open end"
    return fault_of_reference(clause, spoken, framed) or _fault_of_form(words, lows, heading, verbless)


def _ends_sentence(clause: Clause) -> bool:
    """Whether the article's own sentence ends there too: "… stellen den Betrieb ein." is whole."""
    behind = clause.text[clause.ends[-1] :].lstrip(' “”"»«')
    return clause.lows[-1] in ("ein", "mit", "rund", "ohne", "für", "seit") and behind[:1] in tuple(".!?;")


def _is_balanced(words: Sequence[str]) -> bool:
    text = "".join(word for word in words if not word[0].isalnum())
    return (
        text.count("„") <= text.count("“") + text.count("”")
        and (text.count("“") + text.count("”") + text.count("„")) % 2 == 0
        and text.count('"') % 2 == 0
        and text.count("»") == text.count("«")
        and text.count("(") == text.count(")")
        and text.count("‚") <= text.count("‘") + text.count("'") + text.count("’")
    )


def _fault_of_form(words: Sequence[str], lows: Sequence[str], heading: bool, verbless: bool) -> str | None:
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
    line = " ".join(lows)
    if words[-1] in ",;" or lows[-1] in ("und", "oder") or ("zum einen" in line and "zum anderen" not in line):
        return "half coordination"
    if heading and len(words) > 1 and words[0].isdigit() and words[1] == ".":
        return "bare heading"
    if heading and (words[0] in '„"»“«' or len(words) < 4 or not _tells_something(words, lows)):
        return "bare heading"
    # "ist neue Präsidentin „Stau lösen“": two headings in one.
    if heading and _ends_in_quotation(words, lows):
        return "bare heading"
    # "Ganz normales Deutsch sprechen": advice, or a topic.
    if heading and _ends_in_infinitive(words, lows):
        return "bare heading"
    # "Drei Sonnen, verwandelt in Wellen": a picture.
    if heading and "," in words and not _has_main_verb(words, lows):
        return "bare heading"
    # "läuft doch alles super", "zum Beispiel": an aside, an illustration.
    if any(
        low == "doch" and n and words[n - 1][0].isalnum() and "noch" not in lows[n + 1 :] for n, low in enumerate(lows)
    ):
        return "aside"
    if "zum beispiel" in line or "beispielsweise" in lows:
        return "example"
    if verbless:
        return None
    if not heading and not _has_main_verb(words, lows):
        return "no verb"
    if not heading and _lacks_infinitive(words, lows):
        return "open end"
    # "Brandt richten, hat nun …": what is left of a clause between commas.
    if (
        "," in words[2:4]
        and lows[words.index(",") + 1] in _CARRIES
        and morphology.verb_form(lows[words.index(",") - 1])
    ):
        return "half coordination"
    # "Am Mittwoch hatte die Mission in Mali (EUTM)": the page has cut the sentence in two.
    if heading and lows[-1] == ")" and {"hatte", "hatten", "wurde", "wurden"} & present:
        return "bare heading"
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


def _lacks_infinitive(words: Sequence[str], lows: Sequence[str]) -> bool:
    """ "… sollen sich auch schwer kranke", "sollen bis Freitag": the infinitive is gone."""
    modal = next((n for n, low in enumerate(lows) if low in _MODALS and words[n][0].islower()), 0)
    last = len(words) - 1
    if not modal or last <= modal + 1:
        return False
    if lows[modal] in _ASKING and not any(
        n != modal and words[n][0].islower() and morphology.verb_form(lows[n]) & morphology.INFINITIVE
        for n in range(len(words))
    ):
        return True
    return bool(ADJECTIVE.fullmatch(words[last])) and not morphology.verb_form(lows[last])


_ASKING = frozenset("soll sollen sollte sollten muss müssen musste mussten darf dürfen".split())
"""Modals that nobody uses without an infinitive, as "will" is ("will den Titel")."""
_CARRIES = frozenset("hat haben hatte hatten ist sind war waren wird werden wurde wurden".split())
_MODALS = frozenset(
    "soll sollen sollte sollten will wollen wollte wollten kann können könnte könnten muss müssen".split()
)


def _ends_in_quotation(words: Sequence[str], lows: Sequence[str]) -> bool:
    """Whether a quotation with an infinitive stands right behind a noun, without a mark between them."""
    if words[-1] not in '“”"«»' or len(words) < 6:
        return False
    opening = next((n for n in range(len(words) - 2, 0, -1) if words[n] in '„"»«'), 0)
    infinitive = bool(morphology.verb_form(lows[-2]) & morphology.INFINITIVE) and words[-2].islower()
    return opening > 1 and infinitive and words[opening - 1][0].isupper()


def _ends_in_infinitive(words: Sequence[str], lows: Sequence[str]) -> bool:
    """Whether an infinitive closes the line and no verb before it needs one."""
    last = next((n for n in range(len(words) - 1, -1, -1) if words[n][0].isalnum()), 0)
    flags = morphology.verb_form(lows[last]) if words[last].islower() else 0
    if not flags & morphology.INFINITIVE or flags & morphology.PARTICIPLE:
        return False
    return not any(words[n].islower() and is_finite(lows[n]) for n in range(last))


def _tells_something(words: Sequence[str], lows: Sequence[str]) -> bool:
    """Whether a sub-headline has a verb of its own, and not only a topic ("Rat und Medien", "Ersatz für die Halle")."""
    last = len(words) - 1
    for n, (word, low) in enumerate(zip(words, lows, strict=True)):
        flags = morphology.verb_form(low) if word[0].islower() and low not in word_set("no_verb") else 0
        # Before a noun an infinitive's or participle's form is an attribute: "für erzwungenen Rücktritt".
        bends = low.endswith(("en", "e", "er", "em", "es")) and n > 0 and words[n - 1][0].islower()
        is_attribute = n < last and words[n + 1][0].isupper() and bends
        if flags & morphology.ANY_FINITE or (flags and not is_attribute):
            return True
        if word[0].islower() and low in word_set("auxiliary") | word_set("copula"):
            return True
    return False


def _has_main_verb(words: Sequence[str], lows: Sequence[str]) -> bool:
    """Whether a finite verb stands in a stretch between commas that no relative pronoun or subordinator opens."""
    start = 0
    for n in range(len(words) + 1):
        if n < len(words) and words[n] not in (",", ":", ";", "–", "—"):
            continue
        opener = start + (start < n and lows[start] in word_set("prepositions") and start > 0)
        subordinate = start > 0 and opener < n and lows[opener] in word_set("subordinator") | word_set("relative")
        subordinate = subordinate and not _opens_noun_phrase(words, lows, opener, n)
        if not subordinate and any(_is_verb(words, lows, k, n) for k in range(start, n)):
            return True
        start = n + 1
    return False


def _opens_noun_phrase(words: Sequence[str], lows: Sequence[str], start: int, end: int) -> bool:
    """Whether "der", "die", "das" behind a comma is an article: its noun follows, and the verb is not the last word.

    "Europa, der Nahe Osten und Afrika sind betroffen", "Die Polizei ermittelt, der Staatsschutz ist eingeschaltet".
    """
    if lows[start] not in ("der", "die", "das"):
        return False
    here = start + 1
    while here < end and words[here][0].islower() and ADJECTIVE.fullmatch(lows[here]):
        here += 1
    if here >= end or not words[here][0].isupper():
        return False
    verb = next((n for n in range(here + 1, end) if words[n][0].islower() and is_surely_finite(lows[n])), end)
    return verb < end - 1


def _is_verb(words: Sequence[str], lows: Sequence[str], place: int, end: int) -> bool:
    if not words[place][0].islower() or not is_finite(lows[place]):
        return False
    # "an der installierten Leistung": between article and noun it is an attribute.
    if place and lows[place - 1] in _ARTICLES and place + 1 < end and words[place + 1][0].isupper():
        return False
    # "in mit Grundstücken besicherte Anleihen": a participle before its noun, behind what it governs.
    attributive = lows[place].endswith(("te", "ten")) and place + 1 < end and words[place + 1][0].isupper()
    if attributive and place > 1 and lows[place - 2] in word_set("prepositions"):
        # "für die von Brandt angekündigte Reform"
        if place > 2 and lows[place - 3] in _ARTICLES:
            return False
        return not any(low in word_set("prepositions") for low in lows[max(0, place - 3) : place - 2])
    if is_surely_finite(lows[place]):
        return True
    # "Forscher fordern, dass …"
    if (
        place == end - 1
        and place
        and words[place - 1][0].isupper()
        and lows[end + 1 : end + 2]
        and lows[end + 1] in _ASKED
    ):
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


def is_subjunctive(words: Sequence[str]) -> bool:
    """Whether a Konjunktiv I, or "hätte", "wäre", "würde" in its place, shows that someone else is speaking."""
    lows = [word.lower() for word in words]
    for n, low in enumerate(lows):
        # "große Sorge", "die Frage": a noun.
        if n and not words[n][0].islower():
            continue
        if low in word_set("subjunctive") or low in _STAND_INS:
            return True
        at_end = n + 1 == len(lows) or not lows[n + 1][0].isalnum()
        flags = morphology.verb_form(low) if at_end and n else 0
        if flags & morphology.SUBJUNCTIVE1 and not flags & morphology.FINITE and low.endswith("e"):
            return True
    return False


__all__ = ["LEAST_WORDS", "fault", "has_loose_quotation", "is_noise", "is_subjunctive"]

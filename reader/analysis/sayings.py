"""Nouns of saying and the source inside them: "Angaben der Polizei", "Grupps Meinung", "einer Studie der UNO"."""

from __future__ import annotations

from reader.analysis.constructions import Sentence
from reader.analysis.lexicon import endings, media_names, noun_kind, words
from reader.analysis.nounphrases import NounPhrase
from reader.model.analysis import SourceKind

_GIVEN = "angaben"
_LINKED = ("ums", "ungs", "hafts", "ions", "täts", "heits", "keits", "mens", "eins", "ats", "ags", "ants")
"""Stems of compounds with the s that links them to what follows: "Ministeriums-", "Unternehmens-"."""


def is_saying(low: str) -> bool:
    """Whether a noun names a saying: "Angaben", "Polizeiangaben", "Experteneinschätzung", "NASA-Bericht"."""
    if low in words("frames", "nouns", "speech") or low.endswith(endings("frames", "endings", "speech")):
        return True
    return "-" in low and low.rsplit("-", 1)[1] in words("frames", "nouns", "speech")


def giver(noun: str) -> str:
    """Who gives the information in a compound: "Polizei" of "Polizeiangaben"; empty for other words."""
    if len(noun) < len(_GIVEN) + 3 or not noun.lower().endswith(_GIVEN):
        return ""
    stem = noun[: -len(_GIVEN)].rstrip("-")
    return stem[:-1] if stem.endswith(_LINKED) else stem


def medium_of(noun: str) -> str:
    """The agency or outlet in a compound: "dpa-Meldung", "Spiegel-Bericht"; empty without one."""
    first = noun.partition("-")[0]
    return first if first != noun and first in media_names() else ""


def owner_before(s: Sentence, phrase: NounPhrase) -> NounPhrase | None:
    """The name in front of a noun of saying: "Grupps Meinung", "Celebis Angaben"."""
    last = phrase.core - 1
    first = phrase.noun if phrase.name is None else min(phrase.noun, phrase.name[0])
    if (
        last <= first
        or not is_saying(s.g.lows[last])
        or is_saying(s.g.lows[first])
        or not s.g.words[last - 1].endswith(("s", "x", "’", "'"))
    ):
        return None
    owner = NounPhrase(phrase.i, last, last - 1)
    owner.noun = first
    owner.name = (first, last)
    owner.core = last
    return owner


def source_inside(s: Sentence, phrase: NounPhrase) -> tuple[NounPhrase | None, int]:
    """The source inside "Angaben der Polizei"; the phrase itself when it is one; ``None`` for bare "den Angaben"."""
    g = s.g
    low = g.lows[phrase.noun]
    end = phrase.j
    if not is_saying(low):
        return phrase, end
    own = phrase.article in words("determiners", "possessive") or any(
        g.lows[k] in words("determiners", "possessive") for k in range(phrase.i, phrase.noun)
    )
    k = phrase.core
    if k < phrase.j and g.lows[k] in ("in", "im", "aus"):
        # "der Darstellung in ihrem Buch": the text speaks
        text = s.chunker.at(k, phrase.j)
        if text is not None and noun_kind(g.words[text.noun]) is SourceKind.DOCUMENT:
            return text, end
    if k < s.unit.j and (g.lows[k] in s.chunker.genitive or g.lows[k] in ("von", "vom", "aus")):
        inner = s.chunker.at(k, s.unit.j)
        if inner is None and g.lows[k] == "von" and k + 1 < s.unit.j and g.words[k + 1].isalpha():
            inner = NounPhrase(k + 1, k + 2, k + 1)
            inner.name = (k + 1, k + 2)
        if inner is not None:
            if noun_kind(g.words[phrase.noun]) is SourceKind.DOCUMENT or low in words("outlet", "reports", "nouns"):
                # a text speaks itself: "einer Studie der UNO", "einem Bericht des Funkblatts"
                phrase.j = max(phrase.j, inner.j)
                if low in words("outlet", "reports", "nouns") and inner.name is not None and not own:
                    phrase.name, phrase.head = inner.name, inner.head
                return phrase, phrase.j
            return coordinated(s, inner), max(end, inner.j)
    if k < s.unit.j and k == phrase.j and g.lows[k] not in s.chunker.closed and g.lows[k].endswith("er"):
        # "Einschätzung politischer Beobachter", "Meinung vieler Experten"
        inner = s.chunker.at(k, s.unit.j)
        if inner is not None and not inner.pronoun and inner.i == k and inner.core > k + 1:
            return coordinated(s, inner), max(end, inner.j)
    if phrase.core - phrase.noun > 1 and g.words[phrase.core - 1].endswith(("s", "x", "z", "’", "I")):
        # "Angaben Ibrahims", "Meinung Russlands"
        inner = s.chunker.at(phrase.noun + 1, s.unit.j)
        if inner is not None and not inner.preposition:
            return inner, max(end, inner.j)
    if own:
        pronoun = NounPhrase(phrase.i, phrase.i + 1, phrase.i)
        pronoun.pronoun = True
        return pronoun, end
    kind = noun_kind(g.words[phrase.noun])
    if medium_of(g.words[phrase.noun]):
        return phrase, end
    if low.endswith("angaben") and low != "angaben":
        return phrase, end
    if kind in (SourceKind.OUTLET, SourceKind.DOCUMENT, SourceKind.AGENCY) or low.endswith(
        ("medienberichten", "presseberichten", "zeitungsberichten")
    ):
        return phrase, end
    if low in ("bericht", "berichten", "meldung", "meldungen", "berichts"):
        return phrase, end
    if low.endswith(endings("frames", "endings", "speech")) and low not in words("frames", "nouns", "speech"):
        return phrase, end
    return None, end


def coordinated(s: Sentence, phrase: NounPhrase) -> NounPhrase:
    """The phrase with what "und" adds to it: "der beiden Politiker", "vieler Experten und Fans"."""
    k = phrase.j
    if k + 1 < s.unit.j and s.g.lows[k] in ("und", "sowie", "oder"):
        other = s.chunker.at(k + 1, s.unit.j)
        if (
            other is not None
            and not other.pronoun
            and not other.preposition
            and other.article in ("", phrase.article, "des", "der")
        ):
            following = s.g.verbs[other.j] if other.j < s.unit.j else 0
            if following or other.j >= s.unit.j or s.g.words[other.j] in ",.:;":
                phrase.j = other.j
    return phrase


def phrase_before(s: Sentence, k: int) -> NounPhrase | None:
    """The longest noun phrase that ends right before token ``k``."""
    best = None
    c = max(s.clause_of(k), 0)
    low = max(s.clauses[c].first, k - 14)
    for begin in range(low, k):
        phrase = s.chunker.at(begin, k)
        if phrase is not None and phrase.j == k and not phrase.preposition and not phrase.pronoun:
            best = phrase
            break
    return best if best is None else _with_participle(s, best, low)


def _with_participle(s: Sentence, phrase: NounPhrase, low: int) -> NounPhrase:
    """The phrase with an attribute that looks like a verb in front: "nicht bestätigten Berichten"."""
    lows = s.g.lows
    k = phrase.i
    if not phrase.article and k > low and lows[k - 1].endswith("ten") and s.g.verbs[k - 1] and not s.g.hide[k - 1]:
        k -= 1 + (k - 1 > low and lows[k - 2] in ("nicht", "noch", "bislang", "bisher"))
        if s.g.verbs[k] or lows[k] in s.chunker.closed:
            phrase.i = k
    return phrase

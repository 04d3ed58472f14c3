"""Whether a sentence can stand without the sentences around it, as far as these tell: speech that goes on, a year named
before, a page that breaks off, a claim taken back, a post's signature, a place above.
"""

from __future__ import annotations

import re

from reader.analysis.deletion import Clause, main_verb
from reader.analysis.fitness import is_subjunctive
from reader.analysis.material import Material, Sentence

CLOSING = ' “”"»«)'
"""What may stand behind the mark that ends a sentence."""


def leans_on_neighbours(material: Material, before: Sentence | None, sentence: Sentence) -> bool:
    """Whether the sentence says something else, or nobody's words, once it stands alone."""
    follows = before is not None and (_goes_on(material, before, sentence) or _counts_from(material, before, sentence))
    return (
        follows
        or _breaks_off(material, sentence)
        or _is_taken_back(material, sentence)
        or _is_posted(material, sentence)
        or any(start <= sentence.span.start < end for start, end in material.of_a_place)
    )


def _goes_on(material: Material, before: Sentence, sentence: Sentence) -> bool:
    """Whether a preterite may be the Konjunktiv of a speech that the sentence before is part of.

    "Das Bad sei dicht. Die Becken leckten nicht." in one paragraph, the second without a source of its own.
    """
    if sentence.attributions or sentence.is_heading or "\n" in material.text[before.span.end : sentence.span.start]:
        return False
    if not before.attributions:
        return False
    clause = Clause.of(material.text, sentence.span)
    verb = main_verb(clause)
    low = clause.lows[verb]
    if verb and low in _SHIFTED:
        return True
    if not is_subjunctive(Clause.of(material.text, before.span).words):
        return False
    return bool(verb) and (low in _BOTH_WAYS or (low.endswith(("te", "ten")) and low not in _INDICATIVE))


def _counts_from(material: Material, before: Sentence, sentence: Sentence) -> bool:
    """Whether "in diesem Jahr" is the year that the sentence before names."""
    return bool(_THAT_YEAR.search(sentence.span.of(material.text)) and _A_YEAR.search(before.span.of(material.text)))


_THAT_YEAR = re.compile(r"\b(?:[Ii]n diesem|[Ii]m selben|[Ii]m gleichen|[Ii]n dem) Jahr\b")
_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BOTH_WAYS = frozenset(
    "ließen blieben gingen hielten fielen liefen riefen schrieben stiegen hießen trieben schienen".split()
)
_SHIFTED = frozenset("sollte sollten müsste müssten könnte könnten dürfte dürften würde würden wäre wären".split())
"""Behind any statement of somebody's these may go on with it."""
_INDICATIVE = frozenset("hatte hatten konnte konnten musste mussten durfte durften wusste wussten".split())


def _breaks_off(material: Material, sentence: Sentence) -> bool:
    """Whether a sentence of the body ends without its mark: the page has cut it in two."""
    words = sentence.span.of(material.text).rstrip()
    is_body = any(start <= sentence.span.start < end for start, end in material.body)
    return is_body and bool(words) and words.rstrip(CLOSING)[-1:] not in (".", "!", "…", "?", ":")


def _is_taken_back(material: Material, sentence: Sentence) -> bool:
    """Whether the next sentence says that this is only told so: "So zumindest die Lesart der Bank."."""
    return not sentence.is_heading and _SO_TOLD.match(material.text, sentence.evidence.end) is not None


_SO_TOLD = re.compile(
    r"\s+So (?:zumindest|jedenfalls|wenigstens|lautet|heißt es|(?:die|der|das) (?:\w+ )?"
    r"(?:Lesart|Theorie|These|Idee|Plan|Annahme|Hoffnung|Vorstellung|Legende|Vorwurf|Klischee))\b"
)


def _is_posted(material: Material, sentence: Sentence) -> bool:
    """Whether a signature ("— Brandt (@ib)") ends its paragraph or is the next one: the sentence is a post's."""
    return not sentence.is_heading and _SIGNED.match(material.text, sentence.span.start) is not None


_SIGNED = re.compile(r"[^\n]{1,600}(?:\n+[^\n]{0,80})?[—–-] ?[^\n(]{2,60}\(@\w+\)")


__all__ = ["CLOSING", "leans_on_neighbours"]

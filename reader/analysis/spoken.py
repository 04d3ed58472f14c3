"""A statement with its speaker in front: "Streeck: Kokain macht abhängig".

Finds the statement and the name that may stand before it; the name stands in the text as it is, in the nominative.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reader.analysis.deletion import Clause
from reader.analysis.stems import lexicon, word_set
from reader.model.analysis import Attribution, ReportForm, Source, SourceKind
from reader.model.span import Span

SPEAKER_WORDS = 3
"""A longer name does not go before a colon."""
_WORD = re.compile(r"\w+")
_PRONOUNS = frozenset("er sie es ihm ihr wir ich man dieser diese der die das beide".split())
_DETERMINERS = frozenset("der die das ein eine den dem des einer einem".split())
_GOVERNING = frozenset("von vom bei beim laut nach aus gegenüber seitens durch zufolge in im mit zu zum zur".split())


def spoken_form(
    text: str, sources: Mapping[int, Source], attribution: Attribution, sentence: Span
) -> tuple[Clause, Span] | None:
    """The statement before a frame ("…, sagte Streeck") and the name that may stand before it with a colon."""
    if attribution.form not in (ReportForm.DIRECT, ReportForm.INDIRECT, ReportForm.SUBJUNCTIVE):
        return None
    if len(attribution.content) != 1 or not attribution.cue or not attribution.speaker:
        return None
    content = attribution.content[0]
    frame = (*attribution.cue, *attribution.speaker)
    if _is_told_next(text, content, attribution, sentence):
        name = _name(text, sources, attribution)
        return (Clause.of(text, sentence), name) if name else None
    if not all(sentence.contains(part) for part in (content, *frame)):
        return None
    gap = text[content.end : max(content.end, min(part.start for part in frame))]
    if content.end > min(part.start for part in frame) or any(char.isalnum() for char in gap):
        return None
    name = _name(text, sources, attribution)
    if name is None:
        return None
    start, end = content.start, content.end
    if start > sentence.start and text[start - 1] in '„“»«"‚':
        start -= 1
    if end < sentence.end and text[end] in '“”«»"‘':
        end += 1
    # Anything else before the statement, or a colon behind the frame, would be lost unseen.
    behind = text[max(part.end for part in frame) : sentence.end]
    hedged = any(word in word_set("hedge") for word in _WORD.findall(text[end : sentence.end].lower()))
    if text[sentence.start : start].strip() or ":" in behind or "," in behind or hedged:
        return None
    return Clause.of(text, Span(start, end)), name


def _is_told_next(text: str, content: Span, attribution: Attribution, sentence: Span) -> bool:
    """Whether the whole sentence is a statement and the next one says whose ("…. Das teilte die Kammer mit.")."""
    first = min(part.start for part in (*attribution.cue, *attribution.speaker))
    last = max(part.end for part in (*attribution.cue, *attribution.speaker))
    covers = content.start <= sentence.start + 1 and content.end >= sentence.end - 2
    if not covers or first < sentence.end:
        return False
    # "Das bestritt der Minister" says the contrary.
    if not any(word in _TELLS for part in attribution.cue for word in part.of(text).lower().split()):
        return False
    behind = _WORD.findall(text[last : last + 60].split(".")[0].lower())
    between = text[sentence.end : first]
    return _DAS.fullmatch(between) is not None and not word_set("hedge") & set(behind)


_TELLS = frozenset(
    "teilte teilten teilt teilen sagte sagten sagt berichtet berichtete berichten berichteten erklärte erklärten "
    "meldet meldete melden meldeten schreibt schrieb bestätigte gab".split()
)
_DAS = re.compile(r"[\s“”\"»«]*(?:Das|Dies)\s+")


def _name(text: str, sources: Mapping[int, Source], attribution: Attribution) -> Span | None:
    """What stands before the colon: the family name of a person, else the mention without its article."""
    source = sources.get(attribution.source) if attribution.source is not None else None
    mention = attribution.speaker[0]
    words = [(m.group(), mention.start + m.start()) for m in re.finditer(r"\S+", mention.of(text))]
    if not words or len(attribution.speaker) > 1:
        return None
    if source is not None and source.kind is SourceKind.PERSON:
        family = source.name.split()[-1]
        at = mention.of(text).rfind(family)
        if at >= 0 and family[0].isupper() and len(source.name.split()) <= SPEAKER_WORDS:
            return Span(mention.start + at, mention.start + at + len(family))
    if words[0][0].lower() in _PRONOUNS and len(words) == 1:
        return None
    before = text[max(0, mention.start - 40) : mention.start].split()
    governed = before[-1].lower() if before else ""
    if governed in _DETERMINERS and len(before) > 1:
        governed = before[-2].lower()
    determiner = words[0][0].lower() if words[0][0].lower() in _DETERMINERS else ""
    if determiner:
        words = words[1:]
    # "hieß es von der Schweizerischen Post": the name stands in another case than before a colon.
    is_oblique = governed in _GOVERNING or determiner in ("dem", "den", "des", "einem", "einer", "eines")
    if is_oblique and (determiner or len(words) > 1 or before[-1].lower() in _DETERMINERS):
        return None
    # "der Vorsitzende" bends with its article.
    if determiner and re.search(lexicon()["words"]["adjectival_noun"], words[-1][0] if words else ""):
        return None
    if not words or len(words) > SPEAKER_WORDS or words[-1][0].endswith("-") or not words[0][0][0].isupper():
        return None
    return Span(words[0][1], mention.end)


__all__ = ["spoken_form"]

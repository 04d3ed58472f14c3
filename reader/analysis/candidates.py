"""Every form in which a sentence of the article could be a key point, without a statement losing its speaker."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from reader.analysis import background
from reader.analysis.compression import MOST_WORDS, STYLE_RULES, shortened
from reader.analysis.coordination import parts
from reader.analysis.deletion import Clause, Cut, render
from reader.analysis.fairness import is_fair, is_refusal, keeps_speaker
from reader.analysis.fitness import fault, is_noise
from reader.analysis.headline import participle_lines, verb_first_lines
from reader.analysis.introduction import introduced, is_unknown
from reader.analysis.lexicon import noun_kind
from reader.analysis.material import WEIGHTS, Material, Sentence
from reader.analysis.morphology import ANY_FINITE, PLURAL, verb_form
from reader.analysis.neighbours import CLOSING, leans_on_neighbours
from reader.analysis.newsvalue import (
    ASIDE,
    EASY_WORDS,
    FOLLOWING,
    LONG,
    LONG_LEAD,
    STAGED,
    SUPERSEDED,
    TURNED,
    UNTOLD,
    Kind,
    kind_of,
    leaning,
    worth,
)
from reader.analysis.openings import fault_of_opening
from reader.analysis.ranking import Vector, Weights
from reader.analysis.spoken import spoken_form
from reader.analysis.stems import content_stems, stem, word_set
from reader.analysis.telegram import bare_subject
from reader.model.analysis import Attribution, ReportForm
from reader.model.span import Span

Form = Literal["list", "sentence"]

SENTENCE_WORDS = 40
WHOLE_MAY = frozenset(
    [None, "pronoun", "demonstrative start", "leaning start", "no verb", "half coordination", "open end", "verb first",
     "mark at the start"]
)  # fmt: skip
"""What a whole sentence may have that a point in a list may not: it is read where it stands."""
LONGEST = 3000
"""Characters of a sentence that is looked at; shortening a longer one, which nobody writes, would take square time."""
FOREIGN_WORDS = 7
"""A sentence of so many words without one function word is in another language."""
OPENING = 10
"""Sentences in which a feature sets its scene; a text of fewer than twice as many is none."""
SENTENCE_WEIGHTS = Weights(central=1.2, lead=1.2, headline=0.35, share=0.5)
"""The signs of ``material.WEIGHTS`` for whole sentences, set by hand: nearness and place tell more."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point that may be shown: its words, where they stand, and how much they say."""

    text: str
    spans: tuple[Span, ...]
    sentence: Sentence
    vector: Vector
    score: float
    sources: tuple[int, ...]
    worth: float
    """The factor of its news value, in the score already."""
    is_spoken: bool = False
    """Whether its speaker stands before it with a colon."""
    kind: Kind | str | None = None
    """What part of the news it tells; of a speech, who speaks."""


_TURNS = re.compile(r"\s+(?:Doch|Aber|Jedoch|Dann|Nun|Jetzt|Trotzdem|Dennoch|Allerdings|Stattdessen|Mittlerweile)\b")
"""The next sentence turns against this one."""
_LIMITED = re.compile(r"\s+[^\n.!?]{3,70}\b(?:hingegen|dagegen|allerdings|jedoch)\b")
"""The next sentence tells the other side."""
_FIRST_HALF = re.compile(
    r"\b(?:mag|mögen|wollten?|sollten?|bisher|bislang|zunächst|ursprünglich|eigentlich|noch)\b", re.IGNORECASE
)
"""What was wanted or held before."""
_FOLLOWS = re.compile(
    r"\b(?:dennoch|trotzdem|gleichwohl|somit|deshalb|deswegen|daher|folglich|also|hingegen|dagegen|indes|jedenfalls|jedoch"
    r"|allerdings)\b"
)
"""The sentence draws a conclusion or contradicts one: without the sentence before it says less, or something else."""


def candidates_of(material: Material, form: Form) -> list[Candidate]:
    """The best form of every sentence, sub-headline or side-by-side clause that may be shown."""
    found: list[Candidate] = []
    before: Sentence | None = None
    for sentence in material.sentences:
        words = sentence.span.of(material.text)
        if len(words) > LONGEST:
            before = sentence
            continue
        shaky = leans_on_neighbours(material, before, sentence)
        before = sentence
        if not _tells(material, words) or is_refusal(sentence) or shaky:
            continue
        if form == "sentence":
            if not sentence.is_heading:
                clause = Clause.of(material.text, sentence.span)
                is_told = fault(clause, most=SENTENCE_WORDS) in WHOLE_MAY and keeps_speaker(clause, sentence)
                if is_told and not is_noise(words):
                    made_whole = _candidate(material, clause, None, sentence)
                    # What weighs against a line in a list does not against a sentence that is read as one.
                    plain = material.ranking.score(made_whole.vector, sentence.position, SENTENCE_WEIGHTS)
                    found.append(replace(made_whole, score=plain, worth=1.0))
            continue
        starts = _starts(material, sentence)
        if sentence.in_quotation:
            starts = [start for start in starts if start[1] is not None]
        made = [_shortest(material, start, sentence) for start in starts]
        forms = [candidate for candidate in made if candidate]
        # A statement that can have its speaker in front is not shown with its frame as well.
        spoken = [candidate for candidate in forms if candidate.is_spoken]
        # Asked last: the pattern of what sells and guides is the dearest of all.
        if forms and not is_noise(words):
            found += spoken or forms
    return found


def _tells(material: Material, words: str) -> bool:
    """Whether the sentence tells something in German: no question, no announcement, no line about an author.

    Whether it sells or guides instead is asked of its forms (``fitness.is_noise``).
    """
    if len(words.split()) >= FOREIGN_WORDS and word_set("function").isdisjoint(words.lower().split()):
        return False
    announces = words.rstrip(CLOSING).endswith((":", "?"))
    return not (announces or words.startswith(material.bylines))


def _starts(material: Material, sentence: Sentence) -> list[tuple[Clause, Span | None]]:
    """What shortening starts from: the sentence, its side-by-side clauses, a statement whose speaker goes in front."""
    whole = Clause.of(material.text, sentence.span)
    starts: list[tuple[Clause, Span | None]] = [(whole, None)]
    if sentence.is_heading:
        return starts
    for part in parts(whole):
        outside = ((0, part.order[0]), (part.order[-1] + 1, len(whole)))
        if all(is_fair(whole, cut, sentence) for cut in outside if cut[0] < cut[1]):
            starts.append((part, None))
    for attribution in sentence.attributions:
        heard_here = {a.source for a in sentence.attributions if not _is_part_of(a, attribution)}
        spoken = spoken_form(material.text, material.sources, attribution, sentence.span)
        # A sentence carried on in Konjunktiv is somebody's who was heard saying something.
        heard = attribution.cue or attribution.why == "interview" or material.speaking & set(attribution.speaker)
        if spoken and heard and not (heard_here - {attribution.source}):
            starts.append(spoken)
            starts += [(part, spoken[1]) for part in parts(_unmarked(spoken[0]))]
    return starts


def _is_part_of(inner: Attribution, outer: Attribution) -> bool:
    """Whether what somebody does in words is itself what is told ("Eine Mehrheit fordert einer Umfrage zufolge …")."""
    told = (*inner.cue, *inner.speaker, *inner.content)
    return inner.form is ReportForm.REPORTED and all(any(p.contains(t) for p in outer.content) for t in told)


def _unmarked(clause: Clause) -> Clause:
    """A quotation without its marks: one clause of it stands as what the speaker said, not as a quotation."""
    marks = [n for n, word in enumerate(clause.words) if word in '„“”»«"']
    whole = len(marks) == 2 and marks[0] == 0 and marks[1] >= len(clause) - 2
    return clause.without([(n, n + 1) for n in marks]) if whole else clause


_POINTING = frozenset("er sie ihr ihm ihnen ihn ich wir mir uns diese dieser dieses diesen diesem".split())
"""No cut takes these from the beginning, and none begins a point."""
STYLE_SPARES = 6
"""Words that headline style takes from a line at most."""
OPENING_EVENT = 3
"""Sentences in which "dabei" is the event of the headline; later it may be another one."""
_THERE = frozenset("dabei dort damals danach daraufhin anschließend hierbei".split())


def _shortest(material: Material, start: tuple[Clause, Span | None], sentence: Sentence) -> Candidate | None:
    """The form nearest to the article that is taken in at a glance and has no fault, else the shortest without one."""
    whole, name = start
    # "Klimaschützer: Protest nicht legitim": with a colon somebody seems to speak.
    if sentence.is_heading and _seems_spoken(whole) and stem(_before_colon(whole)[-1]) not in material.voices:
        return None

    if name is None and whole.lows[0] in _POINTING:
        return None

    def allowed(clause: Clause, cut: Cut) -> bool:
        return is_fair(clause, cut, sentence, with_name=name is not None)

    best: Clause | None = None
    is_direct = _is_direct(sentence, name)
    forms = (
        [whole]
        if sentence.is_heading or is_direct
        else shortened(whole, allowed, material.weight, material.before_family_name)
    )
    seen: list[Clause] = []
    most = MOST_WORDS - (len(name.of(material.text).split()) if name else 0)
    for form in forms:
        trimmed = form.trimmed()
        if not len(trimmed):
            continue
        seen.append(trimmed)
        if name is not None:
            lines = verb_first_lines(trimmed)
        else:
            leans = trimmed.lows[0] in _THERE and sentence.position >= OPENING_EVENT
            lines = [] if sentence.is_heading or leans else participle_lines(trimmed)
        # No cut mends how the line begins, and headline style takes a few words only.
        if name is None and not lines and fault_of_opening(trimmed.words, trimmed.lows):
            break
        if not lines and trimmed.number_of_words() > most + STYLE_SPARES:
            continue
        for clause in (trimmed, trimmed if is_direct else _in_telegram_style(trimmed, allowed), *lines):
            if fault(
                clause,
                most=most,
                spoken=name is not None,
                heading=sentence.is_heading,
                framed=any(a.speaker for a in sentence.attributions),
                verbless=clause in lines,
            ):
                continue
            if name is not None or keeps_speaker(clause, sentence):
                best = clause
                if len(render(material.text, clause.spans()).split()) <= EASY_WORDS - MOST_WORDS + most:
                    return _candidate(material, clause, name, sentence)
    if best is None and name is None and not sentence.is_heading:
        # One article too long: the line begins as a headline does.
        for form in seen:
            clause = form.without(bare_subject(form))
            sound = len(clause) and fault(clause, framed=any(a.speaker for a in sentence.attributions)) is None
            if sound and keeps_speaker(clause, sentence):
                best = clause
                break
    return _candidate(material, best, name, sentence) if best is not None else None


def _before_colon(clause: Clause) -> list[str]:
    return list(clause.words[: clause.words.index(":")]) if ":" in clause.words else []


def _seems_spoken(clause: Clause) -> bool:
    """Whether up to three nouns or names stand before a colon, and somebody is named by them or no clause follows."""
    before = [word for word in _before_colon(clause) if word not in "-–"]
    behind = clause.words[clause.words.index(":") + 1 :] if before else ()
    tells = any(word[0].islower() and verb_form(word) & (ANY_FINITE | PLURAL) for word in behind[:-1])
    is_name = 0 < len(before) <= 3 and all(word[0].isupper() for word in before)
    return is_name and (not tells or noun_kind(before[-1]) is not None)


def _is_direct(sentence: Sentence, name: Span | None) -> bool:
    """Whether the point is somebody's own words: they stand as they were said."""
    return name is not None and any(a.form is ReportForm.DIRECT for a in sentence.attributions)


def _in_telegram_style(clause: Clause, allowed: Callable[[Clause, Cut], bool]) -> Clause:
    # A line that is short enough stands as the article has it.
    if clause.number_of_words() <= EASY_WORDS:
        return clause
    for rule in STYLE_RULES:
        cuts = [cut for cut in rule.find(clause) if allowed(clause, cut)]
        if cuts:
            clause = clause.without(cuts)
    return clause


def _is_off_topic(material: Material, sentence: Sentence, vector: Vector, line: str) -> bool:
    """Whether a line of the opening holds no word of the headline, no recurring one and no figure: it sets a scene."""
    ranking = material.ranking
    is_long = len(material.sentences) > 2 * OPENING and bool(ranking.title)
    if not is_long or sentence.is_heading or sentence.position >= OPENING or any(char.isdigit() for char in line):
        return False
    return not any(word in vector for word in ranking.title) and ranking.topics.isdisjoint(vector)


def _is_about_the_news(material: Material, vector: Vector) -> bool:
    """Whether a sub-headline holds a word of the headline, of the first two sentences or a recurring one."""
    known = {*material.ranking.headline, *material.ranking.topics}
    return any(word in known or material.first.get(word, 2) < 2 for word in vector)


def _candidate(material: Material, clause: Clause, name: Span | None, sentence: Sentence) -> Candidate:
    text, spans = material.text, clause.spans()
    line = render(text, spans)
    vector = material.ranking.vector(content_stems(line))
    value = worth(clause, material.ranking.headline, material.ranking.topics)
    if name is None or not _is_direct(sentence, name):
        value *= leaning(clause, material.ranking.headline, material.first, sentence.position, material.several)
    if name is None and material.is_bare_surname(clause):
        value *= UNTOLD
    if name is None or not _is_direct(sentence, name):
        value *= background.factor(clause, material.ranking.headline, sentence.position, material.latest_year)
    called: tuple[Span, ...] = ()
    if name is not None:
        called = introduced(material, name, EASY_WORDS - clause.number_of_words())
        if is_unknown(material, called):
            value *= UNTOLD
    if sentence.is_heading and not _is_about_the_news(material, vector):
        value *= ASIDE
    # "„Gute Nacht“, sagte die Meisterin": a scene, unless what is said touches the headline.
    is_scene = name is None and clause.words[0] in '„"»“' and not set(vector) & set(material.ranking.headline)
    if is_scene:
        value *= STAGED
    turns = _TURNS.match(text, sentence.evidence.end) or _LIMITED.match(text, sentence.evidence.end)
    if turns and not sentence.is_heading:
        # "Brandt wollte keinen Umbau. Dann stimmte sie zu.": half a story.
        value *= SUPERSEDED if _FIRST_HALF.search(line) else TURNED
    if name is None and _FOLLOWS.search(sentence.span.of(text)):
        value *= FOLLOWING
    score = material.ranking.score(vector, sentence.position, WEIGHTS) * value
    if clause.number_of_words() + (len(name.of(text).split()) if name else 0) > EASY_WORDS:
        score *= LONG_LEAD if sentence.position < 2 else LONG
    said = [
        a.source
        for a in sentence.attributions
        if a.source is not None and any(part.overlaps(span) for part in a.content for span in spans)
    ]
    if name is None and not said and _is_off_topic(material, sentence, vector, line):
        score, value = score * STAGED, value * STAGED
    kind: Kind | str | None = kind_of(clause.words)
    if name is not None:
        kind = name.of(text).split()[-1]
        line = f"{' '.join(part.of(text) for part in called)}: {line}"
        spans = tuple(sorted((*called, *spans)))
    return Candidate(line, spans, sentence, vector, score, tuple(dict.fromkeys(said)), value, name is not None, kind)


__all__ = ["Candidate", "Form", "candidates_of"]

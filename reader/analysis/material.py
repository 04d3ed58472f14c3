"""One article prepared for choosing its points: sentences with place, weight and attributions, names, topics."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reader.analysis.background import latest_year
from reader.analysis.deletion import Clause, Cut, words_of
from reader.analysis.familynames import first_names
from reader.analysis.lexicon import noun_kind
from reader.analysis.names import is_given_name
from reader.analysis.ranking import Ranking, Vector, Weights
from reader.analysis.spoken import in_quotations
from reader.analysis.stems import content_stems, lexicon, stem
from reader.model.analysis import Attribution, Source, SourceKind
from reader.model.article import RUNNING_KINDS, BlockKind, Document
from reader.model.span import Span
from reader.text.sentences import sentences

MOST_SENTENCES = 400
"""Later sentences of a very long text are no candidates."""
HEADING_POSITION = 6
"""Sub-headlines are not news for standing early: plain texts list them all at the top."""
WEIGHTS = Weights(central=0.6, lead=0.6, headline=0.35, share=0.5)
"""Signs of a sentence's importance for lines of a list, set by hand; it hardly matters within a third of each."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or sub-headline; ``span`` is without dateline, ``evidence`` what the reader is shown for it."""

    span: Span
    evidence: Span
    position: int
    is_heading: bool
    vector: Vector
    score: float
    attributions: tuple[Attribution, ...]
    refuses: bool = False
    in_quotation: bool = False
    """Whether a quotation that began before goes on: what stands there is somebody's."""


@dataclass(frozen=True, slots=True)
class Material:
    """One article prepared for choosing."""

    text: str
    sentences: tuple[Sentence, ...]
    ranking: Ranking
    sources: dict[int, Source]
    bylines: tuple[str, ...]
    """How a line about an author begins ("Ilse Brandt ist")."""
    first_names: tuple[Span, ...]
    """Where the words before a family name stand that is used alone elsewhere."""
    first: dict[str, int]
    """In which sentence, from 0, each stem occurs first."""
    several: frozenset[str]
    """Stems of what the text counts: after "zwei Fahrer" "der Fahrer" may be either."""
    speaking: frozenset[Span]
    """Mentions that a verb of saying has as its subject."""
    voices: frozenset[str]
    """Stems of the last words of all speakers."""
    of_a_place: tuple[tuple[int, int], ...]
    """Stretches under a sub-headline that is a place and nothing else ("Bayern"): what they say holds there only."""
    body: tuple[tuple[int, int], ...]
    """Where the paragraphs stand; a lead may do without its full stop."""

    latest_year: int | None
    """The year of the news; None where nothing tells it."""

    def weight(self, word: str) -> float:
        """What a stem means for the article; 0 for one it does not know."""
        return self.ranking.centroid.get(word, 0.0)

    def before_family_name(self, clause: Clause) -> list[Cut]:
        """First names, and the role before them where it opens the clause ("Der Botschafter Mike Waltz" -> "Waltz").

        Who is not in the headline keeps the role ("Botschafter Waltz").
        """
        for span in self.first_names:
            inside = [n for n in range(len(clause)) if span.start <= clause.starts[n] < span.end]
            if not inside or any(clause.quoted[n] for n in inside):
                continue
            start, end = inside[0], inside[-1] + 1
            head = clause.words[:start]
            is_role = all(w[0].isupper() or w in _DETERMINERS or _ADJECTIVE.fullmatch(w) for w in head)
            family = clause.words[end] if end < len(clause) else ""
            given = next((n for n in range(start, end) if is_given_name(clause.words[n])), end)
            has_role = any(noun_kind(clause.words[n]) is not None for n in range(given))
            if has_role and stem(family) not in self.ranking.headline:
                if given == end:
                    continue
                return [(given, end)]
            if start <= 4 and is_role and head and not any(w.lower() in _NO_ROLE for w in head):
                start = 0
            # "der Ukrainer Usyk": article and adjective need the word between them and the name.
            before = clause.words[start - 1] if start else ""
            joined = len(span.of(self.text).split()) > 1 and before in ("und", "oder", "sowie", "als")
            if joined or before.lower() in _DETERMINERS or (before.islower() and _ADJECTIVE.fullmatch(before)):
                continue
            return [(start, end)]
        return []

    def is_bare_surname(self, clause: Clause) -> bool:
        """Whether the line begins with the family name alone of somebody whom the headline does not name."""
        family = clause.words[0]
        if stem(family) in self.ranking.headline or (clause.words[1:2] and clause.words[1][0].isupper()):
            return False
        return any(
            s.kind is SourceKind.PERSON and " " in s.name and s.name.split()[-1] == family
            for s in self.sources.values()
        )

    @classmethod
    def of(cls, document: Document, sources: Sequence[Source], attributions: Sequence[Attribution]) -> Material:
        """Sentences of the running text, then sub-headlines, each with its place, weight and attributions."""
        text = document.text
        running = _running(document)
        spans = [span for span, _ in running]
        stems = [content_stems(span.of(text)) for span in spans]
        ranking = Ranking(stems, content_stems(f"{document.title} {document.kicker}"))
        places = _by_sentence(spans, attributions)
        quoted = in_quotations(text, spans)
        found: list[Sentence] = []

        def add(span: Span, evidence: Span, position: int, is_heading: bool, words: list[str], n: int | None) -> None:
            vector = ranking.vector(words)
            score = ranking.score(vector, position, WEIGHTS)
            found.append(
                Sentence(
                    span,
                    evidence,
                    position,
                    is_heading,
                    vector,
                    score,
                    places[n] if n is not None else (),
                    bool(n is not None and places[n] and _REFUSES.search(span.of(text))),
                    n is not None and quoted[n],
                )
            )

        for n, ((span, whole), words) in enumerate(zip(running, stems, strict=True)):
            add(span, whole, n, False, words, n)
        for block in document.of_kind(BlockKind.HEADING):
            before = bisect_right([span.start for span in spans], block.span.start)
            words = content_stems(block.span.of(text))
            add(block.span, block.span, max(before, HEADING_POSITION), True, words, None)
        speaking = frozenset(mention for a in attributions if a.cue for mention in a.speaker)
        voices = frozenset(
            stem(mention.of(text).split(" (")[0].split()[-1]) for a in attributions for mention in a.speaker
        )
        first: dict[str, int] = {}
        for n, words in enumerate(stems):
            for word in words:
                first.setdefault(word, n)
        bylines = tuple(f"{name} {link}" for name in document.authors for link in ("ist", "(", "arbeitet", "schreibt"))
        return cls(
            text,
            tuple(found),
            ranking,
            {s.id: s for s in sources},
            bylines,
            first_names(text, sources),
            first,
            frozenset(stem(match[1]) for match in _COUNTED.finditer(text)),
            speaking,
            voices,
            _of_a_place(document),
            tuple((b.span.start, b.span.end) for b in document.of_kind(BlockKind.PARAGRAPH)),
            latest_year(text),
        )


_COUNTED = re.compile(
    r"\b(?:[Zz]wei|[Dd]rei|[Vv]ier|[Ff]ünf|[Ss]echs|[Mm]ehrere|[Bb]eiden?)\s+(?:[a-zäöüß-]+e[nr]?\s+){0,2}([A-ZÄÖÜ][\w-]+)"
)
_REFUSES = re.compile(r"\bnicht (?:weiter |näher )?(?:kommentier|äußern)|\bkeine (?:Angaben|Stellungnahme|Auskunft)\b")


@cache
def _dateline() -> re.Pattern[str]:
    return re.compile(lexicon()["dateline"]["pattern"])


def _running(document: Document) -> list[tuple[Span, Span]]:
    """The sentences of the running text, each without and with its dateline."""
    found: list[tuple[Span, Span]] = []
    for block in document.of_kind(*RUNNING_KINDS):
        for whole in sentences(document.text, block.span.start, block.span.end):
            match = _dateline().match(whole.of(document.text))
            start = whole.start + (match.end() if match else 0)
            if start < whole.end:
                found.append((Span(start, whole.end), whole))
    return found[:MOST_SENTENCES]


def _of_a_place(document: Document) -> tuple[tuple[int, int], ...]:
    headings = document.of_kind(BlockKind.HEADING)
    ends = [*(heading.span.start for heading in headings), len(document.text)][1:]
    return tuple(
        (heading.span.end, end)
        for heading, end in zip(headings, ends, strict=True)
        if heading.span.of(document.text).strip(" :").lower() in words_of("adjunct", "places")
    )


def _by_sentence(spans: Sequence[Span], attributions: Sequence[Attribution]) -> list[tuple[Attribution, ...]]:
    """For each sentence the attributions with a part in it."""
    starts = [span.start for span in spans]
    # By identity: hundreds may name the speaker of one sentence, and comparing each with each takes seconds.
    found: list[dict[int, Attribution]] = [{} for _ in spans]
    for attribution in attributions:
        for part in (*attribution.content, *attribution.cue, *attribution.speaker):
            here = max(0, bisect_right(starts, part.start) - 1)
            while here < len(spans) and spans[here].start < part.end:
                if spans[here].overlaps(part):
                    found[here][id(attribution)] = attribution
                here += 1
    return [tuple(group.values()) for group in found]


_ADJECTIVE = re.compile(r"[a-zäöüß-]{3,}(?:e|en|er|es|em)")
_NO_ROLE = frozenset(
    "auch und oder nur selbst sogar mit von für gegen bei laut nach trotz wegen in im am an auf zu zum zur".split()
)
_DETERMINERS = frozenset("der die das ein eine den dem des einer einem".split())


__all__ = ["WEIGHTS", "Material", "Sentence"]

"""What one outlet has alone of a story, and what all have: sources and attributed statements.

Strict: "only here" is said of named people and institutions whose name stands in no other telling at all, and of a
statement only where no other telling has anything like it from the same source. Only whole articles are compared; a
teaser's silence means nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from reader.analysis.lexicon import noun_kind
from reader.analysis.profiles import is_ordinary, short_names
from reader.analysis.stems import content_stems, stem, word_set
from reader.model.analysis import Analysis, Attribution, Completeness, Note, Reading, ReportForm, Source, SourceKind
from reader.model.article import RUNNING_KINDS, Document
from reader.model.span import joined
from reader.model.story import Finding, FindingKind
from reader.text.sentences import sentences

_PEOPLE = frozenset({SourceKind.PERSON, SourceKind.SPOKESPERSON})
_NAMED = _PEOPLE | {SourceKind.INSTITUTION, SourceKind.DOCUMENT}
_FEWEST_STEMS = 5
"""Stems of a statement that can be compared; shorter ones agree or differ by chance."""
_FEWEST_SHARED = 3
"""Stems of a statement that all may be said to have: it is the same source that says so."""
_OTHER, _OTHER_OF_SAME, _SAME = 0.34, 0.2, 0.5
"""Share of a statement's stems in one place of another text: below the first it is missing there, below the second even
where the same source speaks there, too; from the third on it is the same statement."""
_MOST = 8
"""Findings of one sort."""
_LONGEST = 60_000
"""Characters of a text that is compared, statement by sentence; no report has more."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(slots=True)
class _Statement:
    text: str
    stems: frozenset[str]
    article: int


@dataclass(slots=True)
class _Cited:
    """A source as one outlet cites it."""

    name: str
    kind: SourceKind
    shown: str
    role: frozenset[str] = frozenset()
    """Stems of what the source is, as far as it is told beside the name."""
    articles: dict[int, None] = field(default_factory=dict)
    statements: list[_Statement] = field(default_factory=list)


@dataclass(slots=True)
class _Outlet:
    name: str
    words: set[str] = field(default_factory=set)
    """Stems of all words of its tellings."""
    numbers: set[str] = field(default_factory=set)
    places: list[frozenset[str]] = field(default_factory=list)
    """Stems of each two neighbouring sentences."""
    cited: dict[frozenset[str], _Cited] = field(default_factory=dict)
    nameless: set[str] = field(default_factory=set)
    """Stems of the sources that it names only by what they are: "der Bürgermeister", "ihr Anwalt"."""


def compared(readings: Sequence[tuple[int, str, Reading]]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What one outlet has alone, and what all have, of (article id, outlet, reading), newest first."""
    outlets: dict[str, _Outlet] = {}
    for number, name, reading in readings:
        if reading.analysis is not None and _comparable(reading.document, reading.analysis):
            outlet = outlets.setdefault(name, _Outlet(name))
            _take(outlet, number, reading.document, reading.analysis)
    if len(outlets) < 2:
        return (), ()
    every = list(outlets.values())
    return tuple(_only_here(every))[:_MOST], tuple(_everywhere(every))[:_MOST]


def _comparable(document: Document, analysis: Analysis) -> bool:
    whole = analysis.completeness is Completeness.FULL and len(document.text) <= _LONGEST
    return whole and Note.NOT_GERMAN not in analysis.notes


def _take(outlet: _Outlet, number: int, document: Document, analysis: Analysis) -> None:
    text = f"{document.title}\n{document.text}"
    outlet.words.update(_stem(part) for word in _WORD.findall(text) for part in (word, *word.split("-")))
    outlet.words |= _aliases(outlet.words)
    outlet.numbers.update(_NUMBER.findall(text))
    for block in document.of_kind(*RUNNING_KINDS):
        found = [
            frozenset(content_stems(span.of(document.text)))
            for span in sentences(document.text, block.span.start, block.span.end)
        ]
        outlet.places += [one | two for one, two in zip(found, [*found[1:], frozenset()], strict=True)]
    for source in analysis.sources:
        key = _key(source)
        if not _proper(source.name, source.kind):
            outlet.nameless.update(content_stems(f"{source.name} {source.role or ''}"))
        if not key:
            continue
        cited = outlet.cited.setdefault(key, _Cited(source.name, source.kind, _shown(source)))
        cited.role |= frozenset(content_stems(source.role or ""))
        cited.articles[number] = None
        for attribution in analysis.attributions:
            if attribution.source == source.id and attribution.form is not ReportForm.NO_COMMENT:
                cited.statements.append(_statement(document, attribution, number))


def _key(source: Source) -> frozenset[str]:
    """By what a source is known again: a person's surname, else the stems of the name, a short name as the long one."""
    if source.kind not in _NAMED:
        return frozenset()
    if source.kind in _PEOPLE:
        return _proper(source.name, source.kind)
    found = frozenset(_stem(word) for word in _capitalised(source.name))
    return next((short | long for short, long in _short_names() if found >= short or found >= long), found)


def _shown(source: Source) -> str:
    """The name; with what it belongs to where it is a genitive: "Büro Erdogans"."""
    apart = source.kind is SourceKind.INSTITUTION and source.role and " " not in source.name
    return f"{source.role} {source.name}" if apart and source.name.endswith("s") else source.name


def _proper(name: str, kind: SourceKind) -> frozenset[str]:
    """The stems of a name that are no common noun: others may call the same "die Beamten" or "das Haus"."""
    words = _capitalised(name)
    if not words or name.split()[0].lower() in word_set("function"):  # "sein Anwalt", "die meisten Experten"
        return frozenset()
    if len(words) == 1 and is_ordinary(words[0]):  # "Zwischenergebnisse", "Europas"
        return frozenset()
    if kind in _PEOPLE:
        # "Althaus" is a name behind another one alone, and "Sprecher der Gewerkschaft" is none.
        is_surname = noun_kind(words[-1]) is None or (len(words) > 1 and noun_kind(words[0]) is None)
        return frozenset({_stem(words[-1])}) if is_surname else frozenset()
    return frozenset(_stem(word) for word in words if noun_kind(word) is None)


def _capitalised(name: str) -> list[str]:
    return [word for word in _WORD.findall(name) if word[0].isupper()]


def _stem(word: str) -> str:
    """The stem without accents: of two papers one writes "Şahin" and one "Sahin"."""
    return stem(_plain(word) if not word.isascii() else word)


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", word).replace("ı", "i").replace("ł", "l"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _short_names() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """The stems of the short name and those of the long one of well-known institutions."""
    return tuple((frozenset({_stem(short)}), frozenset(map(_stem, long))) for short, *long in short_names())


def _aliases(words: set[str]) -> set[str]:
    """The other names of the institutions whose short name, or whose whole long one, stands among the words."""
    found: set[str] = set()
    for short, long in _short_names():
        if words >= short or words >= long:
            found |= short | long
    return found


def _statement(document: Document, attribution: Attribution, number: int) -> _Statement:
    text = " ".join(joined(document.text, attribution.content).split())
    return _Statement(text, frozenset(content_stems(text)), number)


def _only_here(outlets: Sequence[_Outlet]) -> Iterable[Finding]:
    for outlet in outlets:
        others = [other for other in outlets if other is not outlet]
        for key, cited in outlet.cited.items():
            proper = _proper(cited.name, cited.kind)
            if not proper or any(not cited.role.isdisjoint(other.nameless) for other in others):
                continue
            if all(proper.isdisjoint(other.words) for other in others):
                yield Finding(
                    kind=FindingKind.SOURCE,
                    text=cited.shown,
                    source=cited.shown,
                    articles=tuple(cited.articles),
                    outlet=outlet.name,
                )
                continue
            for statement in cited.statements:
                if all(_lacks(other, key, statement) for other in others):
                    yield Finding(
                        kind=FindingKind.STATEMENT,
                        text=statement.text,
                        source=cited.shown,
                        articles=(statement.article,),
                        outlet=outlet.name,
                    )


def _lacks(other: _Outlet, key: frozenset[str], statement: _Statement) -> bool:
    """Whether nothing in the other outlet's tellings could be this statement in other words."""
    overlap = _overlap(other, statement)
    if len(statement.stems) < _FEWEST_STEMS or overlap >= _OTHER:
        return False
    speaks = any(not key.isdisjoint(known) and cited.statements for known, cited in other.cited.items())
    if not speaks:
        return True
    numbers = set(_NUMBER.findall(statement.text))
    if overlap >= _OTHER_OF_SAME:
        return False
    return bool(numbers) and numbers.isdisjoint(other.numbers) and any(len(number) > 1 for number in numbers)


def _overlap(other: _Outlet, statement: _Statement) -> float:
    return max((len(statement.stems & place) / len(statement.stems) for place in other.places), default=0.0)


def _everywhere(outlets: Sequence[_Outlet]) -> Iterable[Finding]:
    first, *others = outlets
    for key, cited in first.cited.items():
        same = [other.cited.get(key) for other in others]
        found = [one for one in same if one is not None]
        if len(found) < len(others):
            continue
        articles = (*cited.articles, *(number for one in found for number in one.articles))
        yield Finding(kind=FindingKind.SOURCE, text=cited.shown, source=cited.shown, articles=articles)
        for statement in cited.statements:
            matches = [_match(one, statement) for one in found]
            if len(statement.stems) >= _FEWEST_SHARED and None not in matches:
                everyone = (statement.article, *(match for match in matches if match is not None))
                yield Finding(kind=FindingKind.STATEMENT, text=statement.text, source=cited.shown, articles=everyone)


def _match(cited: _Cited, statement: _Statement) -> int | None:
    """The article in which a source says the same, if it does."""
    for known in cited.statements:
        shared = len(known.stems & statement.stems)
        if shared >= _SAME * max(len(known.stems), len(statement.stems)):
            return known.article
    return None

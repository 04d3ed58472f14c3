"""What the analysis found, as spans over the document's text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reader.model.article import Article, Document
from reader.model.span import Span

ANALYSIS_VERSION = 5
"""Raised whenever the same document may give another result; stored analyses of older versions are made anew."""


class SourceKind(StrEnum):
    """Who says so."""

    AGENCY = "agency"
    OUTLET = "outlet"
    PERSON = "person"
    SPOKESPERSON = "spokesperson"
    INSTITUTION = "institution"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"


class ReportForm(StrEnum):
    """How it is said."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    """A clause with its frame: "X sagte, dass …", "laut X …", "X zufolge"."""
    SUBJUNCTIVE = "subjunctive"
    """A sentence in Konjunktiv I carried on without a frame of its own."""
    HEARSAY = "hearsay"
    """"soll … haben", "will … gesehen haben", "angeblich"."""
    REPORTED = "reported"
    """The summary of a speech act: "X kritisierte den Plan"."""
    NO_COMMENT = "no_comment"


class Completeness(StrEnum):
    """How much of the article there is."""

    FULL = "full"
    TEASER = "teaser"
    CONSENT = "consent"
    PAYWALL = "paywall"
    TITLE_ONLY = "title_only"
    MEDIA = "media"
    TICKER = "ticker"
    EMPTY = "empty"


class Genre(StrEnum):
    """The kind of text."""

    NEWS = "news"
    COMMENTARY = "commentary"
    INTERVIEW = "interview"
    TICKER = "ticker"
    PRESS_RELEASE = "press_release"
    ADVERTISEMENT = "advertisement"
    REVIEW = "review"
    FACT_CHECK = "fact_check"
    PODCAST = "podcast"


class PointOrigin(StrEnum):
    """Who chose a key point."""

    EDITORIAL = "editorial"
    EXTRACTED = "extracted"


class Note(StrEnum):
    """A remark on the whole article's sources."""

    SINGLE_SOURCE = "single_source"
    ONLY_ANONYMOUS = "only_anonymous"
    NO_COMMENT = "no_comment"
    AGENCY_COPY = "agency_copy"
    NOT_GERMAN = "not_german"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Someone or something that is named as saying so; ``id`` counts from 1 within one article.

    ``name`` is what the sidebar shows: the proper name, else the mention in words. ``via`` is the id of the source
    through which this one was heard.
    """

    id: int
    name: str
    kind: SourceKind
    role: str | None = None
    via: int | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attributed statement.

    ``content`` is what is claimed, in pieces where the frame interrupts it; ``cue`` the reporting verb or frame word;
    ``speaker`` the mention that stands for the source here (it may be a pronoun; empty for none); ``source`` the id it
    resolves to; ``confidence`` 0 to 1; ``why`` the id of the rule that found it.
    """

    content: tuple[Span, ...]
    form: ReportForm
    cue: tuple[Span, ...] = ()
    speaker: tuple[Span, ...] = ()
    source: int | None = None
    confidence: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """One point of "Das Wichtigste", word for word.

    ``spans`` is where its words stand. ``evidence`` is the sentence of the running text that carries it: for an
    extracted point the sentence around ``spans``, for an editorial one the sentence that says the same, if any.
    """

    text: str
    spans: tuple[Span, ...]
    sources: tuple[int, ...] = ()
    origin: PointOrigin = PointOrigin.EXTRACTED
    evidence: Span | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything found in one document by one version of the analysis."""

    digest: bytes
    version: int
    completeness: Completeness
    genre: Genre
    sources: tuple[Source, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    notes: tuple[Note, ...] = ()

    def source(self, source_id: int | None) -> Source | None:
        """The source with this id."""
        return next((s for s in self.sources if s.id == source_id), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article ready to be read."""

    article: Article
    document: Document
    analysis: Analysis | None


def reading_minutes(document: Document) -> int:
    """Minutes at 200 words a minute, at least 1 where there is a text at all."""
    words = sum(len(b.span.of(document.text).split()) for b in document.blocks)
    return max(1, round(words / 200)) if words else 0

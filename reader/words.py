"""The words for what the analysis names: kinds, forms, notes, completeness and genre, in the interface language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from reader.i18n import _, number_text
from reader.model.analysis import Completeness, Genre, Note, ReportForm, Source, SourceKind
from reader.model.article import Badge
from reader.model.health import HealthState
from reader.model.settings import FullText


def voice_word(voice: str) -> str:
    """A kind of source in one word."""
    return {
        "agency": _("news agency"),
        "outlet": _("outlet"),
        "person": _("person"),
        "spokesperson": _("spokesperson"),
        "institution": _("institution"),
        "document": _("document"),
        "anonymous": _("anonymous"),
        "hearsay": _("hearsay"),
        "no_comment": _("no comment"),
        "unnamed": _("source not named"),
    }.get(voice, voice)


# A definite article, or an indefinite one that shows its case, in front of a noun: "der Verwaltung", "einem Bericht".
_ARTICLE = re.compile(r"(?:der|die|das|dem|den|des|einem|einen|einer|eines) (?=[A-ZÄÖÜ])", re.IGNORECASE)


# "verschiedenen Quellen zufolge": the plural in the case that its frame gave it, where the word alone tells the case.
_DATIVE = re.compile(
    r"((?:gut |[A-ZÄÖÜa-zäöüß][a-zäöüß]+en )+)(Quellen|Personen|Kreisen|Insidern|Mitarbeitern|Beobachtern)"
)
# "aus Kreisen der Landesregierung", "aus Regierungskreisen": no other case ends so.
_CIRCLES = re.compile(r"^(K|[A-ZÄÖÜ][a-zäöüß]+k)reisen(?= |$)")
_NOMINATIVE = {"Kreisen": "Kreise", "Insidern": "Insider", "Mitarbeitern": "Mitarbeiter", "Beobachtern": "Beobachter"}


# "nach Angaben des Ministeriums": no German noun ends so but in the genitive.
_GENITIVE = re.compile(r"^([A-ZÄÖÜ][\wäöüß-]*(?:i|se|r)um)s(?= |$)")


def _nominative(name: str) -> str:
    name = _CIRCLES.sub(r"\1reise", name)
    found = _DATIVE.fullmatch(name)
    if found is None:
        return name
    adjectives = " ".join(word.removesuffix("n") for word in found[1].split())
    return f"{adjectives} {_NOMINATIVE.get(found[2], found[2])}"


def source_name(source: Source) -> str:
    """A source's name for a list: without the article that its case in the sentence gave it."""
    name = _ARTICLE.sub("", source.name, count=1) if _ARTICLE.match(source.name) else source.name
    if source.kind in (SourceKind.AGENCY, SourceKind.OUTLET):
        return name  # "dpa" and "taz" are written so
    if source.kind is SourceKind.ANONYMOUS:
        name = _nominative(name)
    if source.kind is SourceKind.INSTITUTION:
        name = _GENITIVE.sub(r"\1", name)
    return name[:1].upper() + name[1:]


def form_word(form: ReportForm) -> str:
    """How something is said."""
    return {
        ReportForm.DIRECT: _("direct speech"),
        ReportForm.INDIRECT: _("indirect speech"),
        ReportForm.SUBJUNCTIVE: _("indirect speech carried on in the subjunctive"),
        ReportForm.HEARSAY: _("hearsay"),
        ReportForm.REPORTED: _("speech reported"),
        ReportForm.NO_COMMENT: _("comment refused"),
    }[form]


def form_counts(forms: Iterable[ReportForm]) -> str:
    """How often a source is heard in which form: "3 direct, 1 hearsay"."""
    words = {
        ReportForm.DIRECT: _("direct"),
        ReportForm.INDIRECT: _("indirect"),
        ReportForm.SUBJUNCTIVE: _("subjunctive"),
        ReportForm.HEARSAY: _("hearsay"),
        ReportForm.REPORTED: _("reported"),
        ReportForm.NO_COMMENT: _("no comment"),
    }
    counts = Counter(forms)
    return ", ".join(f"{number_text(counts[form])} {word}" for form, word in words.items() if counts[form])


def note_text(note: Note) -> str:
    """A remark on the article's sources as a sentence."""
    return {
        Note.SINGLE_SOURCE: _("Everything rests on a single source."),
        Note.ONLY_ANONYMOUS: _("All sources are anonymous."),
        Note.NO_COMMENT: _("Somebody concerned did not comment."),
        Note.AGENCY_COPY: _("Agency text, taken over as it is."),
        Note.NOT_GERMAN: _("Not a German text: sources are not analysed."),
    }[note]


def completeness_word(completeness: str) -> str:
    """A short mark for an article that is not all there; empty for a full one."""
    words: dict[str, str] = {
        Completeness.TEASER: _("teaser only"),
        Completeness.CONSENT: _("consent page"),
        Completeness.PAYWALL: _("paywall"),
        Completeness.TITLE_ONLY: _("headline only"),
        Completeness.MEDIA: _("audio or video"),
        Completeness.TICKER: _("live ticker"),
        Completeness.EMPTY: _("without text"),
    }
    return words.get(completeness, "")


def may_have_more(completeness: Completeness) -> bool:
    """Whether the article's page may say more than what is there."""
    return completeness in (Completeness.TEASER, Completeness.TITLE_ONLY, Completeness.EMPTY)


def tells_length(completeness: Completeness) -> bool:
    """Whether what is there says how long the article takes to read."""
    return completeness not in (
        Completeness.TEASER,
        Completeness.TITLE_ONLY,
        Completeness.PAYWALL,
        Completeness.CONSENT,
    )


def completeness_text(completeness: Completeness, *, from_feed: bool = True) -> str:
    """Why the article is not all there, as a sentence; empty for a full one.

    Without ``from_feed`` the text came from a file, a page or a pipe, and no feed has to do with it.
    """
    if not from_feed:
        words = {
            Completeness.TEASER: _("Only a teaser: the text is not all here."),
            Completeness.TITLE_ONLY: _("There is a headline, but no text."),
            Completeness.EMPTY: _("There is no text."),
        }
        if completeness in words:
            return words[completeness]
    return {
        Completeness.TEASER: _("Only a teaser: the feed delivers no more than this."),
        Completeness.CONSENT: _("The page shows a request for consent instead of the article."),
        Completeness.PAYWALL: _("The article continues behind a paywall."),
        Completeness.TITLE_ONLY: _("The feed delivers the headline only."),
        Completeness.MEDIA: _("An audio or video piece: the text only announces it."),
        Completeness.TICKER: _("A live ticker: many short reports, not one article."),
        Completeness.EMPTY: _("The entry holds no text."),
    }.get(completeness, "")


def no_points_text(completeness: Completeness) -> str:
    """Why there are no key points."""
    return {
        Completeness.TEASER: _("No key points: a teaser is not an article."),
        Completeness.CONSENT: _("No key points: the article itself is missing."),
        Completeness.PAYWALL: _("No key points: most of the article is missing."),
        Completeness.TITLE_ONLY: _("No key points: there is only a headline."),
        Completeness.MEDIA: _("No key points: the piece is to be heard or seen."),
        Completeness.TICKER: _("No key points: a ticker has no single thread."),
        Completeness.EMPTY: _("No key points: there is no text."),
    }.get(completeness, _("No key points: no sentence says enough by itself."))


def genre_word(genre: str) -> str:
    """The kind of text; empty for plain news."""
    words: dict[str, str] = {
        Genre.COMMENTARY: _("commentary"),
        Genre.INTERVIEW: _("interview"),
        Genre.TICKER: _("live ticker"),
        Genre.PRESS_RELEASE: _("press release"),
        Genre.ADVERTISEMENT: _("advertisement"),
        Genre.REVIEW: _("review"),
        Genre.FACT_CHECK: _("fact check"),
        Genre.PODCAST: _("podcast"),
    }
    return words.get(genre, "")


def badge_word(badge: Badge) -> str:
    """A mark beside a headline."""
    return {
        Badge.URGENT: _("urgent"),
        Badge.PAYWALL: _("paywall"),
        Badge.FOREIGN: _("not German"),
    }[badge]


def health_word(state: HealthState) -> str:
    """A feed's condition."""
    return {
        HealthState.WELL: _("well"),
        HealthState.FAILING: _("failing"),
        HealthState.ENDED: _("ended"),
        HealthState.MOVED: _("moved"),
        HealthState.SILENT: _("silent"),
        HealthState.NEVER: _("new"),
    }[state]


def full_text_word(way: FullText) -> str:
    """Whether the pages of a feed's articles are fetched."""
    return {
        FullText.AUTOMATIC: _("automatic"),
        FullText.ALWAYS: _("always"),
        FullText.NEVER: _("never"),
    }[way]

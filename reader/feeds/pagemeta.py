"""What a page says about itself: headline, kicker, authors, date, teasers and labels.

JSON-LD (schema.org NewsArticle) comes first, then meta elements (Open Graph, Dublin Core), then what stands on the
page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from reader.feeds.bylines import authors
from reader.feeds.headline import headline
from reader.feeds.pagedates import published
from reader.feeds.pagefacts import PageFacts, flat, plain, read_facts, value_text
from reader.text.kinds import kind_labels
from reader.text.sanitize import clean_line

_LONGEST_LABEL = 60
_PAID_LABEL = "isAccessibleForFree=false"
_KIND = re.compile(
    r"(?:gast)?kommentar|meinung|leitartikel|kolumne|glosse|essay|gastbeitrag|satire|interview|faktencheck|liveticker|liveblog"
    r"|live-?ticker|live-?blog|newsblog|podcast|pressemitteilung|rezension|kritik|test|ratgeber|analyse|reportage",
    re.IGNORECASE,
)
_PAID = re.compile(r"anzeige|werbung|advertorial|sponsored(?: post)?|gesponsert|promotion", re.IGNORECASE)
_BADGE = re.compile(r"label|mark|badge|kicker|dachzeile|topline|overline|sponsor|kennzeich", re.IGNORECASE)
_NEAR = 60
"""So many elements around the heading may say what kind of text it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeta:
    """What is known of an article besides its text; empty where the page does not say it."""

    title: str = ""
    titles: tuple[str, ...] = ()
    """Every form of the headline that the page carries."""
    kicker: str = ""
    authors: tuple[str, ...] = ()
    date: str | None = None
    """ISO 8601, a day or a moment."""
    teasers: tuple[str, ...] = ()
    """The page's own descriptions of its article, best first."""
    labels: tuple[str, ...] = ()
    body: str = ""
    """The text as JSON-LD repeats it, of an article that is free to read; its paragraph breaks are mostly lost."""
    address: str = ""
    """Where the page stands, as the caller or the page itself says."""


def read_meta(root: HtmlElement, address: str = "") -> PageMeta:
    """Everything that ``root``, a whole page, says about its article; ``address`` helps to know the outlet's name."""
    facts = read_facts(root, address)
    called = headline(facts)
    labels = _labels(facts)
    body = facts.stated("articleBody") if _PAID_LABEL not in labels else None
    return PageMeta(
        title=called.title,
        titles=called.forms,
        kicker=called.kicker,
        address=facts.address,
        authors=authors(facts),
        date=published(facts),
        teasers=_teasers(facts),
        labels=tuple(dict.fromkeys((*labels, *called.marks))),
        body=body if isinstance(body, str) else "",
    )


def _teasers(facts: PageFacts) -> tuple[str, ...]:
    """The teasers in head and JSON-LD, a whole one before one that is cut."""
    values = [facts.meta.get("description"), facts.meta.get("og:description"), value_text(facts.stated("description"))]
    values.append(facts.meta.get("twitter:description"))
    found = list(dict.fromkeys(text for value in values if value and (text := plain(value))))
    return tuple(sorted(found, key=lambda text: text.endswith(("…", "..."))))


def _labels(facts: PageFacts) -> tuple[str, ...]:
    """Marks for completeness and genre: paid access, sections, types, what the page calls the text."""
    labels: list[str] = []
    if facts.paid:
        labels.append(_PAID_LABEL)
    labels += [plain(value_text(value)) for value in flat(facts.stated("articleSection"))]
    labels.append(plain(facts.meta.get("article:section", "")))
    labels += [f"@type={value_text(kind)}" for kind in flat(facts.stated("@type"))]
    labels += [f"@type={kind}" for kind in facts.media]
    if facts.meta.get("article:opinion", "").lower() == "true":
        labels.append("Meinung")
    labels += _marks(facts)
    labels += kind_labels(facts.address)
    return tuple(dict.fromkeys(label for label in labels if label and len(label) <= _LONGEST_LABEL))


def _marks(facts: PageFacts) -> Iterator[str]:
    """What the page calls the text in a line of its own beside the heading: "Kommentar", "Anzeige"."""
    place = next(facts.around_heading(), None)
    for element in (
        islice(place.iter("span", "div", "p", "a", "strong", "small", "em"), _NEAR) if place is not None else ()
    ):
        text = clean_line(element.text or "")
        if not text or len(element) or len(text) > _LONGEST_LABEL:
            continue
        if _KIND.fullmatch(text) or (_PAID.fullmatch(text) and _BADGE.search(element.get("class") or "")):
            yield text

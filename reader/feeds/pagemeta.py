"""What a page says about itself: headline, kicker, authors, date and labels.

JSON-LD (schema.org NewsArticle) comes first, then meta elements (Open Graph, Dublin Core), then what stands on the page.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from reader.feeds.dates import EARLIEST, LATEST, german_offset, read_date
from reader.text.sanitize import clean_line

_ARTICLE_TYPES = re.compile(
    r"(?:(?:news|reportagenews|opinionnews|analysisnews|backgroundnews|reviewnews|askpublicnews|satirical|advertisercontent|"
    r"scholarly|tech|report|social)?article|blogposting|liveblogposting|interview|review|report|discussionforumposting)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_MOST_SCRIPT = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeta:
    """What is known of an article besides its text; empty where the page does not say it."""

    title: str = ""
    titles: tuple[str, ...] = ()
    """Every form of the headline that the page carries; a line of the text that repeats one is no text."""
    kicker: str = ""
    authors: tuple[str, ...] = ()
    date: str | None = None
    descriptions: tuple[str, ...] = ()
    """The page's own teasers, best first."""
    labels: tuple[str, ...] = ()
    outlet: frozenset[str] = field(default_factory=frozenset)
    """The outlet's names, folded to letters and figures."""


def read_meta(root: HtmlElement, address: str = "") -> PageMeta:
    """Everything that ``root``, a whole page, says about its article; ``address`` helps to know the outlet's name."""
    page = _Page(root, address)
    title, titles, kicker, marks = page.headline()
    return PageMeta(
        title=title,
        titles=titles,
        kicker=kicker,
        authors=page.authors(),
        date=page.date(),
        descriptions=page.descriptions(),
        labels=(*page.labels(), *marks),
        outlet=page.outlet,
    )


def folded(text: str) -> str:
    """Letters and figures alone, in one case: what two spellings of one line share."""
    return "".join(_WORD.findall(clean_line(text).casefold()))


class _Page:
    def __init__(self, root: HtmlElement, address: str) -> None:
        self.root = root
        self.meta: dict[str, str] = {}
        for element in root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            content = element.get("content")
            if content and content.strip():
                self.meta.setdefault(name.lower(), content)
        self.objects = list(_article_objects(root))
        self.ld = self.objects[0] if self.objects else {}
        if not address:
            canonical = next((e.get("href") for e in root.iter("link") if e.get("rel") == "canonical"), None)
            address = canonical or self.meta.get("og:url", "")
        self.outlet = self._names(address)

    def _names(self, address: str) -> frozenset[str]:
        names = [
            self.meta.get("og:site_name", ""),
            self.meta.get("application-name", ""),
            self.meta.get("publisher", ""),
        ]
        names += [_name(self.ld.get("publisher"))]
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            host = ""
        host = host.removeprefix("www.").removeprefix("m.")
        names += [host, host.rsplit(".", 1)[0], *(part for part in host.split(".")[:-1] if len(part) > 2)]
        return frozenset(filter(None, map(folded, names)))

    # Headline.

    def headline(self) -> tuple[str, tuple[str, ...], str, list[str]]:
        """Title, all its forms, kicker, and marks such as "heise+" that stood before the title."""
        stated = _plain(_text(self.ld.get("headline")) or _text(self.ld.get("name")))
        shared = _plain(self.meta.get("og:title", "") or self.meta.get("twitter:title", ""))
        heading, kicker = self._heading([stated, shared])
        element = self.root.find(".//title")
        window = _plain("".join(element.itertext())) if element is not None else ""
        raw = [t for t in (stated, shared, heading, window) if t]
        marks: list[str] = []
        stated, shared, heading, window = (
            self._without_outlet(t, raw, marks) for t in (stated, shared, heading, window)
        )
        cut = [t for t in (stated, shared, heading, window) if t]
        if not cut:
            return "", (), kicker, marks
        title = self._chosen(stated, shared, heading, window)
        if len(title) > 100:
            # Headlines for search engines end at 110 characters, whole or not.
            stem = folded(title.rstrip("… ."))
            title = next((t for t in cut if len(t) > len(title) and folded(t).startswith(stem)), title)
        if kicker and folded(title).startswith(folded(kicker)):
            kicker = ""
        forms = (
            *cut,
            *raw,
            *(f"{kicker}: {t}" for t in cut if kicker),
            _plain(_text(self.ld.get("alternativeHeadline"))),
        )
        return title, tuple(dict.fromkeys(filter(None, forms))), kicker, marks

    def _chosen(self, stated: str, shared: str, heading: str, window: str) -> str:
        """The headline among four forms of it: JSON-LD's, the one for sharing, the page's own, and the window's."""
        one, two, three, four = map(folded, (stated, shared, heading, window))
        if two and three.startswith(two) and heading[len(shared) :].lstrip().startswith('"'):
            # Quotation marks end the attribute on some pages, and the title with it.
            shared, two = heading, three
        if not shared:
            return stated or heading or window
        if stated and one != two == three:
            # A newsroom that keeps two headlines apart in JSON-LD leaves its own there; the others are for search engines.
            other = folded(_plain(_text(self.ld.get("alternativeHeadline"))))
            return stated if other and other not in (two, three) else shared
        backed = folded(_plain(self.meta.get("twitter:title", ""))).startswith(two)
        if (
            heading
            and not backed
            and three not in (two, four)
            and (one == three or two != four != one or (one and two not in (one, four)))
        ):
            return shared if one == two else heading
        return shared

    def _heading(self, others: list[str]) -> tuple[str, str]:
        """The page's main heading and the kicker in it or right above it."""
        headings = [h for h in self.root.iter("h1") if _inside_words(h)]
        wanted = {folded(t) for t in others if t}
        best = next((h for h in headings if folded(_inside_words(h)) in wanted), headings[0] if headings else None)
        if best is None:
            return "", ""
        whole = _inside_words(best)
        for child in best.iter():
            if child is best or not isinstance(child.tag, str):
                continue
            if (
                _KICKER.search(child.get("class") or "")
                and (inside := _inside_words(child))
                and whole.startswith(inside)
            ):
                rest = whole[len(inside) :].lstrip(" :–-|/")
                return (whole if f"{inside}:" in whole else rest or whole), inside.rstrip(" :")
        before = best.getprevious()
        if before is not None and _KICKER.search(before.get("class") or "") and len(_inside_words(before)) < 60:
            return whole, _inside_words(before).rstrip(" :")
        return whole, ""

    def _without_outlet(self, title: str, others: list[str], marks: list[str]) -> str:
        if match := _PAID_PREFIX.match(title):
            marks.append(match[1].strip())
            title = title[match.end() :]
        for _ in range(3):
            cut = next((title[: m.start()] for m in _SUFFIX.finditer(title) if self._is_suffix(m, title, others)), None)
            if cut is None or not cut.strip():
                break
            title = cut.strip()
        return title

    def _is_suffix(self, match: re.Match[str], title: str, others: list[str]) -> bool:
        rest, before = folded(title[match.end() :]), title[: match.start()].strip()
        if not rest or not before:
            return False
        if any(rest == name or (len(name) > 3 and name in rest and len(rest) < len(name) + 24) for name in self.outlet):
            return True
        if any(folded(before) == folded(other) for other in others):
            return True
        return "|" in match[0] and len(title[match.end() :].split()) <= 4

    # Authors.

    def authors(self) -> tuple[str, ...]:
        """The people and desks that the page names as authors, without titles such as "Von" and places."""
        stated: tuple[str, ...] = ()
        for key in ("author", "creator"):
            # What carries a logo is the publisher, repeated.
            values = [v for v in _flat(self.ld.get(key)) if not (isinstance(v, dict) and "logo" in v)]
            stated = stated or self._people([name for value in values if (name := _name(value))], hosts=True)
        if stated and not all(map(self._is_outlet, stated)):
            return stated
        bylines = [name for name in self._people(list(self._bylines(anywhere=not stated))) if not self._is_outlet(name)]
        if bylines:
            return tuple(bylines)
        keys = ("author", "article:author", "dc.creator", "parsely-author", "dcterms.creator")
        named = self._people([value for key in keys if (value := self.meta.get(key))][:1])
        return tuple(name for name in named if not self._is_outlet(name)) or stated

    def _is_outlet(self, name: str) -> bool:
        bare = folded(name)
        return any(
            bare == outlet or (len(outlet) > 2 and bare.startswith(outlet)) or (len(bare) > 5 and outlet.startswith(bare))
            for outlet in self.outlet
        )

    def _people(self, names: list[str], *, hosts: bool = False) -> tuple[str, ...]:
        found: list[str] = []
        for name in names:
            for part in _AND.split(_ROLE.sub("", _plain(name))):
                person = _BEHIND_NAME.sub("", _ROLE.sub("", part)).strip(" ,;:|/–-")
                if not person or len(person) > 60 or "://" in person or _PRESS_GROUP.search(person):
                    continue
                if hosts or not _HOST.fullmatch(person):
                    found.append(person)
        return tuple(dict.fromkeys(found))

    def _bylines(self, *, anywhere: bool) -> Iterator[str]:
        """What stands behind "Von" or in an element named after authors, near the heading or else ``anywhere``."""
        place = next(self.root.iter("h1"), None)
        for _ in range(_LEVELS):
            place = place.getparent() if place is not None else None
            if place is None or place.tag in ("body", "html"):
                break
            found = list(self._bylines_in(place))
            if found:
                yield from found
                return
        body = self.root.find("body") if anywhere else None
        found = list(dict.fromkeys(self._bylines_in(body))) if body is not None else []
        # Far from the heading only a page that names one author names that of the article.
        yield from found[:1] if len(found) == 1 else ()

    def _bylines_in(self, place: HtmlElement) -> Iterator[str]:
        for element in place.iter("a", "span", "div", "p", "address", "li", "strong", "em", "b", "i"):
            rel, item = element.get("rel") or "", element.get("itemprop") or ""
            marked = rel == "author" or item == "author" or _BYLINE.search(element.get("class") or "") is not None
            if not marked and not _FROM.match(element.text or ""):
                continue
            if _LABEL.fullmatch(element.text or "") and (above := element.getparent()) is not None:
                element = above  # noqa: PLW2901 - the name stands beside its label
            pieces = [piece for text in element.itertext() if (piece := clean_line(text))]
            if sum(map(len, pieces)) > 160 or any(map(_is_teaser, element.iterancestors())):
                continue
            named = _NAMED.match("\n".join(pieces))
            if named:
                yield named[1].replace("\n", " ")
                return
            if marked:
                yield from (piece for piece in pieces[:2] if _PERSON.fullmatch(piece) and not _OFFICE.match(piece))

    # Date.

    def date(self) -> str | None:
        """When the article was published, ISO 8601, with a time of day where one is stated."""
        day: str | None = None
        for value in self._dates():
            found = moment(value)
            if found is None:
                continue
            if len(found) > 10 and (day is None or _near(day, found)):
                return found
            day = day or found
        return day

    def _dates(self) -> Iterator[str]:
        for node in self.objects:
            yield _text(node.get("datePublished"))
        for key in _DATE_KEYS:
            yield self.meta.get(key, "")
        for node in self.objects:
            yield _text(node.get("dateCreated"))
            yield _text(node.get("uploadDate"))
        for element in self.root.iter("time"):
            if not any(above.tag in ("aside", "nav", "footer") for above in element.iterancestors()):
                yield element.get("datetime") or ""
                yield _inside_words(element)
        for element in self.root.iter():
            if isinstance(element.tag, str) and element.get("itemprop") == "datePublished":
                yield element.get("content") or element.get("datetime") or _inside_words(element)
        yield from self._dates_in_text()
        for key in _LATE_DATE_KEYS:
            yield self.meta.get(key, "")
        for node in self.objects:
            yield _text(node.get("dateModified"))

    def _dates_in_text(self) -> Iterator[str]:
        """Dates in the short lines around the heading."""
        heading = next(self.root.iter("h1"), None)
        place = heading
        for _ in range(_LEVELS):
            place = place.getparent() if place is not None else None
            if place is None or place.tag in ("body", "html"):
                return
            for piece in place.itertext():
                if 8 <= len(piece) <= 120 and (match := _DATE_IN_LINE.search(piece)):
                    yield match[0]

    # Teasers and labels.

    def descriptions(self) -> tuple[str, ...]:
        """The teasers in head and JSON-LD, a whole one before one that is cut."""
        values = [self.meta.get("description"), self.meta.get("og:description"), _text(self.ld.get("description"))]
        values.append(self.meta.get("twitter:description"))
        found = list(dict.fromkeys(text for value in values if value and (text := _plain(value))))
        return tuple(sorted(found, key=lambda text: text.endswith(("…", "..."))))

    def labels(self) -> tuple[str, ...]:
        """Marks for completeness and genre: paid access, sections, types, what the page calls the text."""
        labels = []
        free = next((v for o in self.objects for k, v in o.items() if k.lower() == "isaccessibleforfree"), None)
        if free is not None and _text(free).lower().rsplit("/", 1)[-1] == "false":
            labels.append("isAccessibleForFree=false")
        tier = self.meta.get("article:content_tier", "").strip().lower()
        if tier in ("locked", "metered", "free"):
            labels.append(f"content_tier={tier}")
        for value in _flat(self.ld.get("articleSection")):
            labels.append(_plain(_text(value)))
        labels.append(_plain(self.meta.get("article:section", "")))
        labels += [f"@type={_text(kind)}" for kind in _flat(self.ld.get("@type"))]
        if self.meta.get("article:opinion", "").lower() == "true":
            labels.append("Meinung")
        return tuple(dict.fromkeys(label for label in labels if label and len(label) <= 60))


_KICKER = re.compile(
    r"kicker|dachzeile|topline|overline|roofline|spitzmarke|oberzeile|pretitle|eyebrow|head-?line-?intro", re.IGNORECASE
)
_PAID_PREFIX = re.compile(r"(\w[\w ]{0,14}\+|(?:\w+ )?plus)\s*[|:]\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"\s+[|–—·•-]+\s+|,\s+(?=\w+zeitung )|\s*\|\s*")
_AND = re.compile(r"\s*(?:,|;|\bund\b|\band\b|&|\||•)\s*")
_ROLE = re.compile(
    r"^\s*(?:von|by|autor(?:in|en)?|text|redaktion|protokoll|interview|aufgezeichnet von|ein (?:kommentar|gastbeitrag|essay)(?: von)?)\s*:?\s+"
    r"(?=[A-ZÄÖÜ])|^\s*(?:von\s+)?\S*(?:-?gast)?(?:autor(?:in)?|korrespondent(?:in)?|redakteur(?:in)?|reporter(?:in)?)\s+(?=[A-ZÄÖÜ])",
    re.IGNORECASE,
)
_BEHIND_NAME = re.compile(r"\s*\((?:[^()]{1,40})\)\s*$|\s+[–|].*$")
_HOST = re.compile(r"(?:www\.)?[\w-]+\.(?:de|at|ch|com|net|org|lu)", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:authors?|autor(?:en|line)?|authorline|byline|verfasser|articleauthor|author-?name)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:(?:Dr|Prof)\. )*[A-ZÄÖÜ][\w.’'-]+(?: (?:von|van|de|der|den|zu|al|el|bin|le|la|di|du|ten))?(?: [A-ZÄÖÜ][\w.’'-]+){1,3}"
)
_FROM = re.compile(r"\s*(?:von|autor(?:in|en)?|text)\b", re.IGNORECASE)
_OFFICE = re.compile(r"(?:freie\w? |leitende\w? |chef-?)?(?:\w*redakt|\w*korrespondent|\w*reporter|\w*volontär|\w*autor|ressort|leiter)", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:autor|text)(?:in|en)?(?:/(?:autor(?:in)?|-?in))?\s*:?\s*", re.IGNORECASE)
_PRESS_GROUP = re.compile(
    r"(?:medien|presse|verlags?)-?(?:gruppe|haus|gesellschaft)|\b(?:gmbh|verlag)\b", re.IGNORECASE
)
_LEVELS = 5
"""How far above the heading its author and date may hang."""
_NAMED = re.compile(
    r"(?i:von|autor(?:in|en)?(?:/autor(?:in)?)?|by|text)\s*:?\s+"
    rf"({_PERSON.pattern}(?:(?:,\s|,?\s(?:und|&)\s){_PERSON.pattern}){{0,4}}(?:,\s[a-z]{{2,5}}(?:/[a-z]{{2,5}})?(?=$|\n))?)"
)
"""Names, and behind them the mark of an agency or a station ("Von Ilse Brandt, dpa")."""
_DATE_KEYS = (
    "article:published_time", "datepublished", "article:published", "og:article:published_time", "date", "dc.date.issued",
    "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "pubdate", "publishdate", "publish_date", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "last-modified-date",
)  # fmt: skip
_LATE_DATE_KEYS = (
    "article:modified_time",
    "og:updated_time",
    "last-modified",
    "dc.date.modified",
    "dcterms.modified",
    "revised",
)
_DATE_IN_LINE = re.compile(
    r"\b\d{1,2}\.\s?(?:\d{1,2}\.\s?|(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*\.?\s)\d{4}"
    r"(?:,?\s*(?:um|[|–-])?\s*\d{1,2}[:.]\d\d(?:\s*Uhr)?)?"
)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE
)


def moment(value: str) -> str | None:
    """A date as ISO 8601: to the second with its offset where a time is stated, else the day; nothing for no date.

    A time without a zone is German local time, as on the page it stands on.
    """
    text = clean_line(value)
    if match := _ISO.match(text):
        year, month, day, hour, minute, second, zone = match.groups()
        try:
            local = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - its zone is read below
        except ValueError:
            return None
        if hour is None:
            return local.date().isoformat() if EARLIEST.year <= local.year < LATEST.year else None
        if not zone:
            offset = german_offset(local)
        elif zone.upper() == "Z":
            offset = timedelta(0)
        else:
            offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (1 if zone[0] == "+" else -1)
        return _credible(local.replace(tzinfo=timezone(offset)))
    found = read_date(text)
    if found is None:
        return None
    if not re.search(r"\d[:.]\d\d(?:\s*Uhr|[:.\s+]|$)", re.sub(r"\b\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)\b", "", text)):
        return (found + german_offset(found.replace(tzinfo=None))).date().isoformat()
    return _credible(found)


def _credible(found: datetime) -> str | None:
    try:
        return found.isoformat() if EARLIEST <= found < LATEST else None
    except OverflowError:
        return None


def _near(day: str, found: str) -> bool:
    """Whether a time may tell the hour of ``day``: at most a day apart, for the zone's sake."""
    return abs((datetime.fromisoformat(found).date() - datetime.fromisoformat(day).date()).days) <= 1


def _article_objects(root: HtmlElement) -> Iterator[dict[str, object]]:
    """The JSON-LD objects of articles on the page, outermost first."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = (script.text or "").strip()
        if not source or len(source) > _MOST_SCRIPT:
            continue
        try:
            data = json.loads(_JSON_FRAME.sub("", source), strict=False)
        except (ValueError, RecursionError):
            # One broken block must not cost the page the others.
            continue
        queue: list[object] = [data]
        for _ in range(200):
            if not queue:
                break
            node = queue.pop(0)
            if isinstance(node, list):
                queue.extend(node)
            elif isinstance(node, dict):
                if any(_ARTICLE_TYPES.fullmatch(_text(kind)) for kind in _flat(node.get("@type"))):
                    yield node
                queue.extend(
                    node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in node
                )


_JSON_FRAME = re.compile(r"^\s*(?:<!--|/\*.*?\*/|//<!\[CDATA\[|<!\[CDATA\[)\s*|\s*(?:-->|//\]\]>|\]\]>)\s*$")


def _flat(value: object) -> list[object]:
    if isinstance(value, list):
        return [inner for item in value for inner in _flat(item)]
    return [] if value is None else [value]


def _name(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        return _text(value.get("name")) or " ".join(
            filter(None, (_text(value.get("givenName")), _text(value.get("familyName"))))
        )
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return clean_line(str(value)) if isinstance(value, str | bool | int | float) else ""


def _plain(text: str) -> str:
    """One line without markup and entities; JSON-LD is often escaped once more than it should be."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    return clean_line(text)


_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


def _is_teaser(element: HtmlElement) -> bool:
    return element.tag in ("footer", "nav", "aside") or "teaser" in (element.get("class") or "").lower()


def _inside_words(element: HtmlElement) -> str:
    return clean_line(" ".join(element.itertext()) if element.tag == "h1" else "".join(element.itertext()))

"""What a page states in head and JSON-LD, read once: meta elements, the objects of articles, the outlet's names."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from reader.text.sanitize import clean_line

_ARTICLE_TYPES = re.compile(
    r"(?:(?:news|reportagenews|opinionnews|analysisnews|backgroundnews|reviewnews|askpublicnews|satirical|advertisercontent|"
    r"scholarly|tech|report|social)?article|blogposting|liveblogposting|interview|review|report|discussionforumposting)",
    re.IGNORECASE,
)
_PAGE_TYPES = re.compile(r"(?:web|item)page", re.IGNORECASE)
_MEDIA_TYPES = re.compile(r"videoobject|audioobject|podcastepisode|radioepisode|tvepisode", re.IGNORECASE)
_YES, _NO = frozenset({"true", "1", "yes", "hard", "closed"}), frozenset({"false", "0", "no"})
_FRAME = re.compile(r"^\s*(?:<!--|/\*.*?\*/|//<!\[CDATA\[|<!\[CDATA\[)\s*|\s*(?:-->|//\]\]>|\]\]>)\s*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_MOST_SCRIPT = 2_000_000
_MOST_NODES = 200
LEVELS = 5
"""How far above the heading an article's author and date may hang."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The statements of one page, not yet weighed against each other."""

    root: HtmlElement
    meta: dict[str, str]
    """Content of meta elements by property, name or itemprop in lower case; the first of a name counts."""
    objects: tuple[dict[str, object], ...]
    """JSON-LD objects of articles (schema.org), the one on this page's article first."""
    media: tuple[str, ...]
    """Types of the film or sound that the page is about, where it is about no article."""
    paid: bool
    """Whether the page says of its article, or of itself, that it is not free to read."""
    outlet: frozenset[str]
    """The outlet's names, folded to letters and figures."""
    address: str = ""
    """Where the page stands, as the caller or the page itself says."""

    def stated(self, key: str) -> object:
        """What JSON-LD says of the article under a key."""
        return self.objects[0].get(key) if self.objects else None

    def around_heading(self) -> Iterator[HtmlElement]:
        """The elements above the main heading, innermost first, below the page's body."""
        place = next(self.root.iter("h1"), None)
        if place is None:
            place = next(self.root.iter("h2"), None)
        for _ in range(LEVELS):
            place = place.getparent() if place is not None else None
            if place is None or place.tag in ("body", "html"):
                return
            yield place


def read_facts(root: HtmlElement, address: str = "") -> PageFacts:
    """Everything that a page states; ``address`` helps to know the outlet's name."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content")
        if content and content.strip():
            meta.setdefault(name.lower(), content)
    nodes = list(_objects(root))
    objects = [node for node in nodes if _is_of(node, _ARTICLE_TYPES)]
    wanted = {folded(plain(meta.get("og:title", "")))} | {folded(words_in(h)) for h in root.iter("h1")}
    objects.sort(key=lambda node: folded(plain(value_text(node.get("headline")))) not in wanted)
    if not address:
        canonical = next((e.get("href") for e in root.iter("link") if e.get("rel") == "canonical"), None)
        address = canonical or meta.get("og:url", "")
    return PageFacts(
        root, meta, tuple(objects), _media(nodes, meta), _is_paid(nodes, meta), _outlet(meta, objects, address), address
    )


def folded(text: str) -> str:
    """Letters and figures alone, in one case: what two spellings of one line share."""
    return "".join(_WORD.findall(clean_line(text).casefold()))


def plain(text: str) -> str:
    """One line without markup and entities; JSON-LD is often escaped once more than it should be."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    return clean_line(text)


def plain_lines(text: str) -> str:
    """Text without markup and entities, with its line breaks and those that the markup meant."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def words_in(element: HtmlElement) -> str:
    """The words of an element on one line; parts of a heading are parted by blanks."""
    return clean_line((" " if element.tag == "h1" else "").join(map(str, element.itertext())))


def is_beside(element: HtmlElement) -> bool:
    """Whether an element belongs to another text, or to its readers."""
    named = (element.get("class") or "").lower()
    if element.tag == "aside":
        return "meta" not in named and "author" not in named
    if "teaser" in named:
        return "meta" not in named
    return element.tag in ("footer", "nav") or "comment" in named or "related" in named


def flat(value: object) -> list[object]:
    """A JSON value as a list: its items if it is one, at any depth, nothing for null."""
    found: list[object] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif item is not None:
            found.append(item)
    return found


def value_text(value: object) -> str:
    """A JSON value as a line of text; the first item of a list, nothing for an object."""
    found = flat(value)
    first = found[0] if found else ""
    return clean_line(str(first)) if isinstance(first, str | bool | int | float) else ""


def value_name(value: object) -> str:
    """The name of a person or organisation in JSON-LD, which may be given as a bare string."""
    found = flat(value)
    if not found or not isinstance(found[0], dict):
        return value_text(value)
    parts = (value_text(found[0].get("givenName")), value_text(found[0].get("familyName")))
    return value_text(found[0].get("name")) or " ".join(filter(None, parts))


def _outlet(meta: dict[str, str], objects: list[dict[str, object]], address: str) -> frozenset[str]:
    names = [meta.get("og:site_name", ""), meta.get("application-name", ""), meta.get("publisher", "")]
    names += [value_name(node.get("publisher")) for node in objects[:1]]
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    host = host.removeprefix("www.").removeprefix("m.")
    names += [host, host.rsplit(".", 1)[0], *(part for part in host.split(".")[:-1] if len(part) > 2)]
    return frozenset(filter(None, map(folded, names)))


def _is_of(node: dict[str, object], types: re.Pattern[str]) -> bool:
    return any(types.fullmatch(value_text(kind)) for kind in flat(node.get("@type")))


def _media(nodes: list[dict[str, object]], meta: dict[str, str]) -> tuple[str, ...]:
    if any(_is_of(node, _ARTICLE_TYPES) for node in nodes):
        return ()
    kinds = [
        value_text(kind)
        for node in nodes
        for kind in flat(node.get("@type"))
        if _MEDIA_TYPES.fullmatch(value_text(kind))
    ]
    shared = meta.get("og:type", "").lower()
    if shared.startswith(("video", "music")):
        kinds.append("VideoObject" if shared.startswith("video") else "AudioObject")
    return tuple(dict.fromkeys(kinds))


def _is_paid(nodes: list[dict[str, object]], meta: dict[str, str]) -> bool:
    """By schema.org's isAccessibleForFree of article or page, in any spelling, or by meta elements for paid content."""
    if meta.get("article:content_tier", "").strip().lower() == "locked":
        return True
    if any("paywall" in name and value.strip().lower() in _YES for name, value in meta.items()):
        return True
    of_articles = [node for node in nodes if _is_of(node, _ARTICLE_TYPES)]
    for node in of_articles or [node for node in nodes if _is_of(node, _PAGE_TYPES)]:
        free = next((value for key, value in node.items() if key.lower() == "isaccessibleforfree"), None)
        if free is not None:
            return value_text(free).lower().rsplit("/", 1)[-1] in _NO
    return any(
        value_text(value).lower().rsplit("/", 1)[-1] in _NO
        for node in nodes
        if _is_of(node, _PAGE_TYPES)
        for key, value in node.items()
        if key.lower() == "isaccessibleforfree"
    )


def _objects(root: HtmlElement) -> Iterator[dict[str, object]]:
    """The JSON-LD objects on the page that are an article or stand around one, outermost first."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = (script.text or "").strip()
        if not source or len(source) > _MOST_SCRIPT:
            continue
        try:
            data = json.loads(_FRAME.sub("", source), strict=False)
        except (ValueError, RecursionError):
            # One broken block must not cost the page the others.
            continue
        queue: list[object] = [data]
        for _ in range(_MOST_NODES):
            if not queue:
                break
            node = queue.pop(0)
            if isinstance(node, list):
                queue.extend(node)
            elif isinstance(node, dict):
                yield node
                queue.extend(
                    node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in node
                )

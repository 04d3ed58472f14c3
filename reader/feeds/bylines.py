"""Who wrote it: JSON-LD first, then the line behind "Von" near the heading, then the head of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from lxml.html import HtmlElement

from reader.feeds.pagefacts import PageFacts, flat, folded, is_beside, plain, value_name
from reader.text.sanitize import clean_line

_AND = re.compile(r"\s*(?:,|;|\bund\b|\band\b|&|\||•|\bim gespräch mit\b)\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"^\s*(?:(?:von|by|autor(?:in|en)?|text|aufgezeichnet von|ein (?:kommentar|gastbeitrag|essay)(?: von)?)\s*:?\s+"
    r"|(?:redaktion|protokoll|interview|video|fotos?)\s*:\s*"
    r"|(?:von\s+)?\S*(?:autor|korrespondent|redakteur|reporter|expert|kolumnist)(?:in|e)?\s+)(?=\S)",
    re.IGNORECASE,
)
_BEHIND_NAME = re.compile(r"\s*\((?:[^()]{1,40})\)\s*$|\s+[–|].*$")
_HOST = re.compile(r"(?:www\.)?[\w-]+\.(?:de|at|ch|com|net|org|lu)", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:authors?|autor(?:en|line)?|authorline|byline|verfasser|articleauthor|author-?name)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:(?:Dr|Prof)\. )*[A-ZÄÖÜ][\w.’'-]+(?: (?:von|van|de|der|den|zu|al|el|bin|le|la|di|du|ten))?"
    r"(?: [A-ZÄÖÜ][\w.’'-]+){1,3}"
)
_DESK = re.compile(r"[A-ZÄÖÜ][\w-]{2,20}")
"""A first name, a pen name or a desk, which only markup can tell from a word."""
_FROM = re.compile(r"\s*(?:von|autor(?:in|en)?|text)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:freie\w? |leitende\w? |chef-?)?(?:\w*redakt|\w*korrespondent|\w*reporter|\w*volontär|\w*autor|ressort|leiter)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*(?:autor|text)(?:in|en)?(?:/(?:autor(?:in)?|-?in))?\s*:?\s*", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:medien|presse|verlags?)-?(?:gruppe|haus|gesellschaft)|\b(?:gmbh|verlag)\b|://|@|^\W*$", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?i:von|autor(?:in|en)?(?:/autor(?:in)?)?|by|text)\s*:?\s+"
    rf"({_PERSON.pattern}(?:(?:,\s|,?\s(?:und|&)\s){_PERSON.pattern}){{0,4}}(?:,\s[a-z]{{2,5}}(?:/[a-z]{{2,5}})?(?=$|\n))?)"
)
"""Names, and behind them the mark of an agency or a station ("Von Ilse Brandt, dpa")."""


def authors(facts: PageFacts) -> tuple[str, ...]:
    """The people and desks that the page names as authors, without titles such as "Von" and places."""
    stated: tuple[str, ...] = ()
    for key in ("author", "creator"):
        # What carries a logo is the publisher, repeated.
        values = [v for v in flat(facts.stated(key)) if not (isinstance(v, dict) and "logo" in v)]
        stated = stated or _people([name for value in values if (name := value_name(value))], hosts=True)
    if stated and not all(map(partial(_is_outlet, facts), stated)):
        return stated
    bylines = [name for name in _people(list(_bylines(facts, anywhere=not stated))) if not _is_outlet(facts, name)]
    if bylines:
        return tuple(bylines)
    keys = ("author", "article:author", "dc.creator", "parsely-author", "dcterms.creator")
    named = _people([value for key in keys if (value := facts.meta.get(key))][:1])
    return tuple(name for name in named if not _is_outlet(facts, name)) or stated


def _is_outlet(facts: PageFacts, name: str) -> bool:
    bare = folded(name)
    return any(
        bare == outlet or (len(outlet) > 2 and bare.startswith(outlet)) or (len(bare) > 5 and outlet.startswith(bare))
        for outlet in facts.outlet
    )


def _people(names: list[str], *, hosts: bool = False) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        for part in _AND.split(_ROLE.sub("", plain(name))):
            person = _BEHIND_NAME.sub("", _ROLE.sub("", part)).strip(" ,;:|/–-")
            if not person or len(person) > 60 or _NO_NAME.search(person):
                continue
            if hosts or not _HOST.fullmatch(person):
                found.append(person)
    return tuple(dict.fromkeys(found))


def _bylines(facts: PageFacts, *, anywhere: bool) -> Iterator[str]:
    """What stands behind "Von" or in an element named after authors, near the heading or else ``anywhere``."""
    for place in facts.around_heading():
        found = list(_bylines_in(place))
        if found:
            yield from found
            return
    body = facts.root.find("body") if anywhere else None
    found = list(dict.fromkeys(_bylines_in(body))) if body is not None else []
    # Far from the heading only a page that names one author names that of the article.
    yield from found[:1] if len(found) == 1 else ()


def _bylines_in(place: HtmlElement) -> Iterator[str]:
    for element in place.iter("a", "span", "div", "p", "address", "li", "strong", "em", "b", "i", "small", "byline"):
        rel, item = element.get("rel") or "", element.get("itemprop") or ""
        marked = rel == "author" or item == "author" or _BYLINE.search(element.get("class") or "") is not None
        if not marked and not _FROM.match(element.text or ""):
            continue
        if _LABEL.fullmatch(element.text or "") and (above := element.getparent()) is not None:
            element = above  # the name stands beside its label
        pieces = [piece for text in element.itertext() if (piece := clean_line(text))]
        if sum(map(len, pieces)) > 160 or any(map(is_beside, element.iterancestors())):
            continue
        named = _NAMED.match("\n".join(pieces))
        if named:
            yield named[1].replace("\n", " ")
            return
        if marked:
            for piece in pieces[:2]:
                names = [_ROLE.sub("", part) for part in _AND.split(piece)]
                desk = (rel or item) and len(names) == 1 and _DESK.fullmatch(names[0]) is not None
                if not _OFFICE.match(piece) and (desk or all(map(_PERSON.fullmatch, names))):
                    yield from names

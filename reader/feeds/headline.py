"""The headline of a page among the forms that it carries, without the outlet's name and with its kicker apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from reader.feeds.pagefacts import PageFacts, folded, plain, value_text, words_in
from reader.text.sanitize import clean_line

_KICKER = re.compile(
    r"kicker|dachzeile|topline|overline|roofline|spitzmarke|oberzeile|pretitle|eyebrow|head-?line-?intro", re.IGNORECASE
)
_PAID_PREFIX = re.compile(r"(\w[\w ]{0,14}\+|(?:\w+ )?plus)\s*[|:]\s*", re.IGNORECASE)
_DATED = re.compile(r"\s*\d{1,2}\.\s?(?:\d{1,2}\.|[A-Za-zä]+\.?)\s?\d{4}.*$")
_SECTIONS = frozenset(
    "news nachrichten aktuell startseite home politik wirtschaft sport kultur lokales panorama".split()
)
_BESIDE_NAME = re.compile(
    r"(?:www|der|die|das|online|de|at|ch|com|lu|net|org|tv|plus|app|news|nachrichten|zeitung|tageszeitung|magazin|digital|heute"
    r"|aktuell|politik|wirtschaft|sport|kultur|lokales|panorama|\d++)*"
)
_SUFFIX = re.compile(r"\s+[|–—·•-]+\s+|,\s+(?=\w+zeitung )|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Headline:
    """What a page is called."""

    title: str = ""
    forms: tuple[str, ...] = ()
    """Every form of the title that the page carries; a line of the text that repeats one is no text."""
    kicker: str = ""
    marks: tuple[str, ...] = ()
    """What stood before the title: "heise+"."""


def headline(facts: PageFacts) -> Headline:
    """The title among JSON-LD's headline, the one for sharing, the page's own heading and the window's title."""
    stated = plain(value_text(facts.stated("headline")) or value_text(facts.stated("name")))
    shared = plain(facts.meta.get("og:title", "") or facts.meta.get("twitter:title", ""))
    element = facts.root.find(".//title")
    window = plain("".join(element.itertext())) if element is not None else ""
    heading, kicker = _heading(facts, [stated, shared], window)
    raw = [t for t in (stated, shared, heading, window) if t]
    marks: list[str] = []
    stated, shared, heading, window = (_without_outlet(facts, t, raw, marks) for t in (stated, shared, heading, window))
    cut = [t for t in (stated, shared, heading, window) if t]
    if not cut:
        return Headline(kicker=kicker, marks=tuple(marks))
    title = _chosen(facts, stated, shared, heading, window)
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
        plain(value_text(facts.stated("alternativeHeadline"))),
    )
    return Headline(title, tuple(dict.fromkeys(filter(None, forms))), kicker, tuple(dict.fromkeys(marks)))


def _chosen(facts: PageFacts, stated: str, shared: str, heading: str, window: str) -> str:
    """The headline among four forms of it: JSON-LD's, the one for sharing, the page's own, and the window's.

    The form for sharing first, and three exceptions. Not a vote of the forms: on the 87 gold pages of 36 outlets the
    largest group of agreeing forms (these and twitter:title, outlet and kicker taken off) is the headline on .70, .67
    with the order for ties chosen without the outlet that is tested; the forms for search engines mostly outnumber the
    newsroom's own. Sharing alone has .83 whichever outlet is left out; with the exceptions it is .94.
    "alternativeHeadline" stands on four outlets and "alone" on two; quotation marks that end an attribute and "backed"
    on one each, two pages in all, so that about .92 is to be expected of outlets not seen.
    """
    one, two, three, four = map(folded, (stated, shared, heading, window))
    if two and three.startswith(two) and heading[len(shared) :].lstrip().startswith('"'):
        # Quotation marks end the attribute on some pages, and the title with it.
        shared, two = heading, three
    if not shared:
        return stated or heading or window
    if stated and one != two == three:
        # A newsroom that keeps two headlines apart in JSON-LD leaves its own there; the others are for search engines.
        other = folded(plain(value_text(facts.stated("alternativeHeadline"))))
        return stated if other and other not in (two, three) else shared
    backed = folded(plain(facts.meta.get("twitter:title", ""))).startswith(two)
    alone = heading and window and not backed and three not in (two, four)
    # Nobody else says what the page is called for sharing: then the page's own heading counts.
    if alone and (one == three or two != four != one or (stated and two not in (one, four))):
        return shared if one == two else heading
    return shared


def _heading(facts: PageFacts, others: list[str], window: str) -> tuple[str, str]:
    """The page's main heading and the kicker in it or right above it."""
    headings = [h for h in facts.root.iter("h1") if words_in(h)]
    wanted = {folded(t) for t in others if t}
    best = next((h for h in headings if folded(words_in(h)) in wanted), None)
    if best is None:
        # Of several headings the one that names the window, or at least not the one that names the outlet.
        own = [h for h in headings if not any(_is_name(folded(words_in(h)), name) for name in facts.outlet)]
        first = next((h for h in own if folded(window).startswith(folded(words_in(h)))), None)
        best = first if first is not None else next(iter(own or headings), None)
    if best is None:
        return "", ""
    whole = words_in(best)
    for child in best.iter():
        if child is best or not isinstance(child.tag, str):
            continue
        if _KICKER.search(child.get("class") or "") and (inside := _apart(child)) and whole.startswith(inside):
            rest = whole[len(inside) :].lstrip(" :–-|/")
            return (whole if f"{inside}:" in whole else rest or whole), _DATED.sub("", inside).rstrip(" :|")
    before = best.getprevious()
    if before is not None and _KICKER.search(before.get("class") or "") and len(_apart(before)) < 60:
        return whole, _DATED.sub("", _apart(before)).rstrip(" :|")
    return whole, ""


def _apart(element: HtmlElement) -> str:
    """The words of an element, its parts parted by blanks."""
    return clean_line(" ".join(map(str, element.itertext())))


def _without_outlet(facts: PageFacts, title: str, others: list[str], marks: list[str]) -> str:
    if match := _PAID_PREFIX.match(title):
        marks.append(match[1].strip())
        title = title[match.end() :]
    first = _SUFFIX.search(title)
    if first is not None and any(_is_name(folded(title[: first.start()]), name) for name in facts.outlet):
        title = title[first.end() :]
    for _ in range(3):
        cut = next((title[: m.start()] for m in _SUFFIX.finditer(title) if _is_suffix(facts, m, title, others)), None)
        if cut is None or not cut.strip():
            break
        title = cut.strip()
    return title


def _is_suffix(facts: PageFacts, match: re.Match[str], title: str, others: list[str]) -> bool:
    rest, before = folded(title[match.end() :]), title[: match.start()].strip()
    if not rest or not before:
        return False
    if rest in _SECTIONS or any(_is_name(rest, name) for name in facts.outlet):
        return True
    if any(folded(before) == folded(other) for other in others):
        return True
    return "|" in match[0] and len(re.findall(r"\w+", title[match.end() :])) <= 4


def _is_name(rest: str, name: str) -> bool:
    """Whether the letters behind a dash are the outlet's name and nothing but what goes with a name."""
    before, found, behind = rest.partition(name)
    return bool(found) and _BESIDE_NAME.fullmatch(before) is not None and _BESIDE_NAME.fullmatch(behind) is not None

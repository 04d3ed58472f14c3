"""The editors' own summary boxes in a page: found by their label, or by the names that sites give to the element.

Knows nothing of single sites: labels and shapes are words that German newsrooms and their systems share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from reader.text.blocks import SUMMARY_LABEL

_SHAPE = re.compile(
    r"(?:^|[\s_-])(?:summary|zusammenfassung|key-?points?|key-?facts?|key-?takeaways?|bullet-?points?|article-?summary|kurzfassung|"
    r"in-?kuerze|das-?wichtigste(?:-?in-?kuerze)?|(?:type)?infobox-?summary|summary-?list|summary-?box|card-?-?bullets?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_POINT_SHAPE = re.compile(
    r"(?:^|[\s_-])(?:key-?points?|key-?facts?|key-?takeaways?|bullet-?points?)(?:$|[\s_-])", re.IGNORECASE
)
"""Shapes whose paragraphs are points even where no list is marked up."""

_STEM = re.compile(r"summ|key|bullet|kurz|kuerze|wichtigst", re.IGNORECASE)
"""What every shape holds, cheap to look for."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FURNITURE = frozenset({"nav", "footer", "menu", "form", "select"})
_LABEL_LENGTH = 60
_POINTS = range(2, 13)
_MAX_POINT_WORDS, _MIN_MEAN_WORDS = 70, 2
_MOST_LINKED = 0.5
_NEAR = 12
"""So many neighbours are looked at: a box is small, and a page may be built to make us search."""
_LEVELS = 4
"""How far above a label its list may hang."""


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """One summary box: the element that holds its label, if it has one, and the elements of its points."""

    label: HtmlElement | None
    points: tuple[HtmlElement, ...]


def find_boxes(root: HtmlElement) -> list[Box]:
    """The boxes below ``root`` in document order; none of them share a point."""
    found: list[Box] = []
    taken: set[HtmlElement] = set()
    neighbours = _Neighbours()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        box = _by_shape(element) or _by_label(element, neighbours)
        if box is not None and taken.isdisjoint(box.points) and not _is_furniture(element):
            taken.update(box.points)
            found.append(box)
    return found


def _by_shape(element: HtmlElement) -> Box | None:
    name = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("type"))))
    if not name or not _STEM.search(name) or element.tag in ("body", "html", "article", "main", "li"):
        return None
    name = _CAMEL.sub("-", name)
    if not _SHAPE.search(name):
        return None
    points = _items(element)
    if not points and _POINT_SHAPE.search(name):
        points = [p for p in element.iter("p") if _words(p)]
    if not _are_points(points):
        return None
    stated = sum(map(_words, points))
    if _words(element) > stated * 1.5 + 12:
        return None
    label = next((e for e in element.iter() if _label_here(e) is not None), None)
    return Box(_label_here(label) if label is not None else None, tuple(points))


class _Neighbours:
    """What stands behind labels, looked at once: a page may be built to have many labels lead to one long list."""

    def __init__(self) -> None:
        self._says: dict[HtmlElement, bool] = {}
        self._points: dict[HtmlElement, tuple[HtmlElement, ...]] = {}

    def says_something(self, element: HtmlElement) -> bool:
        if element not in self._says:
            self._says[element] = bool(_words(element)) or element.tag == "ul"
        return self._says[element]

    def points(self, element: HtmlElement) -> tuple[HtmlElement, ...]:
        """The points of the list that the element begins with; none where it is no list of points."""
        if element not in self._points:
            points = _items(element) if _starts_with_list(element) else []
            self._points[element] = tuple(points) if _are_points(points) else ()
        return self._points[element]


def _by_label(element: HtmlElement, neighbours: _Neighbours) -> Box | None:
    label = _label_here(element)
    if label is None:
        return None
    place = label
    for _ in range(_LEVELS):
        near = islice(place.itersiblings(), _NEAR)
        following = next((e for e in near if isinstance(e.tag, str) and neighbours.says_something(e)), None)
        if following is not None:
            points = neighbours.points(following)
            return Box(label, points) if points else None
        parent = place.getparent()
        if parent is None or parent.tag in ("body", "article", "main") or (place.tail or "").strip():
            return None
        place = parent
    return None


def _label_here(element: HtmlElement) -> HtmlElement | None:
    """The element that says nothing but a label that stands directly in ``element``."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "title", "option", "a"):
        return None
    text = " ".join((element.text or "").split())
    if not text or len(text) > _LABEL_LENGTH or not SUMMARY_LABEL.fullmatch(text):
        return None
    place = element
    if "".join(element.itertext()).split() != text.split():
        return None
    while True:
        parent = place.getparent()
        if parent is None or parent.tag in ("body", "article", "main", "li") or _is_long(parent):
            return place
        alone = not (parent.text or "").strip() and not (place.tail or "").strip()
        others = any(isinstance(e.tag, str) and (_words(e) or (e.tail or "").strip()) for e in parent if e is not place)
        if not alone or others:
            return place
        place = parent


def _is_long(element: HtmlElement) -> bool:
    # Not by its length, which lxml finds by counting.
    return next(islice(element, _NEAR, None), None) is not None


def _starts_with_list(element: HtmlElement) -> bool:
    for node in islice(element.iter(), 4 * _NEAR):
        if not isinstance(node.tag, str):
            continue
        if node.tag in ("ul", "ol"):
            return True
        if (node.text or "").strip():
            return False
    return False


def _items(element: HtmlElement) -> list[HtmlElement]:
    lists = [element] if element.tag in ("ul", "ol") else list(element.iter("ul", "ol"))
    return [item for item in (lists[0] if lists else ()) if item.tag == "li" and _words(item)]


def _are_points(points: Iterable[HtmlElement]) -> bool:
    counts = [(_words(p), sum(map(_words, p.iter("a")))) for p in points]
    total = sum(words for words, _ in counts)
    return (
        len(counts) in _POINTS
        and max(words for words, _ in counts) <= _MAX_POINT_WORDS
        and total >= _MIN_MEAN_WORDS * len(counts)
        and sum(linked for _, linked in counts) <= total * _MOST_LINKED
    )


def _is_furniture(element: HtmlElement) -> bool:
    return any(parent.tag in _FURNITURE for parent in element.iterancestors())


def _words(element: HtmlElement) -> int:
    return len(" ".join(t for t in element.itertext() if t).split())

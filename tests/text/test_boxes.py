"""Summary boxes by label and by shape."""

from __future__ import annotations

import lxml.html
import pytest

from reader.text.boxes import find_boxes
from tests.growth import growth

ITEMS = "<li>Der Rat stimmt zu</li><li>Gebaut wird ab April</li>"


def labels(page: str) -> list[tuple[str, int]]:
    """Label and number of points of every box."""
    return [
        (box.label.text_content().strip() if box.label is not None else "", len(box.points))
        for box in find_boxes(lxml.html.fragment_fromstring(page, create_parent="div"))
    ]


@pytest.mark.parametrize(
    "label",
    ["Zusammenfassung", "Das Wichtigste in Kürze:", "In Kürze", "Darum gehts", "Darum geht’s", "Kurz und knapp", "Die wichtigsten Infos",
     "Die wichtigsten News zum Umbau im Überblick", "Auf einen Blick", "Kernpunkte"],
)  # fmt: skip
def test_a_list_under_a_label_is_a_box(label: str) -> None:
    assert labels(f"<h3>{label}</h3><ul>{ITEMS}</ul>") == [(label, 2)]
    assert labels(f"<div><div><strong>{label}</strong></div><div><ul>{ITEMS}</ul></div></div>") == [(label, 2)]


@pytest.mark.parametrize(
    "name",
    ["summary_box", "SummaryList", "article-summary", "keyPoints", "key-takeaways", "card--bullets", "in-kuerze"],
)
def test_a_list_in_an_element_named_so_is_a_box(name: str) -> None:
    assert labels(f"<div class='x {name} y'><ul>{ITEMS}</ul></div>") == [("", 2)]


@pytest.mark.parametrize(
    "page",
    [
        f"<h3>Was jetzt kommt</h3><ul>{ITEMS}</ul>",
        f"<h3>Zusammenfassung</h3><p>Der Rat hat zugestimmt.</p><ul>{ITEMS}</ul>",
        f"<p>Eine Zusammenfassung:</p><ul>{ITEMS}</ul>",
        "<h3>Auf einen Blick</h3><ul><li><a href='/a'>Politik im Land</a></li><li><a href='/b'>Sport im Land</a></li></ul>",
        "<h3>Überblick</h3><ul><li>Nur ein Punkt steht hier</li></ul>",
        f"<nav><h3>Überblick</h3><ul>{ITEMS}</ul></nav>",
        f"<div class='summary'><p>{'Ein langer Satz über das Freibad. ' * 12}</p><ul>{ITEMS}</ul></div>",
        f"<div class='summarybox2000'><ul>{ITEMS}</ul></div>",
    ],
)
def test_what_is_no_box(page: str) -> None:
    assert labels(page) == []


def test_a_label_inside_a_named_element_is_one_box_and_not_two() -> None:
    assert labels(f"<div class='summary_box'><b>Zusammenfassung</b><ul>{ITEMS}</ul></div>") == [("Zusammenfassung", 2)]


LABELS = f"<b>Zusammenfassung</b>{'<i></i>' * 12}"


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        (("<div>", "<b>Zusammenfassung</b>", "", "", "</div>"), 3000),
        (("<div><p>", LABELS, "</p><div>", "<i></i>", "Ende</div></div>"), 100),
        (("<div><p>", LABELS, "</p><ul>", "<li>Ein Punkt</li>", "</ul></div>"), 100),
    ],
)
def test_labels_and_what_follows_them_cost_time_by_their_length_alone(parts: tuple[str, ...], number: int) -> None:
    def page(times: int) -> lxml.html.HtmlElement:
        before, label, between, after, end = parts
        return lxml.html.fragment_fromstring(before + label * times + between + after * times + end)

    assert growth(page, find_boxes, number, 8) < 24

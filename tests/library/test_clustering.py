"""Articles put to their stories by what is remembered of the last ones, and no more than that is remembered."""

from __future__ import annotations

from typing import Any

import pytest

from reader.library import clustering
from reader.library.clustering import Clustering
from reader.store.codec import pack_document
from tests.store.builders import a_document


def text(subject: str) -> str:
    """Long enough to be told a copy."""
    return " ".join(f"{subject}{number}" for number in range(60))


def place(state: Clustering, number: int, subject: str, outlet: str) -> dict[str, Any]:
    record = {
        "id": number,
        "position": number * 1_000_000,
        "title": f"Über {subject}",
        "outlet": outlet,
        "genre": "news",
        "completeness": "full",
        "story": None,
        "apart": [],
    }
    return state.place(record, pack_document(a_document(text(subject), f"Über {subject}")))[0]


def test_a_copy_is_put_to_the_first_of_its_text() -> None:
    state = Clustering()
    place(state, 1, "Deich", "Anzeiger")
    place(state, 2, "Brücke", "Anzeiger")
    assert place(state, 3, "Deich", "Bote")["copy"] == 1


def test_a_long_series_forgets_its_first_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "REMEMBERED", 2)
    state = Clustering()
    for number, subject in enumerate(("Deich", "Brücke", "Hafen"), 1):
        place(state, number, subject, "Anzeiger")
    assert place(state, 4, "Deich", "Bote")["copy"] == 4
    assert place(state, 5, "Hafen", "Bote")["copy"] == 3

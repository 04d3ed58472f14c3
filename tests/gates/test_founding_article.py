"""Who says so in the founding article: every statement with its source, and nothing of it given to somebody else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reader.analysis.attribution import attribute
from reader.model.analysis import Attribution, Genre, Source
from reader.model.article import Document
from reader.model.span import joined
from reader.text.plain import document_from_plain

Found = tuple[Document, tuple[Source, ...], tuple[Attribution, ...]]


@pytest.fixture(scope="module")
def expected(benchmarks: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((benchmarks / "seed" / "expected.json").read_text("utf-8"))[
        "attributions"
    ]
    return entries


@pytest.fixture(scope="module")
def found(benchmarks: Path) -> Found:
    document = document_from_plain((benchmarks / "seed" / "article.txt").read_text("utf-8"))
    return document, *attribute(document, Genre.NEWS)


def faults(entry: dict[str, Any], a: Attribution, found: Found) -> list[str]:
    """What is wrong with an attribution that should be this entry."""
    document, sources, _ = found
    source = next((s for s in sources if s.id == a.source), None)
    mention = joined(document.text, a.speaker)
    out = []
    if entry["source"] is None:
        if source is not None:
            out.append(f"given to {source.name}")
    elif source is None or (entry["source"] not in source.name and entry["source"] not in mention):
        out.append(f"source {source.name if source else None!r}, mention {mention!r}")
    if entry.get("kind") and (source is None or source.kind != entry["kind"]):
        out.append(f"kind {source.kind if source else None}")
    if a.form != entry["form"]:
        out.append(f"form {a.form}")
    if entry.get("cue") and entry["cue"] not in joined(document.text, a.cue):
        out.append(f"cue {joined(document.text, a.cue)!r}")
    if entry.get("not_in_content") and entry["not_in_content"] in joined(document.text, a.content):
        out.append(f"content holds {entry['not_in_content']!r}")
    return out


def is_about(entry: dict[str, Any], a: Attribution, found: Found) -> bool:
    if entry.get("points_back"):
        return a.why == "points-back"
    text = found[0].text[a.content[0].start : a.content[-1].end]
    return a.why != "points-back" and entry["content_has"] in text


def test_every_statement_is_found_with_its_source(expected: list[dict[str, Any]], found: Found) -> None:
    for entry in expected:
        matching = [a for a in found[2] if is_about(entry, a, found)]
        assert matching, entry
        assert any(not faults(entry, a, found) for a in matching), (entry, [faults(entry, a, found) for a in matching])


def test_nothing_else_is_marked(expected: list[dict[str, Any]], found: Found) -> None:
    extra = [a for a in found[2] if not any(is_about(entry, a, found) for entry in expected)]
    assert [joined(found[0].text, a.content) for a in extra] == []

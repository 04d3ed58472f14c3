"""``lesart analyse`` on the founding article, read as a program would read it: from the JSON alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reader.cli import main


def words(text: str, spans: list[list[int]]) -> str:
    return " ".join(text[start:end] for start, end in spans)


@pytest.fixture
def found(benchmarks: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["analyse", str(benchmarks / "seed/article.txt")]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.fixture
def expected(benchmarks: Path) -> dict[str, Any]:
    wanted: dict[str, Any] = json.loads((benchmarks / "seed/expected.json").read_text("utf-8"))
    return wanted


def test_structure_and_key_points(found: dict[str, Any], expected: dict[str, Any]) -> None:
    assert found["date"] == expected["date"]
    assert found["title"] == expected["headline"]
    assert found["lead"].startswith(expected["lead_starts"])
    headings = [found["text"][b["start"] : b["end"]] for b in found["blocks"] if b["kind"] == "heading"]
    assert headings == expected["headings"]
    assert [point["text"] for point in found["key_points"]] == expected["key_points"]
    assert {point["origin"] for point in found["key_points"]} == {"editorial"}
    assert [repair for repair in expected["repairs"] if repair not in found["text"]] == []


def test_every_statement_has_its_source_and_there_is_none_besides(
    found: dict[str, Any], expected: dict[str, Any]
) -> None:
    sources = {source["id"]: source for source in found["sources"]}
    text = found["text"]
    left = list(found["attributions"])
    for entry in expected["attributions"]:
        matching = [item for item in left if _fits(entry, item, text)]
        assert matching, entry
        item = matching[0]
        left.remove(item)
        source = sources.get(item["source"])
        if entry["source"] is None:
            assert source is None, entry
        else:
            assert source is not None, entry
            assert entry["source"] in source["name"], entry
        if "kind" in entry:
            assert source is not None
            assert source["kind"] == entry["kind"], entry
        if "cue" in entry:
            assert entry["cue"] in words(text, item["cue"]), entry
    assert left == []


def _fits(entry: dict[str, Any], item: dict[str, Any], text: str) -> bool:
    if item["form"] != entry["form"]:
        return False
    if entry.get("points_back"):
        return bool(item["why"] == "points-back")
    content = text[item["content"][0][0] : item["content"][-1][1]]
    outside = entry.get("not_in_content")
    return entry["content_has"] in content and not (outside and outside in words(text, item["content"]))

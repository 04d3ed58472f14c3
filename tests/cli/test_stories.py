"""``lesart stories``: from the store and of lines."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from reader.cli import main

LINES: list[dict[str, Any]] = [
    {"id": "a", "title": "Fähre Nackenheim nach Kollision gesperrt", "published": "2026-03-01T08:00", "outlet": "Bote"},
    {"id": 2, "title": "Kollision auf dem Rhein: Fähre in Nackenheim beschädigt", "published": "2026-03-01 09:30"},
    {"id": "c", "title": "Stadtrat streitet über Laternen", "text": "Es geht um Licht.", "published": "2026-03-01"},
]


def answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *lines: object, status: int = 0
) -> tuple[list[dict[str, object]], str]:
    raw = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
    assert main(["stories", "--jsonl", "-"]) == status
    captured = capsys.readouterr()
    return [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_each_line_gets_the_story_of_the_first_that_told_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = answered(monkeypatch, capsys, *LINES)
    assert found == [{"id": "a", "story": "a"}, {"id": 2, "story": "a"}, {"id": "c", "story": "c"}]


def test_bad_lines_are_named_by_number_and_the_rest_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [
        b"{kaputt",
        b"\xff\xfe",
        {"title": "ohne Nummer"},
        {"id": "leer"},
        {"id": "x", "title": 5},
        {"id": "y", "title": "Wann", "published": "gestern"},
        ["keine", "Abbildung"],
    ]
    found, told = answered(monkeypatch, capsys, LINES[0], *bad, LINES[1], status=1)
    assert [answer["id"] for answer in found] == ["a", 2]
    assert [line.partition(":")[0] for line in told.splitlines()] == [f"Zeile {n}" for n in range(2, 9)]


def test_a_line_without_a_time_has_that_of_the_one_before(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = answered(monkeypatch, capsys, LINES[0], {"id": "b", "title": LINES[1]["title"]})
    assert found[1]["story"] == "a"


def test_what_is_told_a_week_later_is_another_story(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = answered(monkeypatch, capsys, LINES[0], {**LINES[1], "published": 1_772_960_400})
    assert found[1]["story"] == 2


def test_the_same_text_under_another_title_is_one_story(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "Die Fähre ist am Morgen mit einem Schubverband zusammengestoßen, verletzt wurde niemand, der Schaden ist hoch. "
        * 3
    )
    one, other = ({"id": n, "title": t, "text": text} for n, t in ((1, "Schaden am Morgen"), (2, "Glück im Unglück")))
    found, _ = answered(monkeypatch, capsys, one, other)
    assert [answer["story"] for answer in found] == [1, 1]


@pytest.mark.parametrize(("arguments", "status"), [(["--jsonl", "/gibt/es/nicht"], 1), (["--jsonl", "-", "--json"], 2)])
def test_bad_usage_is_one_message_and_the_right_status(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int
) -> None:
    assert main(["stories", *arguments]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("lesart: ")


def test_an_empty_store_has_no_stories(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stories"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err
    assert main(["stories", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_stories_of_the_store_are_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from reader.config import Config
    from reader.library import Library
    from reader.paths import resolve

    library = Library.open(resolve(str(tmp_path)), Config(), inline=True)
    library.load_demo()
    library.close()
    assert main(["stories", "--home", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "Wistalbote" in shown
    assert "dpa" in shown
    assert main(["stories", "--json", "--home", str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found[0]) == {"id", "outlets", "agency", "articles", "only_here", "everywhere"}
    bridge = next(story for story in found if story["agency"] == "dpa")
    assert {finding["source"] for finding in bridge["only_here"]} == {"Hannes Wörle", "Edgar Mahlow"}
    assert main(["stories", "--limit", "1", "--json", "--home", str(tmp_path)]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, -1e300], ids=["nan", "inf", "huge", "past"])
def test_a_number_that_is_no_time_is_named_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: float
) -> None:
    found, told = answered(monkeypatch, capsys, {**LINES[0], "published": value}, LINES[1], status=1)
    assert [answer["id"] for answer in found] == [2]
    assert told.startswith("Zeile 1: „published“")

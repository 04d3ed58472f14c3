"""The machine interface: ``lesart analyse``."""

from __future__ import annotations

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader import __version__
from reader.cli import main
from tests.loopback import Answer, Server, loopback

TEXT = (
    "Die Gemeinde Beispielheim baut ihr Bad um. Das teilte eine Sprecherin der Stadt am Montag mit. „Wir fangen im April an“, sagte "
    "Bürgermeisterin Ilse Brandt. Der Eintritt bleibe stabil. Der Betreiber lehnte eine Stellungnahme ab."
)
KEYS = {
    "version", "title", "date", "authors", "lead", "text", "language", "completeness", "genre", "reading_minutes", "blocks",
    "key_points", "sources", "attributions", "notes",
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


def feed_stdin(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))


def analysed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["analyse", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_the_object_has_the_documented_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, "utf-8")
    found = analysed(capsys, str(path))
    assert set(found) == KEYS
    assert found["version"] == __version__
    ids = {source["id"] for source in found["sources"]}
    for item in found["attributions"]:
        assert set(item) == {"content", "cue", "speaker", "source", "form", "confidence", "why"}
        assert item["source"] is None or item["source"] in ids
        assert 0 <= item["confidence"] <= 1
        for start, end in item["content"] + item["cue"] + item["speaker"]:
            assert 0 <= start < end <= len(found["text"])
    for source in found["sources"]:
        assert source["kind"] in {"agency", "outlet", "person", "spokesperson", "institution", "document", "anonymous"}
    assert {item["form"] for item in found["attributions"]} >= {"direct", "no_comment"}


def test_key_points_are_word_for_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "text.txt"
    path.write_text(TEXT * 3, "utf-8")
    found = analysed(capsys, str(path))
    assert found["key_points"]
    for point in found["key_points"]:
        # In "Brandt: „…“" the speaker comes first; the words are the text's all the same.
        words = " ".join(found["text"][start:end] for start, end in point["spans"])
        assert Counter(re.findall(r"\w+", point["text"].lower())) == Counter(re.findall(r"\w+", words.lower()))


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    feed_stdin(monkeypatch, TEXT.encode())
    assert analysed(capsys, "-")["language"] == "de"


def test_html_is_recognised(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    feed_stdin(monkeypatch, f"<html><h1>Bad wird umgebaut</h1><p>{TEXT}</p></html>".encode())
    found = analysed(capsys, "-")
    assert found["title"] == "Bad wird umgebaut"
    assert "<" not in found["text"]


def test_without_repair_the_text_is_the_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = " Erster Absatz , glatt.Zweiter.\n\n\tDritter \u00ad Absatz. \n"
    feed_stdin(monkeypatch, raw.encode())
    assert analysed(capsys, "-", "--no-repair")["text"] == raw


def test_a_page_is_fetched(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    page = f"<html><body><article><h1>Titel</h1><p>{TEXT}</p></article></body></html>".encode()
    address = server.on("/seite", Answer(body=page, headers={"Content-Type": "text/html; charset=utf-8"}))
    assert analysed(capsys, address)["title"] == "Titel"


@pytest.mark.parametrize(("form", "words"), [("markdown", "## Wer sagt das?"), ("text", "Wer sagt das?")])
def test_other_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, words: str) -> None:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, "utf-8")
    assert main(["analyse", str(path), "--format", form]) == 0
    assert words in capsys.readouterr().out


def test_lines_are_answered_in_order_and_a_bad_one_does_not_stop_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT, "title": "Bad", "headings": ["Kosten"]}).encode(),
        b"{kaputt",
        json.dumps({"id": 3, "html": f"<p>{TEXT}</p>", "url": "https://a.example/"}).encode(),
        b"\xff\xfe",
        json.dumps({"id": "e"}).encode(),
        json.dumps({"text": "ohne Nummer"}).encode(),
        json.dumps(["keine", "Abbildung"]).encode(),
        json.dumps({"id": "h", "text": 5}).encode(),
        json.dumps({"id": True, "text": "x"}).encode(),
        b"",
        json.dumps({"id": "letzte", "text": ""}).encode(),
    ]
    feed_stdin(monkeypatch, b"\n".join(lines) + b"\n")
    assert main(["analyse", "--jsonl", "-"]) == 1
    captured = capsys.readouterr()
    answers = [json.loads(line) for line in captured.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, 3, None, "e", None, None, "h", None, "letzte"]
    assert ["error" in answer for answer in answers] == [False, True, False, True, True, True, True, True, True, False]
    assert answers[0]["title"] == "Bad"
    assert "Zeile 2" in captured.err


def test_good_lines_alone_are_a_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "zeilen.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", "utf-8")
    assert main(["analyse", "--jsonl", str(path)]) == 0


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 2),
        (["--jsonl", "-", "datei"], 2),
        (["/gibt/es/nicht"], 1),
        (["--jsonl", "/gibt/es/nicht"], 1),
        (["--format", "pdf", "-"], 2),
    ],
)
def test_bad_input_is_one_message_and_the_right_status(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int
) -> None:
    assert main(["analyse", *arguments]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("lesart: ")
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    "raw", [b"\xc3\x28 kaputt", "Größe".encode("utf-16"), b"x" * 900_000, "Text \x9b31m \u202e rot".encode()]
)
def test_any_text_gives_an_answer_that_is_safe_to_look_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], raw: bytes
) -> None:
    feed_stdin(monkeypatch, raw)
    assert main(["analyse", "-", "--no-repair"]) == 0
    shown = capsys.readouterr().out
    assert set(json.loads(shown)) == KEYS
    assert not {c for c in shown if 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E}


@pytest.mark.parametrize(
    ("raw", "words"), [(b"", "leer"), (b" \n ", "leer"), (b"\x00\xff\xfe\x80\x01" * 99, "keinen Text")]
)
def test_what_is_no_text_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], raw: bytes, words: str
) -> None:
    feed_stdin(monkeypatch, raw)
    assert main(["analyse", "-"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err


def test_a_text_beyond_all_articles_is_refused_with_the_bound(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed_stdin(monkeypatch, (TEXT + "\n\n").encode() * 5_000)
    assert main(["analyse", "-"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "1.000.000" in captured.err


@pytest.mark.parametrize("at_a_terminal", [True, False])
def test_who_waits_at_a_terminal_is_told_that_it_takes_longer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at_a_terminal: bool
) -> None:
    monkeypatch.setattr("reader.cli.analysis._PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: at_a_terminal)
    feed_stdin(monkeypatch, (TEXT + "\n\n").encode() * 200)
    assert main(["analyse", "-"]) == 0
    captured = capsys.readouterr()
    assert set(json.loads(captured.out)) == KEYS
    assert bool(captured.err) is at_a_terminal


def test_a_line_that_is_too_long_costs_only_its_own_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    long = json.dumps({"id": "lang", "text": "x" * 18_000_000})
    feed_stdin(monkeypatch, "\n".join([long, json.dumps({"id": "b", "text": TEXT})]).encode())
    assert main(["analyse", "--jsonl", "-"]) == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert "MB" in first["error"]
    assert second["id"] == "b"
    assert "error" not in second


def test_a_date_at_the_end_of_the_calendar_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "seite.html"
    head = '<meta property="article:published_time" content="9999-12-31T23:59:00Z">'
    path.write_text(
        f"<!DOCTYPE html><html><head>{head}</head><body><article><p>{TEXT}</p></article></body></html>", "utf-8"
    )
    for form in ("text", "markdown", "json"):
        assert main(["analyse", str(path), "--format", form]) == 0

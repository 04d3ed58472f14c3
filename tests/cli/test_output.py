"""What goes to stdout, and when."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from reader.cli.output import cells, data_json, data_json_items, wrapped
from tests.growth import growth


@pytest.mark.parametrize("values", [[], [{"title": "Ä\u202e", "n": [1, 2]}], [{"a": "x\ny"}, 2, "drei"]])
def test_items_are_written_as_the_whole_list_would_be(values: list[object], capsys: pytest.CaptureFixture[str]) -> None:
    data_json_items(values)
    written = capsys.readouterr().out
    assert json.loads(written) == values
    if values:
        data_json(values)
        assert written == capsys.readouterr().out


def test_items_are_written_as_they_come(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[str] = []

    def values() -> Iterator[int]:
        for number in range(3):
            seen.append(capsys.readouterr().out)
            yield number

    data_json_items(values())
    assert ["0" in seen[1], "1" in seen[2]] == [True, True]


@pytest.mark.parametrize("word", ["x" * 45, "ä" * 45, "漢字" * 20, "q\u0323\u0302" * 30])
def test_a_word_longer_than_a_line_is_broken_by_cells(word: str) -> None:
    lines = wrapped(f"Ein {word} Ende", 20)
    assert max(map(cells, lines)) <= 20
    assert "".join("".join(lines).split()) == f"Ein{word}Ende"


def test_the_time_to_break_a_word_grows_with_its_length() -> None:
    assert growth("ä".__mul__, lambda word: wrapped(word, 80), 3000, 8) < 24

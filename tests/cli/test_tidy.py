"""lesart tidy: what would go, what has gone, and what a rule that is not understood is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.cli import main
from reader.library.intake import store_entries
from reader.paths import resolve
from reader.store import open_store
from tests.store.builders import a_feed, an_entry


@pytest.fixture
def stored() -> Path:
    """Three articles that came long ago and two of today."""
    path = resolve().database
    store = open_store(path)
    feed_id = a_feed(store, title="Altes Blatt")
    now = datetime.now(UTC)
    store.write(store_entries, feed_id, [an_entry(n) for n in range(3)], now - timedelta(days=500))
    store.write(store_entries, feed_id, [an_entry(n) for n in range(10, 12)], now)
    store.close()
    return path


def rule(text: str) -> None:
    path = resolve().config_file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'language = "de"\n\n[keep]\nrule = "{text}"\n', "utf-8")


def count(capsys: pytest.CaptureFixture[str]) -> int:
    capsys.readouterr()
    main(["list", "--json"])
    return len(json.loads(capsys.readouterr().out))


def test_a_dry_run_says_how_many_of_which_since_when_and_does_nothing(
    stored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule("ungelesene nach 1 Jahr")
    assert main(["tidy", "--dry-run", "--json"]) == 0
    (feed,) = json.loads(capsys.readouterr().out)["feeds"]
    assert (feed["title"], feed["unread"], feed["read"]) == ("Altes Blatt", 3, 0)
    assert feed["bytes"] > 0
    assert datetime.now(UTC) - datetime.fromisoformat(feed["oldest"]) > timedelta(days=499)
    assert main(["tidy", "--dry-run"]) == 0
    assert "Altes Blatt" in capsys.readouterr().out
    assert count(capsys) == 5


def test_tidy_does_what_the_dry_run_said(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule("unread after 1 year")
    assert main(["tidy"]) == 0
    assert "3" in capsys.readouterr().err
    assert count(capsys) == 2
    assert main(["tidy"]) == 0
    assert count(capsys) == 2


def test_without_a_rule_everything_stays_and_that_is_said(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tidy"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert "[keep]" in line
    assert 'rule = "' in line
    assert main(["tidy", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"rule": "", "feeds": []}
    assert count(capsys) == 5


def test_a_rule_that_is_not_understood_is_named_with_its_line(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule("gelesene nach 90 Tagen, alte nie")
    assert main(["tidy"]) == 2
    err = capsys.readouterr().err
    assert "lesart.toml" in err
    assert "4" in err
    assert "alte nie" in err

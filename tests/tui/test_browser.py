"""Real programs stand in for browsers: what they did is what is claimed."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.tui.browser import open_address

ADDRESS = "https://example.org/a?b=c&d='%20"
Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Make a program the only browser; it writes down what it got, and ends with a status. Gives its notes."""

    def browser(name: str = "fuchs", status: int = 0, more: str = "pass") -> Path:
        notes, program = tmp_path / "notes", tmp_path / name
        program.write_text(
            f"#!{sys.executable}\n"
            "import os, sys\n"
            f"open({str(notes)!r}, 'w').write(f'{{sys.argv[1]}} {{os.isatty(0) or os.isatty(1) or os.isatty(2)}}')\n"
            f"{more}\nsys.exit({status})\n",
            "utf-8",
        )
        program.chmod(0o755)
        monkeypatch.setattr(webbrowser, "_tryorder", [f"{program} %s"])
        return notes

    return browser


def test_a_browser_gets_the_address_and_no_terminal(install: Install) -> None:
    notes = install()
    assert open_address(ADDRESS)
    assert notes.read_text("utf-8") == f"{ADDRESS} False"


def test_a_browser_that_fails_has_not_opened(install: Install) -> None:
    install(status=3)
    assert not open_address(ADDRESS)


@pytest.mark.parametrize("name", ["lynx", "w3m", "elinks", "www-browser"])
def test_a_browser_that_would_take_the_terminal_over_is_not_started(install: Install, name: str) -> None:
    notes = install(name)
    assert not open_address(ADDRESS)
    assert not notes.exists()


def test_a_browser_that_is_not_there_has_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "_tryorder", [f"{tmp_path / 'nobody'} %s"])
    assert not open_address(ADDRESS)


def test_without_any_browser_nothing_has_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    assert not open_address(ADDRESS)

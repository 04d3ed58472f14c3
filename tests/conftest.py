"""What every test stands on: German, Berlin time, a home of its own, and the benchmark folder where there is one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from reader import i18n

# The same examples on every run and no time limit for one: a failure is a defect, never the weather.
settings.register_profile("lesart", deadline=None, derandomize=True)
settings.load_profile("lesart")


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test reads or writes the state of the person who runs it, or depends on their language and time zone."""
    monkeypatch.setenv("LESART_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    time.tzset()
    i18n.install("de")
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session")
def benchmarks() -> Path:
    """The folder with real feeds, pages and scorers; tests that need it skip where it is not given."""
    folder = os.environ.get("LESART_BENCHMARKS")
    if not folder or not Path(folder).is_dir():
        pytest.skip("LESART_BENCHMARKS names no folder with the benchmark material")
    return Path(folder)

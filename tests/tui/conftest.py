"""German, Berlin time, and a library with the demo edition under a frozen clock."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from reader.i18n import install


@pytest.fixture(autouse=True)
def _german() -> None:
    install("de")


@pytest.fixture(autouse=True)
def _berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    yield
    if before is None:
        monkeypatch.delenv("TZ")
    else:
        monkeypatch.setenv("TZ", before)
    time.tzset()

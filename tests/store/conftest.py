from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "lesart.db")
    yield opened
    opened.close()

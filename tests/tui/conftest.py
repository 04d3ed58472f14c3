"""A library with the demo edition under a frozen clock, and a server for the feeds of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.config import Config
from reader.library import Library
from reader.paths import resolve
from tests.loopback import Server, loopback
from tests.tui.builders import NOW


@pytest.fixture(scope="session")
def _demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo edition, brought in once."""
    home = tmp_path_factory.mktemp("demo")
    opened = Library.open(resolve(str(home)), Config(), clock=lambda: NOW, inline=True)
    opened.load_demo()
    opened.close()
    return home


@pytest.fixture
def library(tmp_path: Path, _demo_home: Path) -> Iterator[Library]:
    """The demo edition in a library of its own, analysed in this process."""
    shutil.copytree(_demo_home, tmp_path, dirs_exist_ok=True)
    opened = Library.open(resolve(str(tmp_path)), Config(), clock=lambda: NOW, inline=True)
    yield opened
    opened.close()


@pytest.fixture
def empty_library(tmp_path: Path) -> Iterator[Library]:
    """A library as it is on the first start."""
    opened = Library.open(resolve(str(tmp_path)), Config(), clock=lambda: NOW, inline=True)
    yield opened
    opened.close()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of this machine."""
    with loopback() as running:
        yield running

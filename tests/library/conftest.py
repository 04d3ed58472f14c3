from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.config import Config, FetchConfig
from reader.library import Library
from reader.paths import Paths, resolve
from tests.loopback import Server, loopback

CONFIG = Config(fetch=FetchConfig(timeout_seconds=3, connect_seconds=2, per_host=8))


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return resolve(str(tmp_path))


@pytest.fixture
def open_library(paths: Paths) -> Iterator[Callable[..., Library]]:
    opened: list[Library] = []

    def opener(*, config: Config = CONFIG, inline: bool = True, **more: object) -> Library:
        opened.append(Library.open(paths, config, inline=inline, **more))  # type: ignore[arg-type]
        return opened[-1]

    yield opener
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[..., Library]) -> Library:
    """A library that analyses in this process."""
    return open_library()

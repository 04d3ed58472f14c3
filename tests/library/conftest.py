from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
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
    """A library that analyses in this process, and for which every look at the clock is a moment of its own.

    Articles that arrive in the same sixteenth of a second have no order.
    """
    began, looks = datetime.now(UTC), count()
    return open_library(clock=lambda: began + timedelta(milliseconds=100 * next(looks)))

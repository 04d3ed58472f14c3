"""What an import may load, asked in a fresh interpreter: a static graph cannot tell an eager import from a late one."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SHELLS = {"textual", "rich", "aiohttp", "feedparser", "lxml", "babel", "sqlite3", "asyncio"}


def loaded_after(statement: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after a statement."""
    found = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys, json\nprint('\\n' + json.dumps(sorted(sys.modules)))"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(json.loads(found.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import reader.model.analysis, reader.model.query", SHELLS),
        ("import reader.analysis", SHELLS | {"socket", "subprocess"}),
        ("import reader.text.sentences, reader.text.plain, reader.text.sanitize", SHELLS),
        ("import reader.export.markdown, reader.export.jsonl", SHELLS),
        ("import reader.library", {"textual", "rich", "aiohttp", "feedparser", "lxml", "babel", "asyncio"}),
        (
            "import reader.cli.refresh, reader.library.refresh",
            {"textual", "rich", "feedparser", "lxml", "babel", "reader.library.backlog", "reader.store.listing"},
        ),
        ("import reader.store", {"textual", "aiohttp", "feedparser", "lxml", "asyncio"}),
        ("import reader.tui.app", {"aiohttp", "feedparser", "lxml", "trafilatura", "reader.analysis.attribution"}),
        ("from reader.cli import main; main(['--version'])", SHELLS | {"argparse", "gettext"}),
        ("from reader.cli import main; main(['list'])", {"textual", "rich", "aiohttp", "feedparser", "lxml"}),
    ],
)
def test_an_import_loads_no_more_than_its_layer_needs(statement: str, forbidden: set[str]) -> None:
    assert loaded_after(statement) & forbidden == set()


def test_telling_the_version_stays_small() -> None:
    plain = loaded_after("pass")
    assert len(loaded_after("from reader.cli import main; main(['--version'])") - plain) <= 12

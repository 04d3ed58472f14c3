"""Texts that a pattern could read in ever so many ways end the search for one of them at once.

Each runs in a process of its own, which can be ended: a pattern that goes astray holds the interpreter.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

_SECONDS = 20
"""Far beyond what any of them needs, far below what one that goes astray would take."""


@pytest.mark.parametrize(
    "code",
    [
        "from reader.feeds.portal import looks_like_log_in; looks_like_log_in(b'<!---->' * 60 + b'x')",
        "from reader.feeds.trimming import trimmed; trimmed('Technorati Tags: ' + 'Rad, ' * 20 + '<h2>Mehr</h2>')",
        "from reader.feeds.headline import _BESIDE_NAME; _BESIDE_NAME.fullmatch('1' * 60 + 'x')",
        "from reader.feeds.furniture import _BYLINE; _BYLINE.fullmatch('von ' + 'A' * 200 + '!')",
    ],
    ids=["comments before a page", "tags of an entry", "letters beside an outlet's name", "a line with an author"],
)
def test_a_search_in_vain_ends(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, timeout=_SECONDS)

"""Children run this package's code and nobody else's."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from reader.library.pages import document_of, page_worker


async def test_a_package_of_the_same_name_in_the_current_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "reader" / "__init__.py"
    trap.parent.mkdir()
    trap.write_text("open('sprung', 'w').close()", "utf-8")
    monkeypatch.chdir(tmp_path)
    async with asyncio.timeout(60), page_worker() as worker:
        document = await document_of(worker, b"<p>Ein Satz.</p>")
    assert document.text == "Ein Satz."
    assert not (tmp_path / "sprung").exists()

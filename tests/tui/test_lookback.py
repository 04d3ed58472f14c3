"""What keys have switched is remembered."""

from __future__ import annotations

from dataclasses import replace

from reader.config import Config, ViewConfig
from reader.library import Library
from tests.tui.driving import reading


async def test_what_keys_have_switched_stands_so_at_the_next_start(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("t", "b", "v", "P", "T")
    async with reading(library) as reader:
        state = reader.screen.state
        assert reader.app.theme == "lesart-light"
        assert (state.sidebar, state.highlights, state.points, state.together) == (False, False, True, False)


async def test_a_setting_that_is_changed_in_the_configuration_counts_more(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("t", "P")
    config = replace(Config(), view=ViewConfig(theme="dark"))
    async with reading(library, config=config) as reader:
        assert reader.app.theme == "lesart-dark"
        assert reader.screen.state.points


async def test_a_kept_view_that_is_damaged_is_as_none(library: Library) -> None:
    (library.paths.data / "view.json").write_bytes(b"\xff[")
    async with reading(library) as reader:
        assert reader.app.theme == "lesart-dark"

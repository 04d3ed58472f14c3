from __future__ import annotations

import pytest

from reader.i18n import install
from reader.tui import keymap
from reader.tui.actions import ACTIONS
from reader.tui.render.help import render_help
from reader.tui.render.line import cells


@pytest.mark.parametrize("width", [50, 68, 90])
def test_help_names_every_key(width: int) -> None:
    keys = keymap.resolve({})
    text = "\n".join(entry.text for entry in render_help(keys, width))
    for action in ACTIONS:
        assert keymap.display(keys[action.id][0]) in text


@pytest.mark.parametrize("width", [50, 68, 90])
def test_help_fits_its_width(width: int) -> None:
    assert max(cells(entry.text) for entry in render_help(keymap.resolve({}), width)) <= width


def test_help_tells_which_switches_are_remembered() -> None:
    install("en")
    text = "\n".join(entry.text for entry in render_help(keymap.resolve({"toggle_theme": "f5"}), 68))
    assert "F5, b, v, P, T" in text


def test_help_shows_the_keys_of_the_user() -> None:
    text = "\n".join(entry.text for entry in render_help(keymap.resolve({"export": "f5"}), 68))
    assert "F5" in text

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from reader.config import Config, ViewConfig
from reader.errors import ConfigError
from reader.i18n import describe
from reader.library import Library
from reader.tui import keymap
from reader.tui.app import LesartApp
from reader.tui.themes import COLOURS, DARK, LIGHT, VOICES, Colours, palette, textual_theme, theme_name, words_colours

THEMES = {"lesart-dark": DARK, "lesart-light": LIGHT}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", ["background", "surface", "panel", "cursor_blurred"])
def test_words_are_readable(name: str, ground: str) -> None:
    colours = THEMES[name]
    behind = getattr(colours, ground)
    weak = {n: round(contrast(c, behind), 2) for n, c in words_colours(colours).items() if contrast(c, behind) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", ["cursor", "passage"])
def test_words_are_readable_where_they_are_chosen(name: str, ground: str) -> None:
    colours = THEMES[name]
    behind = getattr(colours, ground)
    weak = {n: round(contrast(c, behind), 2) for n, c in words_colours(colours).items() if contrast(c, behind) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("colours", THEMES.values(), ids=list(THEMES))
def test_kinds_of_source_have_colours_of_their_own(colours: Colours) -> None:
    shades = [getattr(colours, voice) for voice in VOICES]
    assert len(set(shades)) == len(VOICES)


@pytest.mark.parametrize("name", list(COLOURS))
def test_marks_are_told_by_style_too(name: str) -> None:
    style = palette(name).style
    said, speaker = style("paragraph said said-person direct"), style("paragraph speaker")
    key, plain = style("paragraph key"), style("paragraph")
    looks = [(s.italic or False, s.bold or False, s.underline or False) for s in (said, speaker, key, plain)]
    assert all(left != right for left, right in itertools.combinations(looks, 2))


def test_without_colours_the_chosen_row_is_reversed() -> None:
    assert palette("lesart-ansi").style("row-read cursor").reverse


def test_sixteen_colours_are_the_terminals_own() -> None:
    theme = textual_theme("lesart-ansi")
    assert theme.ansi
    assert theme.background == "ansi_default"


def test_themes_carry_a_variable_for_each_kind_of_source() -> None:
    variables = textual_theme("lesart-dark").variables
    assert {f"source-{voice.replace('_', '-')}" for voice in VOICES} <= set(variables)


@pytest.mark.parametrize(
    ("wish", "name"), [("", "lesart-dark"), ("dark", "lesart-dark"), ("light", "lesart-light"), ("ansi", "lesart-ansi")]
)
def test_a_theme_has_a_short_name(wish: str, name: str) -> None:
    assert theme_name(wish) == name


@pytest.mark.parametrize("wish", ["lihgt", "lesart-", "textual-dark"])
def test_a_theme_that_does_not_exist_is_refused_with_those_that_do(wish: str) -> None:
    with pytest.raises(ConfigError) as caught:
        theme_name(wish)
    assert wish in str(caught.value)
    _title, _detail, hint = describe(caught.value)
    assert "dark, light, ansi" in hint


async def test_the_program_does_not_begin_with_a_theme_that_does_not_exist(library: Library) -> None:
    config = replace(Config(), view=ViewConfig(theme="blau"))
    with pytest.raises(ConfigError):
        LesartApp(library, config, keymap.resolve({}))


def test_an_unknown_role_changes_nothing() -> None:
    assert palette("lesart-dark").style("nonsense") == palette("lesart-dark").style("")

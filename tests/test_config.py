"""One TOML file, refused with file, line and nearest key where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Config, load
from reader.errors import SYSTEM_TEXTS, ConfigError
from reader.paths import resolve


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "lesart.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_missing_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "fehlt.toml") == Config()


def test_settings_are_taken_over(tmp_path: Path) -> None:
    config = load(
        written(
            tmp_path,
            'language = "en"\nexports = "~/x"\n[fetch]\nper_host = 2\n[view]\nsidebar = false\n[keys]\nquit = "q,x"\n',
        )
    )
    assert config.language == "en"
    assert config.fetch.per_host == 2
    assert config.view.sidebar is False
    assert config.keys == {"quit": "q,x"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sprache = 'de'", ["Zeile 1", "sprache", "language"]),
        ("\n[fetch]\ntimeot_seconds = 3", ["Zeile 3", "timeot_seconds", "timeout_seconds"]),
        ("[view]\nsidebar = 'ja'", ["Zeile 2", "sidebar"]),
        ("[fetch]\nper_host = 0", ["Zeile 2", "per_host"]),
        ("[view]\nper_host = 3\n[fetch]\nper_host = 0", ["Zeile 2", "per_host"]),
        ("[fetch]\ncontact = 'a'\nsidebar = true\n[view]\nsidebar = true", ["Zeile 3", "sidebar"]),
        ("[fetch]\nper_host = true", ["Zeile 2", "per_host"]),
        ("language = 'fr'", ["Zeile 1", "language"]),
        ("view = 3", ["Zeile 1", "view"]),
        ("[keys]\nquit = 3", ["keys"]),
        ("\n\ndas ist kein TOML", ["3", "TOML"]),
        ("[view]\nx = ", ["2", "TOML"]),
        ("[view]\ntext_width = 1", ["Zeile 2", "20"]),
        ("language = 5", ['"de", "en"']),
        ("[fetch]\nper_host = 0", ["Zeile 2", "1000"]),
        ("[fetch]\nfull_text = 3", ["Zeile 2", '"automatic", "always", "never"']),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, words: list[str]) -> None:
    from reader.i18n import describe

    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, text))
    told = " ".join(describe(caught.value))
    for word in words:
        assert word in told
    assert "…." not in told
    assert "None" not in told


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "lesart.toml"
    path.write_bytes(b"[view]\n# \xe4")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert caught.value.values["line"] == 2


def test_a_folder_in_the_place_of_the_file_is_named_in_the_system_s_words(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert caught.value.detail in SYSTEM_TEXTS


def test_home_puts_everything_under_one_folder(tmp_path: Path) -> None:
    for paths in (resolve(str(tmp_path)), resolve(None, {"LESART_HOME": str(tmp_path)})):
        assert {paths.config.parent, paths.data.parent, paths.cache.parent, paths.exports.parent} == {tmp_path}


def test_without_a_home_the_platform_decides() -> None:
    paths = resolve(None, {})
    assert "lesart" in str(paths.database).lower()
    assert paths.config != paths.data


@pytest.mark.parametrize("minutes", [1, 14, 1441])
def test_an_interval_out_of_bounds_is_told_with_its_bounds(tmp_path: Path, minutes: int) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, f"[fetch]\ninterval_minutes = {minutes}\n"))
    assert (caught.value.values["least"], caught.value.values["most"]) == (15, 1440)


@pytest.mark.parametrize("source", ["x = " + "[" * 20_000, "x = " + "9" * 5000])
def test_what_python_does_not_take_is_no_valid_file(tmp_path: Path, source: str) -> None:
    path = tmp_path / "lesart.toml"
    path.write_text(source, "utf-8")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load(path)

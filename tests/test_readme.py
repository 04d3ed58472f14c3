"""The README tells the truth: keys, commands, settings and set-up lines are those of the program."""

from __future__ import annotations

import argparse
import os
import re
from dataclasses import fields
from pathlib import Path

from reader import i18n
from reader.cli import parser
from reader.config import Config, FetchConfig, KeepConfig, ViewConfig

README = Path(__file__).parent.parent / "README.md"


def text() -> str:
    return README.read_text("utf-8")


def test_the_key_table_is_the_program_s_own() -> None:
    from reader.tui import keymap

    i18n.install("en")
    table = f"<!-- keys -->\n{keymap.markdown_table().strip()}\n<!-- /keys -->"
    shown = re.search(r"<!-- keys -->.*?<!-- /keys -->", text(), re.DOTALL)
    assert shown is not None
    if os.environ.get("LESART_UPDATE_README"):
        README.write_text(text().replace(shown[0], table), "utf-8")
        return
    assert shown[0] == table, "run LESART_UPDATE_README=1 python -m pytest tests/test_readme.py"


def test_every_command_and_flag_is_documented() -> None:
    built = parser.build()
    (commands,) = [action for action in built._actions if isinstance(action, argparse._SubParsersAction)]
    rows = [line for line in text().splitlines() if line.startswith("| `lesart ")]
    for name, sub in commands.choices.items():
        if name == "analyze":
            continue
        own = " ".join(row for row in rows if re.match(rf"\| `lesart {name}\b", row))
        assert own, name
        for action in sub._actions:
            if action.help != argparse.SUPPRESS and action.option_strings and "-h" not in action.option_strings:
                assert any(flag in own for flag in action.option_strings), (name, action.dest)


def test_the_example_key_is_free() -> None:
    from reader.tui import keymap

    example = re.search(r"`(\w+) = \"([^\"]+)\"`", text())
    assert example is not None
    keymap.resolve({example[1]: example[2]})


def test_every_setting_is_documented() -> None:
    names = [field.name for settings in (Config, FetchConfig, ViewConfig, KeepConfig) for field in fields(settings)]
    block = re.search(r"```toml\n(.*?)```", text(), re.DOTALL)
    assert block is not None
    for name in names:
        assert re.search(rf"^\[?{name}\b", block[1], re.MULTILINE), name


def test_the_documented_configuration_is_valid(tmp_path: Path) -> None:
    from reader.config import load

    block = re.search(r"```toml\n(.*?)```", text(), re.DOTALL)
    assert block is not None
    path = tmp_path / "lesart.toml"
    path.write_text(block[1], "utf-8")
    assert load(path).fetch.contact == "me@example.org"


def test_every_picture_is_there() -> None:
    for name in re.findall(r"\]\((screenshots/[^)]+)\)", text()):
        assert (README.parent / name).is_file(), name

"""backup, restore, doctor."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.parsers.expat import EXPAT_VERSION

import pytest

from reader import __version__
from reader.cli import main
from reader.paths import resolve

LIST = b'<opml><body><outline text="Blatt" xmlUrl="https://a.example/f"/></body></opml>'


@pytest.fixture
def stored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The database, with one subscription."""
    path = tmp_path / "liste.opml"
    path.write_bytes(LIST)
    assert main(["import", str(path)]) == 0
    capsys.readouterr()
    return resolve().database


def titles(capsys: pytest.CaptureFixture[str], *home: str) -> list[str]:
    capsys.readouterr()
    assert main([*home, "feeds", "--json"]) == 0
    return [feed["title"] for feed in json.loads(capsys.readouterr().out)]


def test_a_backup_comes_back_in_another_home(stored: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(tmp_path / "sicherung.db")
    assert main(["backup", path]) == 0
    assert capsys.readouterr().out.strip() == path
    home = ("--home", str(tmp_path / "anderes"))
    assert main([*home, "restore", path]) == 0
    assert titles(capsys, *home) == ["Blatt"]


def test_neither_goes_over_something_unasked(stored: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(tmp_path / "sicherung.db")
    main(["backup", path])
    assert main(["backup", path]) == 1
    assert "gibt es schon" in capsys.readouterr().err
    assert main(["restore", path]) == 1
    assert "--force" in (told := capsys.readouterr().err)
    assert "ersetzt" in told
    main(["remove", "1"])
    assert titles(capsys) == []
    assert main(["restore", path, "--force"]) == 0
    assert "before-restore" in capsys.readouterr().err
    assert titles(capsys) == ["Blatt"]


def test_what_is_no_backup_is_refused(stored: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["restore", str(tmp_path / "liste.opml"), "--force"]) == 1
    assert "liste.opml ist keine Sicherung" in capsys.readouterr().err
    assert titles(capsys) == ["Blatt"]


def test_doctor_names_versions_sizes_and_that_all_is_well(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    captured = capsys.readouterr()
    assert __version__ in captured.out
    assert EXPAT_VERSION.removeprefix("expat_") in captured.out
    assert str(stored) in captured.out
    assert "1 Feed, 0 Artikel" in captured.out
    assert "Alles in Ordnung." in captured.err


@pytest.mark.parametrize(
    ("setting", "word"), [('[view]\ntheme = "drak"\n', "drak"), ('[keys]\nnext_unraed = "n"\n', "next_unraed")]
)
def test_doctor_tells_what_the_screen_could_not_start_with(
    stored: Path, capsys: pytest.CaptureFixture[str], setting: str, word: str
) -> None:
    file = resolve().config_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(setting, "utf-8")
    assert main(["doctor"]) == 1
    assert word in capsys.readouterr().err


def test_doctor_creates_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert "noch nicht da" in capsys.readouterr().out
    assert not resolve().database.exists()


@pytest.mark.parametrize("damage", [0, 4096])
def test_doctor_says_what_to_do_about_damage(stored: Path, capsys: pytest.CaptureFixture[str], damage: int) -> None:
    data = bytearray(stored.read_bytes())
    data[damage : damage + 4096] = b"\xa5" * 4096
    stored.write_bytes(data)
    assert main(["doctor", "--json"]) == 1
    (trouble,) = json.loads(capsys.readouterr().out)["troubles"]
    assert "ist beschädigt" in trouble["title"]
    assert trouble["hint"]
    assert stored.read_bytes() == bytes(data)


def test_doctor_says_when_a_database_is_not_ours(capsys: pytest.CaptureFixture[str]) -> None:
    path = resolve().database
    path.parent.mkdir(parents=True)
    path.write_text("Dies ist ein Brief.\n" * 50)
    assert main(["doctor"]) == 1
    captured = capsys.readouterr()
    assert "ist beschädigt" in captured.err
    assert "Alles in Ordnung" not in captured.err


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_folder_is_never_taken_for_a_file_to_replace(
    stored: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, force: list[str]
) -> None:
    assert main(["backup", str(tmp_path), *force]) == 1
    told = capsys.readouterr().err
    assert "Ordner" in told
    assert "--force" not in told


def test_a_backup_that_somebody_wrote_into_is_refused_by_place(
    stored: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "sicherung.db"
    assert main(["backup", str(path)]) == 0
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE feeds SET title = char(27) || ']0;Titel' || char(7)")
        connection.commit()
    capsys.readouterr()
    before = stored.read_bytes()
    assert main(["restore", str(path), "--force"]) == 1
    told = capsys.readouterr().err
    assert {"feeds", "title"} <= set(re.findall(r"\w+", told))
    assert "U+001B" in told
    assert "\x1b" not in told
    assert stored.read_bytes() == before
    assert not list(stored.parent.glob("*.before-restore*"))
    assert titles(capsys) == ["Blatt"]

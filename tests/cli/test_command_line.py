"""The shell as a whole: help, versions, statuses, languages, broken surroundings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader import __version__
from reader.cli import main


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reader", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | environ,
        timeout=60,
        check=False,
    )


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"lesart {__version__}\n"


def test_help_is_german_by_default_and_english_on_request() -> None:
    german, english = run("--help"), run("--lang", "en", "--help")
    assert german.returncode == english.returncode == 0
    assert "Befehle" in german.stdout
    assert "Optionen" in german.stdout
    assert "commands" in english.stdout


def test_the_locale_decides_without_a_flag() -> None:
    assert "commands" in run("--help", LANG="en_GB.UTF-8").stdout
    assert "Befehle" in run("--help", LANG="C").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["gibtsnicht"],
        ["list", "--limit", "x"],
        ["list", "--limit", "0"],
        ["stories", "--limit", "0"],
        ["show"],
        ["--lang"],
        ["add"],
        ["show", "eins"],
        ["show", "9" * 20],
        ["export", "1", f"-{'9' * 20}"],
        ["import", ""],
        ["backup", " "],
        ["restore", ""],
    ],
)
def test_wrong_usage_is_status_2_with_one_message(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("lesart: ")


@pytest.mark.parametrize(("typed", "meant"), [("refrech", "refresh"), ("export-opnl", "export-opml")])
def test_a_mistyped_command_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str], typed: str, meant: str
) -> None:
    assert main(["--lang", "en", typed]) == 2
    assert f"“{typed}” is not known here; perhaps “{meant}” is meant" in capsys.readouterr().err


def test_a_mistyped_name_of_the_catalogue_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "add", "tageschau"]) == 2
    assert "Perhaps “tagesschau” is meant" in capsys.readouterr().err
    assert main(["--lang", "en", "add", "gibtsnicht"]) == 2
    assert "Perhaps" not in capsys.readouterr().err


def test_a_list_before_there_is_a_feed_says_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert "lesart add" in capsys.readouterr().err
    main(["demo"])
    capsys.readouterr()
    assert main(["list", "--starred"]) == 0
    assert "lesart add" not in capsys.readouterr().err


def test_feeds_without_a_folder_are_in_none(capsys: pytest.CaptureFixture[str]) -> None:
    main(["demo"])
    capsys.readouterr()
    assert main(["--lang", "en", "list", "--folder", ""]) == 1
    assert "There is no folder “”." in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["gibtsnicht"], ["feeds", "alle"], ["export", "1", "--format", "pdf"]])
def test_a_value_that_does_not_exist_is_named_as_people_quote(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["--lang", "en", *arguments]) == 2
    told = capsys.readouterr().err
    assert f"“{arguments[-1]}” is not known here (known: “" in told
    assert "'" not in told


def test_a_word_to_leave_out_needs_no_equals_sign(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    home = ["--home", str(tmp_path)]
    main([*home, "demo"])
    found = {}
    for words in ("sprecher", "sprecher -dpa", "-dpa sprecher"):
        capsys.readouterr()
        assert main([*home, "list", "--search", words]) == 0
        found[words] = len(capsys.readouterr().out.splitlines())
    assert 0 < found["sprecher -dpa"] < found["sprecher"]
    assert 0 < found["-dpa sprecher"] < found["sprecher"]
    assert main([*home, "list", "--search", "--json"]) == 2


def test_a_search_that_only_leaves_out_is_not_passed_off_as_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--lang", "en", "--home", str(tmp_path), "list", "--search", "-dpa"]) == 2
    assert "must occur" in capsys.readouterr().err


def test_without_a_terminal_the_reader_says_so() -> None:
    found = run()
    assert found.returncode == 2
    assert "Terminal" in found.stderr


def test_a_broken_configuration_is_named_with_its_line(tmp_path: Path) -> None:
    config = tmp_path / "heim" / "config" / "lesart.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[view]\nsidbar = true\n", "utf-8")
    found = run("--home", str(tmp_path / "heim"), "list")
    assert found.returncode == 2
    assert "Zeile 2" in found.stderr
    assert "sidebar" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_reader_that_has_gone_is_no_error(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    )
    assert process.stdout is not None
    process.stdout.close()
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0
    assert told == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_a_full_disk_behind_stdout_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            [sys.executable, "-m", "reader", "feeds", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert "lesart:" in found.stderr


def test_home_may_stand_before_or_behind_the_command(tmp_path: Path) -> None:
    for number, arguments in enumerate(
        (["--home", str(tmp_path / "0"), "feeds"], ["feeds", "--home", str(tmp_path / "1")])
    ):
        assert run(*arguments).returncode == 0
        assert (tmp_path / str(number) / "data" / "lesart.db").exists()


@pytest.mark.parametrize("closing", [">&-", "<&-", "2>&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("command", ["list", "feeds --json", "--version", "analyse -"])
def test_closed_streams_bring_no_traceback(command: str, closing: str) -> None:
    found = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m reader {command} {closing}"],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in found.stderr
    assert "Exception ignored" not in found.stderr
    assert found.returncode in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_a_version_that_finds_no_room_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            [sys.executable, "-m", "reader", "--version"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert found.returncode == 1
    assert found.stderr.startswith("lesart:")


def test_what_is_not_a_number_is_refused_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "zwölf"]) == 2
    told = capsys.readouterr().err
    assert "zwölf" in told
    assert "int" not in told.replace("(", " ").replace(")", " ").split()

"""import and export-opml."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from reader.cli import main
from reader.feeds.address import is_public
from reader.feeds.outlines import MAX_OUTLINES
from reader.library.refresh import TRUSTED_MACHINES
from tests.loopback import Server, item, loopback, rss

LIST = b"""<opml version="2.0"><body><outline text="Politik"><outline text="Blatt &amp; Co" xmlUrl="https://a.example/f"
 vendor="x"/></outline><outline text="b" xmlUrl="https://b.example/f"/></body></opml>"""


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


def a_file(folder: Path, data: bytes = LIST) -> str:
    path = folder / "liste.opml"
    path.write_bytes(data)
    return str(path)


def feeds(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["feeds", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, list)
    return found


def test_import_subscribes_without_fetching(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["import", a_file(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == ["Blatt & Co", "b"]
    found = feeds(capsys)
    assert [(feed["title"], feed["folder"], feed["last_attempt"]) for feed in found] == [
        ("b", "", None),
        ("Blatt & Co", "Politik", None),
    ]


def test_a_long_list_is_told_in_few_lines_with_true_totals(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    outlines = "".join(f'<outline text="b{n}" xmlUrl="https://b{n}.example/f"/>' for n in range(12_000))
    listed = a_file(tmp_path, f'<opml version="2.0"><body>{outlines}</body></opml>'.encode())
    assert main(["import", listed]) == 1
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 5_000
    told = captured.err.splitlines()
    assert len(told) < 30
    assert "und 6.999 weitere" in told
    assert "5.000 neue Abonnements" in told
    assert "7.000 Einträge abgelehnt" in told


def test_a_file_with_too_many_is_told_the_bound_and_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = "".join(f"<outline xmlUrl='https://a.example/{n}'/>" for n in range(MAX_OUTLINES + 2))
    assert main(["--lang", "en", "import", a_file(tmp_path, f"<opml><body>{lines}</body></opml>".encode())]) == 1
    told = capsys.readouterr().err
    assert "only the first 5,000 subscriptions of a file are taken; split the file" in told
    assert "2 entries refused" in told


def test_what_is_subscribed_already_is_said_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["import", a_file(tmp_path)])
    capsys.readouterr()
    assert main(["import", a_file(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Blatt & Co: schon abonniert" in captured.err
    assert len(feeds(capsys)) == 2


def test_refused_entries_are_named_and_the_rest_is_taken(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data = LIST.replace(b"https://b.example/f", b"http://127.0.0.1/f")
    assert main(["import", a_file(tmp_path, data)]) == 1
    assert "http://127.0.0.1/f: " in capsys.readouterr().err
    assert [feed["title"] for feed in feeds(capsys)] == ["Blatt & Co"]


def test_newsboat_s_file_is_known_by_its_content(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = b'https://a.example/f "~Mein Blatt" Politik\nexec:touch ' + str(tmp_path / "lief").encode() + b"\n"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert main(["import", "-"]) == 1
    assert "exec:touch" in capsys.readouterr().err
    assert not (tmp_path / "lief").exists()
    assert [(feed["title"], feed["folder"]) for feed in feeds(capsys)] == [("Mein Blatt", "Politik")]


def test_the_next_refresh_fetches_what_was_imported(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(TRUSTED_MACHINES, "127.0.0.1")
    address = server.feed("/f", rss(item(1)))
    assert main(["import", a_file(tmp_path, LIST.replace(b"https://b.example/f", address.encode()))]) == 0
    assert [request.path for request in server.requests] == []
    number = next(str(feed["id"]) for feed in feeds(capsys) if feed["title"] == "b")
    assert main(["refresh", number]) == 0
    assert next(feed["total"] for feed in feeds(capsys) if feed["title"] == "b") == 1


def test_an_imported_name_may_not_lead_into_a_private_network(
    server: Server, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = socket.gethostname()  # only a look-up can tell that it is private
    try:
        if is_public(socket.gethostbyname(name)):
            pytest.skip("this machine's name is public")
    except OSError:
        pytest.skip("this machine's name cannot be looked up")
    address = server.feed("/f", rss(item(1))).replace("127.0.0.1", name)
    assert main(["import", a_file(tmp_path, LIST.replace(b"https://b.example/f", address.encode()))]) == 0
    number = next(str(feed["id"]) for feed in feeds(capsys) if feed["title"] == "b")
    assert main(["refresh", number]) == 1
    assert "privates Netz" in capsys.readouterr().err
    assert server.requests == []


def test_an_imported_feed_that_a_person_adds_is_theirs(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = server.feed("/f", rss(item(1)))
    with monkeypatch.context() as trusting:
        trusting.setenv(TRUSTED_MACHINES, "127.0.0.1")
        main(["import", a_file(tmp_path, LIST.replace(b"https://b.example/f", address.encode()))])
    number = next(str(feed["id"]) for feed in feeds(capsys) if feed["title"] == "b")
    assert main(["refresh", number]) == 1
    assert main(["add", address]) == 0
    assert main(["refresh", number]) == 0


def test_what_is_no_list_is_refused_as_a_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["import", a_file(tmp_path, b"<html></html>")]) == 1
    assert "keine Liste von Abonnements" in capsys.readouterr().err
    assert feeds(capsys) == []


def test_a_missing_file_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["import", str(tmp_path / "fehlt")]) == 1
    assert "lässt sich nicht lesen" in capsys.readouterr().err


def test_export_gives_back_what_was_imported(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["import", a_file(tmp_path)])
    target = tmp_path / "aus.opml"
    assert main(["export-opml", str(target)]) == 0
    capsys.readouterr()
    assert main(["export-opml"]) == 0
    shown = capsys.readouterr().out
    assert shown == target.read_text("utf-8")
    assert 'vendor="x"' in shown
    assert main(["--home", str(tmp_path / "anderes"), "import", str(target)]) == 0
    capsys.readouterr()
    assert main(["--home", str(tmp_path / "anderes"), "export-opml"]) == 0
    assert capsys.readouterr().out == shown


def test_the_demo_edition_is_no_subscription_to_export(capsys: pytest.CaptureFixture[str]) -> None:
    main(["demo"])
    capsys.readouterr()
    assert main(["export-opml"]) == 0
    assert "lesart:" not in capsys.readouterr().out


def test_export_goes_over_no_file_without_force(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "aus.opml"
    target.write_text("meins", "utf-8")
    assert main(["export-opml", str(target)]) == 1
    assert target.read_text("utf-8") == "meins"
    assert main(["export-opml", str(target), "--force"]) == 0
    assert "opml" in target.read_text("utf-8")


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_folder_is_not_written_over_with_or_without_force(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, force: list[str]
) -> None:
    assert main(["--lang", "en", "export-opml", str(tmp_path), *force]) == 1
    assert capsys.readouterr().err == f"lesart: {tmp_path} cannot be written. (Is a directory)\n"


def test_a_damaged_list_changes_nothing_and_is_told_with_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    cut = LIST[: LIST.index(b"a.example")]
    assert main(["--lang", "en", "import", a_file(tmp_path, cut)]) == 1
    told = capsys.readouterr()
    assert "line 1" in told.err
    assert "Nothing was changed" in told.err
    assert feeds(capsys) == []


def test_of_a_list_that_breaks_off_the_rest_is_imported_and_the_status_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    cut = LIST[: LIST.index(b"b.example")]
    assert main(["--lang", "en", "import", a_file(tmp_path, cut)]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == ["Blatt & Co"]
    assert "! b: damaged in line 2" in told.err
    assert "breaks off in line 2" in told.err

"""The hostile corpus of the benchmark folder: made, served, and what must hold of each of its cases."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.sax.saxutils import quoteattr

GOOD_FEEDS = 9
PLAIN = "[fetch]\nper_host = 64\ntimeout_seconds = 8\nconnect_seconds = 5\nautomatic = false\n"
"""All cases are served by one machine; one connection at a time would make its slow ones wait for each other."""


@dataclass(frozen=True, slots=True)
class Case:
    """One attack; ``checks`` are explained by the corpus' generator."""

    id: str
    group: str
    kind: str
    checks: Mapping[str, Any]

    @property
    def forbidden(self) -> list[bytes]:
        """Bytes that may not reach the terminal or an export."""
        return [bytes.fromhex(text[: len(text) // 2 * 2]) for text in self.checks.get("forbid", ())]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The generated files and their manifest."""

    folder: Path
    cases: tuple[Case, ...]

    def of_kind(self, kind: str) -> list[Case]:
        return [case for case in self.cases if case.kind == kind]

    def table(self, name: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads((self.folder / f"{name}.json").read_text("utf-8"))["rows"]
        return rows


def folder() -> Path | None:
    """Where the generator is, if it is."""
    root = os.environ.get("LESART_BENCHMARKS")
    found = Path(root) / "benchmarks" / "hostile" if root else None
    return found if found is not None and found.is_dir() else None


def make(source: Path, target: Path) -> Corpus:
    """Generate the corpus."""
    subprocess.run(
        [sys.executable, source / "make_hostile.py", target], check=True, timeout=120, stdout=subprocess.DEVNULL
    )
    manifest = json.loads((target / "manifest.json").read_text("utf-8"))
    cases = [Case(case["id"], case["group"], case["kind"], case["checks"]) for case in manifest["cases"]]
    return Corpus(target, tuple(cases))


def judge(source: Path) -> ModuleType:
    """The corpus' own judge of terminal streams."""
    spec = importlib.util.spec_from_file_location("judge_terminal", source / "judge_terminal.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(slots=True)
class Server:
    """The running server."""

    base: str

    def address(self, case: str) -> str:
        return f"{self.base}/c/{case}"

    def log(self) -> list[dict[str, Any]]:
        """What was asked for since the last reset."""
        found: list[dict[str, Any]] = json.loads(self._get("/__log"))
        return found

    def reset(self) -> None:
        self._get("/__reset")

    def _get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.base + path, timeout=30) as answer:  # noqa: S310
            body: bytes = answer.read()
            return body


@contextmanager
def serve(source: Path, corpus: Corpus) -> Iterator[Server]:
    """Serve the corpus on loopback."""
    process = subprocess.Popen(
        [sys.executable, source / "serve_hostile.py", "--corpus", corpus.folder], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield Server(json.loads(process.stdout.readline())["base"])
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


@dataclass(slots=True)
class Program:
    """The command line over a data folder of its own."""

    home: Path
    outputs: bytearray = field(default_factory=bytearray)
    """Everything that it has written so far, to either stream."""

    def run(self, *arguments: str, seconds: float = 180.0) -> subprocess.CompletedProcess[bytes]:
        found = subprocess.run(
            [sys.executable, "-m", "reader", *arguments], capture_output=True, env=self.environment(), timeout=seconds
        )
        self.outputs += found.stdout + found.stderr
        return found

    def json(self, *arguments: str, seconds: float = 180.0) -> Any:
        return json.loads(self.run(*arguments, seconds=seconds).stdout)

    def environment(self) -> dict[str, str]:
        named = {"LESART_HOME": str(self.home), "LESART_TRUSTED_MACHINES": "127.0.0.1", "LANG": "de_DE.UTF-8"}
        return {**os.environ, **named}

    def configure(self, text: str) -> None:
        (self.home / "config").mkdir(parents=True, exist_ok=True)
        (self.home / "config" / "lesart.toml").write_text(text, "utf-8")


def subscriptions(addresses: list[str]) -> bytes:
    """The addresses as OPML."""
    outlines = "".join(
        f"<outline type='rss' text={quoteattr(address)} xmlUrl={quoteattr(address)}/>" for address in addresses
    )
    return f"<opml version='2.0'><head/><body>{outlines}</body></opml>".encode()

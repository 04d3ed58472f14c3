"""Key points against the published and the written ones of the benchmark: ``python -m tests.bench.keypoints``.

Reads ``benchmarks/keypoints`` (articles, scorer) in the folder that ``LESART_BENCHMARKS`` names, and prints one line a tier:
the list form for "silver", whole sentences for the others, and the lead of the article beside them.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.analysis.attribution import attribute
from reader.analysis.candidates import Form
from reader.analysis.keypoints import extracted
from reader.analysis.structure import genre
from reader.model.article import BlockKind, Document
from reader.text.plain import document_from_plain
from reader.text.sentences import sentences

TIERS: tuple[tuple[str, Form, int], ...] = (
    ("silver", "list", 6), ("editorial", "sentence", 4), ("teaser", "sentence", 2), ("teaser-zeit", "sentence", 2),
)  # fmt: skip
FIGURES = "r1 r2 rL coverage support keyF1 words len_ok n n_ok grounded ev80 num_ok trunc".split()


@dataclass(frozen=True, slots=True)
class Result:
    """Figures of one tier: mean scores as the scorer names them, and milliseconds an article."""

    tier: str
    form: str
    scores: dict[str, float]
    lead: dict[str, float]
    median: float
    slow: float


def scorer(folder: Path) -> Any:
    """The benchmark's own scorer as a module."""
    spec = importlib.util.spec_from_file_location("keypoints_score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def articles(folder: Path) -> list[dict[str, Any]]:
    """The development part of the benchmark."""
    with gzip.open(folder / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def document_of(article: dict[str, Any]) -> Document:
    """The article as `lesart analyse --jsonl` would read it, without the editors' own points."""
    document = document_from_plain(
        article["text"], title=article["title"], lead=article["lead"], headings=tuple(article.get("heads") or ())
    )
    blocks = tuple(block for block in document.blocks if block.kind is not BlockKind.SUMMARY)
    return Document(text=document.text, blocks=blocks, title=document.title, language="de")


def _lead(document: Document, number: int) -> list[str]:
    found = [
        span.of(document.text)
        for block in document.of_kind(BlockKind.LEAD, BlockKind.PARAGRAPH)
        for span in sentences(document.text, block.span.start, block.span.end)
    ]
    return found[:number]


def measure(folder: Path, tier: str, form: Form, number: int) -> Result:
    """Figures of one tier."""
    score = scorer(folder)
    gold = [article for article in articles(folder) if article["tier"] == tier]
    times: list[float] = []

    def points(document: Document) -> list[str]:
        sources, attributions = attribute(document, genre(document))
        start = time.perf_counter()
        found = extracted(document, sources, attributions, form, number)
        times.append((time.perf_counter() - start) * 1000)
        return [point.text for point in found]

    mine = _means(score, gold, points)
    lead = _means(score, gold, lambda document: _lead(document, number))
    times.sort()
    return Result(tier, form, mine, lead, times[len(times) // 2], times[int(len(times) * 0.95)])


def _means(
    score: Any,
    gold: Iterable[dict[str, Any]],
    points: Callable[[Document], list[str]],
) -> dict[str, float]:
    rows = [score.item_scores(article, points(document_of(article)), 12) for article in gold]
    found: dict[str, float] = {}
    for name in FIGURES:
        values = [row[name] for row in rows if name in row]
        found[name] = sum(values) / len(values) if values else 0.0
    return found


def main(arguments: list[str] | None = None) -> int:
    """Prints the figures; 2 without the benchmark folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.keypoints", description=__doc__.splitlines()[0])
    parser.add_argument("--tier", action="append", help="only this tier (again for more)")
    parser.add_argument("--show", action="store_true", help="print the points of every article as well")
    options = parser.parse_args(arguments)
    root = os.environ.get("LESART_BENCHMARKS")
    if not root:
        print("LESART_BENCHMARKS names no folder with the benchmark material", file=sys.stderr)
        return 2
    folder = Path(root) / "benchmarks" / "keypoints"
    for tier, form, number in TIERS:
        if options.tier and tier not in options.tier:
            continue
        result = measure(folder, tier, form, number)
        figures = " ".join(f"{name}={result.scores[name]:.3f}" for name in FIGURES)
        print(f"{tier:12} {form:9} {figures} | median {result.median:.1f} ms, p95 {result.slow:.1f} ms")
        print(
            f"{'':12} lead      r1={result.lead['r1']:.3f} r2={result.lead['r2']:.3f} keyF1={result.lead['keyF1']:.3f}"
        )
        if options.show:
            _show(folder, tier, form, number)
    return 0


def _show(folder: Path, tier: str, form: Form, number: int) -> None:
    for article in articles(folder):
        if article["tier"] == tier:
            document = document_of(article)
            sources, attributions = attribute(document, genre(document))
            print(f"\n{article['title']}")
            for point in extracted(document, sources, attributions, form, number):
                print(f"  - {point.text}")


if __name__ == "__main__":
    raise SystemExit(main())

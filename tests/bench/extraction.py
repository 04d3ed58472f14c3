"""Articles from whole pages against the gold of the page corpus: ``python -m tests.bench.extraction``.

Reads ``benchmarks/extraction`` (scorer) and ``corpus`` (pages, gold) in the folder that ``LESART_BENCHMARKS`` names. Scored is
what a reader reads: lead, sub-headlines, paragraphs, quotations, lists, tables and the editors' points. The second line has
everything in the document, captions, credits and notes too, which the gold leaves out. Times are those of this process alone.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.feeds.fulltext import article_from_page
from reader.model.article import BlockKind, Document
from tests.bench import stubs

READ = frozenset(
    {
        BlockKind.LEAD,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.QUOTE,
        BlockKind.LIST,
        BlockKind.TABLE,
        BlockKind.PREFORMATTED,
        BlockKind.SUMMARY,
    }
)
FIGURES = "bag_f1 sh_f1 lead_recall head_line title_exact author_exact date_day date_minute para_whole noise".split()
_WARM = 8


@dataclass(frozen=True, slots=True)
class Result:
    """Figures over the corpus."""

    read: dict[str, float]
    """Means of the scorer's figures for what is read."""
    whole: dict[str, float]
    """The same for everything in the document."""
    boxes: tuple[int, int]
    """Summary boxes found word for word, and how many there are."""
    false_boxes: tuple[str, ...]
    """Articles without a box in which one was found."""
    median: float
    slow: float
    """Milliseconds a page: the middle, and the 95th of 100."""


def scorer(folder: Path) -> Any:
    """The benchmark's own scorer as a module."""
    spec = importlib.util.spec_from_file_location("extraction_score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prediction(document: Document, *, everything: bool = False) -> dict[str, Any]:
    """What the scorer reads of a document: one line a block."""
    blocks = [b for b in document.blocks if everything or b.kind in READ]
    return {
        "text": "\n".join(block.span.of(document.text) for block in blocks),
        "title": document.title,
        "authors": list(document.authors),
        "date": document.date,
    }


def measure(folder: Path) -> Result:
    """All pages of ``folder``/corpus, scored; ``folder`` is the one that LESART_BENCHMARKS names."""
    score = scorer(folder / "benchmarks" / "extraction")
    gold = score.load_gold(folder / "corpus" / "gold")
    pages = [gzip.decompress((folder / "corpus" / "pages" / f"{g['id']}.html.gz").read_bytes()) for g in gold]
    for article, page in zip(gold[:_WARM], pages, strict=False):
        article_from_page(page, address=article.get("url") or "")
    read, whole, times, false = [], [], [], []
    found = boxes = 0
    for article, page in zip(gold, pages, strict=True):
        start = time.process_time()
        document = article_from_page(page, address=article.get("url") or "")
        times.append(1000 * (time.process_time() - start))
        read.append(score.score_doc(article, prediction(document)))
        whole.append(score.score_doc(article, prediction(document, everything=True)))
        points = [score.tokens(b.span.of(document.text)) for b in document.of_kind(BlockKind.SUMMARY)]
        if article.get("keypoints"):
            boxes += 1
            found += points == [score.tokens(item) for item in article["keypoints"]["items"]]
        elif points:
            false.append(article["id"])
    times.sort()
    return Result(
        read=score.summarise(read),
        whole=score.summarise(whole),
        boxes=(found, boxes),
        false_boxes=tuple(false),
        median=statistics.median(times),
        slow=times[min(len(times) - 1, int(0.95 * len(times)))],
    )


def main(arguments: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print the scorer's figures as JSON")
    options = parser.parse_args(arguments)
    folder = os.environ.get("LESART_BENCHMARKS")
    if not folder:
        print("LESART_BENCHMARKS names no folder with the benchmark material", file=sys.stderr)
        return 2
    result = measure(Path(folder))
    if options.json:
        print(json.dumps({"read": result.read, "whole": result.whole}, indent=1))
        return 0
    print(f"{'':12}" + "".join(f"{name:>14}" for name in FIGURES))
    for name, figures in (("read", result.read), ("everything", result.whole)):
        print(f"{name:12}" + "".join(f"{figures[figure]:14.4f}" for figure in FIGURES))
    print(f"boxes {result.boxes[0]} of {result.boxes[1]}, false {len(result.false_boxes)}")
    print(f"milliseconds a page: {result.median:.1f} median, {result.slow:.1f} at 95 %")
    rows = {
        "real entries, pages, articles": stubs.of_corpus(Path(folder)),
        "shapes of our own": stubs.of_shapes(fresh=False),
        "shapes written to test the rules": stubs.of_shapes(fresh=True),
    }
    for name, counts in rows.items():
        print(
            f"{name}: stubs recognised {counts.recognised} of {counts.stubs} ({counts.recall:.3f}), "
            f"full articles called stubs {counts.called_stubs} of {counts.whole} ({counts.false:.4f})"
        )
    for kind, (gold, called, right) in stubs.genres(Path(folder)).items():
        print(f"genre {kind}: {gold} pages, called {called}, right {right}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

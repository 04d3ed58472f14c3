"""How many articles a second one core analyses: ``LESART_BENCHMARKS=… python -m tests.bench.backlog [--feeds 120]``.

The articles of the generated feeds, teasers and whole texts as they come, from HTML fragment to analysis, without parsing
of the feeds and without storing. Printed: articles and words a second of processor time, for all and for whole texts alone.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from reader.analysis import analyze
from reader.errors import FeedParseError
from reader.feeds.parse import parse
from reader.model.article import Document
from reader.text.html import document_from_html

LONG = 200
"""Words from which a text counts as a whole one."""


def generated(tools: Path, feeds: int, number: int) -> list[Document]:
    """So many articles of so many generated feeds, in an order that is always the same."""
    documents: list[Document] = []
    with tempfile.TemporaryDirectory() as folder:
        made = [sys.executable, str(tools / "make_feeds.py"), folder, "--feeds", str(feeds)]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path in sorted(Path(folder, "r0").rglob("*")):
            if not path.is_file():
                continue
            try:
                entries = parse(path.read_bytes()).entries
            except FeedParseError:
                # Some of the generated ones are damaged on purpose.
                continue
            documents += [document_from_html(entry.html, title=entry.title) for entry in entries]
    random.Random(1).shuffle(documents)  # noqa: S311 - an order, no secret
    return documents[:number]


def rate(documents: Sequence[Document]) -> tuple[float, float]:
    """Articles and words a second of processor time."""
    started = time.process_time()
    for document in documents:
        analyze(document)
    spent = time.process_time() - started
    return len(documents) / spent, sum(len(document.text.split()) for document in documents) / spent


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=120)
    parser.add_argument("--articles", type=int, default=700)
    arguments = parser.parse_args()
    tools = Path(os.environ["LESART_BENCHMARKS"]) / "benchmarks" / "perf"
    documents = generated(tools, arguments.feeds, arguments.articles)
    whole = [document for document in documents if len(document.text.split()) >= LONG]
    rate(documents[:5])
    for name, some in (("all", documents), ("whole", whole)):
        articles, words = rate(some)
        print(f"{name:6} {len(some):5} articles: {articles:6.1f} a second, {words:8.0f} words a second")


if __name__ == "__main__":
    main()

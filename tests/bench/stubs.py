"""How well stubs are told from whole articles, and genres from each other; part of ``python -m tests.bench.extraction``.

Labels of real material are ids and places alone. All entries of the 21 feeds are stubs but two: their publishers deliver
teasers or titles. All pages of the corpus and all articles of the key-point benchmark are whole, live tickers left aside.
Genres of pages were read off headline, opening and page by one person.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.analysis.structure import completeness, genre
from reader.feeds.fulltext import article_from_page
from reader.feeds.parse import parse
from reader.library.entries import document_of
from reader.model.analysis import Completeness
from reader.model.article import Document
from reader.text.plain import document_from_plain
from tests.bench.stubshapes import shapes

WHOLE_ENTRIES = frozenset({("kde_schockwellenreiter", 0), ("deutschlandfunk-nachrichten_2024-12-21", 29)})
"""File and place of the entries that hold all of their article."""
TICKERS = frozenset({"BR_2024_08_27", "te-br-574a31"})
GENRES = {
    "commentary": (
        "NDR_2023_03_old", "Taz_2023_04_28", "Taz_2024_10_23", "StuttgarterZeitung_2026_07_11", "Focus_2023_03_old",
        "NetzpolitikOrg_2024_04_28", "JungeWelt_2024_04_26", "Stern_2024_11_05", "Osthessen-news.de-Buergermeisterwahl",
        "jungle.world-Imperialismus-Phantom", "hpd.de-Homosexuellenhass", "d32ad974a4b04657bb6e4d91852bd52d",
        "die-tagespost.de.Demut", "taz.de.siemens", "achgut.com-coronalage",
    ),
    "interview": (
        "SRF_2024_04_15", "apolut.net-Sonja-Silberhorn", "cicero.de.pandemie", "erfolg-magazin.de.konfliktkultur",
        "kinzig.news-Nachhaltigkeit", "deutschlandfunk.de.titanic", "ndr.de.podcastcoronavirus140",
    ),
    "advertisement": ("WinFuture_2024_04_29", "tarnkappe.info-Black"),
    "press_release": ("graby_presseportal",),
    "ticker": ("BR_2024_08_27",),
    "review": (
        "macwelt.de-warten", "giga.de.chrome", "focus.de.leasen", "handwerksblatt.de-Friseurbesuch",
        "deutsche-handwerkszeitung.de-eigentumsvorbehalt", "ZwanzigMinuten_2025_11_06", "unsere-zeitung.at.inklusion",
        "spektrum.de.coronavirus",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StubResult:
    """Counts over one body of material."""

    stubs: int
    recognised: int
    whole: int
    called_stubs: int

    @property
    def recall(self) -> float:
        """Share of the stubs that are called stubs."""
        return self.recognised / self.stubs if self.stubs else 1.0

    @property
    def false(self) -> float:
        """Share of the whole articles that are called stubs."""
        return self.called_stubs / self.whole if self.whole else 0.0


def _counted(labelled: Iterator[tuple[bool, Document]]) -> StubResult:
    counts: Counter[tuple[bool, bool]] = Counter()
    for is_stub, document in labelled:
        counts[is_stub, completeness(document) is not Completeness.FULL] += 1
    return StubResult(
        counts[True, True] + counts[True, False],
        counts[True, True],
        counts[False, True] + counts[False, False],
        counts[False, True],
    )


def of_shapes(*, fresh: bool) -> StubResult:
    """Over the shapes of our own making."""
    return _counted((shape.is_stub, shape.document) for shape in shapes() if shape.fresh == fresh)


def of_corpus(folder: Path) -> StubResult:
    """Over real entries, pages and articles in ``folder``, the one that LESART_BENCHMARKS names."""
    return _counted(_real(folder))


def _real(folder: Path) -> Iterator[tuple[bool, Document]]:
    for path in sorted((folder / "corpus" / "feeds").glob("*.xml.gz")):
        feed = parse(gzip.decompress(path.read_bytes()))
        for number, entry in enumerate(feed.entries):
            yield (path.name.removesuffix(".xml.gz"), number) not in WHOLE_ENTRIES, document_of(entry, feed)
    for name, document in pages(folder):
        if name not in TICKERS:
            yield False, document
    with gzip.open(folder / "benchmarks" / "keypoints" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["id"] not in TICKERS:
                yield (
                    False,
                    document_from_plain(article["text"], title=article["title"], lead=article.get("lead") or ""),
                )


def pages(folder: Path) -> Iterator[tuple[str, Document]]:
    """All pages of the corpus that are whole pages, by their file's name."""
    for part in ("pages", "segments", "pages_other"):
        for path in sorted((folder / "corpus" / part).glob("*.html.gz")):
            name = path.name.removesuffix(".html.gz")
            if not name.endswith(".expected"):
                yield name, article_from_page(gzip.decompress(path.read_bytes()))


def genres(folder: Path) -> dict[str, tuple[int, int, int]]:
    """For each genre: pages that are of it, pages that are called it, and those that are both."""
    gold = {name: kind for kind, names in GENRES.items() for name in names}
    of: Counter[str] = Counter()
    called: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for name, document in pages(folder):
        expected, found = gold.get(name, "news"), genre(document).value
        of[expected] += 1
        called[found] += 1
        right[expected] += expected == found
    return {kind: (of[kind], called[kind], right[kind]) for kind in sorted({*of, *called})}

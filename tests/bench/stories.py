"""Stories and copies against the labelled windows: ``python -m tests.bench.stories``.

Reads ``benchmarks/stories`` (headlines, articles, pairs, scorer) in the folder that ``LESART_BENCHMARKS`` names; prints one line
a track, the pairs, and the time for 100,000 headlines put together from the development titles.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import importlib.util
import json
import os
import random
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reader.analysis import copies, stories
from reader.analysis.stories import DAY, Stories, Telling

FIGURES = "bcP bcR bcF bcF_m found exact false".split()


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds in all, microseconds a headline, milliseconds for the slowest, and the most stories alive at once."""

    headlines: int
    seconds: float
    mean_us: float
    worst_ms: float
    alive: int


def scorer(folder: Path) -> Any:
    """The benchmark's own scorer as a module."""
    spec = importlib.util.spec_from_file_location("stories_score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a compressed file, one a line."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def clustered(items: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The scorer's predictions, each window on its own."""
    found, window, current = [], None, Stories()
    for number, item in enumerate(items):
        if item["window"] != window:
            window, current = item["window"], Stories()
        moment = datetime.fromisoformat(item["time"].replace(" ", "T")).timestamp()
        telling = Telling(
            id=number,
            title=item["title"],
            lead=item.get("text") or "",
            published=moment,
            outlet=item["outlet"],
        )
        found.append({"id": item["id"], "cluster": f"{window}/{current.add(telling)}"})
    return found


def story_figures(folder: Path) -> dict[str, dict[str, float]]:
    """Figures by track: "ALL-headlines", "ALL-articles"."""
    gold = lines(folder / "dev.jsonl.gz")
    result, _ = scorer(folder).run(gold, clustered(gold))
    return {name: scores for name, scores in result.items() if name.startswith("ALL")}


def shuffled_figures(folder: Path, rounds: int = 16) -> dict[str, dict[str, float]]:
    """The same as means over orders: the dates know the day only, so within a day any order is as good."""
    gold, found = lines(folder / "dev.jsonl.gz"), []
    for seed in range(rounds):
        chance = random.Random(seed)  # noqa: S311 - the same orders on every run
        order = sorted(gold, key=lambda item: (item["window"], item["time"][:10], chance.random()))
        found.append(scorer(folder).run(order, clustered(order))[0])
    return {
        track: {figure: sum(one[track][figure] for one in found) / rounds for figure in FIGURES}
        for track in found[0]
        if track.startswith("ALL")
    }


def pair_figures(folder: Path) -> dict[str, float]:
    """Precision, recall and F1 of near-duplicates, and microseconds a text."""
    gold = lines(folder / "pairs-dev.jsonl.gz")
    start = time.process_time()
    found = [
        {"id": pair["id"], "dup": copies.alike(copies.sketch(pair["a"]["text"]), copies.sketch(pair["b"]["text"]))}
        for pair in gold
    ]
    spent = time.process_time() - start
    return {**scorer(folder).pairs(gold, found), "us": spent / len(gold) / 2 * 1e6}


def speed(folder: Path, number: int = 100_000, days: int = 100) -> Speed:
    """Headlines made of the development titles, their words exchanged at random, evenly over so many days."""
    chance = random.Random(4)  # noqa: S311 - the same headlines on every run
    titles = [item["title"] for item in lines(folder / "dev.jsonl.gz")]
    words = [word for title in titles for word in title.split()]
    made = []
    for _ in range(number):
        title = chance.choice(titles).split()
        for _ in range(max(2, len(title) // 2)):
            title[chance.randrange(len(title))] = chance.choice(words)
        made.append(" ".join(title))
    current, worst, alive = Stories(), 0.0, 0
    Stories().add(Telling(id=0, title=titles[0], published=0))  # loads the word lists
    gc.disable()  # as the command does: nothing here has cycles, and the collector would walk through all of it
    start = time.process_time()
    for place, title in enumerate(made):
        before = time.process_time()
        current.add(Telling(id=place, title=title, published=place * days * DAY / number, outlet=str(place % 8)))
        worst = max(worst, time.process_time() - before)
        alive = max(alive, len(current))
    spent = time.process_time() - start
    gc.enable()
    return Speed(number, spent, spent / number * 1e6, worst * 1000, alive)


def _line(name: str, scores: dict[str, float]) -> str:
    return f"{name:24} " + " ".join(f"{figure}={scores[figure]:.3f}" for figure in FIGURES)


def main(arguments: list[str] | None = None) -> int:
    """Prints the figures; 2 without the benchmark folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stories", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--plateau", action="store_true", help="vary each parameter alone and print both tracks, means over four orders"
    )
    parser.add_argument("--shuffled", action="store_true", help="print means over orders within a day, too")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print mixed clusters")
    parser.add_argument("--fast", action="store_true", help="leave the 100,000 headlines out")
    options = parser.parse_args(arguments)
    root = os.environ.get("LESART_BENCHMARKS")
    if not root:
        print("LESART_BENCHMARKS names no folder with the benchmark material", file=sys.stderr)
        return 2
    folder = Path(root) / "benchmarks" / "stories"
    for name, scores in story_figures(folder).items():
        print(_line(name, scores))
    if options.errors:
        gold = lines(folder / "dev.jsonl.gz")
        scorer(folder).errors(gold, {p["id"]: p["cluster"] for p in clustered(gold)}, options.errors)
    print("pairs " + " ".join(f"{name}={value:.3f}" for name, value in pair_figures(folder).items()))
    if options.plateau:
        _plateau(folder)
    if options.shuffled:
        for name, scores in shuffled_figures(folder).items():
            print(_line(f"{name} shuffled", scores))
    if not options.fast:
        found = speed(folder)
        print(
            f"{found.headlines} headlines: {found.seconds:.2f} s, {found.mean_us:.0f} µs each,"
            f" slowest {found.worst_ms:.2f} ms, at most {found.alive} stories alive"
        )
    return 0


PLATEAU: dict[str, tuple[float, ...]] = {
    "TITLE_THRESHOLD": (0.14, 0.16, 0.18, 0.2, 0.22),
    "TEXT_THRESHOLD": (0.2, 0.21, 0.22, 0.23, 0.25),
    "EVIDENCE": (0.5, 0.53, 0.55, 0.57, 0.6),
    "PAIR": (1.15, 1.2, 1.3, 1.4, 1.5),
    "ALIKE": (0.2, 0.25, 0.3, 0.35, 0.4),
    "OFTEN": (3, 4, 5, 6, 8),
    "_PRIOR_TITLES": (500, 700, 1000, 1500, 2000),
    "_PRIOR_TEXTS": (70, 100, 150, 200),
    "_TEXT_FACTOR": (3, 4, 5, 6),
}
"""Values to try for each parameter of ``reader.analysis.stories``, the others left as they are."""


def _plateau(folder: Path) -> None:
    for name, values in PLATEAU.items():
        usual = getattr(stories, name)
        for value in values:
            setattr(stories, name, value)
            figures = shuffled_figures(folder, 4)
            cells = [f"{t[4:]} F1 {f['bcF']:.3f} mixed {f['false']:.2f}" for t, f in sorted(figures.items())]
            print(f"{name:16} {value:<6} {' | '.join(cells)}{'   <- set' if value == usual else ''}")
        setattr(stories, name, usual)


if __name__ == "__main__":
    raise SystemExit(main())

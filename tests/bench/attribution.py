"""Figures of the attribution: ``python -m tests.bench.attribution [--train] [--errors N] [--quick]``.

Needs the benchmark folder in ``LESART_BENCHMARKS``: the quotation corpus (``benchmarks/attribution``), the provenance
gold (``gold``) and the founding article (``seed``). Their scorers are loaded from there.

How our output is mapped to the quotation corpus: direct -> direct, indirect -> indirect, subjunctive ->
indirect_free_indirect, hearsay -> free_indirect, reported -> reported; a refusal is no quote there and is left out.
``plain`` maps span by span. ``habits`` follows how that corpus marks what both know: reported speech is the whole
sentence, once, where nothing else of it is a quote, or the words in quotation marks where it has some; neighbouring sentences in Konjunktiv of one speaker are one quote;
hearsay has the speaker that was last heard; a fragment in quotation marks inside another quote is a nested direct quote of the same speaker.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from reader.analysis.attribution import attribute
from reader.analysis.lexicon import words
from reader.analysis.quotation import Quote, quotes
from reader.model.analysis import Attribution, Genre, ReportForm, Source
from reader.model.article import Document
from reader.model.span import Span
from reader.text.plain import document_from_plain
from reader.text.sentences import sentences

Record = dict[str, Any]
Result = tuple[tuple[Source, ...], tuple[Attribution, ...]]

_TYPES = {
    ReportForm.DIRECT: "direct",
    ReportForm.INDIRECT: "indirect",
    ReportForm.SUBJUNCTIVE: "indirect_free_indirect",
    ReportForm.HEARSAY: "free_indirect",
    ReportForm.REPORTED: "reported",
}
_WORD = re.compile(r"[^\W_]+")


def folder() -> Path | None:
    """The benchmark folder, when the environment names one."""
    name = os.environ.get("LESART_BENCHMARKS", "")
    return Path(name) if name and (Path(name) / "gold").is_dir() else None


def load(path: Path) -> ModuleType:
    """A scorer of the benchmark folder as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def analysed(text: str) -> tuple[Document, Result]:
    """The text as one body, and what the engine finds in it."""
    document = document_from_plain(text, repair=False)
    return document, attribute(document, Genre.NEWS)


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


# ---------------------------------------------------------------------- mappings


def provenance_record(ident: str, result: Result) -> Record:
    """One line for the provenance scorer."""
    sources, attributions = result
    return {
        "id": ident,
        "sources": [
            {"id": s.id, "kind": s.kind.value, "name": s.name, "via": s.via, "mentions": _pairs(s.mentions)}
            for s in sources
        ],
        "attributions": [
            {"content": _pairs(a.content), "cue": _pairs(a.cue), "source": a.source, "form": a.form.value}
            for a in attributions
        ],
    }


def quotation_record(ident: str, text: str, result: Result, *, habits: bool = True) -> Record:
    """One line for the quotation corpus' scorer."""
    found: list[Record] = []
    for a in result[1]:
        if a.form is ReportForm.NO_COMMENT:
            continue
        entry: Record = {"quote": _pairs(a.content), "speaker": _pairs(a.speaker), "cue": _pairs(a.cue)}
        found.append({**entry, "type": _TYPES[a.form], "source": a.source, "why": a.why, "confidence": a.confidence})
    if habits:
        found = _merged(text, _whole_sentences(text, _heard_from(found)))
        found += _fragments(text, found)
        for entry in found:
            entry["nested"] = any(_inside(entry, other) for other in found if other is not entry)
    return {"id": ident, "attributions": found}


def _inside(inner: Record, outer: Record) -> bool:
    return inner["quote"] != outer["quote"] and all(
        any(b <= p and q <= e for b, e in outer["quote"]) for p, q in inner["quote"]
    )


def _whole_sentences(text: str, found: list[Record]) -> list[Record]:
    spans = sentences(text)
    marks = [mark for mark in quotes(text, 0, len(text)) if mark.closed and not _is_name(text, mark)]
    taken = {_sentence(spans, entry) for entry in found if entry["type"] != "reported"}
    out = []
    for entry in found:
        if entry["type"] == "reported":
            at = _sentence(spans, entry)
            if at in taken:
                continue
            taken.add(at)
            fragment = next((m for m in marks if any(b <= m.start and m.end <= e for b, e in entry["quote"])), None)
            if fragment is not None:
                entry = {**entry, "type": "direct", "quote": [[fragment.start, fragment.end]]}
            else:
                entry["quote"] = [[spans[at].start, spans[at].end]]
        out.append(entry)
    return out


def _heard_from(found: list[Record]) -> list[Record]:
    """Hearsay with the speaker that was last heard before it; without any it is no quote there."""
    out = []
    speaker: list[list[int]] = []
    for entry in found:
        if entry["speaker"]:
            speaker = entry["speaker"]
        elif entry["type"] == "free_indirect":
            if not speaker:
                continue
            entry["speaker"] = speaker
        out.append(entry)
    return out


def _sentence(spans: list[Span], entry: Record) -> int:
    start = entry["quote"][0][0]
    return next((n for n, span in enumerate(spans) if span.start <= start < span.end), -1)


def _merged(text: str, found: list[Record]) -> list[Record]:
    out: list[Record] = []
    for entry in sorted(found, key=lambda e: (e["quote"][0][0], -e["quote"][-1][1])):
        last = out[-1] if out else None
        if (
            last is not None
            and entry["type"] == last["type"] == "indirect_free_indirect"
            and entry["source"] == last["source"]
            and not text[last["quote"][-1][1] : entry["quote"][0][0]].strip(" .\n")
        ):
            last["quote"] = [[last["quote"][0][0], entry["quote"][-1][1]]]
        else:
            out.append(entry)
    return out


def _fragments(text: str, found: list[Record]) -> list[Record]:
    out: list[Record] = []
    marks = [mark for mark in quotes(text, 0, len(text)) if mark.closed and not _is_name(text, mark)]
    for entry in found:
        if entry["type"] == "direct":
            continue
        out.extend(
            {**entry, "quote": [[mark.start, mark.end]], "type": "direct"}
            for mark in marks
            if any(b <= mark.start and mark.end <= e for b, e in entry["quote"])
        )
    return out


def _is_name(text: str, mark: Quote) -> bool:
    """A name or title in quotation marks is no quotation: capitals only, or a noun right before few words."""
    inner = _WORD.findall(text[mark.start : mark.end])
    if not inner:
        return True
    small = [word for word in inner if word[0].islower() and word not in words("titles", "particles", "names")]
    return inner[0][0].isupper() and not small


# ---------------------------------------------------------------------- figures


def quotation_figures(root: Path, which: str, *, habits: bool) -> tuple[Record, list[Record]]:
    """(figures of the quotation corpus, one line per article)."""
    scorer = load(root / "benchmarks" / "attribution" / "score.py")
    path = root / "benchmarks" / "attribution" / f"{which}.jsonl.gz"
    lines = []
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for raw in handle:
            article = json.loads(raw)
            lines.append(quotation_record(article["id"], article["text"], analysed(article["text"])[1], habits=habits))
    predicted = {scorer.doc_key(line["id"]): line["attributions"] for line in lines}
    result: Record = scorer.evaluate(scorer.load_gold(str(path)), predicted)
    result["simplified"] = scorer.official(scorer.load_gold(str(path)), predicted, True)
    return result, lines


def provenance_figures(root: Path) -> tuple[Record, Any, ModuleType]:
    """(figures of the provenance gold, its runs for listing errors, the scorer)."""
    scorer = load(root / "gold" / "score_provenance.py")
    gold = scorer.load_gold(str(root / "gold" / "provenance-dev.txt"))
    predicted = {}
    for record in gold:
        line = provenance_record(record["id"], analysed(record["text"])[1])
        predicted[record["id"]] = scorer.check_record(line, record["text"])
    result, runs = scorer.evaluate(gold, predicted)
    return result, runs, scorer


def bands(root: Path) -> list[tuple[str, int, int]]:
    """(band of confidence, right, all) over both dev sets: a statement is right when the gold holds it (word F1 >= 0.5)."""
    right: Counter[int] = Counter()
    total: Counter[int] = Counter()
    path = root / "benchmarks" / "attribution" / "dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        articles = [json.loads(raw) for raw in handle]
    texts = [(a["text"], [g["quote"] for g in a["annotations"]]) for a in articles]
    scorer = load(root / "gold" / "score_provenance.py")
    records = scorer.load_gold(str(root / "gold" / "provenance-dev.txt"))
    texts.extend((record["text"], [a["content"] for a in record["attributions"]]) for record in records)
    for text, gold in texts:
        marked = [_positions(spans) for spans in gold]
        for a in analysed(text)[1][1]:
            mine = _positions(_pairs(a.content))
            band = min(int(a.confidence * 10), 9)
            total[band] += 1
            right[band] += any(2 * len(mine & other) >= 0.5 * (len(mine) + len(other)) for other in marked)
    return [(f"{band / 10:.1f} to {(band + 1) / 10:.1f}", right[band], total[band]) for band in sorted(total)]


def _positions(spans: list[list[int]]) -> set[int]:
    return {i for b, e in spans for i in range(b, e)}


def speed(texts: list[str]) -> Record:
    """Milliseconds per article (mean of the best of three rounds; 8,000 characters), growth, import, memory."""
    documents = [document_from_plain(text, repair=False) for text in texts]
    for document in documents[:20]:
        attribute(document, Genre.NEWS)
    rounds = []
    for _ in range(3):
        begin = time.perf_counter()
        for document in documents:
            attribute(document, Genre.NEWS)
        rounds.append((time.perf_counter() - begin) / len(documents) * 1000)
    body = "\n".join(texts)

    def timed(length: int) -> float:
        document = document_from_plain(body[:length], repair=False)
        best = min(_once(document) for _ in range(3))
        return best * 1000

    return {
        "characters": sum(map(len, texts)) / len(texts),
        "mean": min(rounds),
        "8k": timed(8_000),
        "growth": (timed(200_000) / 200_000) / (timed(2_000) / 2_000),
        "quotes": _once(document_from_plain("„" * 10_000, repair=False)),
        "straight": _once(document_from_plain('"a ' * 10_000, repair=False)),
        "commas": _once(document_from_plain("a, " * 10_000, repair=False)),
        "import": _import_time(),
        "memory": _memory(documents),
    }


def _once(document: Document) -> float:
    begin = time.perf_counter()
    attribute(document, Genre.NEWS)
    return time.perf_counter() - begin


def _import_time() -> float:
    """Milliseconds for the import of the engine and its first use, in a fresh interpreter."""
    code = (
        "import time; from reader.model.article import Document; from reader.model.analysis import Genre; "
        "b = time.perf_counter(); from reader.analysis.attribution import attribute; "
        "print((time.perf_counter() - b) * 1000)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as cache:
        # the first run compiles, as an installation does
        environment["PYTHONPYCACHEPREFIX"] = cache
        times = [
            float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment).stdout)
            for _ in range(6)
        ]
    return min(times)


def _memory(documents: list[Document]) -> float:
    """Peak of allocations while every article is analysed once, MiB (tables already loaded are not counted)."""
    tracemalloc.start()
    for document in documents:
        attribute(document, Genre.NEWS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


# ---------------------------------------------------------------------- report


def main() -> int:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--train", action="store_true", help="the train half of the quotation corpus as well")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="N errors of each sort")
    parser.add_argument("--quick", action="store_true", help="no times")
    args = parser.parse_args()
    root = folder()
    if root is None:
        print("LESART_BENCHMARKS names no folder with the benchmark material", file=sys.stderr)
        return 1
    for which in ("dev", "train") if args.train else ("dev",):
        for habits in (False, True):
            result, _ = quotation_figures(root, which, habits=habits)
            _print_quotation(f"quotation corpus, {which}, {'habits' if habits else 'plain'}", result)
    result, runs, scorer = provenance_figures(root)
    scorer.report(result)
    if args.errors:
        scorer.list_errors(runs, args.errors)
    print("\nprecision by confidence (both dev sets)")
    for name, right, total in bands(root):
        print(f"  {name}  {100 * right / total:5.1f} %  ({right} of {total})")
    if not args.quick:
        with gzip.open(root / "benchmarks" / "attribution" / "dev.jsonl.gz", "rt", encoding="utf-8") as handle:
            figures = speed([json.loads(raw)["text"] for raw in handle])
        print(
            f"\n{figures['mean']:.2f} ms per article of {figures['characters']:.0f} characters, "
            f"{figures['8k']:.1f} ms for 8,000; growth 2k to 200k x {figures['growth']:.2f}; "
            f"10,000 marks {figures['quotes']:.2f} s, {figures['straight']:.2f} s, commas {figures['commas']:.2f} s; "
            f"import {figures['import']:.0f} ms; peak {figures['memory']:.1f} MiB"
        )
    return 0


def _print_quotation(name: str, result: Record) -> None:
    simple = result["simplified"]
    print(
        f"{name}: official simplified quote F1 {100 * simple['Messages']['f1']:.1f}, joint {100 * simple['Joint']['f1']:.1f}; "
        f"JOINT {100 * result['JOINT']['f1']:.1f}, quote precision {100 * result['quote overlap']['p']:.1f}, "
        f"recall {100 * result['quote overlap']['r']:.1f}, token F1 {100 * result['token']['f1']:.1f}, "
        f"speaker given the quote {100 * result['speaker acc'].get('all', 0):.1f}"
    )
    for kind, entry in result["by type"].items():
        overlap, joint = entry["quote overlap"], entry["JOINT"]
        print(
            f"    {kind:23s} gold {overlap['n_gold']:4d} predicted {overlap['n_pred']:4d}  overlap P {100 * overlap['p']:5.1f} "
            f"R {100 * overlap['r']:5.1f}  JOINT F1 {100 * joint['f1']:5.1f}"
        )


if __name__ == "__main__":
    sys.exit(main())

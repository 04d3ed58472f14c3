"""Accuracy is pinned: a change that loses it fails like a bug. The floors lie just under what was reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bench.attribution import provenance_figures, quotation_figures


@pytest.fixture(scope="module")
def quotation(benchmarks: Path) -> dict[str, Any]:
    return quotation_figures(benchmarks, "dev", habits=True)[0]


@pytest.fixture(scope="module")
def provenance(benchmarks: Path) -> dict[str, Any]:
    return provenance_figures(benchmarks)[0]


@pytest.mark.parametrize(
    ("figure", "part", "floor"),
    [("JOINT", "f1", 0.66), ("quote overlap", "p", 0.875), ("quote overlap", "r", 0.749), ("token", "f1", 0.825)],
)
def test_quotation_corpus(quotation: dict[str, Any], figure: str, part: str, floor: float) -> None:
    assert quotation[figure][part] >= floor


@pytest.mark.parametrize(("figure", "floor"), [("Messages", 0.80), ("Joint", 0.744)])
def test_quotation_corpus_by_its_own_measure(quotation: dict[str, Any], figure: str, floor: float) -> None:
    assert quotation["simplified"][figure]["f1"] >= floor


@pytest.mark.parametrize(
    ("figure", "floor"), [("JOINT", 0.93), ("no_comment", 0.98), ("hearsay", 0.88), ("content", 0.95), ("chain", 0.74)]
)
def test_provenance(provenance: dict[str, Any], figure: str, floor: float) -> None:
    assert provenance["table"][figure]["F1"] >= floor


@pytest.mark.parametrize(("ratio", "floor"), [("kind macro-F1", 0.975), ("kind macro-F1 end to end", 0.90)])
def test_kinds_of_sources(provenance: dict[str, Any], ratio: str, floor: float) -> None:
    assert provenance["ratios"][ratio] >= floor


def test_text_without_a_source_stays_unmarked(provenance: dict[str, Any]) -> None:
    assert provenance["false/empty"] <= 0.1

"""Repairs: glued sentences, blanks before punctuation, double encoding."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.repair import glue_points, repair, repair_mojibake


@pytest.mark.parametrize(
    ("glued", "parted"),
    [
        ("Das ist sehr konfus.Meier kam später.", "Das ist sehr konfus. Meier kam später."),
        ("So berichtet es das Funkblatt.Nur Stunden danach", "So berichtet es das Funkblatt. Nur Stunden danach"),
        ("Die Firma lehnte ab.Ilse Brandt sagte", "Die Firma lehnte ab. Ilse Brandt sagte"),
        ("„Das reicht.“Danach ging er.", "„Das reicht.“ Danach ging er."),
        ("Er ging.„Das reicht“, sagte er.", "Er ging. „Das reicht“, sagte er."),
        ('Er ging."Das reicht", sagte er.', 'Er ging. "Das reicht", sagte er.'),
        ('Sie sprach von "Zorn".Dann ging sie.', 'Sie sprach von "Zorn". Dann ging sie.'),
        ("Er nannte es «Unsinn».Die Regierung", "Er nannte es «Unsinn». Die Regierung"),
        ("das Vergnügen.Diesmal gewann sie", "das Vergnügen. Diesmal gewann sie"),
        ("Das kam auf den Markt:Bei Käufern", "Das kam auf den Markt: Bei Käufern"),
        ('Das bot er der Region an."Neben der Lehre', 'Das bot er der Region an. "Neben der Lehre'),
        ("Das hat sich gelohnt.„25.000 Menschen kamen“", "Das hat sich gelohnt. „25.000 Menschen kamen“"),
        ("Es droht das Aus.Unterdessen wächst", "Es droht das Aus. Unterdessen wächst"),
    ],
)
def test_glued_sentences_are_parted(glued: str, parted: str) -> None:
    assert repair(glued) == parted


@pytest.mark.parametrize(
    "text",
    [
        "Prof.Meier sagt z.B. nichts", "Mio.Euro", "Co.KG", "1.FC Köln", "3.März", "St.Pauli", "12.30 Uhr", "ver.di", "ZEIT.de",
        "node.js", "ASP .NET", "eine .de-Domain", "2 : 1", "https://x.example/Das.Haus.Der", "Anhänger:innen", "Leser*innen",
        "Kolleg:Innen", "u.a.", "Dr.Brandt", "a.D.", "redaktion@funkblatt.example",
    ],
)  # fmt: skip
def test_what_only_looks_glued_stays(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("das Magazin Funkblatt , das alles", "das Magazin Funkblatt, das alles"),
        ("Wirklich ?", "Wirklich?"),
        ("Ende .", "Ende."),
        ("fÃ¼r Ã–konom MartÃ\xadn", "für Ökonom Martín"),
        ("Preis: 5 â‚¬", "Preis: 5 €"),
    ],
)
def test_blanks_and_double_encoding_are_mended(broken: str, mended: str) -> None:
    assert repair(broken) == mended


def test_right_umlauts_are_left_alone() -> None:
    assert repair_mojibake("Ärzte übergäben Âme à Paris") == "Ärzte übergäben Âme à Paris"


@given(st.text(max_size=200))
def test_repair_changes_white_space_alone_once_the_encoding_is_right(text: str) -> None:
    mended = repair_mojibake(text)
    assert "".join(repair(text).split()) == "".join(mended.split())


@given(st.text('abcA.!?„“"«»:) 1', max_size=80))
def test_repair_is_idempotent(text: str) -> None:
    assert repair(repair(text)) == repair(text)


def test_glue_points_on_real_articles(benchmarks: Path) -> None:
    found = missed = wrong = 0
    with gzip.open(benchmarks / "corpus/seedshape/seedshape.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            gold = set(record["paragraph_starts"]) - {record["body_start"]}
            points = {p for p in glue_points(record["text"]) if p > record["body_start"]}
            found += len(gold & points)
            missed += len(gold - points)
            wrong += len(points - gold)
    assert found / (found + wrong) >= 0.985
    assert found / (found + missed) >= 0.97


@pytest.mark.parametrize(
    "text", ["„süß“", "„Spaß“ und „weiß“.", "Fuß…", "»groß«, ›Maß‹", "Strauß – ja", "„MÖ“", "Café…“"]
)
def test_letters_before_closing_marks_are_no_damage(text: str) -> None:
    assert repair_mojibake(text) == text

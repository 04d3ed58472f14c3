from __future__ import annotations

import pytest

from reader.model.analysis import Source, SourceKind
from reader.words import source_name


@pytest.mark.parametrize(
    ("kind", "mention", "shown"),
    [
        (SourceKind.ANONYMOUS, "verschiedenen Quellen", "Verschiedene Quellen"),
        (SourceKind.ANONYMOUS, "gut informierten Kreisen", "Gut informierte Kreise"),
        (SourceKind.ANONYMOUS, "Informierten Kreisen", "Informierte Kreise"),
        (SourceKind.ANONYMOUS, "Kreisen der Landesregierung", "Kreise der Landesregierung"),
        (SourceKind.ANONYMOUS, "Regierungskreisen", "Regierungskreise"),
        (SourceKind.ANONYMOUS, "Kreisverwaltung", "Kreisverwaltung"),
        (SourceKind.ANONYMOUS, "mehrere Personen", "Mehrere Personen"),
        (SourceKind.INSTITUTION, "der Verwaltung", "Verwaltung"),
        (SourceKind.INSTITUTION, "des Ministeriums", "Ministerium"),
        (SourceKind.INSTITUTION, "Gesundheitsministeriums", "Gesundheitsministerium"),
        (SourceKind.INSTITUTION, "Robert-Koch-Zentrums in Wittenfurt", "Robert-Koch-Zentrum in Wittenfurt"),
        (SourceKind.AGENCY, "dpa", "dpa"),
        (SourceKind.OUTLET, "die taz", "taz"),
        (SourceKind.SPOKESPERSON, "ein Sprecher", "Ein Sprecher"),
    ],
)
def test_a_source_is_listed_in_the_nominative(kind: SourceKind, mention: str, shown: str) -> None:
    assert source_name(Source(id=1, name=mention, kind=kind)) == shown

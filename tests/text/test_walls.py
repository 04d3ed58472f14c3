"""Words of walls, told from reports on walls."""

from __future__ import annotations

import pytest

from reader.text.walls import walls_in


@pytest.mark.parametrize(
    "line",
    [
        "Jetzt mit Funkblatt Plus weiterlesen", "Sie haben bereits ein Abo? Hier anmelden", "Bereits Abonnent?",
        "Dieser Artikel ist exklusiv für Abonnenten", "Sie möchten weiterlesen?", "Lesen Sie diesen Artikel mit Funkblatt+",
        "Zum Weiterlesen bitte anmelden oder registrieren.", "Ab hier geht es nur mit Abo weiter.", "Mehr lesen? Kostenlos registrieren",
        "Du willst weiterlesen? Werde Mitglied.", "Premium-Inhalt. Bitte melden Sie sich an, um den vollständigen Text zu sehen.",
    ],
)  # fmt: skip
def test_a_bar_is_known_by_its_words(line: str) -> None:
    assert walls_in(line).paywall >= 1


@pytest.mark.parametrize(
    "line",
    [
        "Der Verlag verlangt für sein Digitalangebot künftig Geld.", "Immer mehr Menschen schließen ein Abo ab, sagt die Forscherin.",
        "Die Stadt baut ihr Bad um.", "Der Text ist hundert Jahre alt und steht im Archiv.",
    ],
)  # fmt: skip
def test_a_report_on_bars_has_none(line: str) -> None:
    assert walls_in(line).paywall == 0


def test_an_offer_is_no_bar() -> None:
    found = walls_in("Jetzt testen: vier Wochen Funkblatt für 1 Euro im Monat, monatlich kündbar")
    assert found.offers >= 2
    assert not found.is_barred


def test_a_request_for_consent_has_several_phrases() -> None:
    text = "Wir und unsere 180 Partner verwenden Cookies. Sie können Ihre Einwilligung jederzeit widerrufen. Alle akzeptieren"
    assert walls_in(text).consent >= 3


@pytest.mark.parametrize(
    "line",
    ["Bitte JavaScript aktivieren", "Wir prüfen, ob Sie ein Mensch sind", "Access Denied", "Willkommen im Gäste-WLAN"],
)
def test_what_bars_the_way_for_machines_is_known(line: str) -> None:
    assert walls_in(line).blocked == 1


@pytest.mark.parametrize("line", ["Seite nicht gefunden", "Fehler 404", "Der Artikel ist nicht mehr verfügbar"])
def test_an_error_page_is_known(line: str) -> None:
    assert walls_in(line).missing == 1

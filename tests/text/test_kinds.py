"""What an address says about the kind of text behind it."""

from __future__ import annotations

import pytest

from reader.text.kinds import kind_labels


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        ("https://blatt.example/meinung/wahl-2026.html", ("path=meinung",)),
        ("https://blatt.example/politik/kommentar-zur-wahl.html", ("path=kommentar",)),
        ("https://blatt.example/Hamburg/Kommentar-Klima,hh780.html", ("path=kommentar",)),
        ("https://blatt.example/netz/gastbeitrag-von-ilse-brandt_id_1.html", ("path=gastbeitrag",)),
        ("https://www.presseportal.de/pm/1/2", ("path=presseportal",)),
        ("/ratgeber/geld.html", ("path=ratgeber",)),
        ("https://blatt.example/kommentarlos-abgesetzt.html", ()),
        ("https://blatt.example/testament/kritik-am-rat.html", ()),
        ("https://blatt.example/interview-in-kiel-abgesagt.html", ()),
        ("https://blatt.example/politik/?from=/meinung/", ()),
        ("https://nopresseportal.de/1", ()),
        ("https://[kaputt/meinung/", ()),
        ("", ()),
    ],
)
def test_folders_and_first_words_that_name_a_kind_become_labels(address: str, labels: tuple[str, ...]) -> None:
    assert kind_labels(address) == labels

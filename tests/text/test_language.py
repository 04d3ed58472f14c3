"""Which language a text is in."""

from __future__ import annotations

import pytest

from reader.text.language import guess_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Die Stadt hat am Montag den Umbau des Bades beschlossen und will im April mit den Arbeiten beginnen.", "de"),
        ("The city has decided on Monday to rebuild the pool and it will start with the work in April.", "en"),
        ("La ville a décidé lundi de rénover la piscine et les travaux commencent en avril dans le centre.", "fr"),
        (
            "De stad heeft maandag besloten om het zwembad te verbouwen en de werken beginnen in april met een feest.",
            "nl",
        ),
        (
            "Byrådet besluttede tirsdag, at den gamle bro fortsat er lukket for lastbiler. Borgmesteren sagde, at hun "
            "ikke vil åbne en bro, der smuldrer.",
            "da",
        ),
        (
            "Belediye meclisi salı günü eski köprünün kamyonlara kapalı kalmasına karar verdi. Esnaf bu karara kızgın "
            "ve devletten yardım istiyor. Köprünün ne zaman biteceği henüz belli değil.",
            "tr",
        ),
        (
            "De Stadtraad hett Dingsdag besloten, dat de ole Brüch för Lastwagens dicht blifft. Se will keen Brüch "
            "opmaken, de bröckelt. Dat is noch nich kloor, wannehr de nee Brüch trecht is.",
            "nds",
        ),
        (
            "De Gmeindrat het am Zischtig entschide, dass di alti Brugg für Laschtwäge zue blibt. D Händler i de "
            "Altstadt sind hässig. Es isch no nöd klar, wänn di nöi Brugg fertig wird.",
            "gsw",
        ),
        (
            "Der Gemeinderat hat am Dienstag beschlossen, dass die alte Brücke für Lastwagen geschlossen bleibt. Bis auf "
            "Weiteres müssen die Händler einen grossen Umweg fahren.",
            "de",
        ),
        ("Городской совет решил, что старый мост останется закрытым для грузовиков, сказала мэр города.", "ru"),
        ("Міська рада вирішила, що старий міст залишиться закритим для вантажівок, сказала мерка міста.", "uk"),
        (
            "A câmara decidiu na terça-feira que a ponte velha continua fechada para camiões. Os comerciantes não estão "
            "contentes com o desvio.",
            "pt",
        ),
        (
            "A városi tanács kedden úgy döntött, hogy a régi híd zárva marad a teherautók előtt, és a kereskedők már most "
            "elégedetlenek a kerülővel.",
            "hu",
        ),
        (
            "Kaupunki päätti tiistaina, että vanha silta on edelleen suljettu, mutta kauppiaiden mukaan kiertotie on jo nyt "
            "liian pitkä.",
            "fi",
        ),
        (
            "De Gemengerot huet en Dënschdeg decidéiert, datt d'al Bréck fir Camionen zou bleift, an d'Händler sinn net "
            "zefridden mat der Ëmleedung.",
            "lb",
        ),
        (
            "Kader: Müller, Krüss, van Dijk, Petersen, De Luca, Janssen, Nowak, van den Berg, Hansen, Larsson, Ehlers",
            "de",
        ),
        (
            "DER STADTRAT VERTAGT DIE ENTSCHEIDUNG. DIE BÜRGERMEISTERIN WILL EIN ZWEITES GUTACHTEN ABWARTEN. BALD MEHR",
            "de",
        ),
        (
            "„We will never give up and we will win this for the people“, rief der Trainer der Halle zu. Der Verein steigt "
            "nach dem Sieg am Samstag auf, und die Stadt plant ein Fest auf dem Markt.",
            "de",
        ),
        (
            "Samstag: Hohenwied – Osterfelde 2:1, Marental – Wistal 0:0. Tore: Müller, De Vries, van Dam, De Jong, Krüss",
            "de",
        ),
        ("Kurz und gut", "de"),
        ("", "de"),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", "de"),
    ],
)
def test_function_words_tell_the_language(text: str, code: str) -> None:
    assert guess_language(text) == code

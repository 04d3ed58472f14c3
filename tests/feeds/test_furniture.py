"""Lines that are furniture, and sentences that only sound like it."""

from __future__ import annotations

import lxml.html
import pytest

from reader.feeds.furniture import is_furniture
from reader.feeds.pagefacts import folded
from reader.feeds.selection import Candidate
from reader.model.article import BlockKind
from reader.text.html import HtmlBlock


def a_line(text: str, *, linked: int = 0) -> Candidate:
    element = lxml.html.fragment_fromstring("<p></p>")
    return Candidate(HtmlBlock(BlockKind.PARAGRAPH, text, [], element, 0, linked), text, folded(text), chosen=True)


@pytest.mark.parametrize(
    "line",
    [
        "Lesen Sie auch: Warum das Hallenbad geschlossen bleibt",
        "Lies hier mehr über die Bäder der Region",
        "Auch interessant: Die schönsten Badeseen",
        "Mehr zum Thema",
        "Mehr zum Thema finden Sie hier:",
        "Weitere Nachrichten aus Beispielstadt",
        "Mehr aus Beispielstadt",
        "Zum Liveticker: Alle Entwicklungen im Überblick",
        "→ Alle Bäder im Vergleich",
        "Das könnte Sie auch interessieren: Freibäder im Test",
        "Fotostrecke: So sah das Freibad früher aus",
        "Jetzt unseren kostenlosen Newsletter abonnieren und nichts mehr verpassen!",
        "Hier kostenlos testen",
        "Abonnieren Sie unseren Kanal und bleiben Sie informiert.",
        "Folgst du schon Funkblatt auf WhatsApp?",
        "Kennen Sie schon unsere Plus-Inhalte?",
        "Unser Newsletter bringt Ihnen jeden Morgen das Wichtigste.",
        "Der Morgen: Der Newsletter informiert Sie montags bis freitags über das Wichtigste vom Tag.",
        "Unterstützen Sie unabhängigen Journalismus mit einem Abo.",
        "Mit Ihrer Spende können Sie unsere Arbeit ermöglichen.",
        "Fehler gefunden? Hier melden.",
        "Artikel teilen",
        "Anzeige",
        "Diskutieren Sie mit uns über diesen Artikel.",
        "Die mit einem Sternchen gekennzeichneten Links sind Affiliate-Links. Bei einem Kauf erhalten wir eine Provision.",
        "Empfohlener redaktioneller Inhalt",
        "Mit Ihrer Zustimmung wird hier ein externer Inhalt geladen.",
        "An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt.",
        "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.",
        "Wir benötigen Ihre Zustimmung, um den Inhalt anzuzeigen.",
        "Mehr dazu in unserer Datenschutzerklärung.",
        "Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.",
        "Lesedauer: 4 Minuten",
        "3 Min. Lesezeit",
        "Video: So lief die Sitzung",
        "Rubriklistenbild: © Jo Kern/dpa",
        "Über dieses Thema berichtete das Funkradio am 5. März 2024 um 12 Uhr.",
        "Aktuelle Stunde. 05.03.2024. 25:12 Min. Verfügbar bis 05.03.2026. Funkradio.",
        "Stand: 05.03.2024, 10:15 Uhr",
    ],
)
def test_lines_that_speak_to_readers_or_lead_elsewhere_are_furniture(line: str) -> None:
    assert is_furniture(a_line(line))


@pytest.mark.parametrize(
    "sentence",
    [
        "Mehr als 200 Menschen kamen zur Sitzung, so viele wie selten zuvor.",
        "Mehr dazu will die Ministerin am Montag in Berlin sagen.",
        "Mehr zum Thema Wohnen sagte sie nicht.",
        "Weitere Informationen bietet der Bericht, den der Rat am Freitag veröffentlicht.",
        "Auch interessant ist, dass der Rat diesmal einig war.",
        "Jetzt will der Hersteller das System in zwei Städten testen.",
        "Hier müssen sich Gäste bis zum Abend anmelden.",
        "Unterstützt wird der Antrag von der SPD und den Grünen.",
        "Mit ihrer Unterstützung gewann die Partei den Wahlkreis.",
        "Folgen sie dem Vorschlag, wird das Bad im April geschlossen.",
        "Folgt den Plänen nun die Umsetzung, beginnt der Bau im April.",
        "Schreiben mit der Hand ist an Schulen wieder gefragt.",
        "Die Polizei warnt auf Facebook und Instagram vor Betrügern.",
        "In einer Telegram-Gruppe verbreiteten Rechtsextreme den Aufruf.",
        "Der Konzern betreibt einen WhatsApp-Kanal mit zwei Millionen Abonnenten.",
        "Die App ist im App Store und bei Google Play kostenlos erhältlich.",
        "Nutzer müssen ihre Einwilligung geben, bevor Daten übermittelt werden.",
        "Die Eltern hatten mit ihrer Zustimmung die Bilder freigegeben.",
        "Der Anbieter übermittelt personenbezogene Daten an Drittstaaten, kritisiert die Behörde.",
        "Die Datenschutzerklärung muss mehr Informationen enthalten, entschied das Gericht.",
        "Wer JavaScript deaktiviert, ist vor dem Angriff sicher.",
        "Der Streit um Adblocker geht vor dem Bundesgerichtshof weiter.",
        "Newsletter sind bei Verlagen wieder beliebt, sagt der Forscher.",
        "Ein Newsletter der Partei hatte den Streit ausgelöst.",
        "Über dieses Thema diskutiert am Abend der Bundestag.",
        "Haben Sie Hinweise zum Täter? Die Polizei bittet um Anrufe.",
        "Jeden Tag kommen im Amt Hunderte E-Mails an.",
        "Dauer der Sperrung unklar",
        "Hintergrund",
        "Aktuelle Lage in Kiew",
        "Empfehlungen der Experten",
        "Spenden für das Freibad",
        "»Das ist ein guter Tag«, sagte Bürgermeisterin Eva Lohse.",
        "+++ 12.30 Uhr: Der Rat stimmt ab +++",
        "Anzeigen gingen bei der Polizei nicht ein, wie eine Sprecherin sagte.",
        "Videos zeigen, wie das Wasser in die Umkleiden läuft.",
        "Kommentare zu dem Vorfall lehnte die Stadt ab.",
        "Zum Thema Eintritt äußerte sie sich nicht.",
    ],
)
def test_sentences_that_report_are_text(sentence: str) -> None:
    assert not is_furniture(a_line(sentence))


def test_a_short_line_that_is_a_link_as_a_whole_is_furniture_and_one_with_a_link_is_not() -> None:
    line = "Freibad: So teuer wird der Eintritt"
    assert is_furniture(a_line(line, linked=len(line)))
    assert not is_furniture(a_line(line, linked=10))

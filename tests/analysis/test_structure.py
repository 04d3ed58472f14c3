"""How much of an article there is, and what kind of text it is. All prose is ours."""

from __future__ import annotations

import pytest

from reader.analysis.structure import completeness, genre
from reader.model.analysis import Completeness, Genre
from reader.model.article import Block, BlockKind, Document
from reader.model.span import Span

LONG = (
    "Die Stadt Beispielheim baut ihr Hallenbad um. Der Gemeinderat hat dafür neun Millionen Euro freigegeben. "
    "Im April rücken die Bagger an, im Herbst des nächsten Jahres soll das Wasser wieder eingelassen werden. "
    "Das Becken wird um eine Bahn breiter, die Umkleiden ziehen in einen Anbau. "
    "Bis dahin weichen die Vereine in die Nachbarstadt aus, ein Bus fährt zweimal am Tag. "
    "Die Grünen hatten eine größere Solaranlage gefordert und wollen den Antrag im Sommer noch einmal stellen. "
    "Der Kämmerer rechnet mit einem Zuschuss des Landes, zugesagt ist er nicht."
)
ITEM = (
    "Auf der Bahnstrecke nach Musterstadt fahren wieder Züge. Ein Baum war in der Nacht auf die Oberleitung gefallen. "
    "Verletzt wurde niemand. Die Feuerwehr brauchte fünf Stunden, um den Stamm zu zerlegen. "
    "Der erste Zug verließ den Bahnhof kurz nach sieben Uhr. Die Pendler nahmen so lange den Bus."
)


def a_text(*paragraphs: str, title: str = "Bad wird umgebaut", kicker: str = "", labels: tuple[str, ...] = (),
           kinds: tuple[BlockKind, ...] = ()) -> Document:  # fmt: skip
    text, blocks = "", []
    for n, paragraph in enumerate(paragraphs):
        text += "\n\n" if text else ""
        kind = kinds[n] if n < len(kinds) else BlockKind.PARAGRAPH
        blocks.append(Block(kind, Span(len(text), len(text) + len(paragraph))))
        text += paragraph
    return Document(text=text, blocks=tuple(blocks), title=title, kicker=kicker, labels=labels)


def test_a_whole_article_is_full() -> None:
    assert completeness(a_text(LONG)) is Completeness.FULL


def test_nothing_at_all_is_empty() -> None:
    assert completeness(a_text(title="")) is Completeness.EMPTY


def test_a_headline_alone_is_named_as_such() -> None:
    assert completeness(a_text()) is Completeness.TITLE_ONLY


def test_a_text_that_repeats_the_headline_is_a_headline_alone() -> None:
    assert completeness(a_text("Bad wird umgebaut.", title="Bad wird umgebaut")) is Completeness.TITLE_ONLY


def test_a_caption_is_no_article() -> None:
    document = a_text("Blick in das alte Bad. Foto: Ilse Brandt", kinds=(BlockKind.CAPTION,))
    assert completeness(document) is Completeness.TITLE_ONLY


@pytest.mark.parametrize(
    "end",
    ["(Weiter lesen)", "[mehr]", "[ mehr ]", "(mehr …)", "Weiterlesen", "mehr …", "Weiterlesen auf funkblatt.example »",
     "Der Beitrag Bad wird umgebaut erschien zuerst auf Funkblatt."],
)  # fmt: skip
def test_a_mark_that_leads_to_the_rest_makes_a_teaser(end: str) -> None:
    assert completeness(a_text(f"{LONG} {end}")) is Completeness.TEASER


@pytest.mark.parametrize("end", ["zugesagt ist […]", "zugesagt ist […", "zugesagt … [+6897 chars]", "zugesagt ist ..."])
def test_a_text_that_breaks_off_is_a_teaser(end: str) -> None:
    assert completeness(a_text(LONG.replace("zugesagt ist er nicht.", end))) is Completeness.TEASER


def test_two_sentences_below_a_headline_are_a_teaser() -> None:
    text = "Die Stadt baut ihr Bad um. Was das kostet und wer die Rechnung bezahlt, darüber streitet nun der Rat."
    assert completeness(a_text(text)) is Completeness.TEASER


def test_a_short_item_of_several_sentences_is_whole() -> None:
    assert completeness(a_text(ITEM)) is Completeness.FULL


def test_an_agency_mark_makes_a_shorter_item_whole() -> None:
    text = (
        "Musterstadt (dpa) - Ein Baum ist auf die Oberleitung der Bahn gefallen. Verletzt wurde niemand, sagte die "
        "Feuerwehr. Die Strecke blieb fünf Stunden lang für alle Züge gesperrt."
    )
    assert completeness(a_text(text)) is Completeness.FULL
    assert completeness(a_text(text.replace("Musterstadt (dpa) - ", ""))) is Completeness.TEASER


def test_the_last_sentence_before_an_end_mark_is_whole() -> None:
    text = (
        "Musterstadt (dpa) - Ein Baum fiel auf die Oberleitung. Das meldete die Feuerwehr. Verletzt wurde dabei niemand. "
        "Die Strecke blieb danach fünf lange Stunden gesperrt{} (dpa/ib)"
    )
    assert completeness(a_text(text.format("."))) is Completeness.FULL
    assert completeness(a_text(text.format(" …"))) is Completeness.TEASER


def test_a_passage_without_headline_is_whole_from_thirty_words_on() -> None:
    passage = (
        "Die Stadt baut ihr Bad um, weil das Dach undicht ist und die Pumpen aus dem Jahr der Eröffnung stammen. "
        "Der Rat hat dem Plan ohne Gegenstimme zugestimmt und neun Millionen Euro bereitgestellt."
    )
    assert completeness(a_text(passage, title="")) is Completeness.FULL
    assert completeness(a_text("Die Stadt baut ihr Bad um.", title="")) is Completeness.TEASER


def test_an_ellipsis_under_a_long_text_is_style() -> None:
    assert completeness(a_text(LONG, LONG, "Und dann kam alles anders ...")) is Completeness.FULL


def test_a_consent_wall_is_named() -> None:
    wall = (
        "Wir und unsere 180 Partner verwenden Cookies, um Inhalte zu messen. Mit Klick auf „Alle akzeptieren“ geben Sie "
        "Ihre Einwilligung, die Sie jederzeit widerrufen können. Oder lesen Sie werbefrei im Pur-Abo."
    )
    assert completeness(a_text(wall)) is Completeness.CONSENT


def test_an_article_about_consent_is_an_article() -> None:
    report = (
        "Das Gericht hat einem Verlag untersagt, ohne Zustimmung der Nutzer Daten zu sammeln. Die Klägerin hatte auf der "
        "Seite keinen Knopf zum Ablehnen gefunden. " + LONG
    )
    assert completeness(a_text(report)) is Completeness.FULL


def test_a_paywall_is_known_by_its_words() -> None:
    document = a_text(
        "Die Stadt baut ihr Bad um. Wer das bezahlt, ist offen.",
        "Jetzt mit Plus weiterlesen. Sie haben bereits ein Abo? Hier anmelden. Monatlich kündbar.",
    )
    assert completeness(document) is Completeness.PAYWALL


def test_a_paywall_is_known_by_the_mark_of_the_page() -> None:
    label = ("isAccessibleForFree=false",)
    assert completeness(a_text("Die Stadt baut ihr Bad um.", labels=label)) is Completeness.PAYWALL
    assert completeness(a_text(LONG, LONG, labels=label)) is Completeness.FULL


def test_an_offer_under_a_whole_article_is_no_paywall() -> None:
    article = [LONG] * 4
    assert completeness(a_text(*article, "Jetzt kostenlos testen!")) is Completeness.FULL


def test_a_film_with_a_line_of_text_is_media() -> None:
    text = "Der Umbau des Bades in Bildern."
    assert completeness(a_text(text, title="Video: So wird das Bad umgebaut")) is Completeness.MEDIA
    assert completeness(a_text(text, labels=("video",))) is Completeness.MEDIA
    assert completeness(a_text(LONG, labels=("video",))) is Completeness.FULL


def test_a_live_ticker_is_named() -> None:
    assert completeness(a_text(LONG, title="Liveblog zum Hochwasser: ++ Pegel fällt ++")) is Completeness.TICKER


@pytest.mark.parametrize("title", ["Nahost-Ticker: Waffenruhe hält", "Der Tag im Ticker", "Ticker: Waffenruhe hält"])
def test_a_page_named_ticker_is_one(title: str) -> None:
    assert completeness(a_text(LONG, title=title)) is Completeness.TICKER


@pytest.mark.parametrize(
    "title", ["Tauben, Telegrafen, Ticker: Wie Nachrichten reisen", "Der alte Ticker geht ins Museum"]
)
def test_a_ticker_as_a_thing_makes_none(title: str) -> None:
    assert completeness(a_text(LONG, title=title)) is Completeness.FULL


def test_many_notes_with_a_time_are_a_ticker() -> None:
    notes = [f"{hour}:15 Uhr Der Pegel der Beispiel ist auf {hour} Meter gestiegen." for hour in range(10, 17)]
    assert completeness(a_text(*notes, title="Hochwasser in Beispielheim")) is Completeness.TICKER


@pytest.mark.parametrize(
    ("title", "kicker", "labels", "kind"),
    [
        ("Bad wird umgebaut", "", (), Genre.NEWS),
        ("Kommentar: Ein Umbau zur Unzeit", "", (), Genre.COMMENTARY),
        ("Kommentar zum Bad - Ein Umbau zur Unzeit", "", (), Genre.COMMENTARY),
        ("Ein Umbau zur Unzeit", "Leitartikel", (), Genre.COMMENTARY),
        ("Ein Umbau zur Unzeit", "", ("@type=OpinionNewsArticle",), Genre.COMMENTARY),
        ("Kommentar der Behörde bleibt aus", "", (), Genre.NEWS),
        ("Bademeisterin im Interview: „Wir brauchen Platz“", "", (), Genre.INTERVIEW),
        ("Hochwasser-Liveblog: Pegel fällt", "", (), Genre.TICKER),
        ("++ Pegel fällt ++", "", (), Genre.TICKER),
        ("Faktencheck: Nein, das Bad ist nicht verkauft", "", (), Genre.FACT_CHECK),
        ("Anzeige: Diese Badehosen lohnen sich", "", (), Genre.ADVERTISEMENT),
        ("Saugroboter jetzt für nur 199 Euro", "", (), Genre.ADVERTISEMENT),
        ("Fünf Badekappen im Test", "", (), Genre.REVIEW),
        ("C++ Framework: Neue Fassung erschienen", "", (), Genre.NEWS),
        ("Der Dax auf dem Prüfstand", "", (), Genre.NEWS),
        ("Bad wird umgebaut", "", ("Pressemitteilung",), Genre.PRESS_RELEASE),
    ],
)
def test_genre_is_read_from_the_marks_of_source_and_headline(
    title: str, kicker: str, labels: tuple[str, ...], kind: Genre
) -> None:
    assert genre(a_text(LONG, title=title, kicker=kicker, labels=labels)) is kind


def test_questions_and_first_person_answers_are_an_interview() -> None:
    turns = [
        "Frau Brandt, wann wird das Bad fertig?", "Ich rechne mit dem Herbst, aber ich verspreche nichts.",
        "Wird es teurer?", "Das weiß ich noch nicht, wir warten auf die Angebote.",
        "Was machen die Vereine?", "Wir haben einen Bus bestellt, das hat mich Nerven gekostet.",
        "Und Sie selbst?", "Ich schwimme im See.",
    ]  # fmt: skip
    assert genre(a_text(*turns)) is Genre.INTERVIEW


def test_a_guide_that_asks_is_no_interview() -> None:
    turns = [
        "Was ist eine Wärmepumpe?", "Eine Wärmepumpe holt Wärme aus der Luft.",
        "Was kostet sie?", "Der Preis liegt bei zwanzigtausend Euro.",
        "Wie lange hält sie?", "Die Hersteller nennen zwanzig Jahre.",
        "Wer fördert sie?", "Der Bund gibt einen Zuschuss.",
    ]  # fmt: skip
    assert genre(a_text(*turns)) is Genre.NEWS


def test_a_wire_release_is_known_by_its_marks() -> None:
    assert genre(a_text("Musterstadt (ots) - " + LONG)) is Genre.PRESS_RELEASE


def test_an_attached_film_does_not_change_the_genre_of_a_whole_text() -> None:
    assert genre(a_text(LONG, labels=("video",))) is Genre.NEWS
    assert genre(a_text("Der Umbau in Bildern.", labels=("video",))) is Genre.PODCAST


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("path=meinung", Genre.COMMENTARY),
        ("path=kolumnen", Genre.COMMENTARY),
        ("path=liveblog", Genre.TICKER),
        ("path=presseportal", Genre.PRESS_RELEASE),
        ("path=deals_angebote", Genre.ADVERTISEMENT),
        ("path=faktenfinder", Genre.FACT_CHECK),
        ("path=video", Genre.NEWS),
        ("path=ratgeber", Genre.NEWS),
        ("path=politik", Genre.NEWS),
    ],
)
def test_the_folder_of_an_address_is_asked_where_nothing_else_says_the_genre(label: str, kind: Genre) -> None:
    assert genre(a_text(LONG, labels=(label,))) is kind


def test_what_a_source_calls_its_text_goes_before_the_folder_of_the_address() -> None:
    assert genre(a_text(LONG, labels=("path=meinung", "Interview"))) is Genre.INTERVIEW
    assert genre(a_text(LONG, title="Faktencheck: Nein, das Bad schließt nicht", labels=("path=meinung",))) is (
        Genre.FACT_CHECK
    )
    assert genre(a_text("Musterstadt (ots) - " + LONG, labels=("path=meinung",))) is Genre.PRESS_RELEASE


def test_a_folder_for_advice_counts_where_the_reader_is_spoken_to() -> None:
    advice = "Wenn das Bad schließt, können Sie ausweichen, und wer Fragen hat, dem hilft Ihre Verwaltung. "
    assert genre(a_text(advice * 12, labels=("path=ratgeber",))) is Genre.REVIEW


def test_every_word_that_addresses_are_read_for_means_a_genre() -> None:
    words = (
        "meinung gastkommentar kolumne leitartikel glosse gastbeitrag tests ratgeber kaufberatung tipps testbericht rezensionen"
        " filmkritiken liveblog live-ticker podcast video mediathek anzeige advertorial sponsored deals pressemitteilung"
        " pressemeldung medienmitteilung interview faktencheck faktenfinder faktenfuchs presseportal"
    ).split()
    advice = "Wenn das Bad schließt, können Sie ausweichen. " * 5
    assert [word for word in words if genre(a_text(advice, labels=(f"path={word}",))) is Genre.NEWS] == []

"""Statements of whole sentences: what is said, who says so, and what must hold for every text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.attribution import attribute
from reader.model.analysis import Attribution, Genre, ReportForm
from reader.text.plain import document_from_plain


def found(text: str) -> list[Attribution]:
    return list(attribute(document_from_plain(text, repair=False), Genre.NEWS)[1])


def parts(text: str) -> list[tuple[str, str, str]]:
    """(content, cue, speaker), pieces joined by dots."""
    return [
        tuple(" … ".join(span.of(text) for span in spans) for spans in (a.content, a.cue, a.speaker))  # type: ignore[misc]
        for a in found(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Polizei sagte, das sei falsch.", ("das sei falsch", "sagte", "Die Polizei")),
        ("Das sei falsch, sagte die Polizei.", ("Das sei falsch", "sagte", "die Polizei")),
        ("„Das“, sagte er, „war falsch.“", ("„Das“ … „war falsch.“", "sagte", "er")),
        ("Er kam, wie die Polizei mitteilte, zu Fuß.", ("Er kam … zu Fuß", "wie … mitteilte", "die Polizei")),
        ("Laut Polizei war er allein.", ("war er allein", "Laut", "Polizei")),
        ("Der Polizei zufolge war er allein.", ("war er allein", "zufolge", "Der Polizei")),
        (
            "Der Vorstand, so heißt es in der Mitteilung, habe zugestimmt.",
            ("Der Vorstand … habe zugestimmt", "heißt es", "der Mitteilung"),
        ),
        ("Auf die Frage, ob er gehe, antwortete er: „Nein.“", ("„Nein.“", "antwortete", "er")),
        (
            "Als Truppen die Stadt einnahmen, töteten sie viele, teilte die UNO mit.",
            ("Als Truppen die Stadt einnahmen, töteten sie viele", "teilte … mit", "die UNO"),
        ),
    ],
)
def test_statement(text: str, expected: tuple[str, str, str]) -> None:
    assert parts(text) == [expected]


def test_two_predicates_share_their_subject() -> None:
    text = "Der Minister sagte, man müsse handeln, und fügte hinzu: „Jetzt.“"
    assert [speaker for _, _, speaker in parts(text)] == ["Der Minister", "Der Minister"]


def test_a_statement_may_hold_another() -> None:
    text = "Scholz habe ihm versichert, dass das Geld komme, sagte Selenskyj."
    assert [content for content, _, _ in parts(text)] == [
        "Scholz habe ihm versichert, dass das Geld komme",
        "dass das Geld komme",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Das hatte sich angekündigt, als die Preise stiegen.",
        "Niemand erwartet, dass die Preise fallen.",
        "Meiner Meinung nach ist das falsch.",
        "Nach einer Erklärung verließ er den Saal.",
        "Es regnet, und die Preise steigen.",
        "Gewalt gegen Kinder, so lautet der Titel der Studie.",
        "Es wird erwartet, dass die Preise fallen.",
        "Dies belegen zahlreiche Brüche.",
        "Fest steht, dass es regnet.",
    ],
)
def test_no_statement(text: str) -> None:
    assert found(text) == []


def test_what_the_speaker_hopes_is_part_of_what_is_said() -> None:
    assert [content for content, _, _ in parts("Henn sagte, sie hoffe, dass er komme.")] == ["sie hoffe, dass er komme"]


def test_hearsay_has_no_source_of_its_own() -> None:
    only = found("Der Mann soll die Frau bedroht haben.")[0]
    assert (only.form, only.source) == (ReportForm.HEARSAY, None)


def test_konjunktiv_carries_the_source_on() -> None:
    first, second = found("Die Lage sei klar, sagte die Ministerin. Es gebe keinen Spielraum.")
    assert second.form is ReportForm.SUBJUNCTIVE
    assert second.source == first.source


TEXTS = st.lists(
    st.sampled_from(
        'sagte er sie dass die Polizei laut nach Angaben von „ “ " , . : ; – ( ) \n Müller soll haben sei Das wie so zufolge'.split(
            " "
        )
    ),
    max_size=40,
).map(" ".join)


@given(TEXTS)
def test_what_holds_for_every_text(text: str) -> None:
    document = document_from_plain(text, repair=False)
    sources, attributions = attribute(document, Genre.NEWS)
    assert [s.id for s in sources] == list(range(1, len(sources) + 1))
    assert all(a.source is None or 1 <= a.source <= len(sources) for a in attributions)
    assert all(s.via is None or 1 <= s.via <= len(sources) for s in sources)
    starts = [a.content[0].start for a in attributions]
    assert starts == sorted(starts)
    for a in attributions:
        spans = [*a.content, *a.cue, *a.speaker]
        assert all(0 <= span.start < span.end <= len(document.text) for span in spans)
        assert 0.45 <= a.confidence <= 1
    assert attribute(document, Genre.NEWS) == (sources, attributions)


@pytest.mark.parametrize(
    "piece", ["„", '"', ",", "(", "„a“ ", "laut dpa, ", "er sagte, dass ", "und sagte ", "Das sagte er. ", "Müller "]
)
def test_a_flood_of_one_thing_takes_no_time(piece: str) -> None:
    document = document_from_plain(piece * 10_000 if len(piece) < 3 else piece * 2000, repair=False)
    begin = time.process_time()
    attribute(document, Genre.NEWS)
    assert time.process_time() - begin < 1.0


def test_who_is_told_of_in_indirect_speech_does_not_speak_on() -> None:
    text = "Ein Berater sagte, Hansen sei müde und verlange für seinen Abschied eine hohe Summe. Beschlossen sei das nicht."
    speakers = [source for _, _, source in parts(text)]
    assert (speakers[0], speakers[-1]) == ("Ein Berater", "Ein Berater")


def test_who_speaks_in_a_statement_of_his_own_speaks_on() -> None:
    text = "Ein Berater sagte, Hansen sei müde. Hansen widersprach, er sei hellwach. Beschlossen sei das nicht."
    assert parts(text)[-1][2] == "Hansen"


def test_a_refusal_is_marked_once() -> None:
    text = "Eine Sprecherin der Werft sagte, man äußere sich zu Verträgen nicht."
    assert [a.form for a in found(text)] == [ReportForm.NO_COMMENT]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Der Wirt bat sie, leiser zu singen, und die Sängerin nickte.", "leiser zu singen"),
        ("Der Wirt bat sie, leiser zu singen und bald zu gehen.", "leiser zu singen und bald zu gehen"),
        ("Die Jury sei getäuscht worden, befand das Amtsgericht.", "Die Jury sei getäuscht worden"),
    ],
)
def test_where_a_statement_ends(text: str, content: str) -> None:
    assert parts(text)[0][0] == content


@pytest.mark.parametrize(
    "text",
    [
        "In Husum sagte der Verein alle Feste ab, in Tönning kamen die Gäste zu Fuß.",
        "Als der Mai kam, redete kaum noch jemand vom Streik.",
        "Die Akten befanden sich im Keller, die Schlüssel lagen im Büro.",
    ],
)
def test_no_statement_of_another_verb(text: str) -> None:
    assert found(text) == []


def test_a_body_of_several_refuses_as_a_whole() -> None:
    assert parts("Die beiden Makler ließen Fragen unbeantwortet.")[0][2] == "Die beiden Makler"


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("„Ich gehe“, ließ der Trainer Uwe Kranz mitteilen.", "ließ … mitteilen"),
        ("Als der Mast brach, funkte der Kapitän: „Wir treiben jetzt ab, bitte kommen.“", "funkte"),
    ],
)
def test_ways_of_saying(text: str, cue: str) -> None:
    assert [entry[1] for entry in parts(text)] == [cue]


def test_a_relative_clause_with_a_subject_of_its_own_speaks_through_it() -> None:
    assert parts("Der Mann, von dem die Polizei glaubt, er sei geflohen, schlief.")[-1][2] == "die Polizei"


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Am Sonntag winkte der Minister ab: Das Geld reiche nicht. Dazu fehle die Zeit.",
            ["Das Geld reiche nicht", "Dazu fehle die Zeit"],
        ),
        ("Der Plan des Ministers ist einfach: Das Geld fehlt.", []),
        ("BREMEN (dpa) - Der Hafen wächst. Das teilte die Behörde mit.", ["Der Hafen wächst"]),
        (
            "Er sei traurig, sagte Welter, und habe mit dem Regen nicht gerechnet.",
            ["Er sei traurig … und habe mit dem Regen nicht gerechnet"],
        ),
        ("Man nehme drei Eier.", []),
        ("Zehn Jahre nach Kolbs Vorhersage ist der Damm gebrochen.", []),
        ("Erst alle, die ihm glaubten und zum Hafen gingen, hätten es entdeckt.", []),
        ("Der Wirt deutete an, das Haus zu verkaufen.", ["das Haus zu verkaufen"]),
    ],
)
def test_what_is_said(text: str, contents: list[str]) -> None:
    assert [content for content, _, _ in parts(text)] == contents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In dem Schreiben, das der Redaktion vorliegt, ist von „harten Schnitten“ die Rede.",
            [("von „harten Schnitten“", "ist … die Rede", "dem Schreiben")],
        ),
        ("In der Stadt ist von Streit die Rede.", []),
    ],
)
def test_what_a_text_speaks_of(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Vertrag sei nichtig, entschied das Gericht.", [("Der Vertrag sei nichtig", "entschied", "das Gericht")]),
        ("Der Verein „Seeblick“ begrüßte den Beschluss.", [("den Beschluss", "begrüßte", "Der Verein „Seeblick“")]),
        ("Das Publikum begrüßte es im Regen.", []),
    ],
)
def test_acts_of_speech(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert parts(text) == expected


def test_konjunktiv_is_carried_over_bis_dahin() -> None:
    text = "Die Stadt sagte, der Plan reiche. Bis dahin müsse der Bus den Umweg nehmen."
    assert parts(text)[-1][0] == "Bis dahin müsse der Bus den Umweg nehmen"


def test_bis_with_a_verb_at_the_end_is_a_clause() -> None:
    assert [c for c, _, _ in parts("Die Stadt sagte, der Bus halte, bis der Plan reiche.")] == [
        "der Bus halte, bis der Plan reiche"
    ]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Chefin Heike Haus sprach von einem schwarzen Tag.", ["von einem schwarzen Tag"]),
        ("Chefin Heike Haus sprach am Montag im Rathaus.", []),
    ],
)
def test_a_day_may_be_spoken_of(text: str, contents: list[str]) -> None:
    assert [content for content, _, _ in parts(text)] == contents


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Das reiche, sagte eine Sprecherin. Dem Vernehmen nach hat ein Pächter Fische ausgesetzt.", [True, False]),
        ("Das reiche, sagte eine Sprecherin. Der Pächter soll Fische ausgesetzt haben.", [True, True]),
    ],
)
def test_what_is_only_rumoured_is_nobodys(text: str, speakers: list[bool]) -> None:
    assert [a.source is not None for a in found(text)] == speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Kurz vor dem Abflug gestand der Trainer im Gespräch: „Rekorde sind mir nicht wichtig.“", "der Trainer"),
        ("Kurz nach dem Spiel sagte Ilse Brandt: „Das war ein starkes Spiel.“", "Ilse Brandt"),
    ],
)
def test_a_measure_of_time_is_nobody_and_the_occasion_no_part_of_the_speaker(text: str, speaker: str) -> None:
    document = document_from_plain(text)
    found = [a for a in attribute(document, Genre.NEWS)[1] if a.speaker]
    assert [a.speaker[0].of(document.text) for a in found] == [speaker]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Das Team sei bereit, sagte Chef de Mission Dirk Schilling am Montag.", "Dirk Schilling"),
        ("Der Lenker war laut St. Galler Polizei in Richtung Wil unterwegs.", "St. Galler Polizei"),
        ("Die Lage sei ernst, teilte der Handelsverband Deutschland am Montag mit.", "Handelsverband Deutschland"),
        ("Am Montag hat laut Polizei Kleve ein Mann das Auto gestohlen.", "Polizei Kleve"),
        ("Verletzt wurde laut Polizei Kleve niemand.", "Polizei Kleve"),
        ("Dort wurden laut Polizei Steine geworfen.", "Polizei"),
        ("Mit dem Wort werden laut Jury Badegäste und die Bademeister beleidigt.", "Jury"),
    ],
)
def test_an_office_a_stop_and_a_country_do_not_part_a_name(text: str, name: str) -> None:
    assert [source.name for source in attribute(document_from_plain(text), Genre.NEWS)[0]] == [name]


def test_a_name_in_quotation_marks_is_the_name() -> None:
    text = "Das Dach sei undicht, berichtet die Zeitung «Seebote Nord» am Montag."
    assert [source.name for source in attribute(document_from_plain(text), Genre.NEWS)[0]] == ["Seebote Nord"]


@pytest.mark.parametrize("gender", ["der Bundesregierung", "des Ministeriums"])
def test_the_noun_before_a_genitive_belongs_to_the_frame(gender: str) -> None:
    text = f"Angaben {gender} zufolge ist auch das Bad betroffen."
    assert parts(text) == [("ist auch das Bad betroffen", "zufolge", gender)]

"""Statements with their speaker in front: where the frame may stand, and what forbids it."""

from __future__ import annotations

import re

import pytest

from reader.analysis.deletion import render
from reader.analysis.spoken import in_quotations, spoken_form
from reader.model.analysis import Attribution, ReportForm, Source, SourceKind
from reader.model.span import Span


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def line(
    text: str,
    content: str,
    cue: str = "",
    speaker: str = "Ilse Brandt",
    *,
    sentence: str | None = None,
    form: ReportForm = ReportForm.DIRECT,
    confidence: float = 0.95,
    why: str = "",
    kind: SourceKind = SourceKind.PERSON,
) -> str | None:
    """The point that the sentence (the content, if none is named) gives, or None."""
    source = Source(id=1, name=speaker, kind=kind, mentions=(place(text, speaker),))
    attribution = Attribution(
        content=(place(text, content),),
        cue=(place(text, cue),) if cue else (),
        speaker=source.mentions,
        source=1,
        form=form,
        confidence=confidence,
        why=why,
    )
    found = spoken_form(text, {1: source}, attribution, place(text, sentence or content))
    if found is None:
        return None
    clause, name = found
    return f"{name.of(text)}: {render(text, clause.trimmed().spans())}"


def test_a_frame_behind_its_statement() -> None:
    text = "Das Dach sei undicht, sagte Ilse Brandt."
    assert line(text, "Das Dach sei undicht", "sagte", sentence=text, form=ReportForm.INDIRECT) == (
        "Brandt: Das Dach sei undicht"
    )
    text = "Das Dach ist undicht, wie Ilse Brandt mitteilte."
    assert line(text, "Das Dach ist undicht", "mitteilte", sentence=text, form=ReportForm.INDIRECT) == (
        "Brandt: Das Dach ist undicht"
    )


def test_a_frame_before_its_statement() -> None:
    text = "Ilse Brandt sagte am Montag: „Das Dach ist undicht.“"
    assert line(text, "Das Dach ist undicht.", "sagte", sentence=text) == "Brandt: Das Dach ist undicht"
    text = "Ilse Brandt sagte, das Dach sei undicht."
    assert line(text, "das Dach sei undicht", "sagte", sentence=text, form=ReportForm.INDIRECT) == (
        "Brandt: Das Dach sei undicht"
    )


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("Ilse Brandt sagte, dass das Dach undicht sei.", "dass das Dach undicht sei", "sagte"),
        ("Ilse Brandt bestritt, das Dach sei undicht.", "das Dach sei undicht", "bestritt"),
        ("Im Mai 2019 sagte Ilse Brandt, das Dach sei undicht.", "das Dach sei undicht", "sagte"),
        ("Früher sagte Ilse Brandt, das Dach sei undicht.", "das Dach sei undicht", "sagte"),
        ("Ilse Brandt sagte nie, das Dach sei undicht.", "das Dach sei undicht", "sagte"),
        ("Ilse Brandt kennt, die noch nie dort waren.", "die noch nie dort waren", "kennt"),
    ],
)
def test_no_name_in_front_where_the_frame_says_more(text: str, content: str, cue: str) -> None:
    assert line(text, content, cue, sentence=text, form=ReportForm.INDIRECT) is None


SPEECH = "„Das Dach ist undicht. Die Stadt zahlt nicht“, sagte Ilse Brandt. Die Stadt müsse handeln. Sie schweigt."


def test_each_sentence_of_a_long_quotation_has_its_speaker() -> None:
    content = "„Das Dach ist undicht. Die Stadt zahlt nicht“"
    assert line(SPEECH, content, "sagte", sentence="„Das Dach ist undicht.") == "Brandt: Das Dach ist undicht"
    last = "Die Stadt zahlt nicht“, sagte Ilse Brandt."
    assert line(SPEECH, content, "sagte", sentence=last) == "Brandt: Die Stadt zahlt nicht"


def test_a_sentence_carried_on_in_konjunktiv_has_its_speaker() -> None:
    said = "Die Stadt müsse handeln"
    whole = f"{said}."
    assert line(SPEECH, said, sentence=whole, form=ReportForm.SUBJUNCTIVE, confidence=0.82) == f"Brandt: {said}"
    assert line(SPEECH, said, sentence=whole, form=ReportForm.SUBJUNCTIVE, confidence=0.6) is None


def test_what_several_may_have_said_is_carried_by_nobody() -> None:
    text = "Das sagten einige Spieler. Die Entscheidung sei gefallen."
    said = "Die Entscheidung sei gefallen"
    assert line(text, said, speaker="einige Spieler", form=ReportForm.SUBJUNCTIVE) is None
    text = "Das sagten die Spieler. Die Entscheidung sei gefallen."
    assert line(text, said, speaker="die Spieler", form=ReportForm.SUBJUNCTIVE) == f"Spieler: {said}"


@pytest.mark.parametrize(
    "between",
    [".\n\nDie Stadt müsse handeln.", ". Laut Rat müsse die Stadt handeln."],
)
def test_konjunktiv_is_not_carried_where_it_may_be_anothers(between: str) -> None:
    text = f"Das Dach sei dicht, sagte Ilse Brandt{between}"
    said = between.strip(". \n")
    assert line(text, said, sentence=f"{said}.", form=ReportForm.SUBJUNCTIVE, confidence=0.82) is None


def test_no_name_that_would_bend_without_its_article_and_none_for_words() -> None:
    for speaker in ("das Statistische Amt", "der letzte Satz"):
        text = f"Die Zahl sei gesunken, sagte {speaker}."
        found = line(text, "Die Zahl sei gesunken", "sagte", speaker, sentence=text, form=ReportForm.INDIRECT,
                     kind=SourceKind.INSTITUTION)  # fmt: skip
        assert found is None


def test_half_a_quotation_is_nobody() -> None:
    text = "Das Bad sei zu klein, sagte Rat „Bad."
    assert line(text, "Das Bad sei zu klein", "sagte", "Rat „Bad", sentence=text, form=ReportForm.INDIRECT) is None


def test_an_answer_of_an_interview_needs_no_frame() -> None:
    text = "Ilse Brandt leitet das Bad. Wie geht es dem Dach? Es tropft. Die Stadt zahlt nicht."
    assert line(text, "Die Stadt zahlt nicht", why="interview", confidence=0.9) == "Brandt: Die Stadt zahlt nicht"
    assert line(text, "Die Stadt zahlt nicht", confidence=0.9) is None


def test_a_place_or_a_bracket_is_no_part_of_the_name() -> None:
    text = "Die Linie fahre stündlich, sagte das Amt in Musterstadt."
    assert line(
        text,
        "Die Linie fahre stündlich",
        "sagte",
        "das Amt in Musterstadt",
        sentence=text,
        form=ReportForm.INDIRECT,
        kind=SourceKind.INSTITUTION,
    ) == ("Amt: Die Linie fahre stündlich")


def test_no_name_that_speaks_of_us() -> None:
    text = "Das Dach sei undicht, sagte ein Prüfer unserer Redaktion."
    speaker = "ein Prüfer unserer Redaktion"
    assert line(text, "Das Dach sei undicht", "sagte", speaker, sentence=text, form=ReportForm.INDIRECT) is None


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("„Das Dach tropft. Die Stadt zahlt nicht.“ Der Rat schweigt.", [False, True, False]),
        ("»Das Dach tropft. Die Stadt zahlt nicht.« Der Rat schweigt.", [False, True, False]),
        ("Sie sagt: „Das Dach tropft.\n\nDie Stadt zahlt nicht. Der Rat schweigt.", [False, False, False]),
    ],
)
def test_a_quotation_goes_on_over_sentences_and_ends_with_its_paragraph(text: str, inside: list[bool]) -> None:
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^.\n ][^.\n]*\.[“«]?", text)]
    assert in_quotations(text, spans) == inside


def framed(text: str, pieces: tuple[str, ...], cue: str, speaker: str, kind: SourceKind) -> str | None:
    source = Source(id=1, name=speaker, kind=kind, mentions=(place(text, speaker),))
    attribution = Attribution(
        content=tuple(place(text, piece) for piece in pieces),
        cue=(place(text, cue),),
        speaker=source.mentions,
        source=1,
        form=ReportForm.INDIRECT,
        confidence=0.95,
    )
    found = spoken_form(text, {1: source}, attribution, Span(0, len(text)))
    return f"{found[1].of(text)}: {render(text, found[0].trimmed().spans())}" if found else None


def test_a_frame_inside_its_statement() -> None:
    text = "Zwei Männer kamen nach Angaben der Polizei ans Ufer."
    pieces = ("Zwei Männer kamen", "ans Ufer")
    assert framed(text, pieces, "nach Angaben", "Polizei", SourceKind.INSTITUTION) == (
        "Polizei: Zwei Männer kamen ans Ufer"
    )


def test_no_frame_inside_goes_that_would_stand_in_the_wrong_case_or_name_nobody() -> None:
    text = "Zwei Männer kamen laut Medienberichten ans Ufer."
    assert framed(text, ("Zwei Männer kamen", "ans Ufer"), "laut", "Medienberichten", SourceKind.DOCUMENT) is None
    text = "Zwei Männer kamen Experten zufolge ans Ufer."
    assert framed(text, ("Zwei Männer kamen", "ans Ufer"), "zufolge", "Experten", SourceKind.ANONYMOUS) is None
    text = "Zwei Männer kamen laut Behörden ans Ufer."
    assert framed(text, ("Zwei Männer kamen", "ans Ufer"), "laut", "Behörden", SourceKind.INSTITUTION) is None


def test_a_genitive_behind_a_role_is_no_family_name() -> None:
    text = "„Das Bad ist wieder dicht“, bestätigte der Präsident Indonesiens."
    quote, mention = place(text, "„Das Bad ist wieder dicht“"), place(text, "der Präsident Indonesiens")
    source = Source(id=1, name="Indonesiens", kind=SourceKind.PERSON, mentions=(mention,))
    said = Attribution(
        content=(quote,), cue=(place(text, "bestätigte"),), speaker=(mention,), source=1, form=ReportForm.DIRECT
    )
    found = spoken_form(text, {1: source}, said, Span(0, len(text)))
    assert found is not None
    assert found[1].of(text) == "Präsident Indonesiens"


def test_a_frame_between_commas_is_left_alone() -> None:
    text = "Zwei Männer kamen, laut Polizei, ans Ufer."
    assert framed(text, ("Zwei Männer kamen", "ans Ufer"), "laut", "Polizei", SourceKind.INSTITUTION) is None


def test_what_the_article_adds_is_not_put_into_the_speaker_s_mouth() -> None:
    text = "Der Umbau soll laut Stadtrat das Bad retten – sprich, den Eintritt verteuern."
    pieces = ("Der Umbau soll", "das Bad retten")
    assert framed(text, pieces, "laut", "Stadtrat", SourceKind.INSTITUTION) is None


def around(text: str, speaker: str, cue: str, kind: SourceKind, *content: str) -> str | None:
    """The point of a sentence whose frame stands inside it, or None."""
    source = Source(id=1, name=speaker, kind=kind, mentions=(place(text, speaker),))
    attribution = Attribution(
        content=tuple(place(text, piece) for piece in content),
        cue=(place(text, cue),),
        speaker=source.mentions,
        source=1,
        form=ReportForm.INDIRECT,
        confidence=0.95,
    )
    found = spoken_form(text, {1: source}, attribution, place(text, text))
    return f"{found[1].of(text)}: {render(text, found[0].trimmed().spans())}" if found else None


def test_a_study_goes_before_the_colon_without_its_article() -> None:
    text = "Jeder zehnte Erwachsene hat einer Umfrage zufolge eine Jahreskarte gekauft."
    pieces = ("Jeder zehnte Erwachsene hat", "eine Jahreskarte gekauft")
    assert around(text, "einer Umfrage", "zufolge", SourceKind.DOCUMENT, *pieces) == (
        "Umfrage: Jeder zehnte Erwachsene hat eine Jahreskarte gekauft"
    )


def test_half_of_a_pair_does_not_go_with_the_frame() -> None:
    text = "Mit dem Wort werden laut Jury Bademeister und die Gäste beleidigt."
    pieces = ("Mit dem Wort werden", "und die Gäste beleidigt")
    assert around(text, "Jury Bademeister", "laut", SourceKind.INSTITUTION, *pieces) is None


def test_a_genitive_is_no_name_before_the_colon() -> None:
    text = "Aus Sicht des Politologen war das Bad zu teuer. Nachbarorte seien besser gefahren."
    assert (
        line(text, "Nachbarorte seien besser gefahren", speaker="des Politologen", form=ReportForm.SUBJUNCTIVE) is None
    )

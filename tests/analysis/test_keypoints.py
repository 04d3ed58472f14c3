"""Das Wichtigste: the editors' own points, else points of ours that keep their speaker. All prose is ours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis import analyze
from reader.analysis.candidates import candidates_of
from reader.analysis.deletion import Clause, render
from reader.analysis.introduction import introduced, is_unknown
from reader.analysis.keypoints import extracted, key_points
from reader.analysis.material import Material
from reader.analysis.newsvalue import ASIDE
from reader.model.analysis import (
    Attribution,
    Completeness,
    Genre,
    KeyPoint,
    PointOrigin,
    ReportForm,
    Source,
    SourceKind,
)
from reader.model.article import Block, BlockKind, Document
from reader.model.span import Span

TITLE = "Beispielheim baut sein Hallenbad um"
LEAD = (
    "Die Stadt Beispielheim baut ihr Hallenbad um. Der Gemeinderat hat am Donnerstag neun Millionen Euro freigegeben."
)
BODY = (
    "Das Becken wird um eine Bahn breiter, weil die Vereine mehr Platz brauchen. Im April beginnt der Umbau des Bades.",
    "Die Grünen hatten zudem eine Solaranlage gefordert. Wann wird sie gebaut? Der Kämmerer (SPD) rechnet mit einem Zuschuss.",
    "Er will den Antrag im Mai stellen. Bis dahin weichen die Vereine in die Nachbarstadt aus.",
    "„Das Dach ist seit Jahren undicht“, sagte Bademeisterin Ilse Brandt. Die Pumpen seien noch älter.",
)


def a_text(*blocks: tuple[BlockKind, str], title: str = TITLE, language: str = "de") -> Document:
    text, found = "", []
    for kind, words in blocks:
        text += "\n\n" if text else ""
        found.append(Block(kind, Span(len(text), len(text) + len(words))))
        text += words
    return Document(text=text, blocks=tuple(found), title=title, language=language)


def an_article(*extra: tuple[BlockKind, str], language: str = "de") -> Document:
    return a_text((BlockKind.LEAD, LEAD), *extra, *((BlockKind.PARAGRAPH, words) for words in BODY), language=language)


def points_of(document: Document, how_much: Completeness = Completeness.FULL, kind: Genre = Genre.NEWS) -> list[str]:
    return [point.text for point in key_points(document, (), (), how_much, kind)]


def spans_of(document: Document, point: KeyPoint) -> str:
    return " ".join(span.of(document.text) for span in point.spans)


def place(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


BOX = ((BlockKind.SUMMARY, "Bad wird breiter"), (BlockKind.SUMMARY, "Neun Millionen Euro vom Gemeinderat"))


def test_the_editors_points_stand_first_and_unchanged() -> None:
    document = an_article(*BOX)
    points = key_points(document, (), (), Completeness.FULL, Genre.NEWS)
    assert [point.text for point in points] == [words for _, words in BOX]
    assert all(point.origin is PointOrigin.EDITORIAL for point in points)
    assert [spans_of(document, point) for point in points] == [words for _, words in BOX]


def test_the_editors_points_are_shown_even_above_a_stub() -> None:
    assert len(points_of(an_article(*BOX), Completeness.TEASER)) == 2


def test_an_editorial_point_names_the_sentence_that_says_the_same() -> None:
    document = an_article(*BOX)
    first, second = key_points(document, (), (), Completeness.FULL, Genre.NEWS)
    assert second.evidence is not None
    assert second.evidence.of(document.text).startswith("Der Gemeinderat hat am Donnerstag")
    assert first.evidence is not None


def test_an_editorial_point_without_such_a_sentence_says_so() -> None:
    document = an_article((BlockKind.SUMMARY, "Wolken ziehen über Musterstadt"))
    assert key_points(document, (), (), Completeness.FULL, Genre.NEWS)[0].evidence is None


def test_an_editorial_point_carries_the_sources_of_its_evidence() -> None:
    document = an_article(*BOX)
    sentence = place(document, "Der Gemeinderat hat am Donnerstag neun Millionen Euro freigegeben")
    said = Attribution(content=(sentence,), form=ReportForm.INDIRECT, source=4)
    assert key_points(document, (), (said,), Completeness.FULL, Genre.NEWS)[1].sources == (4,)


def test_a_whole_article_gets_three_to_six_points() -> None:
    assert 3 <= len(points_of(an_article())) <= 6


@pytest.mark.parametrize("how_much", [c for c in Completeness if c is not Completeness.FULL])
def test_a_stub_gets_none(how_much: Completeness) -> None:
    assert points_of(an_article(), how_much) == []


@pytest.mark.parametrize("kind", [Genre.ADVERTISEMENT, Genre.TICKER, Genre.PODCAST])
def test_what_sells_or_ticks_gets_none(kind: Genre) -> None:
    assert points_of(an_article(), kind=kind) == []


def test_another_language_gets_none() -> None:
    assert points_of(an_article(language="en")) == []


def test_points_are_short_and_in_the_order_of_the_text() -> None:
    document = an_article()
    points = key_points(document, (), (), Completeness.FULL, Genre.NEWS)
    assert [p.spans[0].start for p in points] == sorted(p.spans[0].start for p in points)
    assert all(3 <= len(point.text.split()) <= 14 for point in points)


def test_a_point_is_the_text_of_its_spans() -> None:
    document = an_article()
    for point in key_points(document, (), (), Completeness.FULL, Genre.NEWS):
        words = spans_of(document, point)
        assert point.text == words[0].upper() + words[1:]


def test_a_point_is_shortened_by_deletion() -> None:
    points = points_of(an_article())
    assert "Der Gemeinderat hat neun Millionen Euro freigegeben" in points
    assert "Das Becken wird um eine Bahn breiter" in points


def test_the_evidence_is_the_whole_sentence() -> None:
    document = an_article()
    points = key_points(document, (), (), Completeness.FULL, Genre.NEWS)
    point = next(p for p in points if p.text.startswith("Der Gemeinderat"))
    assert point.evidence == place(document, "Der Gemeinderat hat am Donnerstag neun Millionen Euro freigegeben.")


def test_questions_pronouns_and_loose_reported_speech_are_no_points() -> None:
    points = " ".join(points_of(an_article()))
    assert "Wann" not in points
    assert "Er will" not in points
    assert "seien" not in points


def test_a_statement_before_its_frame_takes_its_speaker_in_front() -> None:
    document = an_article()
    quote = place(document, "„Das Dach ist seit Jahren undicht“")
    name = place(document, "Bademeisterin Ilse Brandt")
    said = Attribution(
        content=(quote,), cue=(place(document, "sagte"),), speaker=(name,), source=1, form=ReportForm.DIRECT
    )
    brandt = Source(id=1, name="Ilse Brandt", kind=SourceKind.PERSON, mentions=(name,))
    point = next(c for c in candidates_of(Material.of(document, (brandt,), (said,)), "list") if "Dach" in c.text)
    assert point.text == "Bademeisterin Brandt: „Das Dach ist seit Jahren undicht“"
    assert point.sources == (1,)
    assert [span.of(document.text) for span in point.spans] == [
        "„Das Dach ist seit Jahren undicht“",
        "Bademeisterin",
        "Brandt",
    ]


def test_whom_the_headline_names_needs_no_role() -> None:
    document = replace(an_article(), title="Brandt rettet das Bad")
    name = place(document, "Bademeisterin Ilse Brandt")
    brandt = Source(id=1, name="Ilse Brandt", kind=SourceKind.PERSON, mentions=(name,))
    family = Span(name.end - len("Brandt"), name.end)
    assert introduced(Material.of(document, (brandt,), ()), family, 9) == (family,)
    assert introduced(Material.of(an_article(), (brandt,), ()), family, 1) == (family,)


def test_a_family_name_before_the_colon_counts_less_where_nobody_knows_it() -> None:
    told, named = "Bademeisterin Ilse Brandt rettet das Bad.", replace(an_article(), title="Brandt rettet das Bad")
    document = a_text((BlockKind.PARAGRAPH, told))
    name = place(document, "Bademeisterin Ilse Brandt")
    brandt = Source(id=1, name="Ilse Brandt", kind=SourceKind.PERSON, mentions=(name,))
    material = Material.of(document, (brandt,), ())
    family = Span(name.end - len("Brandt"), name.end)
    assert is_unknown(material, (family,))
    assert not is_unknown(material, (Span(name.start, name.start + len("Bademeisterin")), family))
    there = place(named, "Bademeisterin Ilse Brandt")
    headline = Material.of(named, (replace(brandt, mentions=(there,)),), ())
    assert not is_unknown(headline, (Span(there.end - len("Brandt"), there.end),))


def test_an_article_is_no_part_of_a_role() -> None:
    document = a_text((BlockKind.PARAGRAPH, "Die Bademeisterin Ilse Brandt rettet das Bad der Stadt seit Jahren."))
    name = place(document, "Die Bademeisterin Ilse Brandt")
    brandt = Source(id=1, name="Ilse Brandt", kind=SourceKind.PERSON, mentions=(name,))
    called = introduced(Material.of(document, (brandt,), ()), Span(name.end - len("Brandt"), name.end), 9)
    assert [span.of(document.text) for span in called] == ["Bademeisterin", "Brandt"]


SENTENCE = "Das Dach des Bades sei seit Jahren undicht"


def said_by(frame: str, speaker: str, *, behind: str = "") -> list[str]:
    """Points of an article in which ``frame`` follows the sentence and ``speaker`` stands in it."""
    document = a_text((BlockKind.PARAGRAPH, f"{SENTENCE}{frame}{behind}"))
    name = place(document, speaker)
    cue = place(document, "hieß es" if "hieß es" in frame else "sagte")
    said = Attribution(
        content=(place(document, SENTENCE),), cue=(cue,), speaker=(name,), source=1, form=ReportForm.INDIRECT
    )
    source = Source(id=1, name=speaker, kind=SourceKind.INSTITUTION, mentions=(name,))
    return [p.text for p in extracted(document, (source,), (said,))]


def test_a_name_in_the_nominative_goes_before_the_colon() -> None:
    assert said_by(", sagte die Bäderverwaltung.", "die Bäderverwaltung") == [f"Bäderverwaltung: {SENTENCE}"]


def test_a_name_that_bends_with_its_article_stays_in_its_frame() -> None:
    assert said_by(", sagte der Vorsitzende.", "der Vorsitzende") == [f"{SENTENCE}, sagte der Vorsitzende"]


def test_half_a_word_is_no_name() -> None:
    assert said_by(", sagte der Bäder- und Saunachef.", "der Bäder-") != [f"Bäder-: {SENTENCE}"]


def test_a_hedge_in_the_frame_keeps_it() -> None:
    points = said_by(", sagte die Bäderverwaltung wahrscheinlich.", "die Bäderverwaltung")
    assert points == [f"{SENTENCE}, sagte die Bäderverwaltung wahrscheinlich"]


def test_a_name_in_another_case_stays_in_its_frame() -> None:
    points = said_by(", hieß es von der Städtischen Bäderverwaltung.", "der Städtischen Bäderverwaltung")
    assert points == [f"{SENTENCE}, hieß es von der Städtischen Bäderverwaltung"]


def told_next(verb: str) -> list[str]:
    document = a_text(
        (BlockKind.PARAGRAPH, f"Die Zahl der Gäste im Bad ist erneut gestiegen. Das {verb} die Stadt mit.")
    )
    name = place(document, "die Stadt")
    said = Attribution(
        content=(place(document, "Die Zahl der Gäste im Bad ist erneut gestiegen"),),
        cue=(place(document, verb),),
        speaker=(name,),
        source=1,
        form=ReportForm.INDIRECT,
    )
    source = Source(id=1, name="Stadt", kind=SourceKind.INSTITUTION, mentions=(name,))
    return [p.text for p in extracted(document, (source,), (said,))]


def test_the_speaker_of_the_next_sentence_goes_in_front() -> None:
    assert told_next("teilte") == ["Stadt: Die Zahl der Gäste im Bad ist erneut gestiegen"]


def test_a_denial_in_the_next_sentence_makes_nobody_a_speaker() -> None:
    assert told_next("bestritt") == []


def test_a_question_is_no_point_without_its_mark() -> None:
    question = "Musterstadt fragt: Was kann das neue Bad im Ort – jenseits davon, dass Kinder schwimmen?"
    assert extracted(a_text((BlockKind.PARAGRAPH, question)), (), ()) == ()


def test_a_sentence_in_another_language_is_no_point() -> None:
    foreign = "Este plan cambiará para siempre nuestra vieja piscina municipal"
    found = [p.text for p in extracted(an_article((BlockKind.PARAGRAPH, f"{foreign}.")), (), (), number=9)]
    assert foreign not in found
    assert found


def test_a_refusal_comes_last() -> None:
    refusal = "Die Meisterin aus Musterstadt wollte sich nicht äußern"
    news = (
        "Der Umbau des Hallenbades kostet neun Millionen",
        "Im April beginnen die Bauarbeiter",
        "Das Dach tropft an vier Stellen",
    )
    document = a_text(*((BlockKind.PARAGRAPH, f"{line}.") for line in (refusal, *news)))
    said = Attribution(
        content=(place(document, refusal),),
        cue=(place(document, "nicht äußern"),),
        speaker=(place(document, "Die Meisterin"),),
        form=ReportForm.NO_COMMENT,
    )
    assert [p.text for p in extracted(document, (), ())] == [refusal, *news]
    assert [p.text for p in extracted(document, (), (said,))] == list(news)


def family_names(line: str, role: str) -> str:
    """The line without what stands before the family name, as far as it may go."""
    document = a_text((BlockKind.PARAGRAPH, f"{line}. Brandt lobt das neue Bad im Ort."))
    first, alone = place(document, role), document.text.rindex("Brandt lobt")
    source = Source(
        id=1, name="Ilse Brandt", kind=SourceKind.PERSON, mentions=(first, Span(alone, alone + len("Brandt")))
    )
    material = Material.of(document, (source,), ())
    clause = Clause.of(document.text, Span(0, len(line)))
    return render(document.text, clause.without(material.before_family_name(clause)).spans())


def test_a_first_name_goes_where_the_family_name_is_known() -> None:
    assert (
        family_names("Am Montag schwimmen Weber und Ilse Brandt", "Ilse Brandt")
        == "Am Montag schwimmen Weber und Brandt"
    )


def test_the_word_before_a_name_stays_behind_its_article() -> None:
    line = "Am Montag schwimmen Weber und der Ukrainer Brandt"
    assert family_names(line, "Ukrainer Brandt") == line
    line = "Am Montag schwimmt die Meisterin und Trainerin Ilse Brandt"
    assert family_names(line, "Trainerin Ilse Brandt").endswith("die Meisterin und Trainerin Brandt")


def test_the_line_about_an_author_is_no_point() -> None:
    line = "Ilse Brandt schreibt seit Jahren über Bäder"
    document = a_text((BlockKind.PARAGRAPH, f"{LEAD} {line}."))
    assert line in [p.text for p in extracted(document, (), ())]
    assert line not in [p.text for p in extracted(replace(document, authors=("Ilse Brandt",)), (), ())]


def test_a_statement_whose_frame_stands_elsewhere_is_no_point() -> None:
    document = an_article()
    content = place(document, "Im April beginnt der Umbau des Bades")
    elsewhere = place(document, "Kämmerer")
    said = Attribution(content=(content,), speaker=(elsewhere,), source=1, form=ReportForm.INDIRECT)
    assert not any("April" in p.text for p in key_points(document, (), (said,), Completeness.FULL, Genre.NEWS))


def test_a_frame_is_never_cut_from_what_it_frames() -> None:
    document = a_text(
        (BlockKind.PARAGRAPH, "Das Bad bleibt bis Mai zu, wobei die Stadt nach eigenen Angaben einen Ersatz für alle Vereine sucht."),
    )  # fmt: skip
    said = Attribution(
        content=(place(document, "Das Bad bleibt bis Mai zu"),),
        cue=(place(document, "nach eigenen Angaben"),),
        speaker=(place(document, "die Stadt"),),
        source=1,
        form=ReportForm.INDIRECT,
    )
    for point in extracted(document, (), (said,)):
        assert "nach eigenen Angaben" in point.text


def test_a_subheading_that_says_something_is_a_point() -> None:
    document = an_article((BlockKind.HEADING, "Hallenbad schließt für ein Jahr"))
    assert "Hallenbad schließt für ein Jahr" in [p.text for p in extracted(document, (), (), number=9)]


def test_a_subheading_about_something_else_counts_less() -> None:
    near = an_article((BlockKind.HEADING, "Stadt verkauft alte Bahnen"))
    aside = an_article((BlockKind.HEADING, "Nachbarn klagen über Lärm"))
    scores = [
        next(c.score for c in candidates_of(Material.of(document, (), ()), "list") if c.sentence.is_heading)
        for document in (near, aside)
    ]
    assert scores[1] < ASIDE * scores[0] + 0.01


def test_of_an_interview_only_the_introduction_gives_points() -> None:
    document = a_text(
        (BlockKind.LEAD, "Ilse Brandt rettet das Hallenbad in Beispielheim seit zwanzig Jahren."),
        (BlockKind.PARAGRAPH, "Frau Brandt, wie geht es dem Bad?"),
        (BlockKind.PARAGRAPH, "Das Dach des Bades tropft an vier Stellen. Die Stadt zahlt keine Reparatur."),
    )
    assert points_of(document, kind=Genre.INTERVIEW) == [
        "Ilse Brandt rettet das Hallenbad in Beispielheim seit zwanzig Jahren"
    ]


def test_a_dateline_is_not_part_of_a_point() -> None:
    document = a_text(
        (BlockKind.PARAGRAPH, "Beispielheim (dpa) - Die Stadt baut ihr Hallenbad um. Der Rat gab neun Millionen frei."),
    )
    assert "Die Stadt baut ihr Hallenbad um" in [p.text for p in extracted(document, (), ())]


def test_no_point_in_a_list_has_more_than_fourteen_words() -> None:
    sentence = (
        "Die Stadt Beispielheim will, dass der Umbau des Hallenbades im April beginnt und dass die Vereine so lange "
        "in Musterstadt schwimmen."
    )
    document = a_text((BlockKind.PARAGRAPH, sentence))
    assert extracted(document, (), ()) == ()
    assert [p.text for p in extracted(document, (), (), "sentence")] == [sentence]


def test_a_long_sentence_loses_its_weight_in_the_list_only() -> None:
    line = "Stadtrat, Vereine und Schulen stritten seit Jahren über den Umbau des Hallenbades in Beispielheim"
    document = a_text((BlockKind.PARAGRAPH, f"{line}."))
    in_list, as_sentence = (extracted(document, (), (), form)[0] for form in ("list", "sentence"))
    assert in_list.text == as_sentence.text.rstrip(".") == line, in_list
    assert in_list.score < as_sentence.score


def test_the_points_are_the_same_every_time() -> None:
    assert analyze(an_article()).key_points == analyze(an_article()).key_points


WORDS = "Die Stadt Rat baut sagte , . „ “ weil die der und hat Bad um nicht ( ) – : im Mai laut Brandt wurde er".split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=120))
def test_whatever_the_text_a_point_is_its_spans_in_their_order(words: list[str]) -> None:
    document = a_text((BlockKind.PARAGRAPH, " ".join(words)))
    for point in extracted(document, (), ()):
        pieces = [span.of(document.text) for span in point.spans]
        assert "".join(pieces).replace(" ", "").lower() == point.text.replace(" ", "").lower()
        assert list(point.spans) == sorted(point.spans)


def test_an_answer_of_an_interview_has_its_speaker_in_front() -> None:
    document = a_text(
        (BlockKind.LEAD, "Ilse Brandt rettet das Hallenbad in Beispielheim."),
        (BlockKind.PARAGRAPH, "Frau Brandt, wie geht es dem Bad?"),
        (BlockKind.PARAGRAPH, "Das Dach des Bades tropft an vier Stellen. Die Stadt zahlt keine Reparatur."),
    )
    answer = document.blocks[2].span
    source = Source(id=1, name="Ilse Brandt", kind=SourceKind.PERSON, mentions=(Span(0, len("Ilse Brandt")),))
    said = Attribution(
        content=(answer,),
        form=ReportForm.DIRECT,
        speaker=source.mentions,
        source=1,
        confidence=0.9,
        why="interview",
    )
    points = key_points(document, (source,), (said,), Completeness.FULL, Genre.INTERVIEW)
    assert [point.text for point in points] == [
        "Ilse Brandt rettet das Hallenbad in Beispielheim",
        "Brandt: Das Dach des Bades tropft an vier Stellen",
        "Brandt: Die Stadt zahlt keine Reparatur",
    ]
    assert [point.sources for point in points[1:]] == [(1,), (1,)]


def test_what_stands_in_a_quotation_of_nobody_is_no_point() -> None:
    quoted = "„Das Dach des Bades tropft. Der Widerstand der Vereine wächst im ganzen Land.“"
    document = a_text((BlockKind.PARAGRAPH, f"{LEAD} Kritisch blickt der Verein auf den Rat: {quoted}"))
    texts = [point.text for point in extracted(document, (), ())]
    assert not any("Widerstand" in text or "tropft" in text for text in texts)


def test_konjunktiv_belongs_to_nobody_who_was_not_heard() -> None:
    said = "Der Umbau sei im Mai fertig"
    document = a_text((BlockKind.PARAGRAPH, f"{LEAD} Der Verein schwimmt im See. {said}."))
    mention = place(document, "Der Verein")
    source = Source(id=1, name="Der Verein", kind=SourceKind.INSTITUTION, mentions=(mention,))
    carried = Attribution(
        content=(place(document, said),), form=ReportForm.SUBJUNCTIVE, speaker=(mention,), source=1, confidence=0.82
    )
    assert not any(said in point.text for point in extracted(document, (source,), (carried,)))
    heard = replace(carried, content=(place(document, "im See"),), form=ReportForm.INDIRECT, cue=(mention,))
    assert f"Verein: {said}" in [point.text for point in extracted(document, (source,), (carried, heard))]


def test_a_subheading_that_seems_spoken_needs_somebody_who_speaks() -> None:
    heading = "Aktivisten: Umbau des Bades nicht gerecht"
    document = an_article((BlockKind.HEADING, heading))
    assert heading not in [point.text for point in extracted(document, (), (), number=9)]


def test_a_sentence_that_the_page_cuts_in_two_is_no_point() -> None:
    line = "Die Vereine zahlen im Nachbarort keine Miete"

    def found(words: str) -> list[str]:
        return [p.text for p in extracted(an_article((BlockKind.PARAGRAPH, words)), (), (), number=9)]

    assert line in found(f"{line}.")
    assert line not in found(line)


def test_what_may_go_on_with_a_speech_is_no_point_of_its_own() -> None:
    said, more = "Das Becken des Bades sei dicht", "Die Gäste des Bades sollten schwimmen lernen"
    document = a_text((BlockKind.PARAGRAPH, f"{LEAD} {said}, sagte Ilse Brandt. {more}."))
    mention = place(document, "Ilse Brandt")
    source = Source(id=1, name="Ilse Brandt", kind=SourceKind.PERSON, mentions=(mention,))
    heard = Attribution(
        content=(place(document, said),),
        cue=(place(document, "sagte"),),
        speaker=(mention,),
        source=1,
        form=ReportForm.INDIRECT,
        confidence=0.95,
    )
    assert more not in [point.text for point in extracted(document, (source,), (heard,))]
    assert more in [point.text for point in extracted(document, (), ())]


def test_an_opening_that_is_off_the_topic_sets_a_scene() -> None:
    scene = "Tee wird eingeschenkt, Kuchen geteilt"
    rest = " ".join(f"Der Rat prüft das Becken Nummer {n} im Bad." for n in range(24))
    long = a_text((BlockKind.PARAGRAPH, f"{scene}. {rest}"))
    short = a_text((BlockKind.PARAGRAPH, f"{scene}. {LEAD}"))
    assert scene not in [point.text for point in extracted(long, (), (), number=9)]
    assert scene in [point.text for point in extracted(short, (), (), number=9)]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Niedrige Zinsen ziehen viele Junge ins Bad. So zumindest die Lesart der Bank.", "Niedrige Zinsen"),
        ("Das Bad ist ein Wunder der Technik.\n\n— Ilse Brandt (@brandt) 3. Mai 2026", "Das Bad ist ein Wunder"),
    ],
)
def test_what_only_somebody_says_is_no_point_without_its_speaker(body: str, line: str) -> None:
    blocks = [(BlockKind.PARAGRAPH, words) for words in body.split("\n\n")]
    assert not any(point.startswith(line) for point in points_of(an_article(*blocks)))
    plain = [(BlockKind.PARAGRAPH, body.split(" So ")[0].split("\n")[0])]
    assert any(point.startswith(line) for point in points_of(an_article(*plain)))


def test_a_role_joined_to_another_one_stays_with_its_name() -> None:
    body = (
        "Die Stadträtin und Bademeisterin Ilse Brandt ist mit 93 Jahren im Hallenbad gestorben. Brandt baute das Bad."
    )
    assert not any("und Brandt" in point for point in points_of(an_article((BlockKind.PARAGRAPH, body))))


def test_what_the_title_says_is_no_point_again() -> None:
    body = "Die Stadt baut das Hallenbad in Beispielheim um. In Beispielheim zahlt die Stadt neun Millionen Euro."
    points = points_of(an_article((BlockKind.PARAGRAPH, "Beispielheim baut das Hallenbad um. " + body)))
    assert "Beispielheim baut das Hallenbad um" not in points
    assert any("Millionen" in point for point in points)


def test_what_the_title_says_is_left_out_unless_there_is_nothing_else() -> None:
    again = "Beispielheim hat den Umbau seines Hallenbads beschlossen."
    title = "Beispielheim beschließt Umbau von Hallenbad"
    alone = replace(a_text((BlockKind.LEAD, again)), title=title)
    beside = replace(an_article((BlockKind.PARAGRAPH, again)), title=title)
    assert points_of(alone) == [again.removesuffix(".")]
    assert again.removesuffix(".") not in points_of(beside)


def test_a_name_in_full_is_the_one_the_title_has_the_initials_of() -> None:
    again = "Das Prüfamt Wasser Nord erfasste 498 neue Bäder im Zusammenhang mit dem Umbau."
    article = an_article((BlockKind.PARAGRAPH, again))
    for title, is_said in (("PWN erfasst 498 neue Bäder im Umbau", False), ("ABC erfasst 498 Bäder im Umbau", True)):
        points = extracted(replace(article, title=title), (), (), number=9)
        assert any("498" in point.text for point in points) is is_said


def test_what_the_title_gives_to_somebody_is_nobodys_fact() -> None:
    claim = (BlockKind.PARAGRAPH, "Das neue Chlor im Hallenbad wirkt gegen Keime und Pilze.")
    said = replace(an_article(claim), title="Ministerium: Neues Chlor wirkt")
    told = replace(an_article(claim), title="Beispielheim: Neues Chlor wirkt")
    line = claim[1].removesuffix(".")
    assert line not in [p.text for p in extracted(said, (), (), number=9)]
    assert line in [p.text for p in extracted(told, (), (), number=9)]


def test_half_a_story_counts_less() -> None:
    first = "Ilse Brandt wollte zunächst keinen Umbau des Hallenbads."
    whole, half = (
        an_article((BlockKind.PARAGRAPH, first)),
        an_article((BlockKind.PARAGRAPH, f"{first} Dann stimmte sie zu.")),
    )
    scores = [
        next(c.score for c in candidates_of(Material.of(d, (), ()), "list") if "Umbau des Hallenbads" in c.text)
        for d in (whole, half)
    ]
    assert scores[1] < 0.6 * scores[0]


def test_in_this_year_is_the_year_that_stands_before() -> None:
    first = "Das Dach soll bis 2040 halten."
    line = "In diesem Jahr bekommt das Hallenbad neue Becken."
    alone, behind = an_article((BlockKind.PARAGRAPH, line)), an_article((BlockKind.PARAGRAPH, f"{first} {line}"))
    texts = [[c.text for c in candidates_of(Material.of(d, (), ()), "list")] for d in (alone, behind)]
    assert [any("neue Becken" in text for text in found) for found in texts] == [True, False]


def test_what_happened_there_keeps_its_there_unless_it_is_the_news() -> None:
    line = "Dabei wurden zwei Gäste des Hallenbads verletzt."
    early = a_text((BlockKind.LEAD, f"Das Dach fiel. {line}"))
    late = a_text(
        (BlockKind.LEAD, LEAD), *((BlockKind.PARAGRAPH, words) for words in BODY), (BlockKind.PARAGRAPH, line)
    )
    texts = [[c.text for c in candidates_of(Material.of(d, (), ()), "list")] for d in (early, late)]
    assert [any("verletzt" in text for text in found) for found in texts] == [True, False]


def test_a_statement_that_the_next_one_limits_counts_less() -> None:
    first = "Die Stadt zahlt den Umbau des Hallenbads."
    limited = f"{first} Das neue Dach ist hingegen noch nicht bezahlt."
    scores = [
        next(c.score for c in candidates_of(Material.of(d, (), ()), "list") if "zahlt den Umbau" in c.text)
        for d in (an_article((BlockKind.PARAGRAPH, first)), an_article((BlockKind.PARAGRAPH, limited)))
    ]
    assert scores[1] < 0.9 * scores[0]


def test_a_name_that_two_people_bear_stands_with_its_first_name() -> None:
    document = a_text((BlockKind.PARAGRAPH, "Ilse Brandt und Anna Brandt retten das Bad der Stadt seit Jahren."))
    name = place(document, "Ilse Brandt")
    brandt = Source(id=1, name="Ilse Brandt", kind=SourceKind.PERSON, mentions=(name,))
    called = introduced(Material.of(document, (brandt,), ()), Span(name.end - len("Brandt"), name.end), 9)
    assert [span.of(document.text) for span in called] == ["Ilse Brandt"]


def test_a_role_is_not_taken_without_the_word_that_limits_it() -> None:
    document = a_text(
        (BlockKind.PARAGRAPH, "Der frühere Bademeister Egon Brandt rettet das Bad der Stadt seit Jahren.")
    )
    name = place(document, "Der frühere Bademeister Egon Brandt")
    brandt = Source(id=1, name="Egon Brandt", kind=SourceKind.PERSON, mentions=(name,))
    family = Span(name.end - len("Brandt"), name.end)
    assert introduced(Material.of(document, (brandt,), ()), family, 9) == (family,)


def test_what_holds_in_one_place_of_several_is_no_point() -> None:
    rule = "Für den Besuch im Hallenbad gilt eine neue Regel."
    named = an_article((BlockKind.HEADING, "Bayern"), (BlockKind.PARAGRAPH, rule), (BlockKind.HEADING, "Und sonst?"))
    plain = an_article((BlockKind.PARAGRAPH, rule))
    found = [[c.text for c in candidates_of(Material.of(d, (), ()), "list")] for d in (named, plain)]
    assert rule.removesuffix(".") not in found[0]
    assert rule.removesuffix(".") in found[1]

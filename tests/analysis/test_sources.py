"""Who the sources are: their kinds, their mentions merged, the chains between them."""

from __future__ import annotations

import pytest

from reader.analysis.attribution import attribute
from reader.analysis.sources import notes, statement
from reader.model.analysis import Genre, Note, Source, SourceKind
from reader.text.plain import document_from_plain


def sources(text: str) -> list[Source]:
    return list(attribute(document_from_plain(text, repair=False), Genre.NEWS)[0])


@pytest.mark.parametrize(
    ("mention", "kind"),
    [
        ("Die Deutsche Presse-Agentur", SourceKind.AGENCY),
        ("Die Nachrichtenagentur Reuters", SourceKind.AGENCY),
        ("Die „Süddeutsche Zeitung“", SourceKind.OUTLET),
        ("Das Magazin Querblick", SourceKind.OUTLET),
        ("Bürgermeisterin Carola Henn", SourceKind.PERSON),
        ("Ein Augenzeuge", SourceKind.PERSON),
        ("Ein Sprecher des Ministeriums", SourceKind.SPOKESPERSON),
        ("Die Staatsanwaltschaft", SourceKind.INSTITUTION),
        ("Der Bauernverband", SourceKind.INSTITUTION),
        ("Der Jahresbericht", SourceKind.DOCUMENT),
        ("Ein Insider", SourceKind.ANONYMOUS),
        ("Ein Mitarbeiter, der ungenannt bleiben will,", SourceKind.ANONYMOUS),
    ],
)
def test_kind(mention: str, kind: SourceKind) -> None:
    assert [s.kind for s in sources(f"{mention} sagte, das sei so.")] == [kind]


def test_a_bare_name_that_says_something_is_a_person() -> None:
    assert [s.kind for s in sources("Olbrich sagte, das sei so.")] == [SourceKind.PERSON]


def test_a_surname_is_the_person_named_before() -> None:
    found = sources("Ministerin Carola Henn sagte, das sei so. Henn betonte, sie bleibe.")
    assert [(s.name, s.role) for s in found] == [("Carola Henn", "Ministerin")]


def test_a_pronoun_is_the_person_who_spoke_last() -> None:
    found = sources("Ministerin Carola Henn sagte, das sei so. Sie betonte, das bleibe.")
    assert [s.name for s in found] == ["Carola Henn"]


def test_a_name_keeps_its_adjective() -> None:
    assert [s.name for s in sources("Das Weiße Haus erklärte, das sei so.")] == ["Weiße Haus"]


def test_a_name_may_open_with_its_particle() -> None:
    assert [s.name for s in sources("Von der Leyen betonte, das sei so.")] == ["Von der Leyen"]


def test_whom_a_house_quotes_is_heard_through_it() -> None:
    found = sources("„Das ist so“, sagte Carola Henn der Deutschen Presse-Agentur.")
    by_name = {s.name: s for s in found}
    agency = by_name["Deutschen Presse-Agentur"]
    assert by_name["Carola Henn"].via == agency.id


def test_an_agency_in_a_compound_is_the_source() -> None:
    found = sources("Laut einer dpa-Meldung ist das so. Das Haus brannte, meldet dpa.")
    assert [(s.name, s.kind) for s in found] == [("dpa", SourceKind.AGENCY)]


def test_who_is_told_is_not_who_says_it() -> None:
    found = sources("Zwei Insider sagten Reuters, das sei so.")
    assert found[0].kind is SourceKind.ANONYMOUS


def test_the_agency_of_the_dateline_is_a_source() -> None:
    document = document_from_plain("Mainz (dpa) - Es regnet in Mainz. Morgen scheint die Sonne.", repair=False)
    found, attributions = attribute(document, Genre.NEWS)
    assert [s.kind for s in found] == [SourceKind.AGENCY]
    assert Note.AGENCY_COPY in notes(document, found, attributions)


def test_the_statement_of_sources_puts_the_weightiest_first() -> None:
    text = "Die Polizei sagte, das sei so. Ein Zeuge sagte, er habe es gesehen. Ein Zeuge sagte, er sei sicher."
    found, attributions = attribute(document_from_plain(text, repair=False), Genre.NEWS)
    first = next(iter(statement(found, attributions)))
    assert first is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Noch am Abend sprach Karin Olbrich Presseberichten zufolge mit den Gläubigern.", "Presseberichte"),
        ("Der Zeichnung im Handbuch zufolge liegt das Rohr tiefer.", "Zeichnung im Handbuch"),
        ("Die Werft schloss, wie ein Betreiber sagt, der nach eigenen Angaben Boote repariert.", "ein Betreiber"),
    ],
)
def test_a_frame_takes_its_own_noun_phrase(text: str, name: str) -> None:
    assert any(s.name.endswith(name) for s in sources(text))


def test_a_genitive_before_the_noun_of_a_frame_belongs_to_it() -> None:
    assert sources("Karin Olbrichs Angaben zufolge war das Rohr dicht.")[0].name.startswith("Karin Olbrichs")


@pytest.mark.parametrize(
    "text",
    [
        "Wie zwei Leute berichten, die mit dem Verkauf vertraut sind, steht der Preis fest.",
        "Mehrere Personen sagten, die in die Pläne eingeweiht sind, der Preis stehe fest.",
    ],
)
def test_who_knows_and_is_not_named_is_anonymous(text: str) -> None:
    assert sources(text)[0].kind is SourceKind.ANONYMOUS


def test_who_reads_what_is_known_is_not_anonymous() -> None:
    only = sources("Wie zwei Händler berichten, die am Hafen verkaufen, steht der Preis fest.")
    assert only[0].kind is SourceKind.PERSON


def test_a_role_parted_by_a_comma_keeps_none_at_its_end() -> None:
    only = sources("„Uns fehlt das Licht“, sagte die Vorsitzende des Turnvereins, Ulla Petersen.")[0]
    assert (only.name, only.role) == ("Ulla Petersen", "Vorsitzende des Turnvereins")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Uwe Kranz ging am Abend. Er übernehme die Verantwortung, erklärte er.", "Uwe Kranz"),
        ("Der Chef lud den Gutachter Hans Dorn ein. Das Dach sei morsch, urteilte dieser.", "Hans Dorn"),
        ("Der Chemiker Paul Lenz fand etwas anderes. Nach seinen Berechnungen fehlen drei Liter.", "Paul Lenz"),
        ("Paul Lenz kam. Die Fabrik sei zu, sagte Uwe Kranz. Er bedauere das, fügte er hinzu.", "Uwe Kranz"),
    ],
)
def test_a_pronoun_is_the_man_named_right_before(text: str, name: str) -> None:
    assert sources(text)[-1].name == name


def test_darin_points_into_the_text_named_before() -> None:
    only = sources("Am Montag kam der Jahresbericht. Die Kasse sei leer, hieß es darin.")[0]
    assert (only.name, only.kind) == ("der Jahresbericht", SourceKind.DOCUMENT)


def test_darin_without_a_text_points_nowhere() -> None:
    assert sources("Am Montag kam Regen. Die Kasse sei leer, hieß es darin.") == []


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Der Bergretter Anton Moser sagte, der Weg sei zu.", "Anton Moser", "Bergretter"),
        ("Der Deutsche Wetterdienst sagte, der Weg sei zu.", "Deutsche Wetterdienst", None),
    ],
)
def test_a_calling_like_an_adjective_of_place_is_a_role(text: str, name: str, role: str | None) -> None:
    assert [(s.name, s.role) for s in sources(text)] == [(name, role)]


def test_a_house_with_its_adjective_is_no_person() -> None:
    assert sources("Das Blaue Haus sagte, der Weg sei zu.")[0].kind is SourceKind.INSTITUTION


def test_who_claims_something_of_himself_is_the_source_of_the_hearsay() -> None:
    assert sources("Bruno Sommer will den Brief verbrannt haben.")[0].name == "Bruno Sommer"


def test_a_relative_clause_parts_name_and_verb() -> None:
    assert sources("Karl Lührs, der die Werft leitete, erklärte, das sei neu.")[0].name == "Karl Lührs"


def test_numbers_of_something_never_speak() -> None:
    assert sources("4,5 Millionen Kronen hatte der Hof bezahlt, und dort hätten sie gelegen.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gestern sprach Karin Olbrich Presseberichten zufolge vor. Olbrich sagte, sie gehe.", "Karin Olbrich"),
        (
            "Genauer als jeder andere zählte der Chronist Otto Dahl. Seiner Schilderung zufolge waren es zehn.",
            "Otto Dahl",
        ),
        ("Verkauft hatte die Briefe der Händler Gerd Sievers. Sievers bestritt, ihn zu kennen.", "Gerd Sievers"),
        ("In dem Brief heißt es, das Dach sei morsch. Die Balken sollen demnach alt sein.", "dem Brief"),
    ],
)
def test_the_last_source_has_its_full_name(text: str, name: str) -> None:
    assert sources(text)[-1].name == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Der Preis steht fest“, sagte ein Insider. Der Käufer habe gezahlt.", True),
        ("„Der Preis steht fest“, sagte ein Insider. Laut Polizei ist der Käufer tot.", False),
        ("Der Käufer soll gezahlt haben.", False),
        ("Der Preis steht fest.", False),
    ],
)
def test_the_note_on_anonymous_sources_holds(text: str, expected: bool) -> None:
    document = document_from_plain(text, repair=False)
    assert (Note.ONLY_ANONYMOUS in notes(document, *attribute(document, Genre.NEWS))) is expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Am Hafen hatte Harald Kolb Dienst. Kolb sagte, das Tor sei zu.", "Harald Kolb"),
        ("Am Abend kam der 23-jährige Orrin Wall. Er sei müde, sagte er.", "Orrin Wall"),
        ("Die Robert-Kolb-Stiftung sagte, das Tor sei zu.", "Robert-Kolb-Stiftung"),
    ],
)
def test_where_a_name_ends(text: str, name: str) -> None:
    assert sources(text)[0].name.removeprefix("Die ") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Bernd Wolter und Carla Dorn schwiegen; sie hatten zugesagt, nichts zu verraten.",
            "Bernd Wolter und Carla Dorn",
        ),
        ("Die Forscher Jan Pohl und Michael Kern betonen, dass es regnet.", "Jan Pohl und Michael Kern"),
        ("Welter drohte, das Tor zu schließen. Am Abend empfing Anton Welter Gäste.", "Anton Welter"),
    ],
)
def test_names_are_whole(text: str, name: str) -> None:
    only = sources(text)[0]
    assert (only.name, only.kind) == (name, SourceKind.PERSON)


def test_a_text_is_heard_through_whom_it_lies_before() -> None:
    text, agency = sources("In dem Papier, das der dpa vorliegt, ist von „tiefen Rissen im Deich“ die Rede.")
    assert (text.kind, text.via, agency.kind) == (SourceKind.DOCUMENT, agency.id, SourceKind.AGENCY)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Man nahm den Glaser Vito Kern fest. Kern bestritt, dort gewesen zu sein.", "Vito Kern", "Glaser"),
        ("Es schrieb der Reporter Gerd Baumann. Baumann sagte, der Text sei alt.", "Gerd Baumann", "Reporter"),
        ("Die Historikerin Anna-Lena Roth sagte, der Text sei alt.", "Anna-Lena Roth", "Historikerin"),
        ("Der Münchner Autobauer BMW sagte, der Motor sei alt.", "BMW", "Münchner Autobauer"),
        ("Die Deutsche Lufthansa AG sagte, das Flugzeug sei alt.", "Deutsche Lufthansa AG", None),
    ],
)
def test_name_and_role(text: str, name: str, role: str | None) -> None:
    assert [(s.name, s.role) for s in sources(text)] == [(name, role)]


def test_a_surname_like_a_calling_stays_a_calling_without_a_given_name() -> None:
    assert sources("Der Kaufmann sagte, der Preis sei gut.")[0].name == "Der Kaufmann"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ausführlich hat der Chronist Hans Dahl gezählt. Seiner Schilderung zufolge waren es zehn.", "Hans Dahl"),
        ("Fröhlich sagte, das reiche. Emil Fröhlich ist der Wirt.", "Emil Fröhlich"),
        ("Ministerin Anna von der Heyde betonte, das reiche.", "Anna von der Heyde"),
        ("Google und Mozilla erklärten, das reiche.", "Google und Mozilla"),
        ("Kolb begrüßte den Beschluss. Der Ex-Minister schrieb, das reiche.", "Kolb"),
        ("Die Werft begrüßte den Beschluss. Der Ex-Minister schrieb, das reiche.", "Die Werft"),
    ],
)
def test_who_comes_first(text: str, name: str) -> None:
    assert sources(text)[0].name == name


def test_a_title_takes_up_the_bare_name_before() -> None:
    only = sources("Kolb begrüßte den Beschluss. Der Ex-Minister schrieb, das reiche.")
    assert [s.kind for s in only] == [SourceKind.PERSON]


def test_an_apposition_is_the_role() -> None:
    only = sources("Hans Dorn, der Leiter des Archivs, sagte, das reiche.")[0]
    assert (only.name, only.role) == ("Hans Dorn", "Leiter des Archivs")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Einige Hafenmitarbeiter sagten, der Kran sei alt.", SourceKind.PERSON),
        ("Sportvorstand Jan Petersen sagte, der Kran sei alt.", SourceKind.PERSON),
        ("Der Vorstand sagte, der Kran sei alt.", SourceKind.INSTITUTION),
        ("In der Dokumentation heißt es, der Kran sei alt.", SourceKind.DOCUMENT),
    ],
)
def test_kind_by_role_and_name(text: str, kind: SourceKind) -> None:
    assert sources(text)[0].kind is kind


def test_who_is_told_in_quotation_marks_is_no_part_of_the_speaker() -> None:
    text = "Das Haus sei alt, bestätigte Bürgermeister Jan Petersen der „Zeit“."
    assert [m.of(text) for m in sources(text)[0].mentions] == ["Bürgermeister Jan Petersen"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Das Tor sei zu, teilten Polizei und Zoll am Montag mit.", "Polizei und Zoll"),
        ("Das Tor sei zu, teilte die Polizei mit und sperrte die Straße.", "die Polizei"),
    ],
)
def test_two_behind_a_verb_in_the_plural(text: str, name: str) -> None:
    assert sources(text)[0].name == name


def test_one_mention_is_one_source() -> None:
    text = "Zwei Häuser müssen weg. Das geht aus einer Rundmail des Amts hervor. „Die Decken fallen“, heißt es darin."
    assert [s.name for s in sources(text)] == ["einer Rundmail des Amts"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zeugen zufolge schrie ein Hund. Danach sagte er, es reiche.", "er"),
        ("Der Wirt sagte, ein Hund schreie. Danach sagte er, es reiche.", "Der Wirt"),
    ],
)
def test_er_is_never_several(text: str, name: str) -> None:
    assert sources(text)[-1].name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Die Insel hat nach eigenen Angaben 40 Boote gekauft.", "Die Insel"),
        ("„Das Tor ist zu“, rief Fraktionschef Paul Dorn. Die Ministerin wies die Vorwürfe zurück.", "Die Ministerin"),
        ("„Das Tor ist zu“, rief Fraktionschef Paul Dorn. Der Politiker wies die Vorwürfe zurück.", "Paul Dorn"),
        ("Der Verfassungsschutz berichtete über 1600 Funde.", "Der Verfassungsschutz"),
    ],
)
def test_who_of_several_speaks(text: str, name: str) -> None:
    assert sources(text)[-1].name == name


def test_who_wants_to_stay_unnamed_is_anonymous() -> None:
    assert sources("Ein Parteifreund, der ungenannt bleiben möchte, sagte, es reiche.")[0].kind is SourceKind.ANONYMOUS


def test_a_man_whose_calling_ends_like_a_woman_s_noun_is_heard() -> None:
    text = "„Das kostet uns Kundschaft“, sagte Jochen Brehm. „Mich kostet es Zeit“, sagte der Spediteur Hannes Wörle."
    assert [source.name for source in sources(text)] == ["Jochen Brehm", "Hannes Wörle"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Der Fahrer war nach Polizeiangaben zu schnell. Die Polizei sucht Zeugen, teilte die Polizei mit.",
            ["Polizei"],
        ),
        ("Nach Ministeriumsangaben fehlen tausend Lehrer.", ["Ministerium"]),
        ("Laut Unternehmensangaben sinkt der Umsatz.", ["Unternehmen"]),
    ],
)
def test_who_gives_the_information_is_the_source(text: str, names: list[str]) -> None:
    assert [source.name for source in sources(text)] == names

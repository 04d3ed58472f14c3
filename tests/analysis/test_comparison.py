"""What one outlet has alone of a story, and what all have."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.analysis import analyze
from reader.analysis.comparison import compared
from reader.model.analysis import Reading
from reader.model.article import Article
from reader.model.story import Finding, FindingKind
from reader.text.plain import document_from_plain

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FILLER = (
    "Die Brücke über die Wis stammt aus dem Jahr 1911 und ist seit dem Frühjahr nur noch für leichte Fahrzeuge offen. "
    "Der Ersatzbau flussabwärts soll in fünf Jahren fertig sein und zwei Fahrspuren, einen Radweg und eine Haltebucht bekommen. "
    "Bis dahin fahren die Busse einen Umweg, der nach dem Fahrplan elf Minuten kostet und an Markttagen länger dauert."
)
ONE = (
    "Der Stadtrat von Hohenwied vertagt die Entscheidung über die Alte Wisbrücke.\n\n"
    "Sie werde keine Brücke freigeben, unter der es bröckelt, sagte Bürgermeisterin Regine Althaus. "
    "„Jeder Monat Umweg kostet uns Kundschaft“, sagte der Vorsitzende des Gewerbevereins, Jochen Brehm.\n\n" + FILLER
)
TWO = (
    "Die Wisbrücke in Hohenwied bleibt für Lastwagen gesperrt, bis ein zweites Gutachten vorliegt.\n\n"
    "„Ich werde keine Brücke freigeben, unter der es bröckelt“, sagte Bürgermeisterin Regine Althaus. "
    "„Das kostet mich jeden Tag vierzig Minuten“, sagte der Landwirt Hannes Wörle. Die Polizei teilte mit, sie werde kontrollieren."
    "\n\n" + FILLER
)
THREE = (
    "Brehm vom Gewerbeverein klagt über den Umweg.\n\n"
    "Die Kundschaft bleibe aus, sagte Jochen Brehm. Althaus müsse sich beeilen, so Brehm.\n\n" + FILLER
)


def reading(number: int, text: str) -> Reading:
    document = document_from_plain(text, title=f"Wisbrücke {number}")
    article = Article(id=number, feed_id=1, guid="", address="", title=document.title, outlet="", fetched=NOW)
    return Reading(article, document, analyze(document))


def told(*texts: tuple[str, str]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    return compared([(n, outlet, reading(n, text)) for n, (outlet, text) in enumerate(texts, 1)])


def test_a_source_that_one_outlet_names_alone_is_only_here() -> None:
    only_here, _ = told(("Anzeiger", ONE), ("Bote", TWO))
    assert {(f.outlet, f.source) for f in only_here} == {("Anzeiger", "Jochen Brehm"), ("Bote", "Hannes Wörle")}
    assert {f.kind for f in only_here} == {FindingKind.SOURCE}
    assert {f.articles for f in only_here} == {(1,), (2,)}


def test_a_source_that_all_cite_is_everywhere_with_what_all_quote() -> None:
    _, everywhere = told(("Anzeiger", ONE), ("Bote", TWO))
    assert [(f.kind, f.source, f.articles) for f in everywhere] == [
        (FindingKind.SOURCE, "Regine Althaus", (1, 2)),
        (FindingKind.STATEMENT, "Regine Althaus", (1, 2)),
    ]


def test_the_same_source_in_other_words_is_never_only_here() -> None:
    only_here, _ = told(("Anzeiger", ONE), ("Rundblick", THREE))
    assert not [f for f in only_here if "Brehm" in f.source]


def test_a_name_that_is_only_mentioned_elsewhere_is_not_only_here() -> None:
    only_here, _ = told(("Bote", TWO), ("Rundblick", THREE))
    assert "Regine Althaus" not in {f.source for f in only_here if f.kind is FindingKind.SOURCE}


def test_an_authority_without_a_name_is_never_only_here() -> None:
    only_here, _ = told(("Anzeiger", ONE), ("Bote", TWO))
    assert not [f for f in only_here if "Polizei" in f.source]


def test_what_two_articles_of_one_outlet_say_is_that_outlet_s() -> None:
    only_here, everywhere = told(("Bote", TWO), ("Bote", ONE))
    assert only_here == everywhere == ()
    only_here, _ = told(("Bote", TWO), ("Bote", ONE), ("Rundblick", THREE))
    assert {f.outlet for f in only_here if f.source == "Hannes Wörle"} == {"Bote"}


def test_a_teaser_says_nothing_by_its_silence() -> None:
    only_here, everywhere = told(("Anzeiger", ONE), ("Bote", "Der Stadtrat vertagt die Entscheidung. (Weiter lesen)"))
    assert only_here == everywhere == ()


def test_a_text_as_long_as_a_book_is_not_compared() -> None:
    assert told(("Anzeiger", ONE), ("Bote", TWO + ("\n\n" + FILLER) * 200)) == ((), ())


def sources_only_here(one: str, other: str) -> set[str]:
    """The sources that either text names alone, each text with enough around it."""
    only_here, _ = told(("Anzeiger", f"{one}\n\n{FILLER}"), ("Bote", f"{other}\n\n{FILLER}"))
    return {finding.source for finding in only_here if finding.kind is FindingKind.SOURCE}


def test_accents_make_no_other_name() -> None:
    one = "Die Fähre fahre wieder, sagte die Kapitänin Defne Şahin am Montag in Hohenwied."
    other = "„Wir fahren wieder“, sagte Kapitänin Defne Sahin. Das Wetter sei gut, sagte der Lotse Ole Krüss."
    assert sources_only_here(one, other) == {"Ole Krüss"}


def test_a_short_name_is_the_long_one() -> None:
    one = "Das RKI teilte mit, die Zahl der Fälle in Hohenwied sinke seit Wochen."
    other = "Die Zahl der Fälle in Hohenwied sinke seit Wochen, teilte das Robert Koch-Institut mit."
    assert sources_only_here(one, other) == set()


def test_somebody_without_a_name_is_never_only_here() -> None:
    one = "Sein Anwalt sagte, der Mann sei unschuldig. Ein Sprecher der Gewerkschaft sagte, der Streik gehe weiter."
    other = "Der Mann steht seit Montag in Hohenwied vor Gericht. Viele Betriebe stehen still."
    assert sources_only_here(one, other) == set()


def test_who_may_be_the_one_that_another_names_by_office_is_not_only_here() -> None:
    one = "Die Brücke bleibe zu, sagte Bürgermeisterin Regine Althaus am Montag in Hohenwied."
    other = "Die Brücke bleibe zu, sagte die Bürgermeisterin am Montag in Hohenwied."
    assert sources_only_here(one, other) == set()

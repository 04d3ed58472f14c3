"""Stories from feeds of several outlets, through a refresh, to the library's answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from reader.config import Config
from reader.errors import LesartError, NotFoundError
from reader.library import Library
from reader.model.article import ArticleRow, Badge
from reader.model.query import ArticleQuery, View
from reader.store import Connection, articles, listing
from tests.loopback import Answer, Server

AGENCY = (
    "HOHENWIED (dpa) - Der Stadtrat von Hohenwied hat die Entscheidung über die Alte Wisbrücke ein weiteres Mal vertagt. "
    "Für Lastwagen bleibt die Überfahrt nach Angaben der Verwaltung bis auf Weiteres gesperrt. Anlass sind Zweifel an einem "
    "Gutachten zur Statik des Bauwerks aus dem Jahr 1911. Die Stadt hat eine zweite Prüfung in Auftrag gegeben, das "
    "Ergebnis liegt voraussichtlich im Herbst vor. Bis dahin muss der Lieferverkehr den Umweg über Niederwied nehmen."
)
OWN = (
    "Über die Wisbrücke will der Stadtrat von Hohenwied erst entscheiden, wenn ein zweites Gutachten vorliegt. Der Spediteur "
    "Hannes Wörle saß im Saal. „Jeder Umweg kostet mich vierzig Minuten“, sagte Wörle dem Boten."
)
MORE = (
    " Der Ersatzbau flussabwärts soll in fünf Jahren fertig sein und zwei Fahrspuren, einen Radweg und eine Haltebucht "
    "bekommen. Bis dahin fahren die Busse einen Umweg, der nach dem Fahrplan elf Minuten kostet und an Markttagen länger "
    "dauert. Die Brücke war vor dem Krieg die einzige über die Wis, und wer über sie fuhr, zahlte bis 1923 einen Zoll."
)
OTHER = (
    " In der Sitzung ging es hoch her. Zweimal wurde sie unterbrochen, weil Zuhörer von der Empore riefen, und erst kurz "
    "vor Mitternacht stand das Ergebnis fest. Vor dem Rathaus warteten da noch dreißig Leute im Regen, viele von ihnen mit "
    "Laternen, die sie vom Martinszug übrig hatten. Am nächsten Morgen war die Straße wieder leer."
)
TITLES = {
    "Anzeiger": "Stadtrat vertagt Entscheidung über Alte Wisbrücke",
    "Rundblick": "Hohenwied: Wisbrücke bleibt zu",
    "Bote": "Wisbrücke: Stadtrat wartet auf zweites Gutachten",
}


def feed(outlet: str, *entries: tuple[str, str]) -> bytes:
    """A feed of an outlet with (title, text) each, a minute apart."""
    items = "".join(
        f"<item><guid>{outlet}{n}</guid><title>{title}</title><link>https://{outlet.lower()}.example/{n}</link>"
        f"<pubDate>Sun, 01 Mar 2026 0{len(outlet) % 9}:{n:02}:00 GMT</pubDate><description>{text}</description></item>"
        for n, (title, text) in enumerate(entries)
    )
    return f'<rss version="2.0"><channel><title>{outlet}</title>{items}</channel></rss>'.encode()


async def subscribed(server: Server, library: Library) -> dict[str, int]:
    """The three outlets; article ids by outlet."""
    for outlet, text in (("Anzeiger", AGENCY + MORE), ("Rundblick", AGENCY + MORE), ("Bote", OWN + OTHER)):
        await library.subscribe(server.on(f"/{outlet}", Answer(body=feed(outlet, (TITLES[outlet], text)))))
    return {row.outlet: row.id for row in library.rows(library.ids(ArticleQuery()))}


async def test_one_story_of_three_outlets_with_the_agency_of_two(server: Server, library: Library) -> None:
    ids = await subscribed(server, library)
    view = library.stories.view(ids["Bote"])
    assert view is not None
    assert {row.id for row in view.rows} == set(ids.values())
    assert set(view.outlets) == set(ids)
    assert view.agency == "dpa"
    (row,) = library.window(ArticleQuery(together=True)).rows
    assert row.more == 2
    assert {row.outlet, *row.others} == set(ids)
    assert library.counts().total == 3
    rows = {row.outlet: row.agency for row in view.rows}
    assert rows == {"Anzeiger": "dpa", "Rundblick": "dpa", "Bote": ""}
    assert [row.id for row in library.window(ArticleQuery(view=View.STORY, story=view.id)).rows] == [
        row.id for row in view.rows
    ]


async def test_a_telling_that_goes_meanwhile_spoils_no_comparison(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await subscribed(server, library)
    original = listing.rows

    def going(connection: Connection, wanted: Sequence[int]) -> list[ArticleRow]:
        found = original(connection, wanted)
        library._store.write(articles.remove_articles, [ids["Rundblick"]])
        return found

    monkeypatch.setattr(listing, "rows", going)
    view = library.stories.view(ids["Bote"])
    assert view is not None
    assert len(view.rows) == 3
    assert {finding.outlet for finding in view.only_here} <= {"Bote", "Anzeiger"}


async def test_what_only_one_outlet_has_is_told(server: Server, library: Library) -> None:
    ids = await subscribed(server, library)
    view = library.stories.view(ids["Anzeiger"])
    assert view is not None
    assert [(finding.outlet, finding.source) for finding in view.only_here] == [("Bote", "Hannes Wörle")]


async def test_who_reads_a_text_has_read_its_copies_and_no_more(server: Server, library: Library) -> None:
    ids = await subscribed(server, library)
    changed = library.mark_read([ids["Anzeiger"]])
    assert set(changed) == {ids["Anzeiger"], ids["Rundblick"]}
    assert [row.id for row in library.window(ArticleQuery(view=View.UNREAD)).rows] == [ids["Bote"]]
    assert set(library.mark_read(changed, read=False)) == set(changed)
    assert library.counts().unread == 3


async def test_marking_one_unread_leaves_its_copies_alone(server: Server, library: Library) -> None:
    ids = await subscribed(server, library)
    library.mark_read([ids["Anzeiger"]])
    assert library.mark_read([ids["Anzeiger"]], read=False) == (ids["Anzeiger"],)


async def test_copies_are_marked_alone_where_a_person_wants_it_so(
    server: Server, open_library: Callable[..., Library]
) -> None:
    usual = Config()
    library = open_library(config=replace(usual, view=replace(usual.view, together=False)))
    ids = await subscribed(server, library)
    assert library.mark_read([ids["Anzeiger"]]) == (ids["Anzeiger"],)


async def test_not_the_same_story_outlives_the_next_refreshes(server: Server, library: Library) -> None:
    ids = await subscribed(server, library)
    library.stories.tell_apart(ids["Rundblick"])
    assert library.stories.view(ids["Rundblick"]) is None
    edited = feed("Rundblick", (TITLES["Rundblick"], AGENCY + MORE + " Der Rat tagt wieder im Mai."))
    server.on("/Rundblick", Answer(body=edited))
    report = await library.refresh(force=True)
    assert sum(result.updated for result in report.results) == 1
    assert library.stories.view(ids["Rundblick"]) is None
    rest = library.stories.view(ids["Anzeiger"])
    assert rest is not None
    assert {row.outlet for row in rest.rows} == {"Anzeiger", "Bote"}


async def test_telling_apart_can_be_taken_back(server: Server, library: Library) -> None:
    ids = await subscribed(server, library)
    before = library.stories.view(ids["Bote"])
    done = library.stories.tell_apart(ids["Bote"])
    library.stories.undo(done)
    assert library.stories.view(ids["Bote"]) == before


async def test_an_edited_article_stays_in_its_story(server: Server, library: Library) -> None:
    ids = await subscribed(server, library)
    server.on(
        "/Bote", Answer(body=feed("Bote", ("Etwas ganz anderes", "Vom Wetter ist die Rede, sagte Hannes Wörle.")))
    )
    await library.refresh(force=True)
    view = library.stories.view(ids["Bote"])
    assert view is not None
    assert len(view.rows) == 3


async def test_later_tellings_join_the_story_that_is_there(server: Server, library: Library) -> None:
    ids = await subscribed(server, library)
    story = library.stories.view(ids["Bote"])
    assert story is not None
    more = ("Gutachten zur Wisbrücke: Stadtrat von Hohenwied verärgert", "Der Stadtrat wartet auf das Gutachten.")
    server.on("/Bote", Answer(body=feed("Bote", (TITLES["Bote"], OWN), more)))
    await library.refresh(force=True)
    again = library.stories.view(ids["Bote"])
    assert again is not None
    assert (again.id, len(again.rows)) == (story.id, 4)
    assert [view.id for view in library.stories.latest(days=10_000)] == [story.id]


async def test_an_article_alone_has_no_story(server: Server, library: Library) -> None:
    await library.subscribe(server.on("/a", Answer(body=feed("Anzeiger", (TITLES["Anzeiger"], AGENCY)))))
    (number,) = library.ids(ArticleQuery())
    assert library.stories.view(number) is None
    with pytest.raises(LesartError):
        library.stories.tell_apart(number)
    with pytest.raises(NotFoundError):
        library.stories.tell_apart(number + 1)
    with pytest.raises(NotFoundError):
        library.stories.view(number + 1)


async def test_a_child_process_finds_the_same_stories(server: Server, open_library: Callable[..., Library]) -> None:
    library = open_library(inline=False)
    ids = await subscribed(server, library)
    view = library.stories.view(ids["Bote"])
    assert view is not None
    assert (len(view.rows), view.agency) == (3, "dpa")


async def test_rows_carry_reading_time_and_badges(server: Server, library: Library) -> None:
    english = "The city council decided on Tuesday that the old bridge will stay closed to trucks. " * 6
    entries = [
        ("EIL: Wisbrücke gesperrt", AGENCY * 5),
        ("Bridge stays closed", english),
        ("Eile mit Weile: ein Lob", OWN),
    ]
    await library.subscribe(server.on("/a", Answer(body=feed("Anzeiger", *entries))))
    rows = {row.title: row for row in library.rows(library.ids(ArticleQuery()))}
    assert rows["EIL: Wisbrücke gesperrt"].badges == (Badge.URGENT,)
    assert rows["EIL: Wisbrücke gesperrt"].minutes == 2
    assert rows["Bridge stays closed"].badges == (Badge.FOREIGN,)
    assert rows["Eile mit Weile: ein Lob"].badges == ()


FURNITURE = (
    "Dieser Artikel ist Teil unseres Angebots für Abonnenten. Mit einem Abonnement lesen Sie alle Texte, Hintergründe und"
    " Reportagen aus der Region, dazu die tägliche Zeitung als Ausgabe für das Telefon, und Sie unterstützen die Arbeit der"
    " Redaktion in Hohenwied und in Niederwied. Das Abonnement lässt sich jederzeit zum Ende eines Monats kündigen."
)


async def test_one_outlet_does_not_copy_itself(server: Server, library: Library) -> None:
    entries = [("Schützenfest in Niederwied beginnt", FURNITURE), ("Stadtwerke erhöhen Preise für Gas", FURNITURE)]
    await library.subscribe(server.on("/Bote", Answer(body=feed("Bote", *entries))))
    rows = library.rows(library.ids(ArticleQuery()))
    assert [row.more for row in rows] == [0, 0]
    assert len(library.ids(ArticleQuery(together=True))) == 2

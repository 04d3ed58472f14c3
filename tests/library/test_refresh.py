"""A refresh from a real server to a real file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reader.config import Config, FetchConfig
from reader.errors import AnalysisError
from reader.library import Library, Progress, intake, worker
from reader.library.analyst import Urgency
from reader.library.events import error_to_dict
from reader.library.frames import Header
from reader.library.report import FETCHING
from reader.model.query import ArticleQuery, View
from reader.store import Connection, articles
from tests.loopback import Answer, Server, item, rss

NO_WORKER = error_to_dict(AnalysisError("gone"))


def titles(library: Library, query: ArticleQuery | None = None) -> list[str]:
    return [row.title for row in library.rows(library.ids(query or ArticleQuery()))]


async def test_new_entries_come_in_unread_and_analysed(server: Server, library: Library) -> None:
    text = "Der Minister sagte am Montag, das Gesetz komme noch in diesem Jahr. Die Opposition lehnt es ab."
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1, text=text), item(2))))
    server.feed("/a", rss(item(3), item(1, text=text), item(2)))
    report = await library.refresh()
    assert (report.new, report.results[0].status) == (1, "ok")
    assert titles(library)[0] == "Meldung 3"
    assert library.feed(feed.id).unread == 3
    for row in library.rows(library.ids(ArticleQuery())):
        reading = library.reading(row.id)
        assert reading.analysis is not None
        assert reading.analysis.digest == reading.document.digest
        assert row.genre == "news"


async def test_the_analysis_tells_how_far_it_is(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    server.feed("/a", rss(item(2), item(3), item(4), item(1)))
    seen: list[Progress] = []
    await library.refresh(on_progress=seen.append, pages=False)
    assert [(progress.phase, progress.done, progress.total) for progress in seen] == [
        ("fetching", 1, 1),
        ("analysing", 3, 3),
    ]


async def test_nothing_new_costs_one_conditional_request(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    report = await library.refresh()
    assert [result.status for result in report.results] == ["unchanged"]
    assert "If-None-Match" in server.asked("/a")[1].headers


async def test_a_new_etag_for_the_same_bytes_is_the_one_to_ask_with(server: Server, library: Library) -> None:
    for etag in ('"1"', '"2"', '"3"'):
        address = server.on("/a", Answer(body=rss(item(1)), headers={"ETag": etag}))
        await (library.refresh() if library.feeds() else library.subscribe(address))
    assert [request.headers.get("If-None-Match") for request in server.asked("/a")] == [None, '"1"', '"2"']


async def test_refreshing_moves_nothing_and_unreads_nothing(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(*(item(n) for n in range(6)))))
    before = library.ids(ArticleQuery()).tolist()
    library.mark_read(before[:3])
    library.star(before[2:4])
    changed = [item(n, text=f"Neu gefasst {n}.", date="Sat, 21 Dec 2030 10:00:00 GMT") for n in range(6)]
    server.feed("/a", rss(*reversed(changed)))
    report = await library.refresh()
    assert (report.new, report.results[0].updated) == (0, 6)
    assert library.ids(ArticleQuery()).tolist() == before
    rows = library.rows(before)
    assert [row.read for row in rows] == [True, True, True, False, False, False]
    assert [row.starred for row in rows] == [False, False, True, True, False, False]
    assert library.feed(feed.id).unread == 3


async def test_an_edited_article_keeps_what_it_said_before(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1, text="Vorher."))))
    (article_id,) = library.ids(ArticleQuery())
    library.reading(article_id)
    server.feed("/a", rss(item(1, title="Korrigiert", text="Nachher.")))
    await library.refresh()
    reading = library.reading(article_id)
    assert (reading.article.title, reading.document.text) == ("Korrigiert", "Nachher.")
    ((until, title, document),) = library._store.read(articles.versions, article_id)
    assert (title, document.text) == ("Meldung 1", "Vorher.")
    assert until.tzinfo is not None


async def test_an_article_that_left_the_feed_stays(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1), item(2))))
    server.feed("/a", rss(item(2)))
    await library.refresh()
    assert sorted(titles(library)) == ["Meldung 1", "Meldung 2"]


async def test_an_article_in_two_feeds_is_stored_once(server: Server, library: Library) -> None:
    first, _ = await library.subscribe(server.feed("/a", rss(item(1), item(2))))
    second, _ = await library.subscribe(server.feed("/b", rss(item(2), item(3))))
    assert library.counts().total == 3
    assert (library.feed(first.id).total, library.feed(second.id).total) == (2, 2)
    assert sorted(titles(library, ArticleQuery(view=View.FEED, feed_id=second.id))) == ["Meldung 2", "Meldung 3"]


async def test_bad_feeds_harm_no_other(server: Server, library: Library) -> None:
    bodies = {f"/{n}": rss(item(n), title=f"Blatt {n}") for n in range(8)}
    for path, body in bodies.items():
        await library.subscribe(server.feed(path, body))
    server.on("/0", Answer(status=500))
    server.on("/1", Answer(body=b"<html><body>Login</body></html>"))
    server.on("/2", Answer(body=b"half", declared=99, reset=True))
    server.on("/3", Answer(body=b"\x00\x01\x02" * 500))
    server.redirect("/4", "/4")
    for path in ("/5", "/6", "/7"):
        number = int(path[1:])
        server.feed(path, rss(item(number), item(number + 10), title=f"Blatt {number}"))
    progress: list[Progress] = []
    report = await library.refresh(on_progress=progress.append)
    assert [result.status for result in report.results] == ["error"] * 5 + ["ok"] * 3
    assert report.new == 3
    assert sorted(p.done for p in progress if p.phase == FETCHING) == list(range(1, 9))
    assert {p.total for p in progress if p.phase == FETCHING} == {8}
    assert sum(bool(p.error) for p in progress) == 5
    assert library.counts().total == 11
    for feed in library.feeds():
        failed = int(feed.title.split()[1]) < 5
        assert bool(feed.error) == bool(feed.hint) == failed
        assert (feed.last_success == feed.last_attempt) == (not failed)


async def test_what_nobody_foresaw_costs_its_feed_alone(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("/a", "/b"):
        await library.subscribe(server.feed(path, rss(item(1))))
        server.feed(path, rss(item(2, title=path), item(1)))
    sound = worker._JOBS["parse"]
    monkeypatch.setitem(
        worker._JOBS, "parse", lambda header, body: ({}, b"") if header["address"][-1] == "a" else sound(header, body)
    )
    report = await library.refresh()
    assert [result.status for result in report.results] == ["error", "ok"]
    (failed,) = report.failed
    assert str(failed.error).startswith("This feed made the refresh stumble. (KeyError in refresh.py:")
    assert library.feed(failed.feed_id).hint


async def test_a_hanging_server_delays_no_other(server: Server, open_library: Callable[..., Library]) -> None:
    config = Config(fetch=FetchConfig(timeout_seconds=1, connect_seconds=1, per_host=2))
    library = open_library(config=config)
    for path in ("/slow", "/quick"):
        await library.subscribe(server.feed(path, rss(item(1, title=path))))
    never = threading.Event()
    server.on("/slow", Answer(body=b"x", wait=never))
    seen: list[str] = []
    report = await library.refresh(on_progress=lambda p: seen.append(p.error))
    never.set()
    assert seen[0] == ""
    assert seen[1]
    assert [str(result.error) for result in report.failed] == ["127.0.0.1 took too long to answer."]


async def test_an_error_is_forgotten_after_a_success(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    server.on("/a", Answer(status=503))
    await library.refresh()
    assert library.feed(feed.id).error
    server.feed("/a", rss(item(1)))
    await library.refresh()
    assert library.feed(feed.id).error == library.feed(feed.id).hint == ""


async def test_a_feed_that_is_gone_is_not_asked_again(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    server.on("/a", Answer(status=410))
    await library.refresh()
    await library.refresh()
    assert len(server.asked("/a")) == 2
    await library.refresh(force=True)
    assert len(server.asked("/a")) == 3


async def test_a_server_that_asks_to_wait_is_waited_for(server: Server, open_library: Callable[..., Library]) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    library = open_library(clock=lambda: now)
    await library.subscribe(server.feed("/a", rss(item(1))))
    server.on("/a", Answer(status=429, headers={"Retry-After": "600"}))
    await library.refresh()
    now += timedelta(seconds=599)
    await library.refresh()
    assert len(server.asked("/a")) == 2
    now += timedelta(seconds=2)
    await library.refresh()
    assert len(server.asked("/a")) == 3


async def test_a_permanent_redirect_is_adopted_when_it_is_confirmed(server: Server, library: Library) -> None:
    old = server.feed("/old", rss(item(1)))
    feed, _ = await library.subscribe(old)
    new = server.feed("/new", rss(item(1), item(2)))
    server.redirect("/old", "/new", 301)
    first, second, third = [(await library.refresh()).results[0].status for _ in range(3)]
    assert (first, second, third) == ("ok", "moved", "unchanged")
    assert library.feed(feed.id).address == new
    assert len(server.asked("/old")) == 3


async def test_a_redirect_that_was_taken_back_counts_from_the_start(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/old", rss(item(1))))
    server.feed("/new", rss(item(1)))
    statuses = []
    for moved in (True, False, True, True):
        if moved:
            server.redirect("/old", "/new", 301)
        else:
            server.feed("/old", rss(item(1)))
        statuses.append((await library.refresh()).results[0].status)
    assert statuses == ["unchanged", "unchanged", "unchanged", "moved"]
    assert library.feed(feed.id).address.endswith("/new")


async def test_a_temporary_redirect_is_never_adopted(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/old", rss(item(1))))
    server.feed("/new", rss(item(1)))
    server.redirect("/old", "/new", 302)
    for _ in range(3):
        await library.refresh()
    assert library.feed(feed.id).address.endswith("/old")


async def test_a_feed_with_one_guid_for_everything_loses_nothing(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(0, guid="x"), item(1, guid="x"))))
    for number in range(2, 5):
        server.feed("/a", rss(*(item(n, guid="x") for n in range(number, -1, -1))))
        await library.refresh()
    assert sorted(titles(library)) == [f"Meldung {n}" for n in range(5)]


async def test_only_unseen_entries_are_read_again(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(*(item(n) for n in range(50)))))
    body = rss(item(99), *(item(n) for n in range(50)))
    known = library._store.read(articles.known_states, 1)
    parsed = await library._refresher().parse(body, "", "https://example.org/", known, Urgency.DEMAND)
    assert ([entry.title for entry in parsed.entries], len(parsed.seen)) == (["Meldung 99"], 50)
    server.feed("/a", body)
    assert (await library.refresh()).new == 1


async def test_undated_entries_keep_the_order_of_the_feed(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(*(item(n) for n in range(5)))))
    assert titles(library) == [f"Meldung {n}" for n in range(5)]


async def test_a_future_date_is_kept_but_does_not_stand_first_for_ever(
    server: Server, open_library: Callable[..., Library]
) -> None:
    future = "Sat, 21 Dec 2085 10:00:00 GMT"
    moments = [datetime.now(UTC)]
    library = open_library(clock=lambda: moments[-1])
    await library.subscribe(server.feed("/a", rss(item(1, date=future))))
    server.feed("/a", rss(item(2), item(1, date=future)))
    # Articles that arrive in the same sixteenth of a second have no order.
    moments.append(moments[0] + timedelta(hours=2))
    await library.refresh()
    assert titles(library) == ["Meldung 2", "Meldung 1"]
    assert library.rows(library.ids(ArticleQuery()))[1].published.year == 2085


async def test_an_entry_without_a_title_shows_its_first_words(server: Server, library: Library) -> None:
    await library.subscribe(
        server.feed("/a", rss("<item><guid>1</guid><description>Nur ein Text.</description></item>"))
    )
    assert titles(library) == ["Nur ein Text."]


async def test_what_a_killed_refresh_left_undone_is_finished_by_the_next(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1), item(2))))
    library._store.write(lambda c: c.execute("UPDATE articles SET analysed = 0"))
    library._store.write(lambda c: c.execute("DELETE FROM analyses"))
    await library.refresh()
    assert all(library.reading(i).analysis is not None for i in library.ids(ArticleQuery()))


async def test_another_version_of_the_analysis_analyses_anew(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    (article_id,) = library.ids(ArticleQuery())
    library._store.write(lambda c: c.execute("UPDATE articles SET analysed = 999, genre = 'alt'"))
    library._store.write(lambda c: c.execute("UPDATE notes SET value = '0' WHERE name = 'analysis'"))
    await library.refresh()
    assert library.rows([article_id])[0].genre == "news"


@pytest.mark.parametrize("title", ["[Update] \x1b]0;Pwned\x07 Titel", "\u202eletiT"])
async def test_no_control_character_gets_into_the_store(server: Server, library: Library, title: str) -> None:
    body = rss(item(1, title=title.replace("\x1b", "&#27;").replace("\x07", "&#7;"), text=f"{title}"))
    await library.subscribe(server.feed("/a", body))
    (article_id,) = library.ids(ArticleQuery())
    reading = library.reading(article_id)
    shown = reading.article.title + reading.document.text + reading.document.title
    assert all(c.isprintable() or c == "\n" for c in shown)
    assert ("[Update]" in shown) == ("[Update]" in title)


async def test_one_text_in_several_feeds_is_analysed_once(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def counting(header: Header, body: bytes) -> tuple[Header, bytes]:
        asked.append(len(header["sizes"]))
        return analyse(header, body)

    analyse = worker._JOBS["analyse"]
    monkeypatch.setitem(worker._JOBS, "analyse", counting)
    text = "Der Stadtrat von Hohenwied hat die Entscheidung vertagt, sagte Bürgermeisterin Anna Wörle."
    await library.subscribe(server.feed("/a", rss(item(1, title="Vertagt", text=text))))
    assert sum(asked) == 1
    for path in ("/b", "/c"):
        body = rss(item(1, title="Vertagt", text=text).replace("https://", f"https://{path[1:]}."))
        await library.subscribe(server.feed(path, body))
    assert sum(asked) == 1
    library._store.write(lambda c: c.execute("UPDATE articles SET analysed = 0, genre = ''"))
    await library.refresh()
    assert sum(asked) == 2
    rows = library.rows(library.ids(ArticleQuery()))
    assert [(row.genre, row.sources) for row in rows] == [("news", 1)] * 3


async def test_a_text_that_cannot_be_analysed_costs_no_other_its_analysis(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(*(item(n) for n in range(40)))))
    ids = library.ids(ArticleQuery()).tolist()
    library._store.write(lambda c: c.execute("UPDATE articles SET analysed = 0, genre = ''"))
    library._store.write(lambda c: c.execute("UPDATE documents SET body = x'00' WHERE article_id = ?", (ids[7],)))
    await library.refresh()
    assert [i for i, row in enumerate(library.rows(ids)) if not row.genre] == [7]
    left = library._store.read(lambda c: c.execute("SELECT count(*) FROM articles WHERE analysed = 0").fetchone())
    assert left == (0,)


async def test_without_a_worker_the_articles_are_there_and_wait(
    server: Server, open_library: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    await library.subscribe(server.feed("/a", rss(item(1))))
    library._store.write(lambda c: c.execute("UPDATE articles SET analysed = 0"))
    with monkeypatch.context() as broken:
        broken.setitem(worker._JOBS, "analyse", lambda _header, _body: ({"error": NO_WORKER}, b""))
        report = await library.refresh()
    assert str(report.trouble) == "gone"
    assert library.counts().total == 1
    left = library._store.read(lambda c: c.execute("SELECT count(*) FROM articles WHERE analysed = 0").fetchone())
    assert left == (1,)
    assert (await library.refresh()).trouble is None
    assert library.rows(library.ids(ArticleQuery()))[0].genre == "news"


async def test_bytes_that_broke_off_before_are_not_read_again_and_stay_told(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rss(item(1), item(2))
    feed, _ = await library.subscribe(server.feed("/a", whole[: whole.index(b"<title>Meldung 2")]))
    monkeypatch.delitem(worker._JOBS, "parse")
    report = await library.refresh()
    assert [result.status for result in report.results] == ["unchanged"]
    assert "If-None-Match" not in server.asked("/a")[-1].headers
    assert library.feed(feed.id).error.endswith(": 2.")


async def test_one_answer_that_cannot_be_stored_costs_the_others_of_its_batch_nothing(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        await library.subscribe(server.feed(f"/{number}", rss(item(number), title=f"Blatt {number}")))
    sound = intake.store_answer

    def store(connection: Connection, feed_id: int, *rest: Any) -> tuple[bool, int, int]:
        if feed_id == 2:
            raise ZeroDivisionError
        return sound(connection, feed_id, *rest)

    monkeypatch.setattr(intake, "store_answer", store)
    report = await library.refresh()
    assert [result.status for result in report.results] == ["unchanged", "error", "unchanged", "unchanged"]
    assert [bool(feed.error) for feed in library.feeds()] == [False, True, False, False]

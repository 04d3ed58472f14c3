"""Entries of a new feed, stored before their documents are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from reader.errors import AnalysisError
from reader.library import Library, Progress, worker
from reader.library.decider import Verdict, decide, keyed
from reader.library.events import error_to_dict
from reader.library.exports import Format, render
from reader.library.frames import Header, parted
from reader.model.query import ArticleQuery
from reader.store import articles, feeds, search
from reader.store.articles import Incoming, Known, KnownEntry, key
from reader.store.codec import is_fragment, pack_document, pack_fragment, unpack_document
from reader.text.fragment import Fragment
from tests.loopback import Server, item, rss
from tests.store.builders import an_entry

TEXT = "Der Minister sagte am Montag, das Gesetz komme noch in diesem Jahr. Die Opposition lehnt es ab."


class StoppedError(Exception):
    """The process ends here."""


def stop(_progress: Progress) -> None:
    raise StoppedError


async def headlines_alone(library: Library, address: str) -> int:
    """Fetch a new feed and end once its headlines are stored; the newest article's id."""
    library._store.write(
        lambda connection: feeds.add_feed(connection, address, title="Blatt", own_title=False, folder="")
    )
    try:
        await library.refresh(on_progress=stop)
    except* StoppedError:
        pass
    return library.ids(ArticleQuery())[0]


async def test_headlines_stand_before_the_documents_are_made(server: Server, library: Library) -> None:
    article_id = await headlines_alone(library, server.feed("/a", rss(item(1, text=TEXT))))
    assert [row.title for row in library.rows([article_id])] == ["Meldung 1"]
    assert library.is_pending(article_id)


async def test_an_article_without_a_document_is_read_and_analysed_at_once(server: Server, library: Library) -> None:
    article_id = await headlines_alone(library, server.feed("/a", rss(item(1, text=TEXT))))
    assert library.reading(article_id).document.text == TEXT
    assert library.is_pending(article_id)
    reading = await library.analysed(article_id)
    assert reading.analysis is not None
    assert reading.analysis.digest == reading.document.digest
    assert TEXT.split(".")[0] in render(reading, Format.MARKDOWN)
    assert not library.is_pending(article_id)


async def test_the_child_process_makes_what_is_opened(server: Server, open_library: Callable[..., Library]) -> None:
    library = open_library(inline=False)
    article_id = await headlines_alone(library, server.feed("/a", rss(item(1, text=TEXT))))
    assert (await library.opened(article_id)).document.text == TEXT
    assert not library.is_pending(article_id)


async def test_the_next_refresh_makes_what_is_left(server: Server, library: Library) -> None:
    article_id = await headlines_alone(library, server.feed("/a", rss(item(1, text=TEXT))))
    report = await library.refresh()
    assert report.results[0].status == "unchanged"
    reading = library.reading(article_id)
    assert not library.is_pending(article_id)
    assert reading.analysis is not None
    assert library._store.read(search.index_pending, 1) == 0


async def test_an_entry_edited_before_anybody_could_read_it_has_no_version(server: Server, library: Library) -> None:
    article_id = await headlines_alone(library, server.feed("/a", rss(item(1, text="Der erste Satz."))))
    server.feed("/a", rss(item(1, text="Der zweite Satz.")))
    report = await library.refresh()
    assert (report.results[0].new, report.results[0].updated) == (0, 0)
    assert library.reading(article_id).document.text == "Der zweite Satz."
    assert library._store.read(articles.versions, article_id) == []


async def test_an_edit_after_the_document_was_made_is_one(server: Server, library: Library) -> None:
    article_id = await headlines_alone(library, server.feed("/a", rss(item(1, text="Der erste Satz."))))
    await library.opened(article_id)
    server.feed("/a", rss(item(1, text="Der zweite Satz.")))
    report = await library.refresh()
    assert report.results[0].updated == 1
    assert [old.text for _, _, old in library._store.read(articles.versions, article_id)] == ["Der erste Satz."]


async def test_other_markup_around_the_same_text_is_no_edit(server: Server, library: Library) -> None:
    article_id = await headlines_alone(library, server.feed("/a", rss(item(1, text="Der erste Satz."))))
    await library.refresh()
    server.feed("/a", rss(item(1, text="&lt;p&gt;Der erste Satz.&lt;/p&gt;")))
    report = await library.refresh()
    assert report.results[0].updated == 0
    assert library._store.read(articles.versions, article_id) == []


async def test_an_entry_that_cannot_be_read_costs_itself_alone(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await headlines_alone(library, server.feed("/a", rss(item(1, text="Gift."), item(2, text=TEXT))))
    whole = worker._JOBS["document"]

    def poisoned(header: Header, body: bytes) -> tuple[Header, bytes]:
        texts = [unpack_document(part).text for part in parted(header["sizes"], body)]
        return ({"error": error_to_dict(AnalysisError("poison"))}, b"") if "Gift." in texts else whole(header, body)

    monkeypatch.setitem(worker._JOBS, "document", poisoned)
    await library.refresh()
    ids = library.ids(ArticleQuery())
    assert sorted(library.reading(number).document.text for number in ids) == ["", TEXT]
    assert not any(library.is_pending(number) for number in ids)


def test_a_fragment_is_unpacked_as_its_document() -> None:
    fragment = Fragment(
        html="<p>Ein Satz.</p>", title="Titel", address="https://a.example/meinung/x", labels=("Sport",)
    )
    packed = pack_fragment(fragment)
    assert is_fragment(packed)
    assert not is_fragment(pack_document(fragment.document()))
    assert unpack_document(packed) == fragment.document()
    assert unpack_document(packed).labels == ("Sport", "path=meinung")


def test_nothing_is_compared_with_a_document_that_is_not_made() -> None:
    old, new = an_entry(1), replace(an_entry(1, text="Anderes."), state=99)
    ((guid_key, _),) = keyed([old])
    assert verdict_of(new, stored(old, guid_key, pending=True)) is Verdict.UNREAD
    assert verdict_of(old, stored(old, guid_key, pending=True)) is Verdict.SAME
    assert verdict_of(new, stored(old, guid_key, pending=False)) is Verdict.TEXT


def stored(entry: Incoming, guid_key: int, *, pending: bool) -> KnownEntry:
    return KnownEntry(
        article_id=10,
        feed_id=1,
        own_feed=True,
        guid_key=guid_key,
        link_key=key(entry.address),
        state=entry.state,
        title=entry.title,
        digest=entry.digest,
        pending=pending,
    )


def verdict_of(entry: Incoming, have: KnownEntry) -> Verdict:
    (decision,) = decide(1, keyed([entry]), Known({have.guid_key: have}))
    return decision.verdict

"""The store against a plain model: after any sequence of writes, crashes and reopenings both say the same."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reader.library.refresh import store_entries
from reader.model.query import ArticleQuery, View
from reader.store import articles, feeds, listing, open_store, search
from tests.store.builders import NOW, a_feed, an_entry

FEEDS = st.integers(0, 2)
NUMBERS = st.integers(0, 11)
TEXTS = st.sampled_from(["Apfel fällt.", "Birne reift.", "Quitte süßt."])


@dataclass(frozen=True)
class Stored:
    text: str
    read: bool = False
    starred: bool = False


class StoreMachine(RuleBasedStateMachine):
    """The model: (feed, number of the entry) -> what is stored of it. Entries of different feeds never share a link."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.store = open_store(self.folder / "lesart.db")
        self.feeds = [a_feed(self.store, f"https://example.org/{n}", folder="ABC"[n]) for n in range(3)]
        self.model: dict[tuple[int, int], Stored] = {}
        self.ids: dict[tuple[int, int], int] = {}

    @rule(feed=FEEDS, entries=st.dictionaries(NUMBERS, TEXTS, max_size=5), minutes=st.integers(-5000, 5000))
    def refresh(self, feed: int, entries: dict[int, str], minutes: int) -> None:
        incoming = []
        for number, text in entries.items():
            entry = an_entry(number, text=text, published=NOW + timedelta(minutes=minutes))
            address = f"https://example.org/{feed}/{number}"
            incoming.append(replace(entry, address=address, state=hash((feed, number, text, minutes))))
        new, updated = self.store.write(store_entries, self.feeds[feed], incoming, NOW)
        before = {key: stored for key, stored in self.model.items() if key[0] == feed}
        assert new == sum((feed, number) not in before for number in entries)
        assert updated == sum(
            (feed, number) in before and before[feed, number].text != text for number, text in entries.items()
        )
        for number, text in entries.items():
            self.model[feed, number] = replace(self.model.get((feed, number), Stored(text)), text=text)
        self._learn_ids()

    @rule(feed=FEEDS, numbers=st.sets(NUMBERS), read=st.booleans())
    def mark(self, feed: int, numbers: set[int], read: bool) -> None:
        keys = [(feed, n) for n in sorted(numbers) if (feed, n) in self.model]
        changed = self.store.write(articles.set_read, [self.ids[key] for key in keys], read)
        assert changed == tuple(self.ids[key] for key in keys if self.model[key].read != read)
        for key in keys:
            self.model[key] = replace(self.model[key], read=read)

    @rule(feed=FEEDS, number=NUMBERS, starred=st.booleans())
    def star(self, feed: int, number: int, starred: bool) -> None:
        if (feed, number) in self.model:
            self.store.write(articles.set_starred, [self.ids[feed, number]], starred)
            self.model[feed, number] = replace(self.model[feed, number], starred=starred)

    @rule(feed=FEEDS, numbers=st.sets(NUMBERS, max_size=3))
    def remove(self, feed: int, numbers: set[int]) -> None:
        keys = [(feed, n) for n in numbers if (feed, n) in self.model]
        self.store.write(articles.remove_articles, [self.ids[key] for key in keys])
        for key in keys:
            del self.model[key], self.ids[key]

    @rule()
    def index(self) -> None:
        self.store.write(search.index_pending, 1000)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = open_store(self.folder / "lesart.db")

    @rule()
    def crash(self) -> None:
        """Go on with the files as they lie on the disk at this moment, without a clean end."""
        files = Path(tempfile.mkdtemp())
        for file in self.folder.iterdir():
            if not file.name.endswith("-shm"):
                shutil.copy(file, files / file.name)
        self.store.close()
        shutil.rmtree(self.folder)
        self.folder = files
        self.store = open_store(self.folder / "lesart.db")

    @invariant()
    def lists_agree(self) -> None:
        def ids(**what: object) -> set[int]:
            found = self.store.read(listing.ids, ArticleQuery(**what)).tolist()  # type: ignore[arg-type]
            assert len(found) == len(set(found))
            return set(found)

        rows = self.store.read(listing.rows, list(self.ids.values()))
        shown = {row.id: (row.read, row.starred) for row in rows}
        assert shown == {self.ids[key]: (s.read, s.starred) for key, s in self.model.items()}
        assert ids() == set(self.ids.values())
        assert ids(view=View.UNREAD) == {self.ids[key] for key, s in self.model.items() if not s.read}
        assert ids(view=View.STARRED) == {self.ids[key] for key, s in self.model.items() if s.starred}
        for number, feed_id in enumerate(self.feeds):
            own = {self.ids[key] for key in self.model if key[0] == number}
            assert ids(view=View.FEED, feed_id=feed_id) == own
            assert ids(view=View.FOLDER, folder="ABC"[number]) == own

    @invariant()
    def texts_agree(self) -> None:
        for key, stored in self.model.items():
            assert self.store.read(articles.document, self.ids[key]).text == stored.text

    @invariant()
    def counters_agree(self) -> None:
        counts = self.store.read(listing.counts, NOW)
        assert counts.total == len(self.model)
        assert counts.unread == sum(not s.read for s in self.model.values())
        assert counts.starred == sum(s.starred for s in self.model.values())
        for record in self.store.read(feeds.all_feeds):
            own = [s for key, s in self.model.items() if key[0] == self.feeds.index(record.id)]
            assert (record.total, record.unread) == (len(own), sum(not s.read for s in own))

    @invariant()
    def search_finds_what_is_indexed_and_nothing_else(self) -> None:
        for text in ("Apfel", "Birne", "Quitte"):
            holding = {self.ids[key] for key, s in self.model.items() if s.text.startswith(text)}
            found = set(self.store.read(listing.ids, ArticleQuery(search=text)))
            pending = self.store.read(
                lambda c: {row[0] for row in c.execute("SELECT id FROM articles WHERE indexed = 0")}
            )
            assert found == holding - pending

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    def _learn_ids(self) -> None:
        for number, feed_id in enumerate(self.feeds):
            for article_id in self.store.read(listing.ids, ArticleQuery(view=View.FEED, feed_id=feed_id)):
                guid = self.store.read(listing.article, article_id).guid
                self.ids[number, int(guid.removeprefix("guid-"))] = article_id


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)

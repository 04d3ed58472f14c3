"""The store against a plain model: after any sequence of writes, crashes and reopenings both say the same."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reader.library.intake import store_entries
from reader.model import retention
from reader.model.query import ArticleQuery, View
from reader.store import articles, copies, feeds, listing, maintenance, open_store, repair, search
from reader.store import retention as keeping
from reader.store import salvage as salvaging
from tests.store.builders import NOW, a_feed, an_entry

FAR = datetime.now(UTC) + timedelta(days=4000)
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
        self.gone: set[tuple[int, int]] = set()
        self.ids: dict[tuple[int, int], int] = {}

    @rule(feed=FEEDS, entries=st.dictionaries(NUMBERS, TEXTS, max_size=5), minutes=st.integers(-5000, 5000))
    def refresh(self, feed: int, entries: dict[int, str], minutes: int) -> None:
        incoming = []
        for number, text in entries.items():
            entry = an_entry(number, text=text, published=NOW + timedelta(minutes=minutes))
            address = f"https://example.org/{feed}/{number}"
            incoming.append(replace(entry, address=address, state=hash((feed, number, text, minutes))))
        entries = {number: text for number, text in entries.items() if (feed, number) not in self.gone}
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

    @rule(words=st.sampled_from(["gelesene nach 1 Tag", "alle nach 1 Tag", "gemerkte nach 1 Tag"]), far=st.booleans())
    def tidy(self, words: str, far: bool) -> None:
        """Let go by age; what was read bears the time of this machine, so "far" is far enough for that as well."""
        now, sorts = (FAR if far else NOW + timedelta(hours=1)), retention.parse(words)
        ids = self.store.read(keeping.due, sorts, now)
        expected = {
            key
            for key, s in self.model.items()
            if far and (sorts.starred if s.starred else sorts.read if s.read else sorts.unread) is not None
        }
        assert set(ids) == {self.ids[key] for key in expected}
        done = 0
        while done < len(ids):
            looked, gone = self.store.write(keeping.let_go, ids[done:], sorts, now)
            assert looked == gone
            done += looked
        for key in expected:
            del self.model[key], self.ids[key]
        self.gone |= expected

    @rule()
    def mend(self) -> None:
        """A sound store is found sound, and mending it changes nothing."""
        assert repair.survey(self.store.path).sound
        repair.mend(self.store.path)

    @rule()
    def copy_and_go_on_with_the_copy(self) -> None:
        """A daily copy holds the same; it becomes the store."""
        copy = copies.make(self.store.path, NOW.date(), number=1, megabytes=500)
        self.store.close()
        for file in self.folder.glob("lesart.db*"):
            file.unlink()
        maintenance.restore(copy, self.folder / "lesart.db")
        self.store = open_store(self.folder / "lesart.db")

    @rule()
    def salvage(self) -> None:
        """What is read out of a whole file is all of it, less what is made anew."""
        self.store.close()
        salvaging.salvage(self.folder / "lesart.db", self.folder / "lesart.db.old")
        (self.folder / "lesart.db.old").unlink()
        self.store = open_store(self.folder / "lesart.db")

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
            if file.is_file() and not file.name.endswith("-shm"):
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

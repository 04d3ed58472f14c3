"""Daily copies: sound or not at all, bounded in number and size, good ones never lost to a bad one."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.store import Store, copies, listing, open_store
from reader.store.copies import NotWantedError
from reader.store.maintenance import configuration_in, examine, restore
from tests.store.builders import NOW, a_feed, add_many

TODAY = date(2026, 3, 1)


@pytest.fixture
def filled(store: Store) -> Store:
    add_many(store, a_feed(store), 20)
    return store


def make(store: Store, day: date = TODAY, *, number: int = 7, megabytes: int = 500) -> Path:
    return copies.make(store.path, day, number=number, megabytes=megabytes)


def days(store: Store) -> list[date]:
    return [copy.day for copy in copies.copies(store.path)]


def spoil(store: Store) -> None:
    store.close()
    data = bytearray(store.path.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    store.path.write_bytes(data)


def test_a_copy_holds_everything_and_leaves_nothing_beside_it(filled: Store) -> None:
    path = copies.make(filled.path, TODAY, number=7, megabytes=500, configuration='language = "de"\n')
    assert examine(path).articles == 20
    assert [p.name for p in path.parent.iterdir()] == ["lesart-2026-03-01.db"]
    assert configuration_in(path) == 'language = "de"\n'


def test_what_a_killed_copy_left_behind_goes_after_a_day(filled: Store) -> None:
    place = make(filled).parent
    old, fresh = place / "lesart-2026-02-20.db.4711.part", place / "lesart-2026-02-28.db.4712.part-journal"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    make(filled, TODAY + timedelta(days=1))
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_copy_can_be_restored(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "neu" / "lesart.db"
    restore(make(filled), target)
    opened = open_store(target)
    assert opened.read(listing.counts, NOW).total == 20
    opened.close()


def test_only_the_newest_stay(filled: Store) -> None:
    for day in range(5):
        make(filled, TODAY + timedelta(days=day), number=3)
    assert days(filled) == [TODAY + timedelta(days=day) for day in (4, 3, 2)]


def test_only_as_many_as_fit_stay_and_one_always(filled: Store) -> None:
    first = make(filled)
    padded = first.stat().st_size + 200_000
    with first.open("ab") as file:
        file.truncate(padded)
    make(filled, TODAY + timedelta(days=1), megabytes=1)
    assert len(days(filled)) == 2
    with first.open("ab") as file:
        file.truncate(1_000_000)
    make(filled, TODAY + timedelta(days=2), megabytes=1)
    assert TODAY not in days(filled)
    assert days(filled)[0] == TODAY + timedelta(days=2)


def test_a_copy_dated_in_the_future_does_not_push_today_s_out(filled: Store) -> None:
    for ahead in range(3):
        make(filled, TODAY + timedelta(days=400 + ahead), number=3)
    for day in range(2):
        make(filled, TODAY + timedelta(days=day), number=3)
    assert {TODAY, TODAY + timedelta(days=1)} < set(days(filled))
    assert len(days(filled)) == 3


def test_a_broken_store_is_never_copied_over_a_good_copy(filled: Store) -> None:
    good = make(filled)
    before = good.read_bytes()
    spoil(filled)
    for day in (TODAY, TODAY + timedelta(days=1)):
        with pytest.raises(StoreError, match="damaged"):
            make(filled, day, number=1)
    assert good.read_bytes() == before
    assert [p.name for p in good.parent.iterdir()] == [good.name]


def test_a_store_that_exceeds_the_limit_alone_is_not_copied(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    good = make(filled)
    with pytest.raises(StoreError, match="larger"):
        make(filled, TODAY + timedelta(days=1), megabytes=0)
    assert good.exists()


def test_no_copy_is_made_while_the_disk_is_nearly_full(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(filled.path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=copies.RESERVE_BYTES))
    with pytest.raises(StoreError, match="too little space"):
        make(filled)
    assert days(filled) == []


def test_a_copy_that_is_not_wanted_any_more_leaves_nothing(filled: Store) -> None:
    with pytest.raises(NotWantedError):
        copies.make(filled.path, TODAY, number=7, megabytes=500, wanted=lambda: False)
    assert list(copies.folder(filled.path).iterdir()) == []


def test_other_files_in_the_folder_are_left_alone(filled: Store) -> None:
    path = make(filled)
    for name in ("Notiz.txt", "lesart-2026-99-99.db", "lesart-2020-01-01.db.part"):
        (path.parent / name).write_text("meins")
    make(filled, TODAY + timedelta(days=1), number=1)
    assert len(list(path.parent.iterdir())) == 4


def test_a_writer_is_not_kept_waiting_by_a_copy(filled: Store) -> None:
    added: list[int] = []

    def wanted() -> bool:
        added.extend(add_many(filled, 1, 1, start=1000 + len(added)))
        return True

    path = copies.make(filled.path, TODAY, number=7, megabytes=500, wanted=wanted)
    assert added
    assert examine(path).articles == 20
    assert filled.read(listing.counts, NOW).total == 20 + len(added)

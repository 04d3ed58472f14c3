"""Language, dates, relative times and numbers."""

from __future__ import annotations

import errno
import gettext
import os
import sys
from datetime import UTC, datetime, timedelta

import pytest

from reader import i18n
from reader.errors import SYSTEM_TEXTS, LesartError

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=20), "gerade eben"),
        (timedelta(minutes=40), "vor 40 Minuten"),
        (timedelta(hours=3), "vor 3 Stunden"),
        (timedelta(days=2), "vor 2 Tagen"),
        (timedelta(days=30), "25.10.2026"),
        (timedelta(days=-3), "27.11.2026"),
    ],
)
def test_an_age_is_told_as_a_reader_would(age: timedelta, words: str) -> None:
    assert i18n.relative_text(NOW - age, NOW) == words


def test_a_date_is_local_and_written_out() -> None:
    assert i18n.date_text(NOW) == "Dienstag, 24. November 2026, 13:00"
    i18n.install("en")
    assert i18n.date_text(NOW) == "Tuesday, 24 November 2026, 13:00"
    assert i18n.relative_text(NOW - timedelta(hours=3), NOW) == "3 hours ago"


@pytest.mark.parametrize(
    ("flag", "configured", "environ", "language"),
    [
        (None, None, {}, "de"),
        (None, None, {"LANG": "en_US.UTF-8"}, "en"),
        (None, None, {"LANG": "de_AT.UTF-8"}, "de"),
        (None, None, {"LC_ALL": "C", "LANG": "en_US"}, "de"),
        (None, "de", {"LANG": "en_US.UTF-8"}, "de"),
        ("en", "de", {}, "en"),
        ("xx", None, {}, "de"),
    ],
)
def test_flag_before_configuration_before_locale(
    flag: str | None, configured: str | None, environ: dict[str, str], language: str
) -> None:
    assert i18n.choose(flag, configured, environ) == language


def test_an_error_is_told_in_the_language_in_use() -> None:
    error = LesartError("There is no feed “{feed}”.", hint="“lesart feeds” lists them with their numbers.", feed="x")
    assert i18n.describe(error)[0] == "Es gibt keinen Feed „x“."
    i18n.install("en")
    assert i18n.describe(error)[0] == "There is no feed “x”."


def test_numbers_are_grouped() -> None:
    assert i18n.number_text(12345) == "12.345"


def test_the_system_s_own_words_for_common_troubles_are_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loud(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper()

    monkeypatch.setattr(i18n._State, "translations", Loud())
    assert i18n.describe(LesartError("x", detail="No space left on device"))[1] == "NO SPACE LEFT ON DEVICE"
    assert i18n.describe(LesartError("x", detail="from a server"))[1] == "from a server"


@pytest.mark.skipif(sys.platform != "linux", reason="the words are those of glibc")
def test_the_commonest_troubles_of_the_system_have_words_to_translate() -> None:
    of_files = (
        "ENOSPC EDQUOT EFBIG EACCES EPERM EROFS ENOENT ENOTDIR EISDIR EEXIST ENAMETOOLONG ELOOP EMFILE ENFILE EIO"
    )
    of_devices = "ENODEV ENXIO EBUSY ETXTBSY EXDEV ENOTEMPTY ESTALE EREMOTEIO EOPNOTSUPP EINVAL EBADF ESPIPE EOVERFLOW"
    of_nets = "ECONNREFUSED ECONNRESET ECONNABORTED ENETUNREACH ENETDOWN EHOSTUNREACH EHOSTDOWN ETIMEDOUT EADDRINUSE"
    of_processes = "EPIPE EAGAIN EINTR ENOMEM ENOEXEC EADDRNOTAVAIL ENOTCONN"
    numbers = " ".join((of_files, of_devices, of_nets, of_processes)).split()
    assert {os.strerror(getattr(errno, name)) for name in numbers} <= SYSTEM_TEXTS

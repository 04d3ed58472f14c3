"""Progress, reports and errors as lines."""

from __future__ import annotations

import pytest

from reader.errors import AnalysisError, FetchError, LesartError, StoreError
from reader.feeds.problems import status_error
from reader.library import FeedResult, Progress, RefreshReport
from reader.library.events import decode, encode_failure, encode_progress, encode_report
from reader.library.report import ANALYSING


def test_progress_round_trips() -> None:
    progress = Progress(feed_id=3, title="Blatt „A“\n", done=1, total=2, new=3, error="Fehler", phase=ANALYSING)
    line = encode_progress(progress)
    assert "\n" not in line
    assert decode(line) == progress


def test_a_report_round_trips_with_its_errors() -> None:
    error = FetchError("{host} is gone ({n})", detail="d", hint="h {host}", host="example.org", n=3)
    results = (
        FeedResult(feed_id=1, title="A", address="https://a/", status="ok", new=2, updated=1),
        FeedResult(feed_id=2, title="B", address="https://b/", status="error", error=error),
    )
    again = decode(encode_report(RefreshReport(results, AnalysisError("the child is gone"))))
    assert isinstance(again, RefreshReport)
    assert (again.new, again.results[0]) == (2, results[0])
    assert type(again.trouble) is AnalysisError
    assert str(again.trouble) == "the child is gone"
    (failed,) = again.failed
    assert type(failed.error) is FetchError
    assert str(failed.error) == str(error)
    assert failed.error.hint == error.hint


def test_a_failure_round_trips() -> None:
    again = decode(encode_failure(StoreError("{file} is gone", file="x")).encode())
    assert isinstance(again, StoreError)
    assert str(again) == "x is gone"


def test_an_error_with_fields_of_its_own_comes_back_as_the_kind_a_person_may_meet() -> None:
    error = status_error(503, "https://example.org/feed", 0)
    again = decode(encode_failure(error))
    assert type(again) is FetchError
    assert str(again) == str(error) == "example.org is out of order (HTTP 503)."


def test_an_error_of_a_newer_program_is_still_an_error() -> None:
    line = encode_failure(StoreError("gone")).replace("StoreError", "FutureError")
    assert type(decode(line)) is LesartError


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"event": "dance"}', "Hallo"])
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the standard library's words or ours
        decode(line)

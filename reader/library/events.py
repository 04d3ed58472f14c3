"""Errors, progress and reports as JSON: for the store and between the processes.

An error is kept as message id and values, so that it is translated when it is shown, not when it happened.
"""

from __future__ import annotations

import json
from typing import Any

from reader import errors
from reader.errors import LesartError
from reader.library.report import FeedResult, Progress, RefreshReport

_CLASSES = {
    name: found for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, LesartError)
}


def error_to_dict(error: LesartError) -> dict[str, Any]:
    """The error as JSON values; of a class that ``reader.errors`` does not know, as the nearest that it does."""
    values = {key: value if isinstance(value, int) else str(value) for key, value in error.values.items()}
    return {
        "class": next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _CLASSES),
        "title": error.title,
        "detail": error.detail,
        "hint": error.hint,
        "values": values,
    }


def error_from_dict(data: dict[str, Any]) -> LesartError:
    """The error again; an unknown class becomes a plain ``LesartError``."""
    found = _CLASSES.get(data["class"], LesartError)
    return found(data["title"], detail=data["detail"], hint=data["hint"], **data["values"])


def encode_progress(progress: Progress) -> str:
    """One line without its line feed."""
    return json.dumps(
        {
            "event": "progress",
            "feed_id": progress.feed_id,
            "title": progress.title,
            "done": progress.done,
            "total": progress.total,
            "new": progress.new,
            "error": progress.error,
            "phase": progress.phase,
        }
    )


def encode_report(report: RefreshReport) -> str:
    """The last line, without its line feed."""
    return json.dumps(
        {
            "event": "report",
            "results": [
                {
                    "feed_id": result.feed_id,
                    "title": result.title,
                    "address": result.address,
                    "status": result.status,
                    "new": result.new,
                    "updated": result.updated,
                    "pages": result.pages,
                    "error": None if result.error is None else error_to_dict(result.error),
                }
                for result in report.results
            ],
            "trouble": None if report.trouble is None else error_to_dict(report.trouble),
        }
    )


def encode_failure(error: LesartError) -> str:
    """The last line instead of a report, when the refresh as a whole could not be done."""
    return json.dumps({"event": "failure", "error": error_to_dict(error)})


def decode(line: str | bytes) -> Progress | RefreshReport | LesartError:
    """What one line says; raises ``ValueError`` for anything else."""
    data = json.loads(line)
    match data.get("event") if isinstance(data, dict) else None:
        case "progress":
            return Progress(**{key: value for key, value in data.items() if key != "event"})
        case "report":
            return RefreshReport(tuple(_result(result) for result in data["results"]), _error(data["trouble"]))
        case "failure":
            return error_from_dict(data["error"])
    raise ValueError(f"not an event: {line!r}")


def _result(data: dict[str, Any]) -> FeedResult:
    error = data.pop("error")
    return FeedResult(**data, error=_error(error))


def _error(data: dict[str, Any] | None) -> LesartError | None:
    return None if data is None else error_from_dict(data)

"""How a person left the screen: what was switched by a key, so that the next start shows it again.

A small file beside the store; the configuration stays the person's own. A setting that was changed there since counts
more than what a key did before.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from reader.config import ViewConfig
from reader.paths import Paths

logger = logging.getLogger(__name__)

SWITCHED = ("theme", "sidebar", "highlights", "first_point", "together")
"""The settings under [view] that keys switch."""
_MOST_BYTES = 10_000


class Lookback:
    """What was switched, over what is configured."""

    def __init__(self, paths: Paths, configured: ViewConfig) -> None:
        self._path = paths.data / "view.json"
        self._configured = asdict(configured)
        self._chosen = _read(self._path, self._configured)
        self.view = replace(configured, **self._chosen)
        """What the screen shows at start."""

    def switched(self, **values: str | bool) -> None:
        """Keep these settings, of those in ``SWITCHED``; where nothing can be written they hold until the end."""
        after = {**self._chosen, **values}
        after = {name: value for name, value in after.items() if value != self._configured[name]}
        if after == self._chosen:
            return
        self._chosen = after
        kept = {name: {"instead_of": self._configured[name], "is": value} for name, value in after.items()}
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        try:
            part.write_text(json.dumps(kept), "utf-8")
            part.replace(self._path)
        except OSError as error:
            logger.info("the view is not kept: %s", error.strerror)


def _read(path: Path, configured: dict[str, Any]) -> dict[str, Any]:
    """What is kept and fits; a file that cannot be read, or that somebody else has written, is as none."""
    try:
        with path.open("rb") as file:
            kept = json.loads(file.read(_MOST_BYTES))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        logger.info("the kept view cannot be read: %s", type(error).__name__)
        return {}
    found: dict[str, Any] = {}
    for name in SWITCHED if isinstance(kept, dict) else ():
        entry = kept.get(name)
        if not isinstance(entry, dict) or entry.get("instead_of") != configured[name]:
            continue
        value = entry.get("is")
        fits = value in ("dark", "light") if name == "theme" else isinstance(value, bool)
        if fits:
            found[name] = value
    return found

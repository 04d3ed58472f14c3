"""One TOML file becomes one frozen ``Config``; unknown keys are refused with file, line and nearest valid key."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from reader.errors import N_, ConfigError
from reader.model import retention
from reader.model.retention import Retention, RuleError
from reader.model.settings import FullText


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchConfig:
    """How addresses are fetched."""

    contact: str = ""
    """An address or page that is put into the user agent, so that publishers can reach the reader's owner."""
    timeout_seconds: int = 20
    connect_seconds: int = 10
    interval_minutes: int = 60
    """The shortest time between two fetches of a feed that are not asked for; at least 15, at most a day."""
    automatic: bool = True
    """Whether the open reader fetches feeds that are due without being asked."""
    per_host: int = 1
    concurrent: int = 128
    max_megabytes: int = 16
    full_text: str = FullText.AUTOMATIC.value
    """Whether the pages of a new feed's articles are fetched: ``automatic`` (teasers), ``always`` or ``never``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewConfig:
    """What the screen shows at start."""

    theme: str = ""
    """``dark``, ``light`` or ``ansi`` (the terminal's own colours), checked by the interface; empty: dark."""
    sidebar: bool = True
    highlights: bool = True
    first_point: bool = False
    """Whether every story of the list shows its first key point."""
    together: bool = True
    """Whether articles that tell the same story stand in one row."""
    text_width: int = 80
    """The widest line of running text, in cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepConfig:
    """How long articles are kept, and the daily copies."""

    rule: str = ""
    """In words, see ``reader.model.retention``; empty: everything is kept."""
    copies: int = 7
    """Daily copies at most; 0 for none."""
    copies_megabytes: int = 500
    """All of them together at most."""

    @property
    def retention(self) -> Retention:
        """The rule's meaning."""
        return retention.parse(self.rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings; a setting exists only where two sensible people would choose differently."""

    language: str = ""
    """``de``, ``en`` or empty: decided by the locale."""
    exports: str = ""
    """Where exports go; empty: the folder "Lesart" in the documents folder."""
    fetch: FetchConfig = field(default_factory=FetchConfig)
    view: ViewConfig = field(default_factory=ViewConfig)
    keep: KeepConfig = field(default_factory=KeepConfig)
    keys: dict[str, str] = field(default_factory=dict)
    """Action id to keys, comma separated; checked by the interface against its actions."""


_CHOICES = {"language": ("de", "en"), "full_text": tuple(way.value for way in FullText)}
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
"""Where tomllib saw the trouble; the end of the document has no number."""

_Section = TypeVar("_Section", FetchConfig, ViewConfig, KeepConfig)


def load(path: Path) -> Config:
    """The file's settings over the defaults; a missing file means the defaults. Raises ``ConfigError``."""
    try:
        source = path.read_text("utf-8")
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise ConfigError(
            N_("The configuration {file} cannot be read."),
            detail=error.strerror or str(error),
            hint=N_("Check that it is a file and its permissions, or move it away to start with defaults."),
            file=path,
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            N_("{file}, line {line}: this is not UTF-8."),
            hint=N_("Store the file as UTF-8, or move it away to start with defaults."),
            file=path,
            line=error.object.count(b"\n", 0, error.start) + 1,
        ) from error
    try:
        tables = tomllib.loads(source)
    except (ValueError, RecursionError) as error:  # also a number or a nesting that Python does not take
        raise ConfigError(
            N_("{file}, line {line}: this is not valid TOML."),
            detail=_PLACE.sub("", str(error)),
            hint=N_("Mend that line, or move the file away to start with defaults."),
            file=path,
            line=_place(str(error)) or source.rstrip().count("\n") + 1,
        ) from error
    return _config(tables, source, path)


def _place(message: str) -> str | None:
    found = _PLACE.search(message)
    return found[1] if found else None


def _config(tables: dict[str, Any], source: str, path: Path) -> Config:
    config = Config()
    for key, value in tables.items():
        if key == "fetch":
            config = replace(config, fetch=_section(FetchConfig(), key, value, source, path))
        elif key == "view":
            config = replace(config, view=_section(ViewConfig(), key, value, source, path))
        elif key == "keep":
            config = replace(config, keep=_section(KeepConfig(), key, value, source, path))
            _check_rule(config.keep, source, path)
        elif key == "keys":
            config = replace(config, keys=_keys(value, source, path))
        elif key in ("language", "exports"):
            _check(key, "", value, source, path)
            config = replace(config, language=value) if key == "language" else replace(config, exports=value)
        else:
            raise _unknown(key, [f.name for f in fields(Config)], source, path)
    return config


def _section(default: _Section, name: str, table: object, source: str, path: Path) -> _Section:
    if not isinstance(table, dict):
        raise _wrong(name, source, path, "", _EXPECTED, expected=f"[{name}]")
    known = {f.name: getattr(default, f.name) for f in fields(default)}
    for key, value in table.items():
        if key not in known:
            raise _unknown(key, list(known), source, path, name)
        _check(key, known[key], value, source, path, name)
    return replace(default, **table)


def _check(key: str, default: object, value: object, source: str, path: Path, table: str = "") -> None:
    if not _fits(key, default, value):
        hint, values = _expected(key, default)
        raise _wrong(key, source, path, table, hint, **values)


def _fits(key: str, default: object, value: object) -> bool:
    if type(value) is not type(default):
        return False
    if key in _CHOICES:
        return value in (default, *_CHOICES[key])
    if isinstance(value, int) and not isinstance(value, bool):
        least, most = _BOUNDS.get(key, (1, None))
        return value >= least and (most is None or value <= most)
    return True


def _expected(key: str, default: object) -> tuple[str, dict[str, Any]]:
    """A hint and what fills its placeholders."""
    if key in _CHOICES:
        return _EXPECTED, {"expected": ", ".join(f'"{choice}"' for choice in _CHOICES[key])}
    if isinstance(default, bool):
        return _EXPECTED, {"expected": "true / false"}
    if isinstance(default, int):
        least, most = _BOUNDS.get(key, (1, None))
        if most is None:
            return N_("Expected: a whole number, at least {least}."), {"least": least}
        return N_("Expected: a whole number from {least} to {most}."), {"least": least, "most": most}
    return N_("Expected: a text in quotation marks."), {}


_EXPECTED = N_("Expected: {expected}.")
_BOUNDS: dict[str, tuple[int, int | None]] = {
    "copies": (0, None),
    "interval_minutes": (15, 1440),
    "timeout_seconds": (1, 3600),
    "connect_seconds": (1, 3600),
    "per_host": (1, 1000),
    "concurrent": (1, 1000),
    "max_megabytes": (1, 1000),
    "text_width": (20, None),
}
"""Least and greatest number of a setting, where it is not one from 1 on."""


def _check_rule(keep: KeepConfig, source: str, path: Path) -> None:
    try:
        retention.parse(keep.rule)
    except RuleError as error:
        raise ConfigError(
            N_("{file}, line {line}: the rule is not understood at “{part}”."),
            hint=N_("Write it like this: “{example}”."),
            file=path,
            line=_line("rule", source, "keep"),
            part=error.part,
            example="gelesene nach 90 Tagen, ungelesene nach 365 Tagen, gemerkte nie",
        ) from error


def _keys(table: object, source: str, path: Path) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise _wrong("keys", source, path, "", _EXPECTED, expected='[keys] … = "j,down"')
    return dict(table)


def _line(key: str, source: str, table: str = "") -> int:
    """The line that sets a key of this table (the top level without one); the first line when it is not found."""
    wanted = re.compile(rf"\s*(?:\[\s*)?[\"']?{re.escape(key)}\b")
    current = ""
    for number, line in enumerate(source.splitlines(), 1):
        if header := re.match(r"\s*\[\s*([\w-]+)\s*\]", line):
            current = header[1]
            if not table and current == key:
                return number
        elif current == table and wanted.match(line):
            return number
    return 1


def _unknown(key: str, known: list[str], source: str, path: Path, table: str = "") -> ConfigError:
    import difflib  # only mistakes need it

    near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
    return ConfigError(
        N_("{file}, line {line}: there is no setting “{key}”."),
        hint=N_("Did you mean “{near}”? Known here: {known}."),
        file=path,
        line=_line(key, source, table),
        key=key,
        near=near[0],
        known=", ".join(known),
    )


def _wrong(key: str, source: str, path: Path, table: str, hint: str, **values: Any) -> ConfigError:
    return ConfigError(
        N_("{file}, line {line}: “{key}” has a value that does not fit."),
        hint=hint,
        file=path,
        line=_line(key, source, table),
        key=key,
        **values,
    )

"""The interface language: catalogues, and dates, relative times and numbers in the customary form.

Message ids are English; the German catalogue is the default. ``install`` is called once, before any screen is built.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from reader.errors import SYSTEM_TEXTS, LesartError

LANGUAGES = ("de", "en")
_CATALOGUES = Path(__file__).parent / "locale"


class _State:
    language = "de"
    translations: _gettext.NullTranslations = _gettext.NullTranslations()


def install(language: str) -> None:
    """Use this language from now on; raises ``FileNotFoundError`` when its catalogue is missing."""
    _State.translations = _gettext.translation("lesart", str(_CATALOGUES), languages=[language])
    _State.language = language
    _relative.cache_clear()


def choose(flag: str | None, configured: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """``--lang`` before the configuration before the locale; German unless the locale says English."""
    for wish in (flag, configured):
        if wish in LANGUAGES:
            return wish
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "de"
    return "de"


def language() -> str:
    """The language in use, ``de`` or ``en``."""
    return _State.language


def _(message: str) -> str:
    """The message in the language in use."""
    return _State.translations.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message in the number's form; fill ``{n}`` with ``number_text``."""
    return _State.translations.ngettext(singular, plural, number)


def describe(error: LesartError) -> tuple[str, str, str]:
    """Title, detail and hint of an error in the language in use."""
    return (
        _(error.title).format(**error.values),
        _(error.detail) if error.detail in SYSTEM_TEXTS else error.detail,
        _(error.hint).format(**error.values) if error.hint else "",
    )


def worded(error: LesartError) -> str:
    """What happened and why, on one line, in the language in use."""
    title, detail, _hint = describe(error)
    return f"{title} ({detail})" if detail else title


def number_text(number: int) -> str:
    """1234 as 1.234 in German."""
    if 0 <= number < 1000:
        return str(number)
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_State.language)


def date_text(moment: datetime) -> str:
    """A full date with its time in the local zone: "Freitag, 17. November 2023, 21:28"."""
    from babel.dates import format_datetime

    pattern = "EEEE, d. MMMM y, HH:mm" if _State.language == "de" else "EEEE, d MMMM y, HH:mm"
    return format_datetime(_local(moment), pattern, locale=_State.language)


def short_date_text(moment: datetime) -> str:
    """A date in figures: "17.11.2023"."""
    from babel.dates import format_date

    pattern = "dd.MM.y" if _State.language == "de" else "d MMM y"
    return format_date(_local(moment).date(), pattern, locale=_State.language)


def _local(moment: datetime) -> datetime:
    """The moment in the local zone; at either end of the calendar, where that cannot be told, as it is."""
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):
        return moment


def relative_text(moment: datetime, now: datetime, *, short: bool = False) -> str:
    """ "vor 3 Stunden" within a week, else the short date; a moment ahead of ``now`` is shown by its date.
    ``short``: "vor 3 Std.", for lists.
    """
    age = now - moment
    if age < timedelta(minutes=-1) or age >= timedelta(days=7):
        return short_date_text(moment)
    return _relative(max(0, int(age.total_seconds()) // 60), _State.language, short)


@lru_cache(maxsize=4096)
def _relative(minutes: int, language: str, short: bool) -> str:
    from babel.dates import format_timedelta

    if minutes < 1:
        return _("just now")
    return format_timedelta(
        -timedelta(minutes=minutes),
        add_direction=True,
        threshold=1,
        locale=language,
        format="short" if short else "long",
    )

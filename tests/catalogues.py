"""The message catalogues: ``python -m tests.catalogues`` collects the message ids of the package, brings both catalogues
up to date and compiles them. Translations are written into the ``.po`` files by hand; the English one says what its ids say.

``python -m tests.catalogues --merge FILE.json`` first takes over translations from {"message id": "Übersetzung"} files.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import reader

PACKAGE = Path(reader.__file__).parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
LANGUAGES = ("de", "en")
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""A date of compilation would change the file without a change of content."""


def extract() -> Catalog:
    """All message ids of the package, in file order."""
    catalogue = Catalog(project="lesart", version=reader.__version__, charset="utf-8")
    found = extract_from_dir(
        PACKAGE, method_map=[("locale/**", "ignore"), ("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True
    )
    for name, _line, message, _comments, context in found:
        catalogue.add(message, locations=[(name, 1)], context=context)
    return catalogue


def po_file(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "lesart.po"


def load(language: str) -> Catalog:
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language, project="lesart", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, template: Catalog, extra: dict[str, str | list[str]]) -> Catalog:
    """The language's catalogue with exactly the template's ids; English answers with the id itself."""
    old = load(language)
    new = Catalog(
        locale=language, project="lesart", version=reader.__version__, charset="utf-8", fuzzy=False, header_comment="#"
    )
    for message in sorted((m for m in template if m.id), key=_key):
        known = old.get(message.id)
        text = known.string if known is not None else ""
        key = "\0".join(message.id) if isinstance(message.id, tuple) else message.id
        if key in extra and language == "de":
            given = extra[key]
            text = tuple(given) if isinstance(given, list) else given
        if language == "en":
            text = message.id
        new.add(message.id, text or ("" if isinstance(message.id, str) else ("", "")), locations=message.locations)
    return new


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def po_bytes(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=100, sort_output=False, omit_header=False, no_location=True)
    lines = out.getvalue().decode().splitlines()
    # Dates of extraction would change the file without a change of content.
    return ("\n".join(line for line in lines if "-Date:" not in line) + "\n").encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    catalogue.creation_date = UNDATED
    write_mo(out, catalogue)
    return out.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Ids without a translation."""
    return [_key(m) for m in catalogue if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]


def main(arguments: list[str]) -> int:
    extra: dict[str, str | list[str]] = {}
    for name in arguments[1:] if arguments[:1] == ["--merge"] else []:
        extra |= json.loads(Path(name).read_text("utf-8"))
    template = extract()
    status = 0
    for language in LANGUAGES:
        catalogue = updated(language, template, extra)
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(load(language)))
        for text in missing(catalogue):
            print(f"{language}: {text!r} is not translated")
            status = 1
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

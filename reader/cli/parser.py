"""The grammar of the command line."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

from reader import __version__
from reader.config import Config
from reader.errors import N_, UsageError
from reader.i18n import LANGUAGES, _
from reader.paths import Paths

_GREATEST = 2**63 - 1
"""The greatest number that can be stored."""

_FEW = 6
"""So many choices are told when none of them was given."""

Command = Callable[[argparse.Namespace, Paths, Config], int]

# argparse speaks through gettext's default domain; these are its own words, listed so that the catalogues hold them.
_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("not allowed with argument %s"),
    N_("%(prog)s: error: %(message)s\n"),
)


class _Parser(argparse.ArgumentParser):
    """Refuses a wrong command line as a ``UsageError``."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            N_("The command line is not right: {problem}."),
            hint=N_("See {program} --help."),
            problem=message.rstrip("."),
            program=self.prog,
        )

    def _check_value(self, action: argparse.Action, value: object) -> None:
        # argparse's own words quote as Python does, and differ from one version of it to the next.
        if action.choices is None or value in action.choices:
            return
        near = _nearest(str(value), action.choices)
        if near:
            text = _("“{value}” is not known here; perhaps “{near}” is meant")
            raise argparse.ArgumentError(action, text.format(value=str(value)[:100], near=near))
        known = ", ".join(_("“{text}”").format(text=choice) for choice in action.choices)
        text = _("“{value}” is not known here (known: {choices})")
        raise argparse.ArgumentError(action, text.format(value=str(value)[:100], choices=known))


def _nearest(value: str, choices: Iterable[object]) -> str:
    """The one of many choices that the value is like, or ""; few are better told all."""
    known = [str(choice) for choice in choices]
    if len(known) <= _FEW:
        return ""
    import difflib  # only mistakes need it

    return next(iter(difflib.get_close_matches(value, known, n=1)), "")


def _whole(text: str) -> int:
    """A whole number as it is typed."""
    try:
        number = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number").format(text=text[:100])) from error
    if abs(number) > _GREATEST:
        raise argparse.ArgumentTypeError(_("“{text}” is too large").format(text=text[:100]))
    return number


def _name(text: str) -> str:
    """The name of a file."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("the name is empty"))
    return text


def early_options(arguments: Sequence[str]) -> argparse.Namespace:
    """``--home`` and ``--lang`` wherever they stand, before anything else is understood."""
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--home", default=None)
    parser.add_argument("--lang", default=None)
    try:
        return parser.parse_known_args(list(arguments))[0]
    except UsageError:
        # A flag without its value: the full parser says so, in the right words and language.
        return argparse.Namespace(home=None, lang=None)


def joined(arguments: Sequence[str]) -> list[str]:
    """The arguments as argparse takes them: what follows ``--search`` is its words, also where they begin with a
    minus, which leaves words out and is no option of ours.
    """
    taken: list[str] = []
    for argument in arguments:
        if taken and taken[-1] == "--search" and argument.startswith("-") and not argument.startswith("--"):
            taken[-1] += f"={argument}"
        else:
            taken.append(argument)
    return taken


def command(options: argparse.Namespace) -> Command:
    """The function that carries out what was asked; its module is imported here and not before."""
    module, name = options.run
    found: Command = getattr(importlib.import_module(f"reader.cli.{module}"), name)
    return found


def build() -> argparse.ArgumentParser:
    """All commands, with their help in the interface language."""
    _speak_our_language()
    common = _Parser(add_help=False, allow_abbrev=False)
    common.add_argument("--home", metavar=_("FOLDER"), help=_("keep configuration, data and cache in this folder"))
    common.add_argument("--lang", choices=LANGUAGES, help=_("language of the interface"))
    parser = _Parser(
        prog="lesart",
        parents=[common],
        allow_abbrev=False,
        description=_("Reads German news in the terminal and shows who says so."),
        epilog=_("Without a command the reader opens. Data goes to stdout, everything else to stderr."),
    )
    version = f"lesart {__version__}"
    parser.add_argument("-V", "--version", action="version", version=version, help=_("show the version"))
    parser.set_defaults(run=("screen", "read"))
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), parser_class=_Parser)

    def add(name: str, module: str, text: str, function: str | None = None) -> argparse.ArgumentParser:
        aliases = ["analyze"] if name == "analyse" else []
        sub = commands.add_parser(
            name, aliases=aliases, help=text, description=text, parents=[_late()], allow_abbrev=False
        )
        sub.set_defaults(run=(module, function or name))
        return sub

    _add_subscriptions(add)
    _add_files(add)
    _add_articles(add)
    _add_analysis(add)
    add("demo", "screen", _("open the bundled demo edition, without any network"))
    return parser


def _speak_our_language() -> None:
    """Give argparse our catalogues: it binds gettext's default domain when it is imported, and offers no other way."""
    words = vars(argparse)
    words["_"] = lambda text: _(text)
    words["ngettext"] = lambda one, many, number: _(one) if number == 1 else _(many)


def _late() -> _Parser:
    """The common options once more behind the command, where an absent one must not undo one before it."""
    again = _Parser(add_help=False, allow_abbrev=False)
    again.add_argument("--home", metavar=_("FOLDER"), default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    again.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return again


def _add_subscriptions(add: Callable[..., argparse.ArgumentParser]) -> None:
    sub = add("add", "subscriptions", _("subscribe to a feed, or to the feed that a page names"))
    sub.add_argument(
        "address",
        metavar=_("ADDRESS"),
        nargs="+",
        help=_("address of a feed or of a page, or a name of the catalogue"),
    )
    sub.add_argument("--folder", metavar=_("NAME"), default="", help=_("folder to put it in"))
    sub.add_argument("--title", metavar=_("TEXT"), default="", help=_("title instead of the feed's own"))
    sub.add_argument(
        "--full-text",
        choices=("automatic", "always", "never"),
        help=_("whether to fetch the pages of its articles: of teasers, of all, of none"),
    )
    _add_access(sub)
    sub.add_argument("--preview", action="store_true", help=_("only show what is there and subscribe to nothing"))
    sub.add_argument("--json", action="store_true", help=_("as JSON"))
    _add_settings(add)
    sub = add("remove", "subscriptions", _("end a subscription; starred articles stay"))
    sub.add_argument("feed", metavar=_("FEED"), help=_("number, address or title, see “lesart feeds”"))
    sub = add("feeds", "subscriptions", _("list the subscriptions and how they are doing"))
    sub.add_argument("what", metavar="check", nargs="?", choices=("check",), help=_("the same as --check"))
    sub.add_argument("--check", action="store_true", help=_("ask each feed now and store nothing"))
    sub.add_argument("--json", action="store_true", help=_("as JSON"))
    sub = add("catalogue", "catalogue", _("list the feeds that can be subscribed to by name"))
    sub.add_argument("--country", choices=("DE", "AT", "CH", "LI", "LU"), help=_("of one country"))
    sub.add_argument("--search", metavar=_("WORDS"), default="", help=_("with these words in name, section or address"))
    sub.add_argument("--check", action="store_true", help=_("ask each feed now and store nothing"))
    sub.add_argument("--json", action="store_true", help=_("as JSON"))
    sub = add("refresh", "refresh", _("fetch all feeds, or the ones named"))
    sub.add_argument("feed", metavar=_("FEED"), nargs="*", help=_("number, address or title, see “lesart feeds”"))
    sub.add_argument("--json", action="store_true", help=_("the report as JSON"))
    sub.add_argument("--no-pages", dest="pages", action="store_false", help=_("fetch no pages of articles"))
    when = sub.add_mutually_exclusive_group()
    when.add_argument("--force", action="store_true", help=_("ask even servers that want to be left alone"))
    when.add_argument("--due", action="store_true", help=_("only feeds whose next try has come; for timers"))


def _add_settings(add: Callable[..., argparse.ArgumentParser]) -> None:
    sub = add("set", "settings", _("treat one feed otherwise than the rest"), "set_feed")
    sub.add_argument("feed", metavar=_("FEED"), help=_("number, address or title, see “lesart feeds”"))
    sub.add_argument("--title", metavar=_("TEXT"), help=_("title instead of the feed's own; empty for its own"))
    sub.add_argument("--folder", metavar=_("NAME"), help=_("folder to put it in; empty for none"))
    sub.add_argument(
        "--full-text", choices=("automatic", "always", "never"), help=_("whether the pages of its articles are fetched")
    )
    _add_access(sub)


def _add_access(sub: argparse.ArgumentParser) -> None:
    """How the server of one feed is asked."""
    sub.add_argument(
        "--proxy", metavar=_("ADDRESS"), help=_("proxy for this feed, “direct” for none, empty for the environment's")
    )
    sub.add_argument("--login", metavar=_("NAME"), help=_("user name for its server (basic authentication)"))
    sub.add_argument(
        "--header",
        metavar=_("NAME=VALUE"),
        action="append",
        default=[],
        help=_("header to send to its server; the value env:VARIABLE comes from the environment, an empty one ends it"),
    )
    sub.add_argument(
        "--password-from-stdin", action="store_true", help=_("read the password and put it into the system's keyring")
    )


def _add_files(add: Callable[..., argparse.ArgumentParser]) -> None:
    sub = add("import", "files", _("subscribe to what another reader's list holds; fetches nothing yet"), "import_list")
    sub.add_argument("file", type=_name, metavar=_("FILE|-"), help=_("OPML, or newsboat's “urls”; - is stdin"))
    sub = add("export-opml", "files", _("write all subscriptions as OPML"), "export_opml")
    sub.add_argument(
        "file", type=_name, metavar=_("FILE|-"), nargs="?", default="-", help=_("where to; - is stdout (default)")
    )
    sub.add_argument("--force", action="store_true", help=_("replace a file that is there"))
    sub = add("backup", "upkeep", _("copy everything that is stored, and the configuration, into one file"))
    sub.add_argument("file", type=_name, metavar=_("FILE"), help=_("where to"))
    sub.add_argument("--force", action="store_true", help=_("replace a file that is there"))
    sub = add("restore", "upkeep", _("put a backup in the place of what is stored"))
    sub.add_argument(
        "file", type=_name, metavar=_("FILE"), help=_("a file that “lesart backup” has written, or a daily copy")
    )
    sub.add_argument("--force", action="store_true", help=_("replace what is stored now; a copy of it is kept"))
    sub = add("tidy", "upkeep", _("let articles go by the rule under [keep]"))
    sub.add_argument("--dry-run", action="store_true", help=_("only say which ones"))
    sub.add_argument("--json", action="store_true", help=_("as JSON"))
    sub = add("doctor", "upkeep", _("check the installation and say what to do; changes nothing unless asked"))
    ways = sub.add_mutually_exclusive_group()
    ways.add_argument("--repair", action="store_true", help=_("mend what can be mended without loss, after a copy"))
    ways.add_argument("--salvage", action="store_true", help=_("read out what can be read of a damaged database"))
    sub.add_argument("--json", action="store_true", help=_("as JSON"))


def _add_articles(add: Callable[..., argparse.ArgumentParser]) -> None:
    sub = add("list", "articles", _("list articles, newest first"), "list_articles")
    which = sub.add_mutually_exclusive_group()
    which.add_argument("--today", action="store_true", help=_("published today"))
    which.add_argument("--unread", action="store_true", help=_("not read yet"))
    which.add_argument("--starred", action="store_true", help=_("starred"))
    which.add_argument("--feed", metavar=_("FEED"), help=_("of one feed: number, address or title"))
    which.add_argument("--folder", metavar=_("NAME"), help=_("of one folder"))
    sub.add_argument(
        "--search", metavar=_("WORDS"), default="", help=_("with these words in title or text, without each -word")
    )
    sub.add_argument("--limit", metavar="N", type=_whole, default=50, help=_("at most so many (50)"))
    sub.add_argument("--json", action="store_true", help=_("as JSON"))
    sub = add("show", "articles", _("show an article with its key points and sources"))
    sub.add_argument("id", metavar="ID", type=_whole, help=_("number of the article, see “lesart list”"))
    sub.add_argument("--json", action="store_true", help=_("as JSON"))
    sub.add_argument(
        "--full", action="store_true", help=_("fetch the article's page first, where the feed has a teaser")
    )
    sub = add("export", "articles", _("write articles as Markdown or JSON"))
    sub.add_argument("id", metavar="ID", type=_whole, nargs="+", help=_("number of the article, see “lesart list”"))
    sub.add_argument(
        "--format",
        choices=("markdown", "json", "jsonl"),
        default="markdown",
        help=_("what to write; several articles on stdout are one list with json, one line each with jsonl"),
    )
    sub.add_argument("-o", "--output", type=_name, metavar=_("FOLDER|FILE|-"), help=_("where to; - is stdout"))
    sub.add_argument("--force", action="store_true", help=_("replace a file that is there"))

    sub = add("stories", "stories", _("list what several outlets tell, of the last days"))
    sub.add_argument("--limit", metavar="N", type=_whole, default=50, help=_("at most so many (50)"))
    sub.add_argument("--all", action="store_true", help=_("those too that one outlet alone tells"))
    sub.add_argument("--json", action="store_true", help=_("as JSON, with what one outlet has alone"))
    sub.add_argument(
        "--jsonl",
        metavar=_("FILE|-"),
        help=_("read one JSON object per line, with “id”, “title”, “text”, “published”, “outlet”; write its story"),
    )


def _add_analysis(add: Callable[..., argparse.ArgumentParser]) -> None:
    sub = add("analyse", "analysis", _("analyse a text or page: who says so, and what matters most"))
    sub.add_argument(
        "input", type=_name, metavar=_("FILE|-|ADDRESS"), nargs="?", help=_("HTML or plain text; - is stdin")
    )
    sub.add_argument("--format", choices=("json", "markdown", "text"), default="json", help=_("what to print (json)"))
    sub.add_argument("--no-repair", action="store_true", help=_("take plain text as it is, as one body"))
    sub.add_argument(
        "--jsonl",
        metavar=_("FILE|-"),
        help=_("read one JSON object per line, with “id” and “text” or “html”; write one per line"),
    )

"""The command line: one shell over the library. stdout is data, stderr narration; exit 0 done, 1 failed, 2 wrong usage.

Nothing heavy is imported before the command that needs it is known.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from reader.errors import N_, ConfigError, LesartError, UsageError


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``lesart`` with these arguments and return the exit status; never shows a traceback for a foreseen error."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _safe_streams()
    # At the end all goes at once: to look for cycles in it first would take as long as the command's own work.
    atexit.register(gc.freeze)
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except SystemExit as done:
        # argparse leaves so after --help and --version, with everything still to be flushed.
        return _flushed(done.code if isinstance(done.code, int) else 0)
    except LesartError as error:
        _tell(error)
        return 2 if isinstance(error, UsageError | ConfigError) else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`lesart list | head`): nothing is wrong, and nothing more can be said.
        _abandon_stdout()
        return 0
    except OSError as error:
        _tell(LesartError(N_("The output cannot be written."), detail=error.strerror or str(error)))
        _abandon_stdout()
        return 1
    return status


def _flushed(status: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon_stdout()
    except OSError as error:
        _tell(LesartError(N_("The output cannot be written."), detail=error.strerror or str(error)))
        _abandon_stdout()
        return 1
    return status


def _run(arguments: Sequence[str]) -> int:
    if list(arguments) in (["--version"], ["-V"]):
        from reader import __version__

        sys.stdout.write(f"lesart {__version__}\n")
        return 0

    with _loading():
        from reader import config, i18n, paths
        from reader.cli import parser, signals

        # The language decides in which words a wrong command line is refused, so it is settled before parsing.
        early = parser.early_options(arguments)
        i18n.install(i18n.choose(early.lang, None))
        places = paths.resolve(early.home)
        settings = config.load(places.config_file)
        i18n.install(i18n.choose(early.lang, settings.language or None))
        options = parser.build().parse_args(parser.joined(arguments))
        command = parser.command(options)
    with signals.heeded():
        return command(options, places, settings)


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded stays: the collector does not walk through it, neither meanwhile nor ever after."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _safe_streams() -> None:
    # A stream that the caller has closed is None here; what would go there goes nowhere, to the end of the process.
    sys.stdin = sys.stdin or os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # JSON is UTF-8 (RFC 8259, section 8.1) whatever the locale says; so is everything else we print.
            reconfigure(encoding="utf-8", errors="replace")


def _abandon_stdout() -> None:
    """The interpreter flushes stdout once more at exit; there it would fail again, with a traceback."""
    with open(os.devnull, "w") as nothing:  # noqa: PTH123 - os.devnull is not a path of ours
        os.dup2(nothing.fileno(), sys.stdout.fileno())


def _tell(error: LesartError) -> None:
    from reader.cli.output import tell

    tell(error)

"""The errors a person may meet, each with what happened, to what, and what to do.

Texts are English message ids with ``{placeholders}``; the shells translate them. Nothing here imports anything.
"""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the customary name of the gettext marker
    """Mark a message id for the catalogues; it is translated where it is shown."""
    return message


SYSTEM_TEXTS = frozenset(
    {
        N_("No space left on device"),
        N_("Disk quota exceeded"),
        N_("File too large"),
        N_("Permission denied"),
        N_("Operation not permitted"),
        N_("Read-only file system"),
        N_("No such file or directory"),
        N_("Not a directory"),
        N_("Is a directory"),
        N_("File exists"),
        N_("File name too long"),
        N_("Too many open files"),
        N_("Input/output error"),
        N_("Broken pipe"),
        N_("Connection refused"),
        N_("Connection reset by peer"),
        N_("Connection timed out"),
        N_("Network is unreachable"),
        N_("No route to host"),
        N_("Name or service not known"),
        N_("Temporary failure in name resolution"),
        N_("No address associated with hostname"),
        N_("Text file busy"),
        N_("Device or resource busy"),
        N_("Too many levels of symbolic links"),
        N_("Cannot allocate memory"),
        N_("Invalid argument"),
        N_("Bad file descriptor"),
        N_("Illegal seek"),
        N_("Directory not empty"),
        N_("Invalid cross-device link"),
        N_("No such device"),
        N_("No such device or address"),
        N_("Resource temporarily unavailable"),
        N_("Interrupted system call"),
        N_("Stale file handle"),
        N_("Operation not supported"),
        N_("Too many open files in system"),
        N_("Value too large for defined data type"),
        N_("Exec format error"),
        N_("Remote I/O error"),
        N_("Transport endpoint is not connected"),
        N_("Network is down"),
        N_("Host is down"),
        N_("Software caused connection abort"),
        N_("Address already in use"),
        N_("Cannot assign requested address"),
        N_("Non-recoverable failure in name resolution"),
        N_("nodename nor servname provided, or not known"),
        N_("Name does not resolve"),
        N_("Operation timed out"),
        N_("database or disk is full"),
        N_("disk I/O error"),
        N_("attempt to write a readonly database"),
        N_("unable to open database file"),
        N_("database disk image is malformed"),
        N_("file is not a database"),
        N_("database is locked"),
        N_("database table is locked"),
        N_("database schema has changed"),
        N_("locking protocol"),
        N_("out of memory"),
        N_("interrupted"),
        N_("access permission denied"),
    }
)
"""What the system (strerror(3), gai_strerror(3)) and SQLite say of the commonest troubles; as a ``detail`` these are
translated, every other one stays as it was received.
"""


class LesartError(Exception):
    """An error that is told to the person, never shown as a traceback.

    ``title`` says what happened, ``detail`` is the technical reason as received, ``hint`` says what to do.
    ``title`` and ``hint`` are message ids; ``values`` fill their placeholders.
    """

    def __init__(self, title: str, *, detail: str = "", hint: str = "", **values: object) -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint
        self.values = values

    def __str__(self) -> str:
        text = self.title.format(**self.values)
        return f"{text} ({self.detail})" if self.detail else text


class UsageError(LesartError):
    """The command line or an address cannot be understood (exit status 2)."""


class ConfigError(LesartError):
    """The configuration file is wrong: file, line and nearest valid key are named."""


class FetchError(LesartError):
    """An address gave no usable answer."""


class FeedParseError(LesartError):
    """The bytes are not a feed."""


class StoreError(LesartError):
    """The database cannot be opened, read or written."""


class NotFoundError(LesartError):
    """There is no such feed or article."""


class AnalysisError(LesartError):
    """The child process gave up on an article."""


class ExportError(LesartError):
    """The file cannot be written."""

"""Passwords and what else is not in the store: from the environment, else from the system's keyring.

A password belongs to a log-in name at one origin, not to a feed's number: it does not follow a feed to another server.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reader.errors import N_, FetchError, LesartError, UsageError
from reader.feeds.access import FROM_ENVIRONMENT, Access, basic, is_header_value, origin
from reader.model.settings import FeedSettings
from reader.store.feeds import FeedRecord

if TYPE_CHECKING:
    from types import ModuleType

logger = logging.getLogger(__name__)

_SERVICE = "lesart"


def variable(feed_id: int) -> str:
    """The environment variable that holds a feed's password; it comes before the keyring."""
    return f"LESART_PASSWORD_{feed_id}"


async def access_of(record: FeedRecord) -> Access:
    """How this feed is to be asked; raises ``FetchError`` when a secret that it needs is not there."""
    return await access_to(record.id, record.address, record.settings)


async def access_to(feed_id: int, address: str, settings: FeedSettings) -> Access:
    """The same for what is known of a feed elsewhere."""
    if not settings.login:
        return access(feed_id, address, settings)
    return await asyncio.to_thread(access, feed_id, address, settings)  # a keyring may take its time


def access(feed_id: int, address: str, settings: FeedSettings, environ: Mapping[str, str] = os.environ) -> Access:
    """The settings with their secrets filled in; raises ``FetchError``."""
    found = ""
    if settings.login:
        known, trouble = password(feed_id, settings.login, address, environ)
        if not known:
            raise missing(feed_id, settings.login, trouble)
        found = known
    return with_password(settings, found, environ)


def with_password(settings: FeedSettings, found: str, environ: Mapping[str, str] = os.environ) -> Access:
    """The settings with the password that was found; raises ``FetchError`` for a header without its value."""
    headers = [(name, _header(name, value, environ)) for name, value in settings.headers]
    if settings.login:
        headers = [pair for pair in headers if pair[0].lower() != "authorization"]
        headers.append(basic(settings.login, found))
    return Access(proxy=settings.proxy, headers=tuple(headers), login=bool(settings.login))


def password(feed_id: int, login: str, address: str, environ: Mapping[str, str] = os.environ) -> tuple[str | None, str]:
    """The password of a log-in, nothing where there is none, and what kept the keyring from answering, "" for
    nothing. A keyring may take its time.
    """
    given = environ.get(variable(feed_id))
    return (given, "") if given else stored(login, address)


def stored(login: str, address: str) -> tuple[str | None, str]:
    """The keyring's password, nothing where there is none or no keyring; the name of the error of one that fails."""
    keyring = _keyring()
    if keyring is None:
        return None, ""
    try:
        return keyring.get_password(_SERVICE, _account(login, address)), ""
    except Exception as error:  # backends raise what their system raises; its words may hold the account
        if type(error).__name__ == "NoKeyringError":  # the extra is installed, and the system offers nothing
            return None, ""
        logger.info("the keyring gives no password: %s", type(error).__name__)
        return None, type(error).__name__


def missing(feed_id: int, login: str, trouble: str, *, subscribed: bool = True) -> FetchError:
    """A log-in without its password; ``trouble`` is what kept the keyring from answering."""
    values: dict[str, Any] = {"login": login, "variable": variable(feed_id), "feed": feed_id}
    if trouble:
        return FetchError(
            N_("The keyring does not give out the password for the log-in “{login}”."),
            detail=trouble,
            hint=N_("Unlock the keyring and try again, or set {variable} in the environment."),
            **values,
        )
    return FetchError(
        N_("There is no password for the log-in “{login}”."),
        hint=N_("Set {variable} in the environment, or run “lesart set {feed} --password-from-stdin”.")
        if subscribed
        else N_("Give it with --password-from-stdin, or set {variable} in the environment."),
        **values,
    )


def keep(feed_id: int, login: str, address: str, password: str) -> None:
    """Put a password into the keyring; raises ``LesartError`` when it cannot be kept there.

    One that stands in the feed's environment variable is kept already.
    """
    if os.environ.get(variable(feed_id)) == password:
        return
    keyring = _keyring()
    account = _account(login, address)
    if keyring is not None:
        try:
            keyring.set_password(_SERVICE, account, password)
            if (
                keyring.get_password(_SERVICE, account) == password
            ):  # the null backend takes everything and keeps nothing
                return
        except Exception as error:
            raise _not_kept(feed_id, type(error).__name__) from None
    raise _not_kept(feed_id, "")


def forget(login: str, address: str) -> None:
    """Take a password out of the keyring, where it is."""
    keyring = _keyring()
    if keyring is not None and stored(login, address)[0] is not None:
        try:
            keyring.delete_password(_SERVICE, _account(login, address))
        except Exception as error:
            raise LesartError(
                N_("The password could not be removed from the keyring."),
                detail=type(error).__name__,
                hint=N_("It stands there under “lesart”; remove it with the system's own program."),
            ) from None


def same_account(address: str, other: str) -> bool:
    """Whether a log-in at one address has the same password as at the other."""
    return origin(address) == origin(other)


def no_login(feed_id: int) -> UsageError:
    """A password without a name."""
    return UsageError(
        N_("A password needs a log-in name."), hint=N_("Set it first: “lesart set {feed} --login NAME”."), feed=feed_id
    )


def _not_kept(feed_id: int, detail: str) -> LesartError:
    return LesartError(
        N_("The password cannot be kept: there is no keyring that takes it."),
        detail=detail,
        hint=N_("Set {variable} in the environment, or install a keyring: pip install 'lesart[keyring]'."),
        variable=variable(feed_id),
    )


def _header(name: str, value: str, environ: Mapping[str, str]) -> str:
    if not value.startswith(FROM_ENVIRONMENT):
        return value
    wanted = value.removeprefix(FROM_ENVIRONMENT)
    found = environ.get(wanted, "")
    if not is_header_value(found):
        raise FetchError(
            N_("The environment variable {variable} for the header {name} is not set, or cannot be sent."),
            hint=N_("Set it, or take the header away: “lesart set FEED --header {name}=”."),
            variable=wanted,
            name=name,
        )
    return found


def _account(login: str, address: str) -> str:
    scheme, machine, port = origin(address)
    return f"{login}@{scheme}://{machine}:{port}"


def _keyring() -> ModuleType | None:
    try:
        import keyring
    except ImportError:  # it is an extra
        return None
    return keyring

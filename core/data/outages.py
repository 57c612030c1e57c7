"""What gives out below the program: the database is away, or there is no room left."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError, OperationalError

from plugin_api.context import Text
from plugin_api.context import lazy_gettext as _

RETRY_SECONDS = "5"
"""After which it is worth a try, as ``Retry-After`` says it."""
NO_ROOM = _("There is no room left on the server. Nothing was saved.")
AWAY = _("The database does not answer or is busy. Nothing was saved. Try again.")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FULL_ON_SQLITE = frozenset(
    {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE"}
)
_FULL_ON_POSTGRES = "53100"


def outage(error: BaseException) -> Text | None:
    """What somebody is told when an error is no fault of the request nor of the program; None
    when it is one."""
    told, cause = _told(error), error.__context__
    # A full disk ends SQLite's transaction: going back to a savepoint fails then, and hides why.
    while told is AWAY and cause is not None:
        told, cause = (_told(cause) if _told(cause) is NO_ROOM else told), cause.__context__
    return told


def _told(error: BaseException) -> Text | None:
    if isinstance(error, OSError):
        return NO_ROOM if error.errno in _FULL else None
    if not isinstance(error, DBAPIError):
        return None
    if getattr(error.orig, "sqlite_errorname", None) in _FULL_ON_SQLITE:
        return NO_ROOM
    if getattr(error.orig, "sqlstate", None) == _FULL_ON_POSTGRES:
        return NO_ROOM
    gone = isinstance(error, OperationalError) or error.connection_invalidated
    return AWAY if gone else None

"""Files that programs fetch again and again in a person's name: a calendar, a list of news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from plugin_api.context import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A file behind a secret address that its person makes and takes back.

    ``make()`` runs as the person, who holds ``permission``, and changes nothing. ``ending`` is
    that of the file, ``mimetype`` its kind.
    """

    id: str
    label: Text
    make: Callable[[], bytes]
    permission: str
    mimetype: str
    ending: str
    help: Text = ""

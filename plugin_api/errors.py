"""Refusals that reach a person in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plugin_api.context import Text

Messages = Mapping[str, Sequence[Text]]


class Refused(Exception):
    """Base of all: nothing was changed. ``status`` is the HTTP status that says so."""

    status = 400

    def __init__(self, message: Text, *, errors: Messages | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.errors: Messages = errors or {}

    @property
    def words(self) -> str:
        """The reasons, each once, in one text; the message where there are none."""
        texts = [str(text) for found in self.errors.values() for text in found]
        return " ".join(dict.fromkeys(texts)) or str(self.message)


class Rejected(Refused):
    """A rule says no. ``field`` names the field at fault, empty for the record as a whole."""

    status = 422

    def __init__(self, field: str, message: Text) -> None:
        super().__init__(message, errors={field: [message]})
        self.field = field


class Held(Rejected):
    """Not before something else is done: at ``href``, an address of this site, which pages go to
    in place of the refusal."""

    def __init__(self, message: Text, href: str) -> None:
        super().__init__("", message)
        self.href = href


class Invalid(Refused):
    """Input that does not fit: ``errors`` maps field to messages."""

    status = 422


class Forbidden(Refused):
    """The actor may not do this."""

    status = 403


class NotFound(Refused):
    """There is no such thing, for this actor in this company."""

    status = 404


class Conflict(Refused):
    """The record has changed since it was read. ``current`` is what it holds now."""

    status = 409

    def __init__(self, message: Text, *, current: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.current = current or {}

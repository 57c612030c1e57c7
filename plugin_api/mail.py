"""Messages that a plugin has sent to people of the company."""

from __future__ import annotations

from dataclasses import dataclass

from plugin_api.context import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What a mail says: paragraphs, and below them a button that leads to ``path``, an address
    of this site as the host makes them."""

    subject: Text
    lines: tuple[Text, ...]
    button: Text = ""
    path: str = ""

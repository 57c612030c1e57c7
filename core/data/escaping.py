"""Texts in files that spreadsheets open.

A cell that begins like a formula would be run by the program that opens the file. Such a text
is written with an apostrophe before it; the import takes that apostrophe away again, so what
was exported comes back as it was.
"""

from __future__ import annotations

import re

from plugin_api.sheets import escape

__all__ = ["escape", "unescape"]

_ESCAPED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def unescape(text: str) -> str:
    """The text that :func:`escape` was given."""
    return text[1:] if _ESCAPED.match(text) else text

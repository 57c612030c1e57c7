"""Texts by which a map chooses rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

ANY = "*"
"""Stands for any characters, none too."""


class Texts:
    """What a cell may say: ``"C*"`` for all that begins with a C. ``text in texts`` asks."""

    def __init__(self, texts: Collection[str]) -> None:
        self._exact = frozenset(texts)
        self._forms = [text.split(ANY) for text in texts if ANY in text]

    def __contains__(self, text: str) -> bool:
        return text in self._exact or any(_fits(text, parts) for parts in self._forms)


def _fits(text: str, parts: Sequence[str]) -> bool:
    """Whether a text is the parts with anything between them. Each is looked for once: a regular
    expression could be made to try for ever."""
    first, *middle, last = parts
    at, end = len(first), len(text) - len(last)
    if at > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True

"""Rows of one file with the same key.

Which keys were seen is kept in a temporary file, so that memory does not grow with rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any, Literal

from core.data.importing.options import Options
from plugin_api.context import gettext

Verdict = Literal["new", "again", "more"]


class Seen:
    """The rows taken so far, by key. Close it when done."""

    def __init__(self, options: Options) -> None:
        self._options = options
        # An unnamed database is a temporary file that goes when it is closed.
        self._store = sqlite3.connect("")
        self._store.execute("pragma journal_mode=off")
        self._store.execute(
            "create table seen (key text primary key, line integer, texts text) without rowid"
        )

    def close(self) -> None:
        """Throw everything away."""
        self._store.close()

    def take(self, key: Sequence[Any], line: int, texts: Mapping[str, str]) -> Verdict:
        """What a row is: the first of its key, the same once more, or one that adds or replaces.

        Raises ValueError when it contradicts an earlier one and the map does not say which
        holds.
        """
        name = json.dumps(list(key), default=str)
        with closing(
            self._store.execute("select line, texts from seen where key = ?", (name,))
        ) as cursor:
            found = cursor.fetchone()
        if found is None:
            self._keep(name, line, texts)
            return "new"
        if self._options.duplicates == "first":
            return "again"
        earlier: dict[str, str] = json.loads(found[1])
        against = self._against(earlier, texts)
        if against and self._options.duplicates == "error":
            raise ValueError(
                gettext(
                    "Line %(line)s has the same key and other values (%(fields)s). Say which "
                    'holds: [options] duplicates = "first" or "last".',
                    line=found[0],
                    fields=", ".join(against),
                )
            )
        clears = self._options.empty_cells == "clear"
        merged = {**earlier, **{name: text for name, text in texts.items() if text or clears}}
        if merged == earlier:
            return "again"
        self._keep(name, line, merged)
        return "more"

    def _against(self, earlier: Mapping[str, str], texts: Mapping[str, str]) -> list[str]:
        if self._options.empty_cells == "clear":
            return [name for name, text in texts.items() if earlier[name] != text]
        return [name for name, text in texts.items() if text and earlier[name] not in ("", text)]

    def _keep(self, name: str, line: int, texts: Mapping[str, str]) -> None:
        self._store.execute(
            "insert or replace into seen values (?, ?, ?)", (name, line, json.dumps(texts))
        )

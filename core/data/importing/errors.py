"""What stands against an import: a file that cannot be read, a map that cannot be used."""

from __future__ import annotations

from collections.abc import Sequence

from plugin_api.errors import Refused


class UnusableFile(Refused):
    """The file cannot be read as a table; nothing was imported."""

    status = 422


class UnusableMap(Refused):
    """The map does not fit the collection or the file; nothing was read of the rows."""

    status = 422

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class RowError(Exception):
    """A row cannot go in: the field and column at fault (empty: the row as a whole), the value
    as it stands in the file, and why."""

    def __init__(self, reason: str, field: str = "", column: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.column = column
        self.value = value

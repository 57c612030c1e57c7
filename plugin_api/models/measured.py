"""The column that names a measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import MappedColumn

from plugin_api.context import Text
from plugin_api.models.choices import Choice
from plugin_api.models.fields import _UNSET, FieldInfo, _column


def measure(
    label: Text,
    *,
    help: Text = "",
    readonly: bool = False,
    default: str | Callable[[], str] = _UNSET,
    read: str = "",
    write: str = "",
) -> MappedColumn[Any]:
    """The key of a measure: a choice of those that the person may read, shown everywhere by its
    label. It stays, as the key, when the measure's plugin is off."""
    info = FieldInfo(
        kind="choice", label=label, choices=_measures, help=help, indexed=False,
        readonly=readonly, read=read, write=write,
    )  # fmt: skip
    return _column(sa.String(100), info, default)


def _measures() -> tuple[Choice, ...]:
    from plugin_api.host import host

    return host().measures.choices()

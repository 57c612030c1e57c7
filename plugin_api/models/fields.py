"""Columns that describe themselves.

A model is declared with these functions; list, form, board, REST, import and export read
the :class:`FieldInfo` that each leaves on its column, so a field is described once.
Whether a field may be empty follows from the annotation: ``Mapped[str | None]``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import MappedColumn, mapped_column

from plugin_api.context import Text
from plugin_api.models.choices import Choices
from plugin_api.models.numbers import Renumber
from plugin_api.models.types import JSON, UTCDateTime

Kind = Literal[
    "text", "longtext", "email", "phone", "url", "integer", "decimal", "percent",
    "boolean", "date", "instant", "choice", "choices", "money", "reference", "json",
]  # fmt: skip
OnDelete = Literal["restrict", "cascade"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldInfo:
    """What the host knows of a field besides its column type."""

    kind: Kind
    label: Text
    help: Text = ""
    choices: Choices = ()
    target: str | None = None
    """Model key of a reference, such as ``crm.Account``."""
    on_delete: OnDelete = "restrict"
    unique: bool = False
    """Unique inside a company."""
    indexed: bool = False
    readonly: bool = False
    """Set by code only: refused in forms, REST and import."""
    personal: bool = False
    """Says something about a person: handed out and erased when they ask for it. The records of
    a model with such fields are about people, found by those of kind ``email``."""
    scale: int = 0
    """Decimal places of ``decimal`` and ``percent``; the column holds the scaled integer."""
    currency_field: str | None = None
    """For ``money``: the field of the same model that names its currency; None: the company's."""
    minimum: int | None = None
    maximum: int | None = None
    narrow: Mapping[str, str] = field(default_factory=dict)
    """For a reference: ``{"field of the target": "field of this model"}`` must be equal, named as
    in views: ``{"account": "account"}`` for a contact of the account."""
    read: str = ""
    """Permission that seeing the field needs besides that of the record. Who lacks it does not
    find the field anywhere."""
    write: str = ""
    """Permission that setting the field needs besides that of the record."""
    renumber: Renumber | None = None
    """For ``json``: what exchanges the numbers of records in it when the company moves."""
    unmask: str = ""
    """Permission that seeing a text whole needs besides. Who lacks it sees it masked, as
    ``138****5678``, sorts and searches by that, and may still enter another value."""


_UNSET: Any = object()


def _column(type_: Any, info: FieldInfo, default: Any = _UNSET, **kw: Any) -> MappedColumn[Any]:
    if default is not _UNSET:
        kw["default"] = default
    return mapped_column(type_, info={"field": info}, **kw)


def text(
    label: Text,
    *,
    length: int = 200,
    kind: Literal["text", "email", "phone", "url"] = "text",
    help: Text = "",
    unique: bool = False,
    indexed: bool = False,
    readonly: bool = False,
    personal: bool = False,
    default: Any = _UNSET,
    read: str = "",
    write: str = "",
    unmask: str = "",
) -> MappedColumn[Any]:
    """One line of text of at most ``length`` characters."""
    info = FieldInfo(
        kind=kind, label=label, help=help, unique=unique, indexed=indexed, readonly=readonly,
        personal=personal, read=read, write=write, unmask=unmask,
    )  # fmt: skip
    return _column(sa.String(length), info, default)


def longtext(
    label: Text,
    *,
    help: Text = "",
    readonly: bool = False,
    personal: bool = False,
    read: str = "",
    write: str = "",
    unmask: str = "",
) -> MappedColumn[Any]:
    """Text of any length, several lines."""
    info = FieldInfo(
        kind="longtext", label=label, help=help, readonly=readonly, personal=personal,
        read=read, write=write, unmask=unmask,
    )  # fmt: skip
    return _column(sa.Text(), info)


def integer(
    label: Text,
    *,
    help: Text = "",
    minimum: int | None = None,
    maximum: int | None = None,
    indexed: bool = False,
    readonly: bool = False,
    default: Any = _UNSET,
    read: str = "",
    write: str = "",
) -> MappedColumn[Any]:
    """A whole number."""
    info = FieldInfo(
        kind="integer", label=label, help=help, minimum=minimum, maximum=maximum,
        indexed=indexed, readonly=readonly, read=read, write=write,
    )  # fmt: skip
    return _column(sa.BigInteger(), info, default)


def decimal(
    label: Text,
    *,
    scale: int = 4,
    kind: Literal["decimal", "percent"] = "decimal",
    help: Text = "",
    minimum: int | None = None,
    maximum: int | None = None,
    readonly: bool = False,
    default: Any = _UNSET,
    read: str = "",
    write: str = "",
) -> MappedColumn[Any]:
    """An exact number, read and written as :class:`decimal.Decimal`.

    ``percent`` holds the percentage itself: 25 % is ``Decimal("25")``. ``minimum`` and
    ``maximum`` are in the same unit.
    """
    from plugin_api.models.types import ScaledDecimal

    info = FieldInfo(
        kind=kind, label=label, help=help, scale=scale, minimum=minimum, maximum=maximum,
        readonly=readonly, read=read, write=write,
    )  # fmt: skip
    return _column(ScaledDecimal(scale), info, default)


def percent(label: Text, *, scale: int = 2, **kw: Any) -> MappedColumn[Any]:
    """A percentage, 25 for 25 %."""
    return decimal(label, scale=scale, kind="percent", **kw)


def boolean(
    label: Text,
    *,
    default: bool = False,
    help: Text = "",
    readonly: bool = False,
    read: str = "",
    write: str = "",
) -> MappedColumn[Any]:
    """Yes or no."""
    info = FieldInfo(
        kind="boolean", label=label, help=help, readonly=readonly, read=read, write=write
    )
    return _column(sa.Boolean(), info, default)


def date(
    label: Text,
    *,
    help: Text = "",
    indexed: bool = False,
    readonly: bool = False,
    default: Any = _UNSET,
    read: str = "",
    write: str = "",
) -> MappedColumn[Any]:
    """A business date in the company's time zone."""
    info = FieldInfo(
        kind="date", label=label, help=help, indexed=indexed, readonly=readonly,
        read=read, write=write,
    )  # fmt: skip
    return _column(sa.Date(), info, default)


def instant(
    label: Text, *, help: Text = "", readonly: bool = False, read: str = "", write: str = ""
) -> MappedColumn[Any]:
    """A point in time, aware, UTC."""
    info = FieldInfo(
        kind="instant", label=label, help=help, readonly=readonly, read=read, write=write
    )
    return _column(UTCDateTime(), info)


def choice(
    label: Text,
    choices: Choices,
    *,
    length: int = 40,
    help: Text = "",
    indexed: bool = False,
    readonly: bool = False,
    default: str | Callable[[], str] = _UNSET,
    read: str = "",
    write: str = "",
) -> MappedColumn[Any]:
    """One of a list of values, or of those that ``choices()`` tells for the company at hand, each
    of at most ``length`` characters. A field that a workflow moves is ``readonly``."""
    info = FieldInfo(
        kind="choice", label=label, choices=choices, help=help, indexed=indexed,
        readonly=readonly, read=read, write=write,
    )  # fmt: skip
    return _column(sa.String(length), info, default)


def money(
    label: Text,
    *,
    currency_field: str | None = None,
    help: Text = "",
    readonly: bool = False,
    default: Any = _UNSET,
    read: str = "",
    write: str = "",
) -> MappedColumn[Any]:
    """An amount, held as an integer of minor units of its currency."""
    info = FieldInfo(
        kind="money", label=label, currency_field=currency_field, help=help, readonly=readonly,
        read=read, write=write,
    )  # fmt: skip
    return _column(sa.BigInteger(), info, default)


def currency(label: Text, *, default: Any = _UNSET) -> MappedColumn[Any]:
    """An ISO 4217 code."""
    return _column(sa.String(3), FieldInfo(kind="text", label=label), default)


def reference(
    target: str,
    label: Text,
    *,
    on_delete: OnDelete = "restrict",
    help: Text = "",
    readonly: bool = False,
    narrow: Mapping[str, str] | None = None,
    read: str = "",
    write: str = "",
) -> MappedColumn[Any]:
    """The id of a record of ``target`` (``"crm.Account"``) in the same company.

    The column must be named ``<name>_id``; the model gets a relationship ``<name>`` beside
    it. The database refuses a reference to another company's row.
    """
    info = FieldInfo(
        kind="reference", label=label, target=target, on_delete=on_delete, help=help,
        readonly=readonly, narrow=narrow or {}, indexed=True, read=read, write=write,
    )  # fmt: skip
    return _column(sa.BigInteger(), info)


def json(
    label: Text, *, help: Text = "", default: Any = _UNSET, renumber: Renumber | None = None
) -> MappedColumn[Any]:
    """Structured data that only the plugin's own code reads and writes. ``renumber`` says which
    records it names: :func:`by_key`, :func:`as_it_is` for none, or a function of the plugin's."""
    info = FieldInfo(kind="json", label=label, help=help, readonly=True, renumber=renumber)
    return _column(JSON, info, default)

"""Fields that a company has added to records, the values that may be chosen, what is unique."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.custom import offers
from core.custom.stored import TEXT_LENGTH
from core.data.slim import UncheckedModel
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    FieldInfo,
    UTCDateTime,
    boolean,
    choice,
    integer,
    reference,
    text,
)

CHOICE_LENGTH = 40
"""Characters of what a record holds of a choice."""
KINDS = (
    Choice(value="text", label=_("Text")),
    Choice(value="longtext", label=_("Long text")),
    Choice(value="integer", label=_("Whole number")),
    Choice(value="decimal", label=_("Number with decimals")),
    Choice(value="percent", label=_("Percentage")),
    Choice(value="money", label=_("Money")),
    Choice(value="date", label=_("Date")),
    Choice(value="instant", label=_("Date and time")),
    Choice(value="boolean", label=_("Yes or no")),
    Choice(value="choice", label=_("Choice from a list")),
    Choice(value="choices", label=_("Several choices from a list")),
    Choice(value="reference", label=_("Another record")),
    Choice(value="email", label=_("E-mail")),
    Choice(value="phone", label=_("Telephone")),
    Choice(value="url", label=_("Web address")),
)
TONES = (
    Choice(value="neutral", label=_("Grey")),
    Choice(value="info", label=_("Blue"), tone="info"),
    Choice(value="good", label=_("Green"), tone="good"),
    Choice(value="warn", label=_("Amber"), tone="warn"),
    Choice(value="bad", label=_("Red"), tone="bad"),
)


class CustomField(CompanyModel):
    """A field of one company. Values are kept in ``custom`` of the records, under ``name``."""

    __tablename__ = "core_custom_field"
    __collection__ = "custom_fields"
    __label__ = _("Custom field")
    __label_plural__ = _("Custom fields")
    __title__ = "label"
    __find_by__ = ("name",)
    __search__ = ("label", "name")
    __table_args__ = (sa.UniqueConstraint("company_id", "model", "name"),)
    __raises_revision__ = "fields"

    model: Mapped[str] = mapped_column(
        sa.String(100),
        info={"field": FieldInfo(kind="choice", label=_("Records"), choices=offers.models)},
    )
    label: Mapped[str] = text(_("Label"), length=80)
    name: Mapped[str | None] = text(
        _("Name for programs"), length=40,
        help=_("In imports and interfaces. Empty: made of the label. It stays as it is."),
    )  # fmt: skip
    kind: Mapped[str] = choice(_("Type"), KINDS, default="text")
    target: Mapped[str | None] = mapped_column(
        sa.String(100),
        info={
            "field": FieldInfo(
                kind="choice", label=_("Which records"), choices=offers.targets,
                help=_("For a field that names another record."),
            )
        },
    )  # fmt: skip
    on_delete: Mapped[str] = choice(
        _("When that record is deleted"),
        (
            Choice(value="restrict", label=_("Refuse")),
            Choice(value="empty", label=_("Empty the field")),
        ),
        default="restrict",
    )
    currency: Mapped[str] = choice(
        _("Amounts are in"),
        (
            Choice(value="company", label=_("the company's currency")),
            Choice(value="record", label=_("the record's currency")),
        ),
        default="company",
    )
    scale: Mapped[int] = integer(_("Decimal places"), minimum=0, maximum=6, default=2)
    minimum: Mapped[int | None] = integer(_("At least"))
    maximum: Mapped[int | None] = integer(_("At most"))
    required: Mapped[bool] = boolean(
        _("Required"), help=_("Asked for in forms; what was saved without it stays.")
    )
    unique: Mapped[bool] = boolean(_("Only once in the company"))
    searchable: Mapped[bool] = boolean(_("Found by the search of the list"))
    indexed: Mapped[bool] = boolean(
        _("Fast to filter and sort by"),
        help=_("For long lists. Its values are kept a second time, and each change writes both."),
    )
    filled: Mapped[bool] = mapped_column(sa.Boolean(), default=False)
    """Whether all values of a field that is indexed stand beside the records."""
    initial: Mapped[str | None] = text(
        _("Default"), help=_("What a new record starts with. “today” for a date.")
    )
    section: Mapped[str | None] = text(
        _("Section"), length=80, help=_("Fields of the same section stand together.")
    )
    position: Mapped[int] = integer(_("Position"), default=10)
    archived: Mapped[bool] = boolean(
        _("Archived"), help=_("Hidden everywhere; what records hold is kept.")
    )
    label_en: Mapped[str | None] = text(_("Label in English"), length=80)
    label_zh: Mapped[str | None] = text(_("Label in Chinese"), length=80)
    help: Mapped[str | None] = text(_("Help"), length=300)
    help_en: Mapped[str | None] = text(_("Help in English"), length=300)
    help_zh: Mapped[str | None] = text(_("Help in Chinese"), length=300)


class CustomOption(CompanyModel):
    """A value of a choice. Records hold ``value``, which stays as it is."""

    __tablename__ = "core_custom_option"
    __collection__ = "custom_options"
    __label__ = _("Value")
    __label_plural__ = _("Values")
    __title__ = "label"
    __find_by__ = ("value",)
    __search__ = ("label", "value")
    __parent__ = "field_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "field_id", "value"),)
    __raises_revision__ = "fields"

    field_id: Mapped[int] = reference("core.CustomField", _("Custom field"), on_delete="cascade")
    label: Mapped[str] = text(_("Label"), length=80)
    value: Mapped[str | None] = text(
        _("Name for programs"), length=CHOICE_LENGTH,
        help=_("In imports and interfaces. Empty: made of the label. It stays as it is."),
    )  # fmt: skip
    tone: Mapped[str] = choice(_("Colour"), TONES, default="neutral")
    position: Mapped[int] = integer(_("Position"), default=10)
    retired: Mapped[bool] = boolean(
        _("Retired"), help=_("Not offered any more; records that have it keep it.")
    )
    label_en: Mapped[str | None] = text(_("Label in English"), length=80)
    label_zh: Mapped[str | None] = text(_("Label in Chinese"), length=80)


class CustomClaim(CompanyModel):
    """That a record holds a value which is there only once: the database keeps it so."""

    __tablename__ = "core_custom_claim"
    __label__ = _("Value")
    __label_plural__ = _("Values")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "field_id", "value"),
        sa.Index(None, "company_id", "field_id", "record_id"),
    )

    field_id: Mapped[int] = reference("core.CustomField", _("Custom field"), on_delete="cascade")
    value: Mapped[str] = mapped_column(sa.String(300))
    record_id: Mapped[int] = mapped_column(sa.BigInteger())


class Beside(UncheckedModel):
    """A row beside a record, for one of its custom fields; see :mod:`core.custom.beside`."""

    __abstract__ = True

    field_id: Mapped[int] = mapped_column(
        sa.BigInteger(), primary_key=True, autoincrement=False, sort_order=-9
    )
    record_id: Mapped[int] = mapped_column(
        sa.BigInteger(), primary_key=True, autoincrement=False, sort_order=-8
    )


class CustomValue(Beside):
    """A value of a custom field: one for each record."""

    __tablename__ = "core_custom_value"
    __label__ = _("Value")
    __label_plural__ = _("Values")
    __title__ = "text"
    __table_args__ = (
        *(
            sa.Index(
                None, "company_id", "field_id", name, "record_id",
                postgresql_where=sa.text(f"{name} IS NOT NULL"),
                sqlite_where=sa.text(f"{name} IS NOT NULL"),
            )
            for name in ("text", "number", "day", "moment")
        ),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    text: Mapped[str | None] = mapped_column(sa.String(TEXT_LENGTH))
    number: Mapped[int | None] = mapped_column(sa.BigInteger())
    """Whole numbers, amounts, decimals in their smallest steps, ids."""
    day: Mapped[dt.date | None] = mapped_column(sa.Date())
    moment: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())


class CustomChosen(Beside):
    """One of the several choices that a record holds: a row for each of them, so that an index
    leads from a choice to its records."""

    __tablename__ = "core_custom_chosen"
    __label__ = _("Value")
    __label_plural__ = _("Values")
    __title__ = "value"
    __table_args__ = (
        sa.Index(None, "company_id", "field_id", "value", "record_id"),
        {"sqlite_with_rowid": False},
    )

    value: Mapped[str] = mapped_column(sa.String(CHOICE_LENGTH), primary_key=True)


MODELS = (CustomField, CustomOption, CustomClaim, CustomValue, CustomChosen)

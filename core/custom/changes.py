"""What becomes of the values when a custom field changes or goes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from core.custom import beside, claims, metas, stored
from core.custom.models import CustomField
from core.data import several
from core.data.fields import FieldMeta, column_of
from core.data.parse import parse_value
from core.host import services
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.models import Base
from plugin_api.money import from_minor

MOST_DIFFERENT = 5000
"""Values that a change of type looks at."""
NEW = "x__new"
"""A name that no field has."""
Held = Sequence[tuple[Any, int]]
"""Values of a field, as fields hold them, and how many records hold each."""
_APART = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What another type would make of the values."""

    total: int
    unfit: int
    sample: str
    values: Mapping[Any, Any]
    """Old → new, as fields hold them."""


def model_of(field: CustomField) -> type[Base] | None:
    """The model that a field is of; None while its plugin is not there."""
    return services().registry.models.get(field.model)


def meta_of(field: CustomField, **other: Any) -> FieldMeta:
    """The field as it would be with other columns."""
    row = {column.key: getattr(field, column.key) for column in CustomField.__mapper__.columns}
    model, options = model_of(field), []
    for known in metas.every(model) if model is not None else ():
        if known.custom == field.id:
            options = [{"value": c.value, "label": str(c.label), "tone": c.tone,
                        "retired": c.retired, "label_en": None, "label_zh": None}
                       for c in known.choices]  # fmt: skip
    currency = metas.currency_field_of(model) if model is not None else None
    return metas.of_row({**row, "options": options, **other}, currency)


def count(field: CustomField) -> int:
    """How many records hold a value."""
    model: Any = model_of(field)
    if model is None:
        return 0
    filled = column_of(model, meta_of(field)).is_not(None)
    return services().session.scalar(sa.select(sa.func.count(model.id)).where(filled)) or 0


def holders(field: CustomField, value: str) -> int:
    """How many records hold one of the values of a choice."""
    model: Any = model_of(field)
    if model is None:
        return 0
    column = column_of(model, meta_of(field))
    same = several.holds(column, value) if field.kind == "choices" else column == value
    return services().session.scalar(sa.select(sa.func.count(model.id)).where(same)) or 0


def held(model: Any, old: FieldMeta) -> Held | None:
    """The different values, in one statement; None where they are too many to look at."""
    column = column_of(model, old)
    rows = (
        services()
        .session.execute(
            sa.select(column, sa.func.count())
            .where(column.is_not(None))
            .group_by(column)
            .limit(MOST_DIFFERENT + 1)
        )
        .all()
    )
    return None if len(rows) > MOST_DIFFERENT else [(value, number) for value, number in rows]


def outcome(old: FieldMeta, new: FieldMeta, found: Held) -> Outcome:
    """What a change of type would do to the values."""
    total, unfit, sample, values = 0, 0, "", {}
    for value, number in found:
        total += number
        try:
            values[value] = _converted(old, new, value)
        except (Rejected, ValueError):
            unfit += number
            sample = sample or _text(old, value)
    return Outcome(total, unfit, sample, values)


def convert(model: Any, old: FieldMeta, new: FieldMeta) -> None:
    """Write the values as another type keeps them. Raises Rejected when some do not fit."""
    values = held(model, old)
    if values is None:
        raise Rejected(
            "kind", gettext("There are too many different values to change the type at once.")
        )
    found = outcome(old, new, values)
    if found.unfit:
        raise Rejected(
            "kind",
            gettext(
                "%(unfit)s of %(total)s values do not fit, such as “%(sample)s”.",
                unfit=found.unfit, total=found.total, sample=found.sample[:60],
            ),
        )  # fmt: skip
    column = column_of(model, old)
    for value, become in found.values.items():
        kept = stored.to_json(new.kind, new.scale, become)
        if kept != stored.to_json(old.kind, old.scale, value):
            services().session.execute(
                sa.update(model)
                .where(column == sa.literal(value, old.type))
                .values(custom=stored.custom_with(model.custom, NEW, value=json.dumps(kept))),
                execution_options=_APART,
            )
    # Written aside first: what one value becomes may be what another one is.
    aside = stored.custom_value(model.custom, NEW, sa.JSON())
    services().session.execute(
        sa.update(model)
        .where(aside.is_not(None))
        .values(custom=stored.custom_moved(model.custom, NEW, old.name)),
        execution_options=_APART,
    )
    _read_anew(model)


def strip(field: CustomField) -> None:
    """Take the values of a field out of every record, for good."""
    model: Any = model_of(field)
    if model is None:
        return
    meta = meta_of(field)
    claims.drop(meta)
    beside.drop(meta)
    services().session.execute(
        sa.update(model)
        .where(column_of(model, meta).is_not(None))
        .values(custom=stored.custom_without(model.custom, meta.name)),
        execution_options=_APART,
    )
    _read_anew(model)


def _read_anew(model: type[Base]) -> None:
    """What the session holds of the model's records is not what is written by now."""
    session = services().session
    for record in list(session.identity_map.values()):
        if isinstance(record, model):
            session.expire(record, ["custom"])


def _converted(old: FieldMeta, new: FieldMeta, value: Any) -> Any:
    if "reference" in (old.kind, new.kind) or (old.currency_field != new.currency_field):
        raise ValueError(new.kind)
    if {old.kind, new.kind} == several.CHOOSING:
        # The same values, retired ones too.
        if new.kind == "choice" and len(several.parts(value)) > 1:
            raise ValueError(new.kind)
        return value
    return parse_value(new, _text(old, value))


def _text(meta: FieldMeta, value: Any) -> str:
    if meta.kind == "choice":
        return next((str(c.label) for c in meta.choices if c.value == value), str(value))
    if meta.kind == "choices":
        return "; ".join(str(c.label) for c in several.chosen(meta, value))
    if meta.kind == "money" and meta.currency_field is None:
        return f"{from_minor(value, current_company().currency):f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)

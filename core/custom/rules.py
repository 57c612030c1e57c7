"""What a definition of a custom field must keep to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from core.custom import beside, changes, claims, metas
from core.custom.models import CustomField, CustomOption
from core.data.fields import TEXTUAL, FieldMeta
from core.data.query.filters import OPERATORS
from core.data.several import CHOOSING
from core.host import services
from core.hosting.derive import fields_of as described
from core.search.pinyin import readings
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel

MOST_FIELDS = 100
"""Of one model."""
MOST_OPTIONS = 200
"""Of one field."""
INDEX = "core.index_fields"
"""The job that writes values beside the records."""
PREFIX = "x_"
"""Begins every name, so that no field of a plugin, today's or tomorrow's, is called the same."""
UNIQUE = frozenset({"text", "email", "phone", "url", "integer"})
_NAME = re.compile(r"x_[a-z0-9]+(?:_[a-z0-9]+)*")
_VALUE = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_LONGEST = 40
_FIXED = ("model", "name")

Changes = Mapping[str, tuple[Any, Any]]


def before_create(record: CompanyModel) -> None:
    """Complete and check a new field or value. Raises Rejected."""
    if isinstance(record, CustomField):
        taken = _names(record)
        if len(taken) >= MOST_FIELDS:
            raise Rejected(
                "model", gettext("At most %(most)s fields of their own.", most=MOST_FIELDS)
            )
        record.name = _name_of(record, taken)
        _check(record)
        # There is no value yet.
        record.filled = record.indexed
    elif isinstance(record, CustomOption):
        field = services().session.get_one(CustomField, record.field_id)
        if field.kind not in CHOOSING:
            raise Rejected("field", gettext("Only a choice has values."))
        values = _values(record)
        if len(values) >= MOST_OPTIONS:
            raise Rejected("field", gettext("At most %(most)s values.", most=MOST_OPTIONS))
        record.value = _value_of(record, values)


def before_update(record: CompanyModel, changed: Changes) -> None:
    """Check a changed one, and write its values as its new type keeps them. Raises Rejected."""
    if isinstance(record, CustomField):
        for name in _FIXED:
            if name in changed:
                raise Rejected(name, gettext("This stays as it is: values are kept under it."))
        old = changes.meta_of(record, **{name: pair[0] for name, pair in changed.items()})
        _check(record)
        new, model = changes.meta_of(record), changes.model_of(record)
        if model is None:
            return
        if {"kind", "scale", "target", "currency"} & changed.keys():
            same = (old.kind, old.scale, old.target, old.currency_field)
            if same != (new.kind, new.scale, new.target, new.currency_field):
                changes.convert(model, old, new)
        if new.unique and (not old.unique or "kind" in changed):
            if again := claims.twice(model, new):
                raise Rejected(
                    "unique", gettext("%(count)s values are there more than once.", count=again)
                )
            claims.claim_all(model, new)
        elif old.unique and not new.unique:
            claims.drop(new)
        if {"indexed", "kind", "scale", "target", "currency"} & changed.keys():
            _index(record, new)
    elif isinstance(record, CustomOption) and {"value", "field_id"} & changed.keys():
        raise Rejected("value", gettext("This stays as it is: values are kept under it."))


def before_delete(record: CompanyModel) -> None:
    """Refuse what would lose values that nobody has put away before. Raises Rejected."""
    if isinstance(record, CustomField):
        held = changes.count(record)
        if held and not record.archived:
            raise Rejected(
                "",
                gettext(
                    "%(count)s records have a value. Archive the field first: that hides it and"
                    " keeps them. Deleting an archived field deletes them for good.",
                    count=held,
                ),
            )
        changes.strip(record)
    elif isinstance(record, CustomOption):
        field = services().session.get_one(CustomField, record.field_id)
        held = changes.holders(field, record.value or "")
        if held:
            raise Rejected(
                "",
                gettext("%(count)s records have this value. Retire it instead.", count=held),
            )


def _index(field: CustomField, meta: FieldMeta) -> None:
    """Have the values written beside the records, by a job; no list asks there before."""
    from core.jobs import runs  # it needs what needs this

    beside.drop(meta)
    field.filled = False
    if field.indexed:
        runs.start(INDEX)


def _check(field: CustomField) -> None:
    if field.kind != "reference":
        field.target = None
    elif not field.target:
        raise Rejected("target", gettext("Choose which records the field names."))
    model = changes.model_of(field)
    if field.kind != "money":
        field.currency = "company"
    elif field.currency == "record" and (model is None or not metas.currency_field_of(model)):
        raise Rejected("currency", gettext("These records have no currency of their own."))
    if field.unique and field.kind not in UNIQUE:
        raise Rejected("unique", gettext("Only a text or a whole number can be there only once."))
    if field.searchable and field.kind not in TEXTUAL:
        raise Rejected("searchable", gettext("Only texts are searched."))
    if field.indexed and field.kind not in beside.KINDS:
        text = gettext("This makes nothing fast of long texts, and of yes and no.")
        raise Rejected("indexed", text)
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        raise Rejected("maximum", gettext("This is less than the smallest value."))
    meta = changes.meta_of(field, id=field.id or 0)
    if meta.kind == "reference" and field.initial:
        raise Rejected("initial", gettext("A field that names a record has no default."))
    if meta.default is not None and meta.kind not in CHOOSING:
        try:
            meta.default()
        except Rejected as refused:
            raise Rejected("initial", refused.words) from None


def _names(field: CustomField) -> set[str]:
    session = services().session
    with session.no_autoflush:
        found = session.scalars(sa.select(CustomField.name).where(CustomField.model == field.model))
        return {name for name in found if name is not None}


def _values(option: CustomOption) -> set[str]:
    session = services().session
    with session.no_autoflush:
        found = session.scalars(
            sa.select(CustomOption.value).where(CustomOption.field_id == option.field_id)
        )
        return {value for value in found if value is not None}


def _name_of(field: CustomField, taken: set[str]) -> str:
    asked = (field.name or "").strip()
    if not asked:
        return _free(PREFIX + (_plain(field.label_en or field.label) or "field"), taken)
    name = asked if asked.startswith(PREFIX) else PREFIX + asked
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise Rejected(
            "name",
            gettext("Small letters, digits and single underscores, such as x_source; at most 40."),
        )
    model = changes.model_of(field)
    if name in taken or (model is not None and name in described(model)):
        raise Rejected("name", gettext("“%(value)s” already exists.", value=name))
    if name.rpartition("_")[2] in OPERATORS or name.endswith("_id"):
        raise Rejected("name", gettext("“%(value)s” means something else.", value=name))
    return name


def _value_of(option: CustomOption, taken: set[str]) -> str:
    asked = (option.value or "").strip()
    if not asked:
        return _free(_plain(option.label_en or option.label) or "value", taken)
    if not _VALUE.fullmatch(asked):
        raise Rejected(
            "value", gettext("Small letters, digits and single underscores, such as trade_fair.")
        )
    if asked in taken:
        raise Rejected("value", gettext("“%(value)s” already exists.", value=asked))
    return asked


def _plain(text: str) -> str:
    """A label as a name: Chinese as it is read aloud."""
    spoken = "".join(
        f" {readings(each)[0][0]} " if "\u4e00" <= each <= "\u9fff" else each for each in text
    )
    parts = re.findall(r"[a-z0-9]+", spoken.lower())
    return "_".join(parts)[: _LONGEST - 6].strip("_").removesuffix("_id")


def _free(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found
